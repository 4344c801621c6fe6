"""What a region works by: its own arrangement, the nearest above it, or the house's defaults."""

from dataclasses import dataclass, replace

from sanzi.kernel.regions import ancestors

from .models import Arrangement
from .periods import BIWEEKLY, DAILY, Timing
from .ranking import FlagRule

# No source says how long an answer may take: examples, to be set by each region.
ANSWER_DAYS = {"town": 3, "county": 5, "city": 10}


@dataclass(frozen=True)
class Arranged:
    """The arrangement in force somewhere; `source` is whose it is, empty for the defaults."""

    daily: Timing = DAILY
    biweekly: Timing = BIWEEKLY
    flags: FlagRule = FlagRule()
    town_days: int = ANSWER_DAYS["town"]
    county_days: int = ANSWER_DAYS["county"]
    city_days: int = ANSWER_DAYS["city"]
    source: str = ""

    def timing(self, kind: str) -> Timing:
        """When sheets of a kind are due."""
        return self.daily if kind == "daily" else self.biweekly

    def days(self, level: str) -> int:
        """Working days in which a level answers."""
        return {"town": self.town_days, "county": self.county_days}.get(level, self.city_days)


def arranged(region: str) -> Arranged:
    """What is in force in a region; one query."""
    found = Arrangement.objects.filter(region__in=[*ancestors(region), region])
    nearest = max(found, key=lambda one: len(one.region), default=None)
    return Arranged() if nearest is None else _read(nearest)


def _read(one: Arrangement) -> Arranged:
    daily = replace(DAILY, at=one.daily_at, working_days=one.daily_working_days)
    biweekly = Timing(one.biweekly_first_on, one.biweekly_every, one.biweekly_at)
    flags = FlagRule(one.reds, one.yellows, one.ties)  # type: ignore[arg-type]
    return Arranged(
        daily, biweekly, flags, one.town_days, one.county_days, one.city_days, one.region
    )
