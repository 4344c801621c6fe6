"""Year pages of many books, each read through a month of its own."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Q

from sanzi.kernel.money import ZERO


def through(amounts: Sequence[Decimal], month: int) -> Decimal:
    """The net balance of a page at the end of a month; December's includes its closing entries."""
    last = 13 if month == 12 else month
    opening, *sides = amounts
    return opening + sum(sides[0 : 2 * last : 2], ZERO) - sum(sides[1 : 2 * last : 2], ZERO)


def of_years(by_key: Mapping[int, int]) -> Q:
    """The pages of each book's year; `by_key` is its month YYYYMM."""
    years: dict[int, list[int]] = defaultdict(list)
    for book, period in by_key.items():
        years[period // 100].append(book)
    return reduce(or_, (Q(year=year, book__in=books) for year, books in years.items()))
