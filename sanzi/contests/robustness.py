"""How far a rank leans on the weights: between which places a subject moves when weights move.

Every indicator's weight may move by a share (ten per cent) up or down, each for itself. A subject
is then beaten for certain by those that stay ahead of it under every such weighting, and is ahead
for certain of those it beats under every one; between lies the interval. Pair by pair the worst
weighting is known at once: every weight moves against the difference. No framework.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from .scorecard import Score

SWING = Decimal("0.10")
_HUNDREDTHS = 100


@dataclass(frozen=True)
class Interval:
    """The best and the worst place a subject can come to."""

    best: int
    worst: int

    @property
    def is_firm(self) -> bool:
        return self.best == self.worst


def intervals(scores: Mapping[str, Score], swing: Decimal = SWING) -> dict[str, Interval]:
    """Each subject's interval of places, by its name. Vetoes and bonuses stay as they are.

    A subject held down by a veto has fixed points: no weighting moves them. Whole hundredths all
    the way, one subject against all others at a time.
    """
    rows = [_hundredths(one) for one in scores.values()]
    lines = _padded([row.lines for row in rows])
    totals = lines.sum(axis=1) + np.array([row.fixed for row in rows], dtype=np.int64)
    share = int(swing * _HUNDREDTHS)
    found = {}
    for at, name in enumerate(scores):
        # By how much this one leads each other, and how far the worst weighting moves that.
        lead = (totals[at] - totals) * _HUNDREDTHS
        sway = share * np.abs(lines[at] - lines).sum(axis=1)
        # Who has more points than another under every weighting is ahead of it for certain.
        ahead, behind = int((-lead > sway).sum()), int((lead > sway).sum())
        found[name] = Interval(ahead + 1, len(rows) - behind)
    return found


def _padded(rows: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    """The lines as a table; who is held down by a veto has none that move."""
    width = max(map(len, rows), default=0)
    return np.array([[*row, *(0,) * (width - len(row))] for row in rows], dtype=np.int64).reshape(
        len(rows), width
    )


@dataclass(frozen=True)
class _Row:
    """Points in hundredths: what moves with the weights, line by line, and what does not."""

    lines: Sequence[int]
    fixed: int


def _hundredths(score: Score) -> _Row:
    def whole(points: Decimal) -> int:
        return int(points * _HUNDREDTHS)

    if score.vetoed_by:
        return _Row((), whole(score.total))
    lines = [whole(line.points) for line in score.lines if not line.indicator.is_bonus]
    return _Row(lines, whole(score.bonus))
