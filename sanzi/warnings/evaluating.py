"""A whole region looked at: read once, written town by town; a stop leaves no village half done."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby

from sanzi.access.models import Person

from .actions.looking import write_down
from .keeping import Told
from .looking import living_villages, look
from .standards import Standards


def evaluate(region: str, on: date, *, by: Person, now: datetime) -> Told:
    """Look at every living village of a region (trimmed code) for a day. Raises Missing.

    Doing it again changes nothing; a town that was not reached is done by the next run.
    """
    told = Told()
    for one in town_by_town(region, on, by=by, now=now):
        told += one
    return told


def town_by_town(region: str, on: date, *, by: Person, now: datetime) -> Iterator[Told]:
    """The same, told after each town."""
    standards = Standards(on)
    villages = living_villages(region)
    seen = look(region, on, standards)
    for _, town in groupby(villages, key=lambda code: code[:9]):
        yield write_down(villages=list(town), seen=seen, on=on, standards=standards, by=by, now=now)
