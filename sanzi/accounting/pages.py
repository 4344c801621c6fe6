"""Reading the pages: balances and movements of any months, without touching the journal."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model

from sanzi.kernel.money import from_fen

from .models import CLOSING, Book, Page, RegionPage, SubPage
from .turning import SPLIT_MARK


# Not frozen: a trial balance makes hundreds at a time, and freezing takes three times as long.
@dataclass(slots=True)
class Balance:
    """An account over some months, in yuan: brought forward and closing net (debit positive)."""

    opening: Decimal
    debit: Decimal
    credit: Decimal

    @property
    def closing(self) -> Decimal:
        """What stands at the end."""
        return self.opening + self.debit - self.credit

    def __add__(self, other: "Balance") -> "Balance":
        return Balance(
            self.opening + other.opening, self.debit + other.debit, self.credit + other.credit
        )


NOTHING = Balance(from_fen(0), from_fen(0), from_fen(0))


def balances(book: int, first: int, last: int, *, closing: bool = True) -> dict[str, Balance]:
    """Every account of a book with a page in the months YYYYMM `first` to `last` of it.

    `closing=False` leaves out the closing entries of the last year: what a statement of income
    needs. The `113+` page of debit balances is among them. The months may span years.
    """
    return _between(Page, "account", {"book_id": book}, first, last, closing)


def sub_balances(
    book: int, account: str, first: int, last: int, *, closing: bool = True
) -> dict[int, Balance]:
    """The same for the counterparties, projects, objects and items of one account, by key."""
    where = {"book_id": book, "account": account}
    return _between(SubPage, "dimension", where, first, last, closing)


def region_balances(
    region: str,
    scheme: str,
    first: int,
    last: int,
    *,
    kind: str | None = None,
    closing: bool = True,
) -> dict[str, Balance]:
    """The national accounts over all books of a region (2, 4, 6, 9 or 12 digits) and scheme.

    Above the village it reads a few stored pages, however many books there are.
    """
    if len(region) > 9:
        return _village_balances(region, scheme, first, last, kind, closing)
    where = {"region": region, "scheme": scheme} | ({"kind": kind} if kind else {})
    return _between(RegionPage, "account", where, first, last, closing)


def _village_balances(
    village: str, scheme: str, first: int, last: int, kind: str | None, closing: bool
) -> dict[str, Balance]:
    mine = Book.objects.within(village).filter(scheme=scheme)
    if kind:
        mine = mine.filter(collective__kind=kind)
    added: dict[str, Balance] = {}
    for book in mine.values_list("pk", flat=True):
        for code, balance in tops(balances(book, first, last, closing=closing)).items():
            added[code] = added[code] + balance if code in added else balance
    return added


def tops(found: Mapping[str, Balance]) -> dict[str, Balance]:
    """Leaves added up to the accounts of the national chart."""
    added: dict[str, Balance] = {}
    for code, balance in found.items():
        top = code[:3] + (SPLIT_MARK if code.endswith(SPLIT_MARK) else "")
        added[top] = added[top] + balance if top in added else balance
    return added


def _between(
    table: type[Model], key: str, where: Mapping[str, Any], first: int, last: int, closing: bool
) -> dict[Any, Balance]:
    """One query a year; a row is added up by the database, so that little travels."""
    found: dict[Any, Balance] = {}
    for year in range(first // 100, last // 100 + 1):
        query = _query(
            table._meta.db_table, key, tuple(where), *_months(year, first, last, closing)
        )
        with connection.cursor() as cursor:
            cursor.execute(query, [*where.values(), year])
            for name, opening, debit, credit in cursor.fetchall():
                held = found.get(name)
                if held is None:
                    found[name] = Balance(from_fen(opening), from_fen(debit), from_fen(credit))
                else:
                    found[name] = Balance(
                        held.opening, held.debit + from_fen(debit), held.credit + from_fen(credit)
                    )
    return found


@cache
def _query(table: str, key: str, where: tuple[str, ...], begin: int, end: int) -> str:
    """Brought forward to the first month, and both sides of the months, by row of this table.

    Names come from models, never from a request. Kinds of one region are added up.
    """
    before = "".join(f" + d{month:02} - c{month:02}" for month in range(1, begin))
    debit = " + ".join(f"d{month:02}" for month in range(begin, end + 1))
    credit = " + ".join(f"c{month:02}" for month in range(begin, end + 1))
    conditions = " AND ".join(f"{name} = %s" for name in (*where, "year"))
    columns = [f"opening{before}", debit, credit]
    if table == RegionPage._meta.db_table:
        sums = ", ".join(f"CAST(SUM({column}) AS bigint)" for column in columns)
        return f"SELECT {key}, {sums} FROM {table} WHERE {conditions} GROUP BY {key}"
    return f"SELECT {key}, {', '.join(columns)} FROM {table} WHERE {conditions}"


def _months(year: int, first: int, last: int, closing: bool) -> tuple[int, int]:
    """The first and last bucket of this year that count."""
    begin = first % 100 if year == first // 100 else 1
    end = last % 100 if year == last // 100 else 12
    is_whole_end = end == 12 and (closing or year < last // 100)
    return max(begin, 1), CLOSING if is_whole_end else end
