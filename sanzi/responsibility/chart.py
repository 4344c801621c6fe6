"""The wall chart of a town: areas, their villages, who answers, and where nobody does."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.utils.timezone import localdate

from sanzi.access.scope import under
from sanzi.orgs.models import Region

from .models import AreaVillage, Assignment, Level
from .queries import held_on
from .spans import group_order, which_group


@dataclass
class VillageRow:
    """One village of the chart."""

    code: str
    name: str
    people: list[Assignment] = field(default_factory=list)
    groups: list[Assignment] = field(default_factory=list)
    households: int = 0
    # Groups the region tree or a household's own line names, by their place in a list.
    known: dict[tuple[int, str], str] = field(default_factory=dict)
    # Places in the list of the groups with a household somebody answers for.
    with_homes: set[tuple[int, str]] = field(default_factory=set)

    @property
    def loose_groups(self) -> list[str]:
        """Groups there are that nobody answers for; none are told where no group is held at all."""
        held = {which_group(one.group) for one in self.groups}
        return [name for at, name in sorted(self.known.items()) if held and at not in held]

    @property
    def homeless_groups(self) -> list[str]:
        """Groups without a single household entry."""
        groups = self.known | {which_group(one.group): one.group for one in self.groups}
        return [name for at, name in sorted(groups.items()) if at not in self.with_homes]

    @property
    def gaps(self) -> list[str]:
        found = [] if self.people else ["无包村干部"]
        if not self.groups:
            found.append("无包组干部")
        return found + [f"{name}无包组干部" for name in self.loose_groups]


@dataclass
class AreaRow:
    """One area with its villages; the last one of a chart holds what lies in none."""

    name: str
    pk: int | None = None
    people: list[Assignment] = field(default_factory=list)
    villages: list[VillageRow] = field(default_factory=list)

    @property
    def gap(self) -> str:
        if self.pk is None:
            return "没有划片"
        return "" if self.people else "无包片领导"


def chart(code: str, villages: list[Region], on: date | None = None) -> list[AreaRow]:
    """The chart of a region's villages on a day; four queries. The caller has been scoped."""
    day = on or localdate()
    rows = {one.code: VillageRow(one.code, one.name) for one in villages}
    lying = held_on(AreaVillage.objects.within(code), day).select_related("area")
    areas: dict[int | None, AreaRow] = {}
    for place in lying.order_by("area", "village"):
        area = areas.setdefault(place.area_id, AreaRow(place.area.name, place.area_id))
        if place.village in rows:
            area.villages.append(rows[place.village])
    _fill(code, day, rows, areas)
    placed = {row.code for area in areas.values() for row in area.villages}
    if loose := [row for row in rows.values() if row.code not in placed]:
        areas[None] = AreaRow("未划片的村", villages=loose)
    return list(areas.values())


def _fill(
    code: str, day: date, rows: dict[str, VillageRow], areas: dict[int | None, AreaRow]
) -> None:
    of_areas = Assignment.objects.filter(level=Level.AREA, area__in=[a for a in areas if a])
    below = Assignment.objects.within(code).exclude(level__in=(Level.AREA, Level.HOUSEHOLD))
    for one in held_on(of_areas | below, day).select_related("area").order_by("group", "pk"):
        if one.level == Level.AREA:
            areas[one.area_id].people.append(one)
        elif one.village in rows:
            row = rows[one.village]
            (row.people if one.level == Level.VILLAGE else row.groups).append(one)
    for row in rows.values():
        row.groups.sort(key=lambda one: group_order(one.group))
    _fill_groups(code, day, rows)


def _fill_groups(code: str, day: date, rows: dict[str, VillageRow]) -> None:
    """The groups there are by the region tree and by the households' lines; who has a household."""
    named: dict[str, list[str]] = defaultdict(list)
    tree = Region.objects.filter(under("code", code), level=Region.Level.GROUP, valid_to=None)
    for group, name in tree.values_list("code", "name"):
        named[group[:12]].append(name)
    homes = held_on(Assignment.objects.within(code).filter(level=Level.HOUSEHOLD), day)
    for village, group in homes.values_list("village", "group"):
        if village in rows:
            rows[village].households += 1
            if group:
                rows[village].with_homes.add(which_group(group))
                named[village].append(group)
    for village, names in named.items():
        if village in rows:
            rows[village].known |= {which_group(name): name for name in reversed(names)}


def homes_gap(areas: list[AreaRow]) -> str:
    """In one sentence how many groups have no household entry; empty without one."""
    rows = [row for area in areas for row in area.villages]
    count = sum(len(row.homeless_groups) for row in rows)
    return f"{count} 个组还没有一户有人包" if count else ""


def gaps_of(areas: list[AreaRow]) -> list[str]:
    """Every gap of a chart in words, in its order."""
    found = []
    for area in areas:
        if area.gap:
            found.append(f"{area.name}：{area.gap}")
        found += [f"{row.name}：{'、'.join(row.gaps)}" for row in area.villages if row.gaps]
    return found
