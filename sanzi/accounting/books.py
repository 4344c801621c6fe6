"""The books (账簿) of one account set, or of all sets of a region and scheme: reading only.

    sheet(of, statement, first, last) -> statements.Sheet     "balance" or "income"
    trial(of, first, last) -> list[TrialRow]                  科目余额表
    flows(of, first, last) -> list[Flow]                      收支明细表
    general(book, first, last) -> dict[code, Folio]           总账, by account and its parents

`of` is a Book or a BooksOf(region code, scheme, kind); months are YYYYMM, amounts yuan. Above the
village a region reads a few stored pages, however many sets it has.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from sanzi.kernel.money import ZERO
from sanzi.kernel.refusals import Invalid

from . import pages
from .chart import ChartAccount, chart, level, parent_of
from .folios import BLANK, Folio, folios
from .models import Account, Book, Page, Period
from .pages import NOTHING, Balance
from .spread import spread
from .statements import STATEMENTS, Sheet, balance_sheet, income_statement

NATIONAL = 3


@dataclass(frozen=True)
class BooksOf:
    """All account sets of a region (2, 4, 6, 9 or 12 digits) under one scheme.

    `kind` keeps the collectives or the committees alone; empty means both.
    """

    region: str
    scheme: str
    kind: str = ""

    @cached_property
    def books(self) -> QuerySet[Any]:
        """Its account sets. Whoever asks has been scoped to the region."""
        found = Book.objects.within(self.region).filter(scheme=self.scheme)
        return found.filter(collective__kind=self.kind) if self.kind else found


Of = Book | BooksOf


def balances_of(of: Of, first: int, last: int, *, closing: bool = True) -> dict[str, Balance]:
    """Balances by account: leaves of a book, national accounts of a region."""
    if isinstance(of, BooksOf):
        kind = of.kind or None
        return pages.region_balances(of.region, of.scheme, first, last, kind=kind, closing=closing)
    return pages.balances(of.pk, first, last, closing=closing)


def january(period: int) -> int:
    """The first month of a month's year."""
    return period // 100 * 100 + 1


def sheet(of: Of, statement: str, first: int, last: int) -> Sheet:
    """A statement at the end of `last`; the income statement's first column is `first` to `last`.

    Raises Invalid for an unknown statement, or months of two years.
    """
    if statement not in STATEMENTS:
        raise Invalid("statement.unknown", "没有这张报表，请从报表目录进入")
    balance = _balance_sheet(of, last)
    if statement == "balance":
        return balance
    _check_one_year(first, last, STATEMENTS[statement])
    books = of.books if isinstance(of, BooksOf) else Book.objects.within("").filter(pk=of.pk)
    return income_statement(
        of.scheme,
        last,
        balances_of(of, first, last, closing=False),
        balances_of(of, january(last), last, closing=False),
        spread(books, last // 100, last % 100),
        sheet=balance,
    )


def _check_one_year(first: int, last: int, title: str) -> None:
    if first // 100 != last // 100:
        raise Invalid("statement.years", f"{title}按年度编制，起止月份请选在同一年内")


def _balance_sheet(of: Of, last: int) -> Sheet:
    begun = january(last)
    last_year, is_closed = None, False
    if isinstance(of, Book):
        if of.begins < begun:
            last_year = pages.balances(of.pk, begun - 100, begun - 100 + 11)
        is_closed = last % 100 == 12 and _is_closed(of, last)
    return balance_sheet(
        of.scheme, last, balances_of(of, begun, last), last_year=last_year, is_closed=is_closed
    )


def _is_closed(book: Book, period: int) -> bool:
    month = Period.objects.filter(book=book, period=period)
    return month.exclude(state=Period.State.OPEN).exists()


def months_kept(book: Book) -> list[Period]:
    """The months of a book in order, that of its opening balances apart; one query."""
    kept = Period.objects.filter(book=book).order_by("period")
    return [period for period in kept if period.period % 100]


def accounts_of(of: Of) -> dict[str, Account | ChartAccount]:
    """The accounts by code in order: those of the book, or the national ones of the scheme."""
    if isinstance(of, BooksOf):
        return {c: a for c, a in chart(of.scheme).items() if len(c) == NATIONAL}
    return {a.code: a for a in Account.objects.filter(book=of.pk).order_by("code")}


def lineage(code: str) -> list[str]:
    """The code and those of the accounts above it."""
    found = []
    while code:
        found.append(code)
        code = parent_of(code)
    return found


def rolled_up(found: Mapping[str, Balance]) -> dict[str, Balance]:
    """Leaves, and every account above them; the pages of debit balances left out."""
    added: dict[str, Balance] = {}
    for code, balance in found.items():
        if not code.endswith("+"):
            for name in lineage(code):
                added[name] = added.get(name, NOTHING) + balance
    return added


@dataclass(frozen=True)
class TrialRow:
    """One account of the 科目余额表, in yuan; `year` is its movement since January."""

    code: str
    name: str
    level: int
    months: Balance
    year: Balance

    @property
    def is_blank(self) -> bool:
        found = (self.months.opening, self.months.closing, self.year.debit, self.year.credit)
        return not any((*found, self.months.debit, self.months.credit))


def trial(of: Of, first: int, last: int, *, deepest: int = 9) -> list[TrialRow]:
    """科目余额表: the accounts with a balance or movement, down to a level; three queries."""
    months = rolled_up(balances_of(of, first, last))
    year = rolled_up(balances_of(of, january(last), last))
    rows = (
        TrialRow(
            code, account.name, level(code), months.get(code, NOTHING), year.get(code, NOTHING)
        )
        for code, account in accounts_of(of).items()
        if level(code) <= deepest
    )
    return [row for row in rows if not row.is_blank]


def trial_total(rows: Iterable[TrialRow]) -> tuple[Decimal, ...]:
    """The eight sums of the national accounts: pairs of debit and credit that must be equal.

    期初, 本期, 本年累计, 期末.
    """
    totals = [ZERO] * 8
    for row in rows:
        if row.level == 1:
            for at, value in enumerate(trial_figures(row)):
                totals[at] += value or ZERO
    return tuple(totals)


def trial_figures(row: TrialRow) -> list[Decimal | None]:
    """The eight figures of a row; a balance stands on one side only, no movement is left blank."""
    moved = (row.months.debit, row.months.credit, row.year.debit, row.year.credit)
    return [
        *two_sided(row.months.opening),
        *(amount or None for amount in moved),
        *two_sided(row.months.closing),
    ]


def two_sided(net: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """A net balance as debit or credit."""
    return (net if net > 0 else None), (-net if net < 0 else None)


@dataclass(frozen=True)
class Flow:
    """One income or expense account: its movement on its own side, closing entries left out."""

    code: str
    name: str
    level: int
    category: str
    months: Decimal
    year: Decimal


def flows(of: Of, first: int, last: int) -> list[Flow]:
    """收支明细表: income and expenses by account and sub-account, the empty ones left out."""
    _check_one_year(first, last, "收支明细表")
    months = rolled_up(balances_of(of, first, last, closing=False))
    year = rolled_up(balances_of(of, january(last), last, closing=False))
    found = []
    for code, account in accounts_of(of).items():
        if account.category in ("income", "expense") and code in year:
            sign = -1 if account.category == "income" else 1
            moved = [sign * (b.debit - b.credit) for b in (months.get(code, NOTHING), year[code])]
            found.append(Flow(code, account.name, level(code), account.category, *moved))
    return [flow for flow in found if flow.months or flow.year]


def general(book: Book, first: int, last: int) -> dict[str, Folio]:
    """总账: the pages of every account by month, and of the accounts above; one query."""
    found: dict[str, Folio] = {}
    for code, folio in folios(Page.objects.filter(book=book), ("account",), first, last).items():
        if not code.endswith("+"):
            for name in lineage(code):
                found[name] = found.get(name, BLANK) + folio
    return dict(sorted(found.items()))


def by_book(
    books: Iterable[Book], first: int, last: int, *, closing: bool = True
) -> dict[int, Any]:
    """Balances by leaf of several books at once: {book: {code: Balance}}; one query."""
    mine = Page.objects.filter(book__in=[book.pk for book in books])
    found: dict[int, dict[str, Balance]] = {}
    for (book, code), folio in folios(mine, ("book", "account"), first, last).items():
        balance = folio.between(first, last) if closing else folio.without_closing(first, last)
        found.setdefault(book, {})[code] = balance
    return found
