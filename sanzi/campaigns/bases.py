"""The day each town's bases were locked, for whoever computes with it."""

from collections.abc import Iterable
from datetime import date, datetime

from sanzi.access.models import Person

from .models import Base


class Bases:
    """The locked days of some towns, read once."""

    def __init__(self, locked: dict[str, date], otherwise: date) -> None:
        self._locked = locked
        self._otherwise = otherwise

    def of(self, village: str) -> date:
        """The day the base of this village's town was locked."""
        return self._locked.get(village[:9], self._otherwise)


def bases_of(villages: Iterable[str], today: date) -> Bases:
    """The bases of the towns of these villages; a town without one is locked today."""
    towns = {village[:9] for village in villages}
    found = Base.objects.filter(town__in=towns) if len(towns) <= 500 else Base.objects.all()
    return Bases(dict(found.values_list("town", "locked_on")), today)


def lock_missing(
    towns: Iterable[str], locked_on: date, reason: str, *, by: Person, now: datetime
) -> list[str]:
    """Lock the base of those towns that have none yet; their codes. Runs inside an action."""
    wanted = set(towns)
    known = set(Base.objects.filter(town__in=wanted).values_list("town", flat=True))
    missing = sorted(wanted - known)
    Base.objects.bulk_create(
        Base(town=town, locked_on=locked_on, reason=reason, locked_by=by, locked_at=now)
        for town in missing
    )
    return missing
