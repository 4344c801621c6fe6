from datetime import date

from sanzi.dashboards.months import month_ends


def test_a_trend_ends_on_its_day_and_passes_through_month_ends():
    assert month_ends(date(2024, 3, 15), 2) == [
        date(2024, 1, 31),
        date(2024, 2, 29),
        date(2024, 3, 15),
    ]


def test_a_trend_from_the_first_of_a_month_begins_the_day_before():
    assert month_ends(date(2024, 3, 1), 1) == [date(2024, 2, 29), date(2024, 3, 1)]


def test_twelve_months_are_shown():
    days = month_ends(date(2026, 3, 31))
    assert (len(days), days[0]) == (13, date(2025, 3, 31))
