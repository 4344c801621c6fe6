"""When a sheet is due: its cut-off days, as each region arranges them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sanzi.kernel.calendar import is_working_day

FORTNIGHT = 14


@dataclass(frozen=True)
class Timing:
    """Every so many days from a first day, at an hour; a daily one may leave out rest days."""

    first_on: date
    every: int
    at: time
    working_days: bool = False

    def is_due_on(self, day: date) -> bool:
        """Whether this day is a cut-off."""
        if day < self.first_on or (day - self.first_on).days % self.every:
            return False
        return not self.working_days or is_working_day(day)

    def last_due(self, moment: datetime) -> date | None:
        """The latest cut-off that has struck by a local moment; None before the first."""
        day = moment.date()
        if moment.time() < self.at:
            day -= timedelta(days=1)
        while day >= self.first_on:
            if self.is_due_on(day):
                return day
            # A far past would be a long way back a day at a time.
            day -= timedelta(days=max((day - self.first_on).days % self.every, 1))
        return None

    def before(self, cut_off: date) -> date:
        """The cut-off before one, for a first sheet that has none to compare with."""
        day = cut_off - timedelta(days=self.every)
        while self.working_days and not is_working_day(day):
            day -= timedelta(days=1)
        return day


# Defaults: 18:00 (domain/platforms.md L-5), every other Friday.
DAILY = Timing(date(2020, 1, 1), 1, time(18))
BIWEEKLY = Timing(date(2021, 1, 1), FORTNIGHT, time(18))
KINDS = {"daily": "日调度表", "biweekly": "双周调度表"}
