"""A row's part in a figure, and the day a base is locked where nobody locked one.

A figure as of a day is the sum of the contributions that begin on or before it; what a later day
takes back is a negative contribution of that day. So any day's figures are exact, and no nightly
job is needed.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple


class Contribution(NamedTuple):
    """`value` in base units (fen for money, whole numbers for counts) of `metric` from day `on`."""

    metric: str
    on: date
    value: int


def total(contributions: Iterable[Contribution], as_of: date) -> dict[str, int]:
    """The sum of each metric that has any contribution by that day."""
    sums: Counter[str] = Counter()
    add_up(sums, contributions, as_of)
    return dict(sums)


def add_up(sums: Counter[str], contributions: Iterable[Contribution], as_of: date) -> None:
    """Add what has begun by that day to running sums: one pass over a workbook, nothing kept."""
    for metric, on, value in contributions:
        if on <= as_of:
            sums[metric] += value


def default_base(acts_on: Iterable[date]) -> date | None:
    """The day before the first act of the clean-up; None while nothing has been done.

    Claims and debts formed by then, at their balance of then, are the locked base; without any
    act, everything on record is.
    """
    first = min(acts_on, default=None)
    if first is None or first == date.min:
        return first
    return first - timedelta(days=1)
