"""How far a rule can be believed, and how far warnings are dealt with. Pure.

已办率 counts only what was given to somebody; 处理率 counts all. They are never mixed
(platforms.md M-4). Precision is confirmed over handled; a false alarm is one two people agreed on.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

FLOOR = Decimal("0.20")  # platforms.md section 3 (e)
HANDLED_MIN = 5  # so few say nothing about a rule
QUARTER_DAYS = 92
_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Tally:
    """The events of a rule, or of a region, counted."""

    all: int = 0
    dispatched: int = 0
    # Ended because the cause is gone, was explained, or was no cause; and those given out before.
    handled: int = 0
    handled_dispatched: int = 0
    false: int = 0
    held: int = 0

    @property
    def done_rate(self) -> Decimal | None:
        """已办率: handled of those given to somebody; None when nothing was."""
        return _rate(self.handled_dispatched, self.dispatched)

    @property
    def handling_rate(self) -> Decimal | None:
        """处理率: handled of all; None without any."""
        return _rate(self.handled, self.all)

    @property
    def precision(self) -> Decimal | None:
        """Confirmed of handled; None before anything was handled."""
        return _rate(self.handled - self.false, self.handled)

    @property
    def is_unbelievable(self) -> bool:
        """Whether the rule should be proposed for the digest."""
        rate = self.precision
        return self.handled >= HANDLED_MIN and rate is not None and rate < FLOOR


def _rate(part: int, whole: int) -> Decimal | None:
    return (Decimal(part) / whole).quantize(_PLACES, ROUND_HALF_UP) if whole else None
