"""Balances and movements of a whole region's books from the pages of its ledgers; one query."""

from collections.abc import Iterable
from decimal import Decimal
from functools import reduce
from operator import add, or_

from django.db.models import ExpressionWrapper, F, Q

from sanzi.accounting.models import Book, Page
from sanzi.store.fields import MoneyField

from .reach import Reach

# (village, account set, account)
Where = tuple[str, int, str]


def closings(reach: Reach, prefixes: Iterable[str]) -> dict[Where, Decimal]:
    """What stands on accounts at the end of the day's month, net, a debit balance positive."""
    months = range(1, reach.on.month + 1)
    total = reduce(add, (F(f"d{m:02}") - F(f"c{m:02}") for m in months), F("opening"))
    return _read(reach, prefixes, total)


def movements(reach: Reach, prefixes: Iterable[str]) -> dict[Where, Decimal]:
    """What accounts moved in the day's year up to its month, debit positive."""
    months = range(1, reach.on.month + 1)
    total = reduce(add, (F(f"d{m:02}") - F(f"c{m:02}") for m in months))
    return _read(reach, prefixes, total)


def _read(reach: Reach, prefixes: Iterable[str], total: object) -> dict[Where, Decimal]:
    wanted = reduce(or_, (Q(account__startswith=prefix) for prefix in prefixes))
    books = dict(reach.rows(Book).filter(successor=None).values_list("pk", "village"))
    if not books:
        return {}
    pages = Page.objects.filter(wanted, book__in=books, year=reach.on.year).exclude(
        account__endswith="+"
    )
    rows = pages.annotate(total=ExpressionWrapper(total, output_field=MoneyField()))
    return {
        (books[book], book, account): amount
        for book, account, amount in rows.order_by("pk").values_list("book_id", "account", "total")
    }
