"""What is still to come in a village's year: rent by contract schedules, arrears, projects.

A due that was brought to the books already is income already; one that became a claim is old money
when it comes; a claim carried into a new agreement stays old money there (clean-up.md 4.6, 8.7).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Sum

from sanzi.access.models import Person
from sanzi.contracts.collecting import dues_for
from sanzi.contracts.figures import gains_of
from sanzi.contracts.models import Accrual, Carried, Due, Stage
from sanzi.kernel.money import ZERO, to_fen
from sanzi.villages.models import Project

# A rent paid for longer than this ahead is income of several years (the days of a leap year).
ONE_YEAR = 366


@dataclass
class Coming:
    """One village's, in fen; `planned` is of projects that have brought nothing yet."""

    dues: int = 0
    overdue: int = 0
    projects: int = 0
    planned: int = 0


def coming_in(person: Person, region: str, as_of: date) -> dict[str, Coming]:
    """What is to come from the day after `as_of` to the end of its year; two to four queries."""
    return coming_of(region, as_of, owed_in(person, region, as_of))


def coming_of(region: str, as_of: date, owed: Iterable[tuple[Any, int]]) -> dict[str, Coming]:
    """The same of dues read before; one query."""
    found: dict[str, Coming] = defaultdict(Coming)
    for due, amount in owed:
        if due.due_on > as_of:
            found[due.village].dues += amount
        else:
            found[due.village].overdue += amount
    projects = Project.objects.within(region)
    for village, planned, actual in projects.values_list(
        "village", "expected_income", "actual_income"
    ):
        rest = (planned or ZERO) - (actual or ZERO)
        if rest <= 0:
            continue
        # The register says neither when a project was signed nor when it opens. That it earns is
        # the one sign it has begun.
        if actual and actual > 0:
            found[village].projects += to_fen(rest)
        else:
            found[village].planned += to_fen(rest)
    return found


def owed_in(person: Person, region: str, as_of: date) -> list[tuple[Any, int]]:
    """The dues of the year of `as_of` that are owed and nowhere booked, each with its new money."""
    booked = Accrual.objects.filter(due=OuterRef("pk"), year__in=(0, as_of.year)).exclude(
        stage=Stage.REFUSED
    )
    mine: Any = dues_for(person)
    dues = list(
        mine.within(region)
        .filter(due_on__gte=date(as_of.year, 1, 1), due_on__lte=date(as_of.year, 12, 31))
        .filter(~Exists(booked), owed__gt=0)
        .order_by("due_on", "pk")
    )
    old = _old_money({due.amendment_id for due in dues if due.amendment_id})
    return [(due, amount) for due in dues if (amount := _income_of(due, old, as_of.year)) > 0]


def _income_of(due: Any, old: dict[int, Decimal], year: int) -> int:
    """What of a due, when it comes, is income of this year."""
    fresh = max(due.owed - old.get(due.pk, ZERO), ZERO)
    days = (due.to_on - due.from_on).days + 1
    if days <= ONE_YEAR:
        return to_fen(fresh)
    first, last = max(due.from_on, date(year, 1, 1)), min(due.to_on, date(year, 12, 31))
    return to_fen(fresh) * max((last - first).days + 1, 0) // days


def _old_money(amendments: Iterable[int]) -> dict[int, Decimal]:
    """The part of each due that is a carried claim, by due; two queries where there is any."""
    sums = Carried.objects.filter(amendment__in=list(amendments)).values_list("amendment")
    carried = dict(sums.annotate(sum=Sum("amount")).order_by())
    by_amendment: dict[int, list[Any]] = defaultdict(list)
    for due in Due.objects.filter(amendment__in=list(carried)).live().order_by("pk"):
        by_amendment[due.amendment_id].append(due)
    found: dict[int, Decimal] = {}
    for amendment, dues in by_amendment.items():
        gains = gains_of([(due.amount, due.former) for due in dues], carried[amendment])
        for due, gain in zip(dues, gains, strict=True):
            found[due.pk] = due.amount - due.former - gain
    return found
