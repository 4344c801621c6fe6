"""A dry run: what a rule with other numbers would have done in the last year. Writes nothing."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from .feeds.reach import Reach
from .feeds.table import subjects
from .following import episodes
from .keeping import WHOLE
from .parameters import Effective
from .rules import RULE_OF

LISTED_MAX = 100
MONTHS = 12


def month_ends(on: date, many: int = MONTHS) -> list[date]:
    """The last days of the months before a day, then the day itself, oldest first."""
    days, day = [on], on.replace(day=1) - timedelta(days=1)
    while len(days) <= many:
        days.append(day)
        day = day.replace(day=1) - timedelta(days=1)
    return days[::-1]


def try_out(region: str, code: str, numbers: Effective, on: date) -> dict[str, Any]:
    """How many warnings these numbers would have made, month by month, with the last ones listed.

    A rule to be switched off is tried as if it were on: so many would no longer be said. One whose
    past cannot be read from the rows of today is tried on the day alone, and says so.
    """
    rule = RULE_OF[code]
    days = month_ends(on) if rule.replays else [on]
    looks: list[list[str]] = []
    words: dict[str, list[str]] = {}
    months = []
    standing: set[str] = set()
    for day in days:
        fired = []
        for subject in subjects(Reach(region, day), [code]).get(code, []):
            verdict = rule.judge(subject, numbers.values, day)
            if verdict is not None:
                fired.append(subject.cause)
                name = subject.name or WHOLE
                words[subject.cause] = [
                    subject.village, name[:80], verdict.level.word, rule.says(verdict),
                    day.isoformat(), str(verdict.money), subject.cause,
                ]  # fmt: skip
        months.append([day.isoformat(), len(fired), len(set(fired) - standing)])
        standing = set(fired)
        looks.append(fired)
    begun = episodes(looks)
    colours = Counter(words[cause][2] for cause in standing)
    return {
        "on": on.isoformat(),
        "replays": rule.replays,
        "times": len(begun),
        "now": len(standing),
        "villages": len({words[cause][0] for cause in begun}),
        "months": months,
        "colours": sorted(colours.items()),
        "listed": [words[cause] for cause in sorted(set(begun))[:LISTED_MAX]],
    }
