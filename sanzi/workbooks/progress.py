"""How far each claim or debt has come: hung on the rows of a register page, one query."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from sanzi.kernel.money import from_fen
from sanzi.metrics.rows import sums_of
from sanzi.web.register import Badge


@dataclass(frozen=True)
class Progress:
    """The figures that tell it: base, what was taken off it, what was put aside; and the word."""

    locked: str
    moved: str
    sealed: str
    word: str


PROGRESS: dict[str, Progress] = {
    "receivables": Progress(
        "receivables.locked", "receivables.recovered", "receivables.sealed", "清收"
    ),
    "debts": Progress("debts.locked", "debts.resolved", "", "化解"),
}


def hang_progress(register: str) -> Callable[[Sequence[Any]], None]:
    """A `decorate` that gives rows `moved` (yuan), `rate` and `state`."""
    progress = PROGRESS[register]
    metrics = [m for m in (progress.locked, progress.moved, progress.sealed) if m]

    def hang(rows: Sequence[Any]) -> None:
        found = sums_of(register, [row.pk for row in rows], localdate(), metrics)
        for row in rows:
            _hang(row, found.get(row.pk, {}), progress)

    return hang


def _hang(row: Any, sums: Mapping[str, int], progress: Progress) -> None:
    locked, moved = sums.get(progress.locked, 0), sums.get(progress.moved, 0)
    # Without a base there is no rate: formed after it, or nothing left on it.
    row.moved = from_fen(moved) if locked else None
    row.rate = Decimal(moved) / Decimal(locked) if locked else None
    row.state = _states(locked, moved, bool(sums.get(progress.sealed)), progress.word)


def _states(locked: int, moved: int, sealed: bool, word: str) -> tuple[Badge, ...]:
    states = [Badge("已封存", "plain")] if sealed else []
    if not locked:
        states.append(Badge("不在基数", "plain"))
    elif moved >= locked:
        states.append(Badge(f"已{word}", "done"))
    elif moved:
        states.append(Badge(f"部分{word}", "running"))
    elif not sealed:
        states.append(Badge(f"未{word}", "warn"))
    return tuple(states)
