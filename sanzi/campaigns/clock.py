"""The clock of a campaign: day N of M, days left, which phase. No framework.

Both ends are days of the campaign: a hundred-day push that begins on 1 September ends on
9 December (domain/clean-up.md 4.1, the hundred-day push of the reference city).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar


class Spanned(Protocol):
    """Anything with a first and a last day."""

    @property
    def starts_on(self) -> date:
        """The first day of it."""
        ...

    @property
    def ends_on(self) -> date:
        """The last day of it."""
        ...


Span = TypeVar("Span", bound=Spanned)


@dataclass(frozen=True)
class Clock:
    """Where a day stands between two days, both included."""

    starts_on: date
    ends_on: date
    today: date

    @property
    def days(self) -> int:
        """How long it is, in days."""
        return (self.ends_on - self.starts_on).days + 1

    @property
    def day(self) -> int:
        """Which day of it today is: 0 before it, never above its length."""
        return min(max((self.today - self.starts_on).days + 1, 0), self.days)

    @property
    def days_left(self) -> int:
        """How many days of it are still to come after today."""
        return self.days - self.day

    @property
    def percent(self) -> int:
        """How much of the time is over, in whole hundredths; 100 only on its last day."""
        return self.day * 100 // self.days

    @property
    def has_begun(self) -> bool:
        return self.today >= self.starts_on

    @property
    def is_over(self) -> bool:
        return self.today > self.ends_on

    def on_day(self, number: int) -> date:
        """The calendar day of its day N, from 1 to its length."""
        return self.starts_on + timedelta(days=min(max(number, 1), self.days) - 1)

    @property
    def words(self) -> str:
        """What people say of it."""
        if not self.has_begun:
            return f"还有 {(self.starts_on - self.today).days} 天开始，共 {self.days} 天"
        if self.is_over:
            return f"共 {self.days} 天，已于 {self.ends_on} 结束"
        return f"第 {self.day} 天，共 {self.days} 天，还剩 {self.days_left} 天"


def phase_on(phases: Iterable[Span], today: date) -> Span | None:
    """The phase a day lies in; of several the one that began last; None between phases."""
    running = [one for one in phases if one.starts_on <= today <= one.ends_on]
    return max(running, key=lambda one: one.starts_on, default=None)


def fault_of(phases: Iterable[Spanned], starts_on: date, ends_on: date) -> str | None:
    """What is wrong with the days of a campaign's phases, in their order; None if nothing is."""
    if ends_on < starts_on:
        return "结束日期早于开始日期"
    before: date | None = None
    for number, one in enumerate(phases, start=1):
        if one.ends_on < one.starts_on:
            return f"第 {number} 个阶段的结束早于开始"
        if one.starts_on < starts_on or one.ends_on > ends_on:
            return f"第 {number} 个阶段不在行动的起止日期之内"
        if before is not None and one.starts_on < before:
            return f"第 {number} 个阶段早于前一个阶段开始，请按时间先后排列"
        before = one.starts_on
    return None
