"""How far a goal is: reached, on its way, behind, overdue. Arithmetic without a framework."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Literal

State = Literal["reached", "on-way", "behind", "overdue", "unknown"]

WORDS: dict[State, str] = {
    "reached": "已达到",
    "on-way": "按进度",
    "behind": "落后",
    "overdue": "逾期未达",
    "unknown": "无数据",
}
TONES: dict[State, str] = {
    "reached": "done",
    "on-way": "running",
    "behind": "warn",
    "overdue": "danger",
    "unknown": "plain",
}
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Progress:
    """How far, in per cent of the way from base to target, beside how far the time is."""

    state: State
    share: Decimal | None
    expected: Decimal

    @property
    def word(self) -> str:
        return WORDS[self.state]

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def text(self) -> str:
        return "—" if self.share is None else f"{self.share}%"


def progress(
    base: Decimal | None,
    target: Decimal,
    value: Decimal | None,
    base_on: date,
    due_on: date,
    as_of: date,
) -> Progress:
    """Where a goal stands on a day; whether more or less is better is told by base and target.

    A goal without a base starts at zero. On its way: at least as far as the time gone by.
    """
    expected = _time_gone(base_on, due_on, as_of)
    if value is None:
        return Progress("overdue" if as_of > due_on else "unknown", None, expected)
    start = base if base is not None else Decimal(0)
    share = _way_gone(start, target, value)
    falls = target < start
    if (value <= target) if falls else (value >= target):
        return Progress("reached", max(share, Decimal(100)), expected)
    if as_of > due_on:
        return Progress("overdue", share, expected)
    return Progress("on-way" if share >= expected else "behind", share, expected)


def _way_gone(start: Decimal, target: Decimal, value: Decimal) -> Decimal:
    # Rounded down: one fen short is never a hundred per cent.
    if start == target:
        return Decimal(100) if value == target else Decimal(0)
    return (100 * (value - start) / (target - start)).quantize(_TENTH, ROUND_FLOOR)


def _time_gone(base_on: date, due_on: date, as_of: date) -> Decimal:
    whole = (due_on - base_on).days
    if whole <= 0:
        return Decimal(100)
    gone = min(max((as_of - base_on).days, 0), whole)
    return (Decimal(100 * gone) / whole).quantize(_TENTH, ROUND_FLOOR)
