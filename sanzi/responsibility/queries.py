"""Who answers for a village's page, on a day; which rows nobody answers for."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from .models import AreaVillage, Assignment, Level
from .spans import group_order, which_group

GROUPS_SHOWN = 3


def held_on(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    """Those whose term contains the day."""
    return rows.filter(from_on__lte=day).filter(Q(to_on=None) | Q(to_on__gte=day))


def without_anyone(rows: QuerySet[Any], field: str, day: date) -> QuerySet[Any]:
    """Rows of villages whose household, named in `field`, nobody answers for on a day.

    By the name as it is written: who was renamed, or shares a name, is told apart by a person.
    """
    named = Assignment.objects.filter(
        level=Level.HOUSEHOLD, village=OuterRef("village"), household=OuterRef(field)
    )
    return rows.filter(~Exists(held_on(named, day)))


@dataclass(frozen=True)
class Link:
    """One level of a chain: who answers on it; nobody yet is said in words."""

    level: str
    word: str
    people: tuple[Assignment, ...] = ()
    more: int = 0

    @property
    def missing(self) -> str:
        return "" if self.people else f"还没有{self.word}"


@dataclass(frozen=True)
class Chain:
    """The four names (四级包联) of a village, or of a group or household in it, on a day."""

    village: str
    on: date
    links: tuple[Link, ...] = field(default=())

    @property
    def by_level(self) -> dict[str, Link]:
        return {link.level: link for link in self.links}

    @property
    def gaps(self) -> list[str]:
        """The levels nobody answers for."""
        return [link.missing for link in self.links if link.missing]


def answering_for(
    village: str, group: str = "", household: str = "", on: date | None = None
) -> Chain:
    """Who answers for a village, and if named for one of its groups or households; one query.

    Without a group all its people are given; a household's own group is found by its line.
    The caller has been scoped to the village. Days are today's unless `on` is given.
    """
    day = on or localdate()
    area = held_on(AreaVillage.objects.within(village), day).values("area")
    here = Q(level__in=(Level.VILLAGE, Level.GROUP), village=village)
    if household:
        here |= Q(level=Level.HOUSEHOLD, village=village, household=household)
    rows = held_on(Assignment.objects.filter(here | Q(level=Level.AREA, area__in=area)), day)
    found = list(rows.select_related("area").order_by("level", "group", "household", "pk"))
    return Chain(village, day, _links(found, group))


def _links(found: list[Assignment], group: str) -> tuple[Link, ...]:
    by_level: dict[str, list[Assignment]] = defaultdict(list)
    for one in found:
        by_level[one.level].append(one)
    own = group or next((one.group for one in by_level[Level.HOUSEHOLD] if one.group), "")
    if own:
        wanted = which_group(own)
        by_level[Level.GROUP] = [
            one for one in by_level[Level.GROUP] if which_group(one.group) == wanted
        ]
    # A debtor or contractor need not be a household of the village: no gap is made of that.
    by_level[Level.GROUP].sort(key=lambda one: group_order(one.group))
    shown = [level for level in Level if by_level[level] or level != Level.HOUSEHOLD]
    return tuple(_link(level, by_level[level]) for level in shown)


def _link(level: Level, people: list[Assignment]) -> Link:
    more = max(0, len(people) - GROUPS_SHOWN)
    return Link(level, level.label, tuple(people[:GROUPS_SHOWN]), more)
