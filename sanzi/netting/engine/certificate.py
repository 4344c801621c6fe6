"""Proof that no larger cancellation exists, found and checked without the solver.

For any whole number on each party, the debts' amounts times the positive part of
`weight + number(debtor) - number(creditor)` add up to a bound that no cancellation exceeds (linear
duality). The numbers are the longest ways through what could still change; a circle of gain among
those would be a larger cancellation, and is found instead.
"""

from dataclasses import dataclass

import numpy as np

from .network import Array, Network, net_positions

# Between two looks at the tree of longest ways; looks get rarer as passes go on.
_FIRST_LOOK = 6


@dataclass(frozen=True)
class Certificate:
    """Fen times weight: what the cancellation is worth, and what none can exceed."""

    reached: int
    bound: int | None
    passes: int

    @property
    def proves(self) -> bool:
        """True when the cancellation is the largest there is."""
        return self.bound == self.reached


def certify(network: Network, cancelled: Array, weight: Array | None = None) -> Certificate:
    """Check a cancellation. `bound` is None when a larger one plainly exists.

    Raises AssertionError when it is no cancellation at all: a debt grows, or somebody loses.
    """
    assert lawful(network, cancelled), "a cancellation leaves every net position as it was"
    weight = np.ones(len(cancelled), np.int64) if weight is None else weight
    number, passes = _numbers(network, cancelled, weight)
    reached = exact_sum(weight, cancelled)
    if number is None:
        return Certificate(reached, None, passes)
    slack = np.maximum(weight + number[network.debtor] - number[network.creditor], 0)
    return Certificate(reached, exact_sum(slack, network.amount), passes)


def lawful(network: Network, cancelled: Array) -> bool:
    """True when nothing grows, nothing is overpaid and every net position stays."""
    return bool(
        cancelled.dtype == np.int64
        and (cancelled >= 0).all()
        and (cancelled <= network.amount).all()
        and not net_positions(network.parties, network.debtor, network.creditor, cancelled).any()
    )


def exact_sum(times: Array, amounts: Array) -> int:
    """Sum of products beyond 64 bits: in two halves of the amounts, by chunks."""
    total = 0
    for start in range(0, len(times), 1 << 16):
        few, many = times[start : start + (1 << 16)], amounts[start : start + (1 << 16)]
        if int(np.abs(few).max()) < 1 << 15:
            low, high = many & ((1 << 31) - 1), many >> 31
            total += int((few * low).sum()) + (int((few * high).sum()) << 31)
        else:
            total += sum(a * b for a, b in zip(few.tolist(), many.tolist(), strict=True))
    return total


def _numbers(network: Network, cancelled: Array, weight: Array) -> tuple[Array | None, int]:
    """Longest ways in what could still change, or None when they run around a circle of gain."""
    more, less = cancelled < network.amount, cancelled > 0
    tail = np.concatenate([network.debtor[more], network.creditor[less]])
    head = np.concatenate([network.creditor[more], network.debtor[less]])
    gain = np.concatenate([weight[more], -weight[less]])
    number = np.zeros(network.parties, np.int64)
    parent = np.full(network.parties, -1, np.int64)
    passes, look = 0, _FIRST_LOOK
    while True:
        reach = number[tail] + gain
        better = np.flatnonzero(reach > number[head])
        if not len(better):
            return number, passes
        passes += 1
        np.maximum.at(number, head[better], reach[better])
        best = better[reach[better] == number[head[better]]]
        parent[head[best]] = best
        if passes >= look:
            look += min(look, 64)
            longer = _along_tree(number, parent, tail, gain)
            if longer is None:
                return None, passes
            number = longer


def _along_tree(number: Array, parent: Array, tail: Array, gain: Array) -> Array | None:
    """Each party's way followed back to its root at once, by doubling; None on a circle."""
    has = parent >= 0
    up = np.where(has, tail[parent], np.arange(len(parent)))
    grown = np.where(has, gain[parent], 0)
    for _ in range(len(parent).bit_length() + 1):
        # Whoever is on a circle never comes to a root.
        if not has[up].any():
            return np.asarray(np.maximum(number, number[up] + grown))
        grown, up = grown + grown[up], up[up]
    return None
