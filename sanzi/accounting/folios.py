"""Pages of the ledger laid open by month: what books of several accounts are written from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from sanzi.kernel.money import ZERO

from .ledger import COLUMNS
from .pages import Balance

Turn = tuple[Decimal, Decimal]  # debit, credit
NOTHING: Turn = (ZERO, ZERO)
_CLOSING = 13


@dataclass(frozen=True)
class Folio:
    """A ledger page over some years: brought forward to the first, and what moved in each month.

    `opening` is net in yuan, a debit balance being positive; months are YYYYMM, the closing entries
    of a year stand under YYYY13.
    """

    opening: Decimal
    turns: Mapping[int, Turn]

    def month(self, period: int) -> Turn:
        """Both sides of a month; the closing entries belong to December."""
        closing = period + 1 if period % 100 == 12 else 0
        return _added([self.turns.get(period, NOTHING), self.turns.get(closing, NOTHING)])

    def year(self, period: int) -> Turn:
        """Both sides of its year up to this month."""
        year = period // 100 * 100
        return _added([self.month(year + month) for month in range(1, period % 100 + 1)])

    def between(self, first: int, last: int) -> Balance:
        """The months `first` to `last`, closing entries included."""
        end = last + (last % 100 == 12)
        before = _added([turn for month, turn in self.turns.items() if month < first])
        debit, credit = _added([t for month, t in self.turns.items() if first <= month <= end])
        return Balance(self.opening + before[0] - before[1], debit, credit)

    def without_closing(self, first: int, last: int) -> Balance:
        """The same without the closing entries of the last year."""
        turns = {month: t for month, t in self.turns.items() if month <= last}
        return Folio(self.opening, turns).between(first, last)

    def __add__(self, other: "Folio") -> "Folio":
        months = self.turns.keys() | other.turns.keys()
        turns = {
            month: _added([self.turns.get(month, NOTHING), other.turns.get(month, NOTHING)])
            for month in months
        }
        return Folio(self.opening + other.opening, turns)


BLANK = Folio(ZERO, {})


def _added(turns: Sequence[Turn]) -> Turn:
    return sum((d for d, _ in turns), ZERO), sum((c for _, c in turns), ZERO)


def added(folios: Iterable[Folio]) -> Folio:
    """Several pages as one."""
    found = BLANK
    for folio in folios:
        found += folio
    return found


def folios(pages: QuerySet[Any], key: Sequence[str], first: int, last: int) -> dict[Any, Folio]:
    """Pages by these fields over the years of the months YYYYMM `first` to `last`; one query.

    The key is a tuple, or the value itself where there is one field.
    """
    rows = pages.filter(year__gte=first // 100, year__lte=last // 100).order_by("year")
    opened: dict[Any, Decimal] = {}
    turns: dict[Any, dict[int, Turn]] = {}
    width = len(key)
    for year, *row in rows.values_list("year", *key, *COLUMNS):
        name = row[0] if width == 1 else tuple(row[:width])
        opening, *sides = row[width:]
        opened.setdefault(name, opening if year == first // 100 else ZERO)
        mine = turns.setdefault(name, {})
        for bucket in range(1, _CLOSING + 1):
            debit, credit = sides[2 * bucket - 2], sides[2 * bucket - 1]
            if debit or credit:
                mine[year * 100 + bucket] = (debit, credit)
    return {name: Folio(opened[name], turns[name]) for name in opened}
