"""The acts on one claim or debt beside its locked base: what each took off, and what is left."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sanzi.kernel.money import from_fen, to_fen
from sanzi.metrics.catalogue import metric
from sanzi.metrics.share import Contribution


@dataclass(frozen=True)
class Movement:
    """One act; `counts_as` is the figure it is part of, empty when it moves none.

    `left` is the locked base in yuan after it; None when the thing is not part of the base.
    """

    act: Any
    counts_as: str
    left: Decimal | None


@dataclass(frozen=True)
class Ledger:
    """A claim's or a debt's way from its locked base (yuan; None: outside the base) to today."""

    locked: Decimal | None
    movements: Sequence[Movement]

    @property
    def left(self) -> Decimal | None:
        return self.movements[-1].left if self.movements else self.locked

    @property
    def moved(self) -> Decimal | None:
        """What was taken off the base so far, in yuan."""
        if self.locked is None or self.left is None:
            return None
        return self.locked - self.left

    @property
    def rate(self) -> Decimal | None:
        return self.moved / self.locked if self.locked and self.moved is not None else None


def ledger(
    acts: Iterable[Any],
    shares: Iterable[Contribution],
    *,
    locked: str,
    kind_of: Callable[[str], str],
    stays: str = "",
) -> Ledger:
    """Set the acts (dispositions, in order) against the stored shares of the row they moved.

    Whether an act counts is read from the shares, so the page and the figures cannot disagree.
    `kind_of` gives the metric of a method, `locked` names that of the base; an act counted as
    `stays` (封存) leaves the remainder as it was.
    """
    unmatched = Counter(shares)
    base = sum(share.value * n for share, n in unmatched.items() if share.metric == locked)
    movements, left = [], base
    for act in acts:
        kind = _matched(act, kind_of(act.method), unmatched)
        if kind and kind != stays:
            left -= to_fen(act.amount)
        label = metric(kind).label if kind else ""
        movements.append(Movement(act, label, from_fen(left) if base else None))
    return Ledger(from_fen(base) if base else None, movements)


def _matched(act: Any, kind: str, unmatched: Counter[Contribution]) -> str:
    """The metric this act's share stands under, taking it off the list; empty when none does."""
    if not act.amount:
        return ""
    share = Contribution(kind, act.dated, to_fen(act.amount))
    if not unmatched[share]:
        return ""
    unmatched[share] -= 1
    return kind
