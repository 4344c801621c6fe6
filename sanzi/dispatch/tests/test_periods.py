from datetime import UTC, date, datetime, time

import pytest

from sanzi.dispatch.periods import BIWEEKLY, DAILY, Timing


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_a_daily_sheet_is_due_at_eighteen_to_the_minute():
    assert DAILY.last_due(at(2026, 3, 2, 17, 59)) == date(2026, 3, 1)
    assert DAILY.last_due(at(2026, 3, 2, 18, 0)) == date(2026, 3, 2)


def test_a_two_weekly_sheet_is_due_every_other_friday():
    due = BIWEEKLY.last_due(at(2026, 3, 12, 9, 0))
    assert due is not None
    assert due.weekday() == 4
    assert (due - BIWEEKLY.first_on).days % 14 == 0
    assert BIWEEKLY.before(due) == date.fromordinal(due.toordinal() - 14)


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (at(2026, 3, 1, 8, 59), None),
        (at(2026, 3, 1, 9, 0), date(2026, 3, 1)),
        (at(2026, 3, 11, 8, 59), date(2026, 3, 1)),
        (at(2026, 3, 11, 9, 0), date(2026, 3, 11)),
    ],
)
def test_an_office_counts_from_its_own_first_day_and_hour(moment, due):
    assert Timing(date(2026, 3, 1), 10, time(9)).last_due(moment) == due


def test_rest_days_may_be_left_out():
    timing = Timing(date(2026, 3, 1), 1, time(18), working_days=True)
    assert timing.last_due(at(2026, 3, 8, 20, 0)) == date(2026, 3, 6)
    assert timing.before(date(2026, 3, 9)) == date(2026, 3, 6)
