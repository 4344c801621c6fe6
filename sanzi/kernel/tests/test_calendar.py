import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanzi.kernel import calendar
from sanzi.kernel.calendar import (
    YEARS_COVERED,
    add_working_days,
    is_covered,
    is_working_day,
    months_after,
    roll_to_working_day,
    years_after,
)
from sanzi.kernel.refusals import Invalid

SATURDAY = 5


@pytest.mark.parametrize(
    ("ends", "last_day"),
    [
        (date(2017, 5, 1), date(2017, 5, 2)),  # Labour Day.
        (date(2026, 3, 1), date(2026, 3, 2)),  # A Sunday.
        (date(2026, 2, 28), date(2026, 2, 28)),  # A Saturday made up for: does not roll.
        (date(2026, 2, 15), date(2026, 2, 24)),  # The first day of the Spring Festival break.
        (date(2025, 6, 10), date(2025, 6, 10)),
        (date(2020, 2, 1), date(2020, 2, 3)),  # The break lengthened by the epidemic.
        (date(2022, 10, 7), date(2022, 10, 8)),  # Onto a make-up Saturday.
    ],
)
def test_a_period_ending_on_a_holiday_ends_the_first_day_after(ends, last_day):
    assert roll_to_working_day(ends) == last_day


def test_a_working_day_is_never_rolled_past():
    day = date(2017, 1, 1)
    while day.year < 2027:
        rolled = roll_to_working_day(day)
        assert is_working_day(rolled)
        assert not any(is_working_day(day + timedelta(n)) for n in range((rolled - day).days))
        day += timedelta(1)


def test_years_without_a_notice_know_weekends_and_fixed_holidays_only():
    assert not is_covered(2016)
    assert is_covered(2017)
    assert is_covered(2026)
    assert not is_covered(2027)
    assert not is_working_day(date(2027, 1, 1))
    assert not is_working_day(date(2029, 5, 2))  # The second day of Labour Day, since 2025 ...
    assert is_working_day(date(2012, 5, 2))  # ... and not before.
    assert [is_working_day(date(2029, 10, d)) for d in (1, 2, 3, 4)] == [False, False, False, True]


def test_the_table_covers_exactly_the_years_it_promises():
    path = Path(calendar.__file__).with_name("holidays.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    days = [date.fromisoformat(row["date"]) for row in rows]

    assert days == sorted(set(days))
    assert {day.year for day in days} == set(YEARS_COVERED)
    assert {row["kind"] for row in rows} == {"holiday", "workday"}
    assert all(row["source"].startswith("国办发明电〔") for row in rows)
    for row, day in zip(rows, days, strict=True):
        assert row["kind"] == "holiday" or day.weekday() >= SATURDAY
    for year in YEARS_COVERED:
        for month, day in ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3)):
            assert not is_working_day(date(year, month, day))


def test_working_days_are_counted_from_the_next():
    assert add_working_days(date(2026, 9, 30), 0) == date(2026, 9, 30)
    assert add_working_days(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert add_working_days(date(2026, 9, 30), 3) == date(2026, 10, 10)  # A make-up Saturday.
    assert add_working_days(date(2026, 6, 8), 15) == date(2026, 6, 30)  # 端午 lies between.


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2022, 6, 10), 3, date(2025, 6, 10)),
        (date(2023, 3, 1), 3, date(2026, 3, 1)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2001, 11, 1), 20, date(2021, 11, 1)),
    ],
)
def test_years_end_on_the_corresponding_day(start, n, end):
    assert years_after(start, n) == end


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 8, 28), 6, date(2026, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_month_s_end(start, n, end):
    assert months_after(start, n) == end


def test_no_calendar_reaches_past_its_last_year():
    assert years_after(date(9979, 12, 31), 20) == date(9999, 12, 31)
    with pytest.raises(Invalid):
        years_after(date(9980, 1, 1), 20)


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.integers(0, 40))
def test_adding_working_days_passes_exactly_so_many(day, n):
    end = add_working_days(day, n)
    passed = (day + timedelta(k) for k in range(1, (end - day).days + 1))

    assert sum(map(is_working_day, passed)) == n
