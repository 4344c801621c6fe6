"""The days a trend is drawn through."""

from datetime import date, timedelta

MONTHS = 12


def month_ends(as_of: date, count: int = MONTHS) -> list[date]:
    """The last days of the `count` months before this one, oldest first, and then the day."""
    found = [as_of]
    while len(found) <= count:
        found.append(found[-1].replace(day=1) - timedelta(days=1))
    return found[::-1]
