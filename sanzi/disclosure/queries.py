"""Reading disclosure: how far each village is, what is public, what was asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from sanzi.access.scope import under
from sanzi.kernel.refusals import Missing
from sanzi.orgs.models import Collective, Region

from .catalogue import NUMBERED
from .completeness import missing, shown
from .facts import facts_of
from .models import Publication, Question
from .policy import Policy, policies
from .span import Span


@dataclass(frozen=True)
class Progress:
    """One village and one span, as the town watches it."""

    village: Region
    organisation: Collective | None
    due_on: date
    shown: int = 0
    # Reasons with how many items each keeps away, the commonest first.
    reasons: tuple[tuple[str, int], ...] = ()
    latest: Any = None
    late: int = 0
    tone: str = "plain"
    waiting: int = 0
    of: int = NUMBERED
    others: Sequence[Collective] = field(default_factory=tuple)


def villages_of(region: str, span: Span, only: str) -> QuerySet[Region]:
    """The living villages of a region in code order; `only="unpublished"` leaves out the done."""
    found = Region.objects.filter(
        under("code", region), level=Region.Level.VILLAGE, valid_to=None
    ).order_by("code")
    if only == "unpublished":
        return found.exclude(code__in=_published_in(region, span).values("village"))
    return found


def _published_in(region: str, span: Span) -> QuerySet[Publication]:
    mine = Publication.objects.within(region).filter(first=span.first, last=span.last)
    return mine.filter(organisation__kind=Collective.Kind.COLLECTIVE)


def published_villages(region: str, span: Span) -> int:
    """How many villages have published; one query."""
    counted = _published_in(region, span).aggregate(n=Count("village", distinct=True))
    return int(counted["n"])


def progress(villages: Sequence[Region], span: Span, today: date) -> list[Progress]:
    """How far these villages are; ten queries for a page of them."""
    codes = [village.code for village in villages]
    organisations = list(
        Collective.objects.filter(region__code__in=codes, valid_to=None)
        .select_related("region")
        .order_by("region__code", "kind", "pk")
    )
    facts = facts_of(organisations, span)
    latest = _latest(organisations, span)
    waiting = dict(
        Question.objects.within("")
        .filter(village__in=codes, answer=None)
        .order_by()
        .values_list("village")
        .annotate(n=Count("pk"))
    )
    rules = policies(codes)
    found = []
    for village in villages:
        here = [o for o in organisations if o.region.code == village.code]
        main = next((o for o in here if o.kind == Collective.Kind.COLLECTIVE), None)
        due = span.due_on(rules[village.code].days("due_day"))
        done = latest.get(main.pk) if main else None
        late = max(0, ((done["first_at"] if done else today) - due).days)
        absent = missing(facts[main.pk], span) if main else {}
        found.append(
            Progress(
                village=village,
                organisation=main,
                due_on=due,
                shown=shown(absent) if main else 0,
                reasons=_reasons(absent) if main else (("没有登记集体经济组织", NUMBERED),),
                latest=done,
                late=late,
                tone=_tone(late, done is not None, rules[village.code]),
                waiting=waiting.get(village.code, 0),
                others=tuple(o for o in here if o is not main),
            )
        )
    return found


def _latest(organisations: Sequence[Collective], span: Span) -> dict[int, dict[str, Any]]:
    """By organisation: its latest version, what it shows, the day the first one came out."""
    rows = (
        Publication.objects.within("")
        .filter(organisation__in=organisations, first=span.first, last=span.last)
        .order_by("version")
        .values("organisation", "version", "shown", "review", "published_at__date")
    )
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        first = found.get(row["organisation"], {}).get("first_at", row["published_at__date"])
        found[row["organisation"]] = {**row, "first_at": first}
    return found


def _reasons(absent: dict[str, str]) -> tuple[tuple[str, int], ...]:
    counted: dict[str, int] = {}
    for why in absent.values():
        counted[why] = counted.get(why, 0) + 1
    return tuple(sorted(counted.items(), key=lambda pair: -pair[1]))


def _tone(late: int, is_done: bool, rules: Policy) -> str:
    if is_done:
        return "done" if not late else "plain"
    if late >= rules.days("alarm_days"):
        return "danger"
    return "warn" if late >= rules.days("warn_days") else "plain"


# By how many digits say where somebody looks: what they choose from next.
_NEXT = {0: "county", 6: "town", 9: "village"}


def public_places(code: str) -> QuerySet[Region]:
    """Where something is published: counties, a county's towns or a town's villages, in code order.

    An index answers for each of them. Raises Missing for any other region.
    """
    level = _NEXT.get(len(code))
    if level is None or not (code.isascii() and (code.isdigit() or not code)):
        raise Missing("disclosure.place", "没有找到这个地方")
    published = Publication.objects.within("").filter(**{level: OuterRef("code")})
    below = Region.objects.filter(under("code", code), level=level, valid_to=None)
    return below.filter(Exists(published.order_by())).order_by("code")


def public_list(village: str) -> QuerySet[Publication]:
    """The latest version of every sheet a village published, newest months first."""
    newest = (
        Publication.objects.within("")
        .filter(village=village)
        .order_by()
        .values("organisation", "first", "last")
        .annotate(newest=Max("pk"))
    )
    return (
        Publication.objects.within("")
        .filter(pk__in=newest.values("newest"))
        .select_related("organisation", "review")
        .defer("content")
        .order_by("-last", "first", "organisation__kind")
    )


def published(village: str, pk: int) -> Publication:
    """One published sheet of a village. Raises Missing."""
    found: Publication | None = (
        Publication.objects.within("")
        .filter(village=village, pk=pk)
        .select_related("organisation", "review__by", "published_by")
        .first()
    )
    if found is None:
        raise Missing("disclosure.publication", "没有找到这份公开内容，请从村的公开栏进入")
    return found


def versions(publication: Publication) -> QuerySet[Publication]:
    """Every version of the same sheet, the newest first."""
    return (
        Publication.objects.within("")
        .filter(
            organisation=publication.organisation_id,
            first=publication.first,
            last=publication.last,
        )
        .defer("content")
        .order_by("-version")
    )


def asked(token: str, village: str) -> Question:
    """The question whose asker kept this token. Raises Missing."""
    found: Question | None = (
        Question.objects.within("")
        .filter(token=token, village=village)
        .select_related("answer")
        .first()
    )
    if found is None:
        raise Missing("question.missing", "没有找到这个问题，请核对您记下的地址")
    return found


def answered(village: str) -> QuerySet[Question]:
    """The questions whose answer the town put on the public page, newest first."""
    return (
        Question.objects.within("")
        .filter(village=village, answer__is_public=True)
        .select_related("answer")
        .order_by("-asked_at")
    )
