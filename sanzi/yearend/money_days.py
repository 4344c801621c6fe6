"""How cash and bank stood at the end of every day of a month, for many books at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from sanzi.accounting.keys import LINES_MAX, lines_between
from sanzi.accounting.models import Line
from sanzi.kernel.money import ZERO

from .checks import Cash

MONEY = ("101", "102")


def movements(
    by_key: Mapping[int, int], days: Mapping[int, date]
) -> dict[int, list[tuple[str, date, Decimal]]]:
    """Every movement of cash and bank in the month: account, day, net; `days` by voucher."""
    ranges = reduce(or_, (Q(pk__range=lines_between(b, p, p)) for b, p in by_key.items()))
    cash = reduce(or_, (Q(account__startswith=code) for code in MONEY))
    found: dict[int, list[tuple[str, date, Decimal]]] = defaultdict(list)
    lines: Any = Line.objects.filter(ranges & cash).values_list(
        "pk", "book", "account", "debit", "credit"
    )
    for pk, book, account, debit, credit in lines:
        found[book].append((account, days[pk // (LINES_MAX + 1)], debit - credit))
    return found


def lowest_of(
    nets: Mapping[str, Decimal],
    moved: Sequence[tuple[str, date, Decimal]],
    names: Mapping[str, str],
) -> list[Cash]:
    """How low each money account stood at the end of any day of the month."""
    by_day: dict[str, dict[date, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for account, day, amount in moved:
        by_day[account][day] += amount
    found = []
    for code in sorted(code for code in nets if code.startswith(MONEY)):
        days = by_day.get(code, {})
        balance = nets[code] - sum(days.values(), ZERO)
        lowest, lowest_on = nets[code], None
        for day in sorted(days):
            balance += days[day]
            if balance < lowest or lowest_on is None and balance <= lowest:
                lowest, lowest_on = balance, day
        found.append(Cash(code, names.get(code, ""), lowest, lowest_on, nets[code]))
    return found
