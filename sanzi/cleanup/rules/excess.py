"""How much of a term lies beyond its longest lawful length.

A term that ends on the anniversary of its first day, or the day before, is within the limit; the
limit itself is said as the day before (domain/clean-up.md 1.3: a lease from 2005-01-01 may run to
2024-12-31).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sanzi.kernel.calendar import months_after, years_after
from sanzi.kernel.money import split

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Excess:
    """A term too long: its first day, the first day beyond the limit, the first day after it."""

    starts_on: date
    void_from: date
    stops_on: date

    @property
    def lawful_end(self) -> date:
        return self.void_from - _ONE_DAY

    @property
    def length(self) -> str:
        """The part beyond in words: 30年, 2年6个月, or days where months do not fit."""
        months = _whole_months(self.void_from, self.stops_on)
        if months is None:
            return f"{(self.stops_on - self.void_from).days}天"
        years, rest = divmod(months, 12)
        return (f"{years}年" if years else "") + (f"{rest}个月" if rest else "")

    def share_of(self, amount: Decimal) -> Decimal:
        """What of a sum paid for the whole term belongs to the part beyond, to the fen."""
        lawful = _whole_months(self.starts_on, self.void_from)
        void = _whole_months(self.void_from, self.stops_on)
        if lawful is None or void is None:
            lawful = (self.void_from - self.starts_on).days
            void = (self.stops_on - self.void_from).days
        return split(amount, [lawful, void])[1]


def beyond(starts_on: date | None, ends_on: date, years: int) -> Excess | None:
    """The excess of a term over `years`; None when it is within them or has no first day."""
    # The first test alone answers for nearly every contract.
    if starts_on is None or ends_on.year - starts_on.year < years:
        return None
    anniversary = years_after(starts_on, years)
    if ends_on <= anniversary:
        return None
    is_anniversary = _whole_months(starts_on, ends_on) is not None
    is_last_day = is_anniversary or ends_on == date.max
    return Excess(starts_on, anniversary, ends_on if is_last_day else ends_on + _ONE_DAY)


def _whole_months(start: date, end: date) -> int | None:
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if months_after(start, months) == end else None
