"""From obligations between named parties to circles and back; the engine does the work.

No framework. The engine and its solver are imported when something is netted and not before.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Owed:
    """Who owes whom how many fen, for how many days, and what kind the creditor is."""

    debtor: str
    creditor: str
    fen: int
    age: int | None = None
    kind: str = ""


@dataclass(frozen=True)
class Solved:
    """What is cancelled of each obligation, in fen and in the order given, and the circles.

    `optimum` is the most without a limit of length, proved; `bound` with it.
    """

    cancelled: tuple[int, ...]
    circles: tuple[tuple[int, tuple[str, ...]], ...]
    optimum: int
    bound: int

    @property
    def total(self) -> int:
        return sum(self.cancelled)


def solve(
    owed: Sequence[Owed],
    *,
    prefer: str = "",
    longest: int | None = None,
    signers: int | None = None,
    without: Collection[str] = (),
) -> Solved:
    """The largest cancellation among these obligations, without the parties that refused.

    `signers`: at most so many parties take part, and so have to sign.
    """
    kept = [
        at for at, o in enumerate(owed) if o.debtor not in without and o.creditor not in without
    ]
    if not kept:
        return Solved((0,) * len(owed), (), 0, 0)
    import numpy as np

    from .engine.clearing import clear
    from .engine.network import network
    from .engine.preference import ranks

    some = [owed[at] for at in kept]
    names = sorted({name for o in some for name in (o.debtor, o.creditor)})
    number = {name: at for at, name in enumerate(names)}
    cleared = clear(
        network(
            len(names),
            np.array([number[o.debtor] for o in some], np.int64),
            np.array([number[o.creditor] for o in some], np.int64),
            np.array([o.fen for o in some], np.int64),
            ranks(prefer, [o.age for o in some], [o.kind for o in some]),
        ),
        longest=longest,
        signers=signers,
    )
    cancelled = [0] * len(owed)
    for at, fen in zip(kept, cleared.cancelled.tolist(), strict=True):
        cancelled[at] = fen
    circles = tuple(
        (fen, tuple(names[at] for at in members))
        for fen, members in cleared.circles.largest_first()
    )
    return Solved(tuple(cancelled), circles, cleared.optimum, cleared.bound)


def shares(owed: Sequence[Owed], cancelled: Sequence[int]) -> dict[str, int]:
    """By how many fen each party owes less; it is owed less by as much."""
    found: dict[str, int] = {}
    for one, fen in zip(owed, cancelled, strict=True):
        if fen:
            found[one.debtor] = found.get(one.debtor, 0) + fen
    return found
