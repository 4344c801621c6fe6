"""Making a network small without changing its optimum, and spreading the answer back.

Only debts inside a strongly connected part can lie on a circle. Debts between the same two merge.
No party can pass on more than it is owed or owes, which caps its debts.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .network import Array, Network, sums

# Caps settle after a handful of rounds; the rest would save the solver nothing.
ROUNDS_MAX = 8


@dataclass(frozen=True)
class Reduced:
    """Merged arcs sorted by debtor, creditor, rank; `arc` says where each debt went, or -1."""

    party: Array
    debtor: Array
    creditor: Array
    capacity: Array
    rank: Array
    arc: Array

    @property
    def parties(self) -> int:
        """How many parties can lie on a circle at all."""
        return len(self.party)


def reduce(network: Network, *, by_rank: bool = True) -> Reduced:
    """The part of a network that can be cancelled; ranks stay apart unless told otherwise."""
    kept = np.flatnonzero(on_circles(network.parties, network.debtor, network.creditor))
    debtor, creditor, amount = (a[kept] for a in (network.debtor, network.creditor, network.amount))
    rank = network.rank[kept] if by_rank else np.zeros(len(kept), np.int64)
    # Parties keep their order, so that equal choices fall the same way in every file.
    party = np.flatnonzero(
        np.bincount(debtor, minlength=network.parties)
        + np.bincount(creditor, minlength=network.parties)
    )
    number = np.zeros(network.parties, np.int64)
    number[party] = np.arange(len(party))
    order = np.lexsort((rank, creditor, debtor))
    debtor, creditor, rank = number[debtor[order]], number[creditor[order]], rank[order]
    first = np.ones(len(order), bool)
    first[1:] = (np.diff(debtor) != 0) | (np.diff(creditor) != 0) | (np.diff(rank) != 0)
    group = np.cumsum(first) - 1
    arc = np.full(len(network.amount), -1, np.int64)
    arc[kept[order]] = group
    starts = np.flatnonzero(first)
    whole = np.add.reduceat(amount[order], starts) if len(starts) else amount[:0]
    debtor, creditor, rank = debtor[starts], creditor[starts], rank[starts]
    capacity = _capped(len(party), debtor, creditor, whole)
    return Reduced(party, debtor, creditor, capacity, rank, arc)


def on_circles(parties: int, debtor: Array, creditor: Array) -> "np.ndarray":
    """Which debts lie on some circle: those inside a strongly connected part."""
    links = coo_array((np.ones(len(debtor), np.int8), (debtor, creditor)), shape=(parties, parties))
    _, part = connected_components(links, connection="strong")
    return np.asarray(part[debtor] == part[creditor])


def _capped(parties: int, debtor: Array, creditor: Array, capacity: Array) -> Array:
    for _ in range(ROUNDS_MAX):
        most = np.minimum(sums(debtor, capacity, parties), sums(creditor, capacity, parties))
        lower = np.minimum(capacity, np.minimum(most[debtor], most[creditor]))
        if np.array_equal(lower, capacity):
            break
        capacity = lower
    return capacity


def spread(network: Network, arc: Array, flow: Array) -> Array:
    """What of each debt is cancelled; inside a merged arc by rank, then the larger first."""
    cancelled = np.zeros(len(network.amount), np.int64)
    inside = np.flatnonzero(arc >= 0)
    order = inside[
        np.lexsort((inside, -network.amount[inside], -network.rank[inside], arc[inside]))
    ]
    amount, group = network.amount[order], arc[order]
    before = np.cumsum(amount) - amount
    starts = np.flatnonzero(np.diff(group, prepend=-1))
    before -= np.repeat(before[starts], np.diff(starts, append=len(group)))
    cancelled[order] = np.clip(flow[group] - before, 0, amount)
    return cancelled
