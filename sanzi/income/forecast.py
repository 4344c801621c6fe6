"""What a village's income will come to by the year's end: sums a person can check by hand.

Expected = booked so far + rent falling due until the year's end + registered projects that have
brought income already, by the months left. The register of projects has no day of signing, building
or opening: one that has brought nothing yet is told apart and only hoped for. Around it a range: at
the pace of earlier years, the income of a whole year is what is booked by now × (that year's whole
÷ what was booked by this month then). Everything is whole fen, and divisions round down: nothing is
promised that the sum does not hold. No framework.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """What is known of one village's year in its month `month` (1 to 12), in fen.

    `booked` is what has come, one-off income left out if the goal leaves it out; `dues` what
    contracts still let fall due and nobody has booked; `overdue` what fell due and has not come;
    `projects` what registered projects that brought something are to bring in a whole year and have
    not; `planned` what those are to bring that brought nothing yet. `past`: of
    earlier years, what was booked by the end of this month, and in the whole year. `is_over`: the
    year is done, or was reported whole.
    """

    booked: int
    month: int
    dues: int = 0
    overdue: int = 0
    projects: int = 0
    planned: int = 0
    past: Sequence[tuple[int, int]] = ()
    is_over: bool = False


@dataclass(frozen=True)
class Levers:
    """What if: so many hundredths of dues, arrears and projects come, and so much more (fen)."""

    dues: int = 100
    overdue: int = 0
    projects: int = 100
    more: int = 0
    planned: int = 0


@dataclass(frozen=True)
class Forecast:
    """The expected income of the year, its range, and how it was reached."""

    expected: int
    low: int
    high: int
    steps: tuple[tuple[str, int], ...]
    paces: tuple[int, ...]
    # What is not in the sum and only in the range: projects that have brought nothing yet.
    planned: int = 0

    @property
    def is_ranged(self) -> bool:
        return self.low != self.high


def of_projects(known: Known) -> int:
    """A year's expectation of projects by the months left, rounded down."""
    return _rest(known.projects, known.month)


def of_planned(known: Known) -> int:
    """The same of projects that have brought nothing yet: the most they could."""
    return _rest(known.planned, known.month)


def _rest(whole: int, month: int) -> int:
    return max(whole, 0) * (12 - month) // 12


def paces(known: Known) -> tuple[int, ...]:
    """The year's income at each earlier year's pace; a year in which nothing had come says none."""
    return tuple(
        known.booked * whole // by_now for by_now, whole in known.past if by_now > 0 and whole > 0
    )


def expected(known: Known, levers: Levers) -> int:
    """The income of the year if the levers stand so."""
    if known.is_over:
        return known.booked + levers.more
    return (
        known.booked
        + known.dues * levers.dues // 100
        + known.overdue * levers.overdue // 100
        + of_projects(known) * levers.projects // 100
        + of_planned(known) * levers.planned // 100
        + levers.more
    )


def forecast(known: Known) -> Forecast:
    """Expected, range and the sum it is; a year that is over is what is booked, and no range."""
    if known.is_over:
        return Forecast(
            known.booked, known.booked, known.booked, (("全年已入账", known.booked),), ()
        )
    steps = (
        ("已入账", known.booked),
        ("合同年底前到期未收", known.dues),
        ("已见收益的增收项目按剩余月份", of_projects(known)),
    )
    told = sum(amount for _, amount in steps)
    by_pace = paces(known)
    careful = known.booked + known.dues
    planned = of_planned(known)
    # Arrears and projects that bring nothing yet may come too: hoped for, never expected.
    return Forecast(
        expected=told,
        low=min((careful, told, *by_pace)),
        high=max((told + known.overdue + planned, *by_pace)),
        steps=steps,
        paces=by_pace,
        planned=planned,
    )


def outlook(threshold: int, at: Forecast) -> str:
    """Where a village will stand against a threshold: sure, likely, possible or short."""
    if at.low >= threshold:
        return "sure"
    if at.expected >= threshold:
        return "likely"
    return "possible" if at.high >= threshold else "short"


OUTLOOKS = {"sure": "有把握", "likely": "预计可达", "possible": "有缺口", "short": "差距大"}
