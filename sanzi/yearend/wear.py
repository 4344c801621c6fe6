"""Straight-line depreciation of assets, month by month (accounting.md 1.6). No framework.

What is added in a month wears from the next; what is fully depreciated stops. A month's amount is
the difference of two rounded sums, so that the months add up to the whole to the fen and a month
asked for again gives the same rows.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

from sanzi.accounting.entry import Side, credit, debit
from sanzi.kernel.money import ZERO

FEN = Decimal("0.01")


@dataclass(frozen=True)
class Card:
    """An asset as it wears, in yuan: from `starts` (YYYYMM) for `months` months.

    `taken` had been depreciated before; `ends` is the last month it is in use, if it left.
    """

    key: int
    name: str
    original: Decimal
    residual: Decimal
    taken: Decimal
    starts: int
    months: int
    account: str
    ends: int | None = None


@dataclass(frozen=True)
class Row:
    """One asset in one month."""

    card: Card
    amount: Decimal
    # Depreciated in all with this month, and what is left.
    together: Decimal

    @property
    def left(self) -> Decimal:
        """The carrying amount."""
        return self.card.original - self.together


@dataclass(frozen=True)
class Usual:
    """What a class of asset usually wears: an editable default nobody has checked."""

    category: str
    years: int
    residual_rate: Decimal
    is_checked: bool


@cache
def usual() -> dict[str, Usual]:
    """Lives and residual rates by class of the asset register."""
    with Path(__file__).with_name("lives.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["category"]: Usual(
                row["category"], int(row["years"]), Decimal(row["residual"]), row["checked"] == "1"
            )
            for row in csv.DictReader(lines)
        }


def month_after(day: date) -> int:
    """YYYYMM of the month after a day: what is added in a month wears from the next."""
    return (day.year + 1) * 100 + 1 if day.month == 12 else day.year * 100 + day.month + 1


def months_between(first: int, last: int) -> int:
    """Months from YYYYMM to YYYYMM, both included; none when the last comes before."""
    return max(0, (last // 100 - first // 100) * 12 + last % 100 - first % 100 + 1)


def _taken(card: Card, through: int) -> Decimal:
    """Depreciated from `starts` through a month, to the fen."""
    to_wear = max(card.original - card.residual - card.taken, ZERO)
    last = through if card.ends is None else min(through, card.ends)
    worn = min(months_between(card.starts, last), card.months)
    return (to_wear * worn / card.months).quantize(FEN, ROUND_HALF_UP) if card.months else ZERO


def _before(period: int) -> int:
    return (period // 100 - 1) * 100 + 12 if period % 100 == 1 else period - 1


def schedule(cards: Sequence[Card], period: int) -> list[Row]:
    """What each asset wears in a month; those that do not are left out."""
    found = []
    for card in cards:
        through = _taken(card, period)
        amount = through - _taken(card, _before(period))
        if amount:
            found.append(Row(card, amount, card.taken + through))
    return found


def sides(rows: Sequence[Row], worn: str, period: int, things: dict[int, int]) -> list[Side]:
    """The voucher of a month: expense by use on the debit side, 累计折旧 by asset on the other.

    `things` are the book's dimensions by asset.
    """
    memo = f"计提{period // 100}年{period % 100}月折旧"
    by_use: dict[str, Decimal] = {}
    for row in rows:
        by_use[row.card.account] = by_use.get(row.card.account, ZERO) + row.amount
    costs = [debit(account, amount, memo=memo) for account, amount in sorted(by_use.items())]
    return costs + [
        credit(worn, row.amount, memo=memo, object=things.get(row.card.key)) for row in rows
    ]
