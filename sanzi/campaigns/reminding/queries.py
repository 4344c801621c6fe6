"""Which ladder holds where, and what somebody was reminded of."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from sanzi.access.models import Person
from sanzi.kernel.regions import ancestors

from .ladder import EXAMPLE, Rung, from_json
from .models import Ladder, Reminder


class Ladders:
    """The ladders of some regions, read once: a region's own, or the nearest above it."""

    def __init__(self, held: dict[str, tuple[Rung, ...]]) -> None:
        self._held = held

    def of(self, village: str) -> tuple[Rung, ...]:
        """The rungs that hold for a village or town."""
        for code in (village[:9], village[:6], village[:4], village[:2], ""):
            if code in self._held:
                return self._held[code]
        return EXAMPLE

    def holds(self, region: str) -> bool:
        """Whether a ladder somebody made holds for a region; else it is the shipped example."""
        return any(code in self._held for code in (*ancestors(region), region))

    def all(self) -> list[tuple[Rung, ...]]:
        """Every ladder that holds anywhere among them."""
        return [*self._held.values(), EXAMPLE]


def ladders_over(villages: Iterable[str]) -> Ladders:
    """The ladders that can hold for these villages; one query."""
    towns = {village[:9] for village in villages}
    codes = {code for town in towns for code in (*ancestors(town), town)}
    if len(codes) > 500:
        return every_ladder()
    return _read(Ladder.objects.filter(region__in=codes))


def every_ladder() -> Ladders:
    """All there are; one query."""
    return _read(Ladder.objects.all())


def _read(rows: QuerySet[Ladder]) -> Ladders:
    # The last version of a region is read last, and stays.
    found = rows.order_by("pk").values_list("region", "rungs")
    return Ladders({region: from_json(rungs) for region, rungs in found})


def reminder_of(person: Person, day: date) -> Reminder | None:
    """What this person was reminded of on a day; one query."""
    return Reminder.objects.visible_to(person).filter(day=day).first()
