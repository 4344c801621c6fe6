"""The months a sheet covers: one month or one quarter of a year. No framework."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from sanzi.kernel.refusals import Missing

_QUARTER = re.compile(r"(\d{4})Q([1-4])")
_MONTH = re.compile(r"(\d{4})(0[1-9]|1[0-2])")
_YEARS = range(1990, 2101)


@dataclass(frozen=True, order=True)
class Span:
    """From one month to another, both YYYYMM and included."""

    first: int
    last: int

    @property
    def year(self) -> int:
        return self.first // 100

    @property
    def key(self) -> str:
        """As it stands in an address: 2024Q1 or 202403."""
        if self.first == self.last:
            return str(self.first)
        return f"{self.year}Q{self.last % 100 // 3}"

    @property
    def title(self) -> str:
        """As people say it: 2024年第1季度."""
        if self.first == self.last:
            return f"{self.year}年{self.first % 100}月"
        return f"{self.year}年第{self.last % 100 // 3}季度"

    @property
    def months(self) -> list[int]:
        """Every month YYYYMM of it."""
        return list(range(self.first, self.last + 1))

    @property
    def ends_on(self) -> date:
        """Its last day."""
        year, month = divmod(self.last, 100)
        return date(year, month, monthrange(year, month)[1])

    def due_on(self, day: int) -> date:
        """The given day of the month after it, or that month's end."""
        year, month = divmod(self.last, 100)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        return date(year, month, min(day, monthrange(year, month)[1]))


def span_of(key: str) -> Span:
    """The span of an address. Raises Missing for what is no month and no quarter."""
    if (found := _QUARTER.fullmatch(key)) and int(found[1]) in _YEARS:
        last = int(found[1]) * 100 + int(found[2]) * 3
        return Span(last - 2, last)
    if (found := _MONTH.fullmatch(key)) and int(found[1]) in _YEARS:
        return Span(int(key), int(key))
    raise Missing("disclosure.span", "没有这个期间；请用“2024Q1”这样的季度，或“202403”这样的月份")


def last_finished(today: date) -> Span:
    """The last quarter that is over on this day."""
    quarter = (today.month - 1) // 3
    year = today.year if quarter else today.year - 1
    return span_of(f"{year}Q{quarter or 4}")


def recent(today: date, many: int = 8) -> list[Span]:
    """The quarters to choose from, the latest finished one first."""
    found = [last_finished(today)]
    while len(found) < many:
        year, quarter = found[-1].year, found[-1].last % 100 // 3
        found.append(span_of(f"{year}Q{quarter - 1}" if quarter > 1 else f"{year - 1}Q4"))
    return found
