"""The vouchers behind income: lines to mark as one-off, and what the year-end warnings look at.

    income_lines(books, first, last, definition) -> list[IncomeLine]
    jumps_in(region, year, definition, limits, edges) -> {village: [Jump]}

Lines of a book and month stand together, so a few ranges of keys are read, never the journal.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q

from sanzi.accounting.keys import VOUCHERS_MAX, lines_between
from sanzi.accounting.lines import period_of, voucher_of
from sanzi.accounting.models import Book, Kind, Line, Voucher
from sanzi.kernel.money import from_fen, to_fen

from . import jumps
from .definitions import Definition
from .parts import Part, part_of
from .queries import books_in, years_in

# Ranges of keys in one statement; both engines take a few hundred conditions well.
_BOOKS_AT_ONCE = 200
_MONEY = ("101", "102")
# How many months a book has room for in a key (keys.py).
_MONTHS = 10_000


@dataclass(frozen=True)
class IncomeLine:
    """One line on an income account: net credit in fen; whether its voucher brought money."""

    line: int
    voucher: int
    book: Book
    account: str
    part: Part
    amount: int
    memo: str
    is_paid: bool

    @property
    def yuan(self) -> Decimal:
        return from_fen(self.amount)


def income_lines(
    books: Sequence[Book], first: int, last: int, definition: Definition | None = None
) -> list[IncomeLine]:
    """The income lines of these books in the months YYYYMM, closing entries among them.

    Of a definition the parts it adds, else every income. One query per two hundred books.
    """
    found = []
    for some in _chunks(books):
        by_pk = {book.pk: book for book in some}
        rows = list(_lines(some, first, last))
        paid = {voucher_of(pk) for pk, _, account, debit, _, _ in rows
                if account[:3] in _MONEY and debit > 0}  # fmt: skip
        for pk, book, account, debit, credit, memo in rows:
            part = part_of(by_pk[book].scheme, account)
            if part is None or part.category != "income":
                continue
            if definition is None or part.key in definition.plus:
                amount = to_fen(credit) - to_fen(debit)
                voucher = voucher_of(pk)
                found.append(IncomeLine(
                    pk, voucher, by_pk[book], account, part, amount, memo, voucher in paid
                ))  # fmt: skip
    return found


def _chunks(books: Sequence[Book]) -> Iterator[Sequence[Book]]:
    for start in range(0, len(books), _BOOKS_AT_ONCE):
        yield books[start : start + _BOOKS_AT_ONCE]


def _lines(books: Sequence[Book], first: int, last: int) -> Any:
    ranges = Q()
    for book in books:
        ranges |= Q(pk__range=lines_between(book.pk, first, last))
    kinds = Q(account__gte="5", account__lt="6") | Q(account__gte="101", account__lt="103")
    return Line.objects.filter(ranges, kinds).order_by("pk").values_list(
        "pk", "book_id", "account", "debit", "credit", "memo"
    )  # fmt: skip


def jumps_in(
    region: str,
    year: int,
    definition: Definition,
    limits: jumps.Limits,
    edges: Sequence[int],
) -> dict[str, list[jumps.Jump]]:
    """The year-end events of every village of a region that keeps books; villages without any are
    absent. The caller has been scoped to the region. Eight queries for up to two hundred books.
    """
    books = list(books_in(region).order_by("village", "pk"))
    totals = {
        village: held.under(definition) or 0
        for village, held in years_in(region, year, definition=definition).items()
    }
    ends = date(year, 12, 31)
    begins = ends - timedelta(days=limits.last_days - 1)
    until = ends + timedelta(days=limits.back_days)
    lines = income_lines(
        books, begins.year * 100 + begins.month, until.year * 100 + until.month, definition
    )
    booked = _booked(lines)
    return {
        village: events
        for village, known in sorted(booked.items())
        if (events := jumps.find(
            year, known, total=totals.get(village, 0), limits=limits, edges=edges
        ))
    }  # fmt: skip


def _booked(lines: Sequence[IncomeLine]) -> dict[str, list[jumps.Booked]]:
    """A voucher's income lines taken together, by village."""
    sums: dict[int, int] = defaultdict(int)
    first: dict[int, IncomeLine] = {}
    for one in lines:
        sums[one.voucher] += one.amount
        first.setdefault(one.voucher, one)
    heads = _heads(list(sums))
    found: dict[str, list[jumps.Booked]] = defaultdict(list)
    for voucher, amount in sums.items():
        dated, memo, reverses, kind = heads[voucher]
        if kind == Kind.CLOSING:
            continue
        one = first[voucher]
        found[one.book.village].append(
            jumps.Booked(voucher, dated, memo, amount, one.is_paid, reverses)
        )
    return found


def _heads(vouchers: Sequence[int]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for start in range(0, len(vouchers), 800):
        some = Voucher.objects.filter(pk__in=vouchers[start : start + 800])
        for pk, *head in some.values_list("pk", "dated", "memo", "reverses", "kind"):
            found[pk] = tuple(head)
    return found


def place_of(voucher: int) -> tuple[int, str]:
    """The book a voucher is of, and how people call it: 2026-12 记-5; from its key."""
    month, number = divmod(voucher, VOUCHERS_MAX + 1)
    period = period_of(voucher)
    return month // _MONTHS, f"{period // 100}-{period % 100:02} 记-{number}"
