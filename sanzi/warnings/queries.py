"""Reading warnings: lists, the person's share of the budget, tallies, who may be given them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from sanzi.access.models import Person, Post
from sanzi.access.roles import ROLES

from . import admission
from .models import Event, Look
from .precision import QUARTER_DAYS, Tally
from .raising import WAITING
from .rules.rule import Level
from .stages import HANDLED, UNDER_WAY
from .standards import Standards

_HANDLED = Q(ending__in=HANDLED)


def events_for(person: Person) -> QuerySet[Any]:
    """Every warning of this person's region, with whom it was given to."""
    found: QuerySet[Any] = Event.objects.visible_to(person).select_related("dispatched_to")
    return found


def listed(person: Person, region: str, on: date) -> QuerySet[Any]:
    """The warnings under way on this person's list: those given to them, those raised to their
    level, and of each day the first ones, as many as the budget of a person allows; the gravest
    and dearest first.

    What a day's list held it held for good: a warning dealt with makes no room for another.
    """
    most = int(Standards(on).over(region)[admission.CODE].values["person_day"])
    shown = Event.objects.visible_to(person).within(region)
    shown = shown.filter(shown_on__lte=on)
    ranked = shown.annotate(
        place=Window(
            RowNumber(),
            partition_by=[F("shown_on")],
            order_by=[F("shown_at").asc(), F("level").desc(), F("money").desc(), F("pk").asc()],
        )
    ).filter(place__lte=most)
    mine = Q(dispatched_to=person) | Q(pk__in=ranked.values("pk")) | raised_to(region)
    found = Event.objects.visible_to(person).within(region).filter(mine, stage__in=UNDER_WAY)
    listed: QuerySet[Any] = found.awake(on).select_related("dispatched_to")
    return listed.order_by("-level", "-money", "pk")


def raised_to(region: str) -> Q:
    """Those that came up to a region because nobody below dealt with them."""
    return Q(raised_to=region, stage__in=WAITING) & ~Q(raised_to="")


class Held(NamedTuple):
    """What stays for the digest, and why."""

    by_lane: int
    by_budget: int
    by_person: int
    snoozed: int


def held(person: Person, region: str, on: date) -> Held:
    """How many warnings under way are not on this person's list, by the reason; two queries."""
    mine = Event.objects.visible_to(person).within(region).filter(stage__in=UNDER_WAY)
    asleep = Q(snoozed_until__isnull=False, snoozed_until__gte=on)
    counted = mine.aggregate(
        by_lane=Count("pk", filter=Q(lane="digest") & ~asleep),
        by_budget=Count("pk", filter=Q(lane="warn", shown_on=None) & ~asleep),
        shown=Count("pk", filter=Q(lane="warn", shown_on__isnull=False) & ~asleep),
        asleep=Count("pk", filter=asleep),
    )
    on_list = listed(person, region, on).filter(lane="warn").count()
    beyond = max(counted["shown"] - on_list, 0)
    return Held(counted["by_lane"], counted["by_budget"], beyond, counted["asleep"])


def tally(events: QuerySet[Any]) -> Tally:
    """These warnings counted; one query."""
    given = Q(dispatched_at__isnull=False)
    counted = events.order_by().aggregate(
        all=Count("pk"),
        dispatched=Count("pk", filter=given),
        handled=Count("pk", filter=_HANDLED),
        handled_dispatched=Count("pk", filter=_HANDLED & given),
        false=Count("pk", filter=Q(ending="false")),
        held=Count("pk", filter=Q(lane="warn", shown_on=None, stage__in=UNDER_WAY)),
    )
    return Tally(**counted)


def of_quarter(on: date) -> Q:
    """Those of the last quarter: still standing, or closed within it."""
    return Q(closed_at=None) | Q(closed_at__date__gte=on - timedelta(days=QUARTER_DAYS))


def tallies(person: Person, region: str, on: date) -> dict[str, Tally]:
    """By rule, the warnings of a region in the last quarter or still standing; one query."""
    mine = Event.objects.visible_to(person).within(region)
    recent = mine.filter(of_quarter(on)).order_by()
    given = Q(dispatched_at__isnull=False)
    rows = recent.values("rule").annotate(
        all=Count("pk"),
        dispatched=Count("pk", filter=given),
        handled=Count("pk", filter=_HANDLED),
        handled_dispatched=Count("pk", filter=_HANDLED & given),
        false=Count("pk", filter=Q(ending="false")),
        held=Count("pk", filter=Q(lane="warn", shown_on=None, stage__in=UNDER_WAY)),
    )
    return {row.pop("rule"): Tally(**row) for row in list(rows)}


class Counted(NamedTuple):
    """What a home page says of warnings."""

    under_way: int
    red: int
    mine: int
    orange: int = 0
    yellow: int = 0
    raised: int = 0

    @property
    def colours(self) -> list[tuple[Level, int]]:
        """How many of each colour, the gravest first; none that is nought."""
        many = ((Level.RED, self.red), (Level.ORANGE, self.orange), (Level.YELLOW, self.yellow))
        return [(level, n) for level, n in many if n]

    @property
    def words(self) -> str:
        """The count in words: by colour, then what is asked of this person and this level."""
        parts = [f"{level.word[0]} {n} 条" for level, n in self.colours]
        if self.raised:
            parts.append(f"{self.raised} 条提级到本级")
        if self.mine:
            parts.append(f"{self.mine} 条交办给我")
        return "，".join(parts) or ("待处理" if self.under_way else "没有预警")


def counted(person: Person, region: str, on: date) -> Counted:
    """The warnings on the list of a region that somebody should look at; one query."""
    mine = Event.objects.visible_to(person).within(region).filter(stage__in=UNDER_WAY)
    shown = mine.filter(Q(shown_on__isnull=False) | Q(dispatched_to=person)).awake(on)
    found = shown.order_by().aggregate(
        under_way=Count("pk"),
        red=Count("pk", filter=Q(level=Level.RED)),
        orange=Count("pk", filter=Q(level=Level.ORANGE)),
        yellow=Count("pk", filter=Q(level=Level.YELLOW)),
        mine=Count("pk", filter=Q(dispatched_to=person)),
        raised=Count("pk", filter=raised_to(region)),
    )
    return Counted(**found)


def looked_on(person: Person, region: str) -> date | None:
    """The day a region was last looked at for; one query."""
    looks = Look.objects.visible_to(person).within(region)
    return looks.order_by("-on_day").values_list("on_day", flat=True).first()


def handler_called(username: str) -> Person | None:
    """The person of this account, if they may be given warnings at all."""
    found = Person.objects.filter(username=username, is_active=True, is_system=False).first()
    return found if found is not None and found.can("warnings.handle") else None


def handlers_for(
    person: Person, villages: Sequence[str], on: date, *, restricted: bool = False
) -> list[tuple[str, str]]:
    """Who may be given warnings of these villages, as choices: account and name with post.

    `restricted`: of one that only posts which may see clues can see.
    """
    needs = {"warnings.handle", *(["clues.view"] if restricted else [])}
    may = [code for code, role in ROLES.items() if needs <= role.may]
    common = _common(villages)
    codes = [common[:n] for n in (6, 9, 12) if n <= len(common)]
    posts = Post.objects.visible_to(person).held_on(on).filter(
        role__in=may, region__code__in=codes, person__is_active=True, person__is_system=False
    )  # fmt: skip
    rows = posts.select_related("person", "region").order_by("region__code", "role", "pk")
    return [
        (post.person.username, f"{post.person.name}（{post.region.name} {post.role_title}）")
        for post in rows
    ]


def _common(villages: Sequence[str]) -> str:
    """The narrowest region that holds them all."""
    first, last = min(villages), max(villages)
    return next((first[:n] for n in (12, 9, 6, 4, 2) if last.startswith(first[:n])), "")
