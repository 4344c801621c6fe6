"""How a value becomes points: each way is a small table row that can be read aloud.

A scoring is asked for the points of one value out of `full` (the indicator's full marks), and for
the sentence that explains it. Points are exact until the scorecard rounds them, once, to the
hundredth. No framework, no metric: values come in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

ZERO = Fraction(0)


@lru_cache(maxsize=4096)
def exact(value: Decimal) -> Fraction:
    """A mark or a limit as a fraction: a card has few, and they come up for every subject."""
    return Fraction(value)


class Scoring(Protocol):
    """One way of turning a value into points."""

    def points(self, value: Decimal, full: Decimal) -> Fraction:
        """Between zero and `full`, exact."""
        ...

    def words(self, full: Decimal) -> str:
        """The rule in a sentence, with its numbers."""
        ...


@dataclass(frozen=True)
class Line:
    """In proportion between two values: none at `zero_at`, all at `full_at`, nothing beyond.

    `full_at` may lie below `zero_at`: the less, the better (新增债务).
    """

    zero_at: Decimal
    full_at: Decimal

    def points(self, value: Decimal, full: Decimal) -> Fraction:
        gone, reach = value - self.zero_at, self.full_at - self.zero_at
        if reach < 0:
            gone, reach = -gone, -reach
        if gone <= 0:
            return ZERO
        return exact(full) if gone >= reach else exact(full) * Fraction(gone) / exact(reach)

    def words(self, full: Decimal) -> str:
        return (
            f"{plain(self.zero_at)} 得 0 分，{plain(self.full_at)} 得 {plain(full)} 分，中间按比例"
        )


@dataclass(frozen=True)
class Steps:
    """By steps: the share of the full marks of the highest step reached, the edge included."""

    # (at, share of one), rising.
    steps: Sequence[tuple[Decimal, Decimal]]

    def points(self, value: Decimal, full: Decimal) -> Fraction:
        reached = [share for at, share in self.steps if value >= at]
        return Fraction(full) * Fraction(reached[-1]) if reached else ZERO

    def words(self, full: Decimal) -> str:
        said = [f"达到 {plain(at)} 得 {plain(full * share)} 分" for at, share in self.steps]
        return "，".join([*said, "以下得 0 分"])


@dataclass(frozen=True)
class Deducted:
    """Full marks, less so many for each unit, never below none (新增债务每笔扣 5 分)."""

    each: Decimal

    def points(self, value: Decimal, full: Decimal) -> Fraction:
        return max(Fraction(full) - Fraction(self.each) * Fraction(max(value, Decimal(0))), ZERO)

    def words(self, full: Decimal) -> str:
        return f"满分 {plain(full)} 分，每 1 扣 {plain(self.each)} 分，扣完为止"


@dataclass(frozen=True)
class Added:
    """So many for each unit, up to the full marks: bonuses."""

    each: Decimal

    def points(self, value: Decimal, full: Decimal) -> Fraction:
        return min(Fraction(self.each) * Fraction(max(value, Decimal(0))), Fraction(full))

    def words(self, full: Decimal) -> str:
        return f"每 1 加 {plain(self.each)} 分，最多 {plain(full)} 分"


@dataclass(frozen=True)
class Judged:
    """The panel's mark out of `out_of`, carried over to the full marks."""

    out_of: Decimal = Decimal(100)

    def points(self, value: Decimal, full: Decimal) -> Fraction:
        share = Fraction(value) / Fraction(self.out_of)
        return Fraction(full) * min(max(share, ZERO), Fraction(1))

    def words(self, full: Decimal) -> str:
        return f"评委打分（满分 {plain(self.out_of)}）折算为 {plain(full)} 分"


def plain(value: Decimal) -> str:
    """A number as people write it: 15, 0.8, never 1.5E+1."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
