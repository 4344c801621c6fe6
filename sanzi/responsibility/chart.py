"""The wall chart of a town: areas, their villages, who answers, and where nobody does."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.utils.timezone import localdate

from sanzi.orgs.models import Region

from .models import AreaVillage, Assignment, Level
from .queries import held_on
from .spans import group_order


@dataclass
class VillageRow:
    """One village of the chart."""

    code: str
    name: str
    people: list[Assignment] = field(default_factory=list)
    groups: list[Assignment] = field(default_factory=list)
    households: int = 0

    @property
    def gaps(self) -> list[str]:
        found = [] if self.people else ["无包村干部"]
        return found if self.groups else [*found, "无包组干部"]


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
    """The chart of a region's villages on a day; three queries. The caller has been scoped."""
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
    homes = held_on(Assignment.objects.within(code).filter(level=Level.HOUSEHOLD), day)
    for village, count in Counter(homes.values_list("village", flat=True)).items():
        if village in rows:
            rows[village].households = count


def gaps_of(areas: list[AreaRow]) -> list[str]:
    """Every gap of a chart in words, in its order."""
    found = []
    for area in areas:
        if area.gap:
            found.append(f"{area.name}：{area.gap}")
        found += [f"{row.name}：{'、'.join(row.gaps)}" for row in area.villages if row.gaps]
    return found
