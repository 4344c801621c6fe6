"""How far a figure has come towards a target, and several of them together. No framework.

A percentage is cut off, never rounded up: 99.9 % is 99, and 100 is only said of what is reached.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

LEVEL, GAIN, CEILING = "level", "gain", "ceiling"
# What is put behind a metric's name where two aims share it.
MEASURES = {LEVEL: "·达到", GAIN: "·新增", CEILING: "·不超过"}
# The unit people type and read a target in, by the catalogue's unit; the rest as it is.
SHOWN = {"元": "万元", "率": "%"}
_SCALE = {"万元": Decimal(10_000), "%": Decimal("0.01")}
# The smallest step a target is spread or typed in, in the catalogue's own unit.
STEPS = {"元": Decimal("0.01"), "率": Decimal("0.0001")}


@dataclass(frozen=True)
class Reached:
    """A value beside its target. `percent` is None where nothing can be divided."""

    value: Decimal | None
    target: Decimal
    percent: int | None
    is_met: bool

    @property
    def part(self) -> int:
        """Its part in a whole of several: hundredths, never above a hundred."""
        if self.percent is None:
            return 100 if self.is_met else 0
        return min(100, self.percent)


def value_of(measure: str, now: Decimal | int | None, base: Decimal | int | None) -> Decimal | None:
    """What counts by a measure: the figure of the day, or what it gained since the base day."""
    if now is None:
        return None
    if measure != GAIN:
        return Decimal(now)
    return Decimal(now) - Decimal(base or 0)


def reached(measure: str, value: Decimal | None, target: Decimal) -> Reached:
    """A figure against its target; of a ceiling only whether it is kept."""
    if measure == CEILING:
        return Reached(value, target, None, value is None or value <= target)
    if value is None:
        return Reached(None, target, 0 if target > 0 else None, target <= 0)
    if target <= 0:
        return Reached(value, target, None, value >= target)
    return Reached(value, target, max(0, int(value * 100 / target)), value >= target)


def together(parts: Iterable[Reached]) -> int | None:
    """The average of several in whole hundredths, each counting a hundred at most; None of none."""
    found = [one.part for one in parts]
    return sum(found) // len(found) if found else None


def shown_unit(unit: str) -> str:
    """万元 for money, % for rates, and counts as they are."""
    return SHOWN.get(unit, unit)


def to_shown(value: Decimal, unit: str) -> Decimal:
    """A value of the catalogue in the unit people read."""
    return value / _SCALE.get(shown_unit(unit), Decimal(1))


def from_typed(typed: Decimal, unit: str) -> Decimal:
    """A typed value in the catalogue's unit."""
    return typed * _SCALE.get(shown_unit(unit), Decimal(1))


def step_of(unit: str) -> Decimal:
    return STEPS.get(unit, Decimal(1))


def is_fine(value: Decimal, unit: str) -> bool:
    """Whether a target is no finer than its unit can be: fen, whole things, 0.01 %."""
    return value == value.quantize(step_of(unit)) and value >= 0
