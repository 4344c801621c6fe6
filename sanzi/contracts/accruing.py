"""What of a village's dues is to be brought to its books by a day."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sanzi.accounting.models import Book

from .entries import is_spread, yearly_parts
from .ledgers import open_day
from .models import Accrual, Due, Stage


class Proposal(NamedTuple):
    """One entry to be made; year 0 is the due itself, otherwise a year's share of a spread one."""

    due: Due
    year: int
    dated: date
    amount: Decimal


def proposals(book: Book, until: date) -> list[Proposal]:
    """Everything fallen due by a day and not yet proposed, oldest first.

    What fell due before the books begin is in their opening balances. A share of a year is ripe on
    its last day, or on the due's last. Nothing is proposed into a closed month: it is dated the
    first day of the next open one.
    """
    begins = date(book.begins // 100, book.begins % 100, 1)
    dues = list(
        Due.objects.filter(village=book.village, due_on__lte=until, due_on__gte=begins)
        .live()
        .select_related("contract")
        .order_by("due_on", "pk")
    )
    done = _done(dues)
    found = []
    for due in dues:
        if (due.pk, 0) not in done:
            found.append((due, 0, due.due_on, due.amount))
        elif done[due.pk, 0] == Stage.POSTED and is_spread(due.from_on, due.to_on):
            found += [
                (due, year, ripe, share)
                for year, share in yearly_parts(due.from_on, due.to_on, due.amount)
                for ripe in [max(due.due_on, min(date(year, 12, 31), due.to_on))]
                if ripe <= until and (due.pk, year) not in done
            ]
    days: dict[tuple[int, int], date | None] = {}
    return [
        Proposal(due, year, day, amount)
        for due, year, wanted, amount in found
        if (day := _day(book, wanted, until, days)) is not None
    ]


def _day(
    book: Book, wanted: date, until: date, known: dict[tuple[int, int], date | None]
) -> date | None:
    """`open_day`, asked once for each month."""
    month = wanted.year, wanted.month
    if month not in known:
        known[month] = open_day(book, wanted.replace(day=1), until)
    first = known[month]
    return wanted if first == wanted.replace(day=1) else first


def _done(dues: Iterable[Due]) -> dict[tuple[int, int], str]:
    keys = [due.pk for due in dues]
    found: dict[tuple[int, int], str] = {}
    for at in range(0, len(keys), 900):
        live = Accrual.objects.filter(due__in=keys[at : at + 900]).exclude(stage=Stage.REFUSED)
        found |= {
            (due, year): stage for due, year, stage in live.values_list("due", "year", "stage")
        }
    return found
