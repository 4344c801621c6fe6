"""Opening the months of a year: what a closed year left is brought forward to the next."""

from collections import defaultdict
from typing import Any

from django.db import transaction

from sanzi.kernel.refusals import Blocked
from sanzi.store.bulk import add_up, insert

from .ledger import COLUMNS, REGION_LEVELS
from .models import Book, Page, Period, RegionPage, SubPage
from .turning import SPLIT_MARK, Numbers, empty, net


def open_year(book: Book, year: int) -> list[int]:
    """Open the twelve months of a year of a locked book; the periods YYYYMM made.

    The balances of the year before are brought forward at once and kept true as that year still
    moves. Years open in order, without a gap. Runs inside an action that has claimed the book.
    """
    assert transaction.get_connection().in_atomic_block, "a year opens with its cause"
    years = sorted({p // 100 for p in _periods(book)})
    if year in years:
        return []
    if years and year != years[-1] + 1:
        raise Blocked("year.order", f"账套“{book}”已开到 {years[-1]} 年，请先开 {years[-1] + 1} 年")
    first = book.begins % 100 if not years else 1
    months = [year * 100 + month for month in range(first, 13)]
    if not years:
        months.insert(0, year * 100)
    insert(Period, ("book", "period", "state", "vouchers", "head"), _rows(book, months))
    if years:
        _bring_forward(book, years[-1])
    return months


def _periods(book: Book) -> list[int]:
    return list(Period.objects.filter(book=book).values_list("period", flat=True))


def _rows(book: Book, months: list[int]) -> list[tuple[Any, ...]]:
    return [(book.pk, month, "open", 0, "") for month in months]


def _bring_forward(book: Book, year: int) -> None:
    pages = Page.objects.filter(book=book, year=year)
    subs = SubPage.objects.filter(book=book, year=year)
    moved: list[tuple[Any, ...]] = []
    regions: dict[tuple[Any, ...], Numbers] = defaultdict(empty)
    for account, *amounts in pages.values_list("account", *COLUMNS):
        if balance := net([int(a.scaleb(2)) for a in amounts]):
            moved.append((book.pk, year + 1, account, *_opening(balance)))
            top = account[:3] + (SPLIT_MARK if account.endswith(SPLIT_MARK) else "")
            for width in REGION_LEVELS:
                key = (book.village[:width], year + 1, book.scheme, book.collective.kind, top)
                regions[key][0] += balance
    deep = []
    for account, dimension, *amounts in subs.values_list("account", "dimension", *COLUMNS):
        if balance := net([int(a.scaleb(2)) for a in amounts]):
            deep.append((book.pk, year + 1, account, dimension, *_opening(balance)))
    add_up(SubPage, ("book", "year", "account", "dimension"), COLUMNS, deep)
    add_up(Page, ("book", "year", "account"), COLUMNS, moved)
    rows = [(*key, *numbers) for key, numbers in sorted(regions.items())]
    add_up(RegionPage, ("region", "year", "scheme", "kind", "account"), COLUMNS, rows)


def _opening(balance: int) -> list[int]:
    numbers = empty()
    numbers[0] = balance
    return numbers
