"""明细账 and 日记账: the lines of some accounts or of a counterparty, balance by balance.

    ledger(book, codes, first, last, dimension=None) -> Ledger
    Ledger.rows(start, stop) -> list[LedgerRow]

The balance before a page of lines is one sum in the database; months' totals come from the pages
of the ledger, so that a book of a hundred thousand lines opens at any page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from django.db.models import Q, QuerySet, Sum

from sanzi.kernel.money import ZERO

from .folios import Folio, added, folios
from .keys import LINES_MAX, VOUCHERS_MAX, lines_between, lines_of
from .models import Account, Book, Dimension, Line, Page, SubPage, Voucher

_ANALYSED = ("counterparty", "project", "object", "item")
_RANGES = 200  # vouchers asked for at once


@dataclass(frozen=True)
class LedgerRow:
    """One row of the paper form: a line, what was brought forward, or a month's total."""

    kind: Literal["opening", "line", "day", "month", "year"]
    period: int
    memo: str
    debit: Decimal | None
    credit: Decimal | None
    balance: Decimal
    dated: date | None = None
    voucher: int | None = None
    number: int | None = None
    account: str = ""
    names: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


def voucher_of(line: int) -> int:
    """The key of the voucher of a line."""
    return line // (LINES_MAX + 1)


def period_of(voucher: int) -> int:
    """The month YYYYMM of a voucher, from its key."""
    months = voucher // (VOUCHERS_MAX + 1) % 10_000
    return (1900 + months // 13) * 100 + months % 13


@dataclass
class Ledger:
    """The lines of leaf accounts (none: of all) in the months `first` to `last` of a book."""

    book: Book
    leaves: Sequence[str]
    first: int
    last: int
    dimension: Dimension | None = None
    # Also name the accounts on the other side of each voucher: a day book does.
    with_others: bool = False

    @cached_property
    def lines(self) -> QuerySet[Line]:
        between = lines_between(self.book.pk, self.first, self.last)
        found: QuerySet[Line] = Line.objects.filter(book=self.book, pk__range=between)
        if self.leaves:
            found = found.filter(account__in=self.leaves)
        if self.dimension is not None:
            found = found.filter(**{self.dimension.kind: self.dimension})
        return found.order_by("pk")

    @cached_property
    def folio(self) -> Folio:
        """The ledger's own page, from the stored ones; one query."""
        pages: QuerySet[Any] = Page.objects.filter(book=self.book)
        if self.dimension is not None:
            pages = SubPage.objects.filter(book=self.book, dimension=self.dimension.pk)
        if self.leaves:
            pages = pages.filter(account__in=self.leaves)
        found = folios(pages, ("account",), self.first, self.last)
        return added(folio for code, folio in found.items() if not code.endswith("+"))

    @cached_property
    def count(self) -> int:
        return self.lines.count()

    def rows(self, start: int, stop: int) -> list[LedgerRow]:
        """The lines from `start` up to `stop` with their running balance; at most six queries.

        A month whose last line is among them ends with its totals; the first row says what was
        brought forward to the first month.
        """
        shown = list(self.lines[start : stop + 1])
        last = shown.pop() if len(shown) > stop - start else None
        following = period_of(voucher_of(last.pk)) if last else None
        self.begin(shown, last)
        opening = self.folio.between(self.first, self.last).opening
        found = []
        if start == 0:
            found.append(LedgerRow("opening", self.first, "期初余额", None, None, opening))
        balance = self._before(shown[0], opening) if start and shown else opening
        named = _Named(shown, self.with_others)
        for at, line in enumerate(shown):
            balance += line.debit - line.credit
            found.append(named.row(line, balance))
            found += self.day_end(line, shown[at + 1] if at + 1 < len(shown) else last, balance)
            period = period_of(voucher_of(line.pk))
            after = period_of(voucher_of(shown[at + 1].pk)) if at + 1 < len(shown) else following
            if after != period:
                found += self._month_end(period, balance)
        return found

    def begin(self, shown: Sequence[Line], following: Line | None) -> None:
        """What a book must look up before these lines are written; `following` comes after."""

    def day_end(self, line: Line, following: Line | None, balance: Decimal) -> list[LedgerRow]:
        """What is written below the last line of a day: nothing, but in a day book."""
        return []

    def earlier(self, line: Line) -> QuerySet[Line]:
        """The lines that stand before this one."""
        return self.lines.filter(pk__lt=line.pk)

    def _before(self, line: Line, opening: Decimal) -> Decimal:
        sums: dict[str, Decimal | None] = (
            self.earlier(line).order_by().aggregate(d=Sum("debit"), c=Sum("credit"))
        )
        return opening + (sums["d"] or ZERO) - (sums["c"] or ZERO)

    def _month_end(self, period: int, balance: Decimal) -> list[LedgerRow]:
        return [
            LedgerRow("month", period, "本月合计", *self.folio.month(period), balance),
            LedgerRow("year", period, "本年累计", *self.folio.year(period), balance),
        ]


def ledger(
    book: Book,
    codes: Iterable[str],
    first: int,
    last: int,
    *,
    dimension: Dimension | None = None,
) -> Ledger:
    """The ledger of these accounts and all below them; of every account when none is named."""
    return Ledger(book, leaves_below(book, codes), first, last, dimension)


def leaves_below(book: Book, codes: Iterable[str]) -> Sequence[str]:
    """The leaf accounts of these accounts; the codes themselves where the book has none."""
    wanted = tuple(codes)
    leaves: list[str] = []
    if wanted:
        below = Q(pk__in=[])
        for code in wanted:
            below |= Q(code__startswith=code)
        mine = Account.objects.filter(below, book=book, is_leaf=True)
        leaves = list(mine.order_by("code").values_list("code", flat=True))
    return leaves or wanted


class _Named:
    """What the lines of a page need beside themselves: dates, numbers, names; three queries."""

    def __init__(self, lines: Sequence[Line], with_others: bool) -> None:
        vouchers = list(dict.fromkeys(voucher_of(line.pk) for line in lines))
        self.vouchers = Voucher.objects.in_bulk(vouchers)
        keys = {key for line in lines for key in _keys(line)}
        self.names = dict(Dimension.objects.filter(pk__in=keys).values_list("pk", "name"))
        self.sides = _sides(vouchers) if with_others else {}

    def row(self, line: Line, balance: Decimal) -> LedgerRow:
        voucher = self.vouchers[voucher_of(line.pk)]
        return LedgerRow(
            kind="line",
            period=voucher.period,
            memo=line.memo,
            debit=line.debit or None,
            credit=line.credit or None,
            balance=balance,
            dated=voucher.dated,
            voucher=voucher.pk,
            number=voucher.number,
            account=line.account,
            names=tuple(self.names.get(key, "") for key in _keys(line)),
            against=self._against(line),
        )

    def _against(self, line: Line) -> tuple[str, ...]:
        """The accounts on the other side of its voucher."""
        sides = self.sides.get(voucher_of(line.pk), [])
        others = (code for code, is_debit in sides if is_debit != bool(line.debit))
        return tuple(dict.fromkeys(others))


def _keys(line: Line) -> list[int]:
    found = (getattr(line, f"{kind}_id") for kind in _ANALYSED)
    return [key for key in found if key is not None]


def _sides(vouchers: Sequence[int]) -> dict[int, list[tuple[str, bool]]]:
    """The accounts of these vouchers, each with whether it is debited."""
    found: dict[int, list[tuple[str, bool]]] = {}
    for at in range(0, len(vouchers), _RANGES):
        chosen = Q(pk__in=[])
        for voucher in vouchers[at : at + _RANGES]:
            chosen |= Q(pk__range=lines_of(voucher))
        rows = Line.objects.filter(chosen).order_by("pk").values_list("pk", "account", "debit")
        for pk, account, debit in rows:
            found.setdefault(voucher_of(pk), []).append((account, bool(debit)))
    return found
