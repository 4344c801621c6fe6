"""A goal's progress: who is there, who stands between, what is likely by the year's end.

No framework: villages come as plain values in fen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from .forecast import Forecast, Known, Levers, expected, forecast, outlook


@dataclass(frozen=True)
class Runner:
    """One village on its way: its income that counts for the goal (None: nobody knows it)."""

    village: str
    income: int | None
    one_off: int
    known: Known
    origin: str

    @cached_property
    def forecast(self) -> Forecast:
        return forecast(self.known)


@dataclass(frozen=True)
class Between:
    """A village that is not there: what is missing, what is to come, how it looks."""

    runner: Runner
    missing: int
    outlook: str
    # Whether it is among the nearest that would complete the goal.
    is_needed: bool


@dataclass(frozen=True)
class Progress:
    """Where a goal stands. `wanted` is a count: of all villages where the goal asks for all."""

    threshold: int
    wanted: int
    reached: tuple[Runner, ...]
    between: tuple[Between, ...]
    unknown: tuple[str, ...]

    @property
    def lacking(self) -> int:
        """How many more villages it takes."""
        return max(self.wanted - len(self.reached), 0)

    @property
    def missing(self) -> int:
        """What the nearest of them miss together, in fen."""
        return sum(one.missing for one in self.between if one.is_needed)

    def likely(self, *outlooks: str) -> int:
        """How many will be there if those of these outlooks get there."""
        return len(self.reached) + sum(one.outlook in outlooks for one in self.between)


def progress(
    runners: Sequence[Runner], threshold: int, wanted: int | None, villages: Sequence[str]
) -> Progress:
    """Who reached a threshold, who is between, the nearest first, and who says nothing.

    `villages`: everyone the goal is about; `wanted` None asks for all of them. Who is not among
    them (merged since, its books of the year still there) counts nowhere.
    """
    living = set(villages)
    by_village = {
        one.village: one for one in runners if one.income is not None and one.village in living
    }
    there = [one for one in by_village.values() if (one.income or 0) >= threshold]
    short = [one for one in by_village.values() if (one.income or 0) < threshold]
    short.sort(key=lambda one: (-(one.income or 0), one.village))
    target = len(villages) if wanted is None else wanted
    needed = max(target - len(there), 0)
    return Progress(
        threshold=threshold,
        wanted=target,
        reached=tuple(sorted(there, key=lambda one: (-(one.income or 0), one.village))),
        between=tuple(
            Between(
                one, threshold - (one.income or 0), outlook(threshold, one.forecast), i < needed
            )
            for i, one in enumerate(short)
        ),
        unknown=tuple(code for code in villages if code not in by_village),
    )


def what_if(held: Progress, levers: Levers) -> int:
    """How many villages would be there by the year's end if the levers stood so."""
    more = [one.runner for one in held.between]
    return len(held.reached) + sum(expected(one.known, levers) >= held.threshold for one in more)
