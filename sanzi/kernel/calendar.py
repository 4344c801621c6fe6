"""Dates the law counts: corresponding days, Chinese working days, periods that end on a holiday.

`holidays.csv` holds what the State Council's yearly notices say, make-up working days included, for
the years in YEARS_COVERED. A year outside them falls back to weekends and the holidays whose dates
never move: New Year 01-01, Labour Day 05-01 (05-02 too since 2025), National Day 10-01 to 10-03.
The moving holidays of such a year are not known here, so the answer is an estimate.
"""

import csv
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from pathlib import Path

from .refusals import Invalid

YEARS_COVERED = range(2017, 2027)

_FIXED = {(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)}
# The second day of Labour Day came with the decree in force since 2025-01-01 (国务院令第795号).
_SECOND_LABOUR_DAY_SINCE = 2025
_ONE_DAY = timedelta(days=1)


def _read_holidays() -> dict[date, bool]:
    """Each exceptional day of the notices: True when people work."""
    with Path(__file__).with_name("holidays.csv").open(encoding="utf-8", newline="") as lines:
        return {
            date.fromisoformat(row["date"]): row["kind"] == "workday"
            for row in csv.DictReader(lines)
        }


_EXCEPTIONS = _read_holidays()


def is_covered(year: int) -> bool:
    """Whether the holidays of this year are known rather than estimated."""
    return year in YEARS_COVERED


def is_working_day(day: date) -> bool:
    """Whether offices work: make-up Saturdays and Sundays yes, weekends and holidays no."""
    if day in _EXCEPTIONS:
        return _EXCEPTIONS[day]
    if not is_covered(day.year) and _is_fixed_holiday(day):
        return False
    return day.weekday() < 5


def _is_fixed_holiday(day: date) -> bool:
    if (day.month, day.day) == (5, 2):
        return day.year >= _SECOND_LABOUR_DAY_SINCE
    return (day.month, day.day) in _FIXED


def roll_to_working_day(day: date) -> date:
    """The last day of a period that would end on `day` (民法典§203).

    A period that ends on a legal holiday, weekends among them, ends the first day after it.
    """
    while not is_working_day(day):
        day += _ONE_DAY
    return day


def add_working_days(day: date, n: int) -> date:
    """The n-th working day after `day`; the day itself is not counted."""
    assert n >= 0, n
    for _ in range(n):
        day = roll_to_working_day(day + _ONE_DAY)
    return day


def months_after(day: date, n: int) -> date:
    """The corresponding day n months on (n may be negative), or that month's end (民法典§202).

    Raises Invalid when no calendar reaches that far.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise Invalid("calendar.range", "日期超出可以计算的范围")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_after(day: date, n: int) -> date:
    """The corresponding day n years on; 29 February becomes 28 where there is none."""
    return months_after(day, 12 * n)
