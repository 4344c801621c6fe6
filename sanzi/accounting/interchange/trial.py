"""Balances of a set or a region at the end of any day (科目余额), for machines and accountants.

Months come from the pages; the days after the last one asked for are taken off by the journal.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, Sum

from sanzi.access.models import Person
from sanzi.accounting.chart import chart
from sanzi.accounting.keys import LINES_MAX, lines_between, vouchers_between
from sanzi.accounting.models import Account, Book, Line, Period, Voucher
from sanzi.accounting.pages import NOTHING, Balance, balances, region_balances, tops
from sanzi.accounting.turning import SPLIT_MARK
from sanzi.kernel.money import ZERO
from sanzi.kernel.refusals import Missing
from sanzi.orgs.models import Region

from .choosing import only_set, sets_of

Found = dict[str, Balance]


@dataclass(frozen=True, slots=True)
class Row:
    """One account: brought forward, movement of the year so far, closing; debit positive."""

    scheme: str
    code: str
    name: str
    opening: Decimal
    debit: Decimal
    credit: Decimal
    closing: Decimal

    def words(self) -> dict[str, str]:
        """For JSON: amounts as decimal strings with two places."""
        amounts = ("opening", "debit", "credit", "closing")
        return {
            "scheme": self.scheme,
            "code": self.code,
            "name": self.name,
            **{name: f"{getattr(self, name):.2f}" for name in amounts},
        }


@dataclass(frozen=True, slots=True)
class Trial:
    """The accounts of one set (its leaves) or of a region (the national accounts) on a day."""

    region: str
    title: str
    book: Book | None
    as_of: date
    rows: list[Row]

    def document(self) -> dict[str, Any]:
        """As published: docs/schema/books-balance.schema.json."""
        return {
            "region": self.region,
            "name": self.title,
            "set": self.book.name if self.book else None,
            "as_of": self.as_of.isoformat(),
            "accounts": [row.words() for row in self.rows],
        }


def trial_balance(
    region: str, as_of: date, *, by: Person, name: str = "", scheme: str = ""
) -> Trial:
    """Opening of the year, movement up to and including the day, closing. Raises Missing, Invalid.

    One set where the region has one or it is named: its leaf accounts. Otherwise the national
    accounts over all sets of the region, by scheme.
    """
    place = Region.objects.visible_to(by).filter(code=region).first()
    if place is None:
        raise Missing("region.missing", f"没有区划 {region} 的数据，请核对代码")
    month = as_of.year * 100 + as_of.month
    there = sets_of(by, region, name, scheme, month)
    if name or (len(there) == 1 and len(region) >= 12):
        book = only_set(by, region, name, scheme, month)
        found = _of_book(book, as_of)
        names = dict(Account.objects.of(book).values_list("code", "name"))
        return Trial(region, book.name, book, as_of, _rows(found, book.scheme, names))
    rows = []
    for one in (scheme,) if scheme else ("2004", "2023"):
        names = {code: account.name for code, account in chart(one).items()}
        sets = [book for book in there if book.scheme == one]
        found = _of_sets(sets, as_of) if len(region) >= 12 else _of_region(region, one, as_of)
        rows += _rows(found, one, names)
    return Trial(region, place.name, None, as_of, rows)


def _rows(found: Found, scheme: str, names: Mapping[str, str]) -> list[Row]:
    return [
        Row(scheme, code, names.get(code, code), b.opening, b.debit, b.credit, b.closing)
        for code, b in sorted(found.items())
        if not code.endswith(SPLIT_MARK) and any((b.opening, b.debit, b.credit))
    ]


def _of_book(book: Book, as_of: date) -> Found:
    month = as_of.year * 100 + as_of.month
    if month < book.begins:
        return {}
    span = Period.objects.of(book).aggregate(last=Max("period"))["last"] or 0
    if span // 100 < as_of.year:
        return _carried(book, span // 100)
    found = balances(book.pk, as_of.year * 100 + 1, month)
    if not _ends_month(as_of):
        _take(found, _after(book, as_of))
    return found


def _of_sets(books: Iterable[Book], as_of: date) -> Found:
    added: Found = defaultdict(_nothing)
    for book in books:
        _add(added, tops(_of_book(book, as_of)))
    return added


def _carried(book: Book, year: int) -> Found:
    """What the last year opened left, standing unmoved since."""
    ended = balances(book.pk, year * 100 + 1, year * 100 + 12)
    return {code: Balance(b.closing, ZERO, ZERO) for code, b in ended.items()}


def _of_region(region: str, scheme: str, as_of: date) -> Found:
    """Stored pages of the region, put right for the sets whose year is not the one asked for."""
    month = as_of.year * 100 + as_of.month
    added: Found = defaultdict(_nothing)
    _add(added, region_balances(region, scheme, as_of.year * 100 + 1, month))
    mine = Book.objects.within(region).filter(scheme=scheme)
    opened = Period.objects.filter(book=OuterRef("pk"), period__range=_year(as_of.year))
    in_use = Q(successor=None) | Q(successor__begins__gt=month)
    for book in mine.filter(in_use, ~Exists(opened), begins__lte=month):
        _add(added, tops(_of_book(book, as_of)))
    for book in mine.filter(begins__gt=month, begins__lte=as_of.year * 100 + 12):
        early = balances(book.pk, as_of.year * 100 + 1, month)
        _take(added, tops(early))
    if not _ends_month(as_of):
        for book in mine.filter(Exists(opened), begins__lte=month):
            _take(added, tops(_after(book, as_of)))
    return added


def _nothing() -> Balance:
    return NOTHING


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _year(year: int) -> tuple[int, int]:
    return year * 100, year * 100 + 12


def _after(book: Book, as_of: date) -> Found:
    """The movements of the month after the day, by the journal."""
    month = as_of.year * 100 + as_of.month
    low, high = vouchers_between(book.pk, month, month)
    later = Voucher.objects.filter(pk__range=(low, high), dated__gt=as_of)
    first, last = lines_between(book.pk, month, month)
    lines = Line.objects.filter(pk__range=(first, last)).alias(voucher=F("pk") / (LINES_MAX + 1))
    sums = (
        lines.filter(voucher__in=later.values("pk"))
        .values("account")
        .annotate(debits=Sum("debit"), credits=Sum("credit"))
    )
    return {row["account"]: Balance(ZERO, row["debits"], row["credits"]) for row in sums.order_by()}


def _add(found: Found, other: Found) -> None:
    for code, balance in other.items():
        found[code] += balance


def _take(found: Found, other: Found) -> None:
    for code, b in other.items():
        if b.opening or b.debit or b.credit:
            mine = found[code]
            found[code] = Balance(
                mine.opening - b.opening, mine.debit - b.debit, mine.credit - b.credit
            )
