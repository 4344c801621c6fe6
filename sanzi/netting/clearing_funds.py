"""What relief money would clear of what a plan leaves. The engine is imported only when asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sanzi.kernel.money import ZERO, from_fen, to_fen

from .models import Obligation


@dataclass(frozen=True)
class Cleared:
    """A fund, what it clears, how much of it is used; yuan."""

    fund: Decimal
    cleared: Decimal
    used: Decimal


@dataclass(frozen=True)
class Relief:
    """What is left to clear, the steps of the curve (fen), and the answer for one amount."""

    left: Decimal = ZERO
    steps: list[Any] = field(default_factory=list)
    funded: Cleared | None = None
    # Names of debtors and yuan, the largest first.
    paid_to: list[tuple[str, Decimal]] = field(default_factory=list)


def relief_of(rows: Sequence[Obligation], fund: Decimal | None) -> Relief:
    """The curve for what these obligations leave owed, and for a fund where one is given."""
    some = [row for row in rows if row.left]
    if not some:
        return Relief()
    import numpy as np

    from .engine.network import network
    from .engine.relief import acyclic, curve, funded

    names = {key: name for row in some for key, name in _ends(row)}
    keys = sorted(names)
    number = {key: at for at, key in enumerate(keys)}
    net = network(
        len(keys),
        np.array([number[row.debtor] for row in some], np.int64),
        np.array([number[row.creditor] for row in some], np.int64),
        np.array([to_fen(row.left) for row in some], np.int64),
    )
    left = acyclic(net, np.zeros(len(some), np.int64))
    found = Relief(from_fen(int(left.sum())), curve(net, left))
    if fund is None:
        return found
    told = funded(net, left, to_fen(fund))
    answer = Cleared(fund, from_fen(told.cleared), from_fen(told.used))
    paid = [(names[keys[who]], from_fen(fen)) for who, fen in told.paid_to]
    return Relief(found.left, found.steps, answer, paid)


def _ends(row: Obligation) -> tuple[tuple[str, str], tuple[str, str]]:
    return (row.debtor, row.debtor_name), (row.creditor, row.creditor_name)
