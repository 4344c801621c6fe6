"""A month of a book's cash: every line of 101, in order of day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sanzi.accounting.keys import LINES_MAX, lines_between
from sanzi.accounting.models import Account, Book, Kind, Line
from sanzi.accounting.pages import balances
from sanzi.kernel.money import ZERO

from .cashbox import Concern, DayLine, Entry, concerns, day_book
from .flows import voucher_url, vouchers_of
from .models import CASH


@dataclass(frozen=True, slots=True)
class CashMonth:
    """The lines of a month, what was brought forward, and what is wrong."""

    opening: Decimal
    debit: Decimal
    credit: Decimal
    lines: list[DayLine]
    concerns: list[Concern]

    @property
    def closing(self) -> Decimal:
        """What the box should hold at the end."""
        return self.opening + self.debit - self.credit


def cash_month(
    book: Book, period: int, limits: Mapping[int, Decimal | None], until: date
) -> CashMonth:
    """All cash of a book in one month; `limits` by account. 4 queries.

    Several boxes are one day book: money moved between them leaves the sum as it is.
    """
    leaves = Account.objects.of(book).filter(code__startswith=CASH, is_leaf=True)
    codes = {leaf.code: leaf.pk for leaf in leaves}
    pages = balances(book.pk, period, period)
    opening = sum((page.opening for code, page in pages.items() if code in codes), ZERO)
    span = lines_between(book.pk, period, period)
    lines = Line.objects.of(book).filter(account__in=codes, pk__range=span).order_by("pk")
    entries = _entries(list(lines))
    found = day_book(opening, entries)
    named = [limits[pk] for pk in codes.values() if limits.get(pk) is not None]
    limit = sum((amount for amount in named if amount is not None), ZERO) if named else None
    return CashMonth(
        opening,
        sum((entry.debit for entry in entries), ZERO),
        sum((entry.credit for entry in entries), ZERO),
        found,
        concerns(opening, found, limit, until),
    )


def _entries(lines: list[Line]) -> list[Entry]:
    vouchers = vouchers_of(lines)
    found = []
    for line in lines:
        voucher = vouchers[line.pk // (LINES_MAX + 1)]
        if voucher.kind != Kind.OPENING:
            url = voucher_url(line.book_id, voucher.pk)
            found.append(
                Entry(voucher.dated, voucher.title, line.memo, line.debit, line.credit, url)
            )
    return sorted(found, key=lambda entry: entry.dated)
