"""Debts between parties as arrays: who owes whom how many fen, and what goes first."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sanzi.kernel.refusals import Invalid

Array = NDArray[np.int64]
# A trillion yuan. Together they stay far below what 64 bits hold, so that no sum can overflow.
AMOUNT_MAX = 10**14
TOTAL_MAX = 2**61
RANK_MAX = 10**6


@dataclass(frozen=True)
class Network:
    """Arcs debtor → creditor in fen; a party is its number. The larger `rank`, the earlier."""

    parties: int
    debtor: Array
    creditor: Array
    amount: Array
    rank: Array

    @property
    def total(self) -> int:
        """All that is owed, in fen."""
        return int(self.amount.sum())

    def only(self, kept: NDArray[np.bool_]) -> "Network":
        """The same parties with some of the debts."""
        return Network(
            self.parties,
            self.debtor[kept],
            self.creditor[kept],
            self.amount[kept],
            self.rank[kept],
        )


def network(
    parties: int,
    debtor: Array,
    creditor: Array,
    amount: Array,
    rank: Array | None = None,
) -> Network:
    """A network fit for solving. Refuses what cannot be a debt, and sums beyond 64 bits."""
    debtor, creditor, amount = (np.asarray(a, np.int64) for a in (debtor, creditor, amount))
    rank = np.zeros(len(amount), np.int64) if rank is None else np.asarray(rank, np.int64)
    if len(amount) and (amount.min() <= 0 or (debtor == creditor).any()):
        raise Invalid("netting.no_debt", "债务金额必须大于零，且不能欠自己")
    # In whole numbers without limit: a sum of 64 bits would have overflowed before it was checked.
    if len(amount) and (int(amount.max()) > AMOUNT_MAX or sum(amount.tolist()) > TOTAL_MAX):
        raise Invalid(
            "netting.too_large",
            "金额过大：单笔最多一万亿元，合计最多二亿亿元，请核对金额单位是否为元",
        )
    assert not len(rank) or 0 <= int(rank.min()) <= int(rank.max()) <= RANK_MAX
    return Network(parties, debtor, creditor, amount, rank)


def sums(where: Array, amount: Array, size: int) -> Array:
    """Exact sums of fen by number; `bincount` would go through floats."""
    total = np.zeros(size, np.int64)
    np.add.at(total, where, amount)
    return total


def net_positions(parties: int, debtor: Array, creditor: Array, amount: Array) -> Array:
    """What each party is owed less what it owes, in fen."""
    return sums(creditor, amount, parties) - sums(debtor, amount, parties)
