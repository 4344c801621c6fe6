"""A week of warnings on one sheet, and the lamps of a year: what the digest and its paper say."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from sanzi.access.models import Person
from sanzi.letters.models import Letter

from .feeds.lights import lit
from .rules import RULES
from .rules.looks import TOO_MANY
from .stages import UNDER_WAY
from .standards import Standards


class Lights(NamedTuple):
    """How often lamps of each colour came on in a village in a year, and whether it is too many."""

    village: str
    yellow: int
    orange: int
    red: int
    is_too_many: bool


def lights_of_year(region: str, last: date, standards: Standards) -> list[Lights]:
    """By village, the lamps of the year of a day, counted as rule W-62 counts; one query.

    The caller has been scoped to the region.
    """
    counted = lit(region, last.replace(month=1, day=1), last).order_by()
    held: dict[str, dict[int, int]] = {}
    for village, level, n in counted.values_list("village", "level").annotate(n=Count("pk")):
        held.setdefault(village, {})[level] = n
    return [_lights(code, held[code], standards) for code in sorted(held)]


def _lights(village: str, many: dict[int, int], standards: Standards) -> Lights:
    most = standards.over(village)["W-62"].values
    too_many = any(many.get(level, 0) >= most[name] for level, name in TOO_MANY.items())
    yellow, orange, red = (many.get(level, 0) for level in TOO_MANY)
    return Lights(village, yellow, orange, red, too_many)


class DigestLine(NamedTuple):
    """One rule in the week's digest."""

    rule: str
    title: str
    lane: str
    new: int
    standing: int
    gone: int
    money: Any
    events: Sequence[Any]


class Digest(NamedTuple):
    """A week of a region's warnings: what came, what went, what the budget kept back."""

    first: date
    last: date
    lines: list[DigestLine]
    # The gravest and dearest of what the budget kept back, and how many they are in all.
    held: Sequence[Any]
    held_count: int
    # How many went up a level and wait there.
    raised_count: int


EXAMPLES_MAX = 5
HELD_MAX = 60


def digest(events: QuerySet[Any], last: date) -> Digest:
    """The seven days up to `last` of these warnings; one query."""
    first = last - timedelta(days=6)
    week = Q(first_on__gte=first, first_on__lte=last)
    gone = Q(gone_on__gte=first, gone_on__lte=last)
    stands = Q(stage__in=UNDER_WAY)
    found = list(
        events.filter(week | gone | stands).filter(first_on__lte=last)
        .order_by("-level", "-money", "pk")
        .defer("rows")
    )  # fmt: skip
    by_rule: dict[str, list[Any]] = {}
    for event in found:
        by_rule.setdefault(event.rule, []).append(event)
    lines = [
        _line(rule.code, rule.title, by_rule[rule.code], first, last)
        for rule in RULES
        if rule.code in by_rule
    ]
    kept = [event for event in found if event.is_held and not event.is_asleep(last)]
    raised = sum(event.is_raised for event in found)
    return Digest(first, last, lines, kept[:HELD_MAX], len(kept), raised)


def villages_in(found: Digest, lights: Sequence[Lights]) -> set[str]:
    """The villages a digest names."""
    named = {event.village for line in found.lines for event in line.events}
    return named | {event.village for event in found.held} | {one.village for one in lights}


def digest_key(region: str, last: date) -> str:
    """What a week's paper is about, as the journal calls it."""
    return f"warnings.digest:{region}-{last}"


def issued_digest(person: Person, region: str, last: date) -> Letter | None:
    """The paper of that week that holds, if any was issued; one query."""
    about = Letter.objects.visible_to(person).filter(on=digest_key(region, last))
    found: Letter | None = about.holding().order_by("-pk").first()
    return found


def _line(code: str, title: str, events: list[Any], first: date, last: date) -> DigestLine:
    standing = [event for event in events if event.is_under_way]
    return DigestLine(
        code,
        title,
        "周摘要" if all(event.lane == "digest" for event in events) else "预警",
        sum(first <= event.first_on <= last for event in events),
        len(standing),
        sum(event.gone_on is not None and first <= event.gone_on <= last for event in events),
        sum((event.money for event in standing), start=0),
        standing[:EXAMPLES_MAX],
    )
