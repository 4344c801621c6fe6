"""Circles of at most K parties, because people must sign: a good answer and what it gives up.

No flow problem any more. Two parties first, then three, and so on; where the network is a town's,
`columns` improves that against a bound. The unrestricted optimum is a bound at any length.
"""

from dataclasses import dataclass

import numpy as np

from .circles import Circles, circles_of, decompose, joined
from .network import Array

# Merged debts a town can have; beyond, the programme over circles would take minutes.
TOWN_ARCS_MAX = 12_000


@dataclass(frozen=True)
class Short:
    """Circles, and the most that circles of this length can cancel as far as is known, in fen."""

    circles: Circles
    bound: int


def short_circles(
    parties: int, tail: Array, head: Array, amount: Array, longest: int, optimum: int
) -> Short:
    """The best circles found of at most `longest` parties among debts, merged by pair."""
    assert longest >= 2, "a circle has at least two parties"
    greedy, _ = decompose(parties, tail, head, amount, longest)
    if len(tail) > TOWN_ARCS_MAX:
        return Short(greedy, optimum)
    from .columns import improve

    shares, bound = improve(parties, tail, head, amount, longest, greedy)
    better = fill(parties, tail, head, amount, longest, shares)
    best = max(greedy, better, key=lambda circles: circles.cancelled)
    return Short(best, max(min(bound, optimum), best.cancelled))


def fill(
    parties: int,
    tail: Array,
    head: Array,
    amount: Array,
    longest: int,
    shares: list[tuple[list[int], int]],
) -> Circles:
    """Whole fen out of a programme's shares: rounded down, then circles in what that leaves."""
    at = {pair: index for index, pair in enumerate(zip(tail.tolist(), head.tolist(), strict=True))}
    left = amount.tolist()
    kept: list[tuple[int, list[int]]] = []
    for members, wanted in shares:
        arcs = [at[pair] for pair in zip(members, members[1:] + members[:1], strict=True)]
        taken = min(wanted, min(left[arc] for arc in arcs))
        if taken <= 0:
            continue
        for arc in arcs:
            left[arc] -= taken
        kept.append((taken, members))
    rest, _ = decompose(parties, tail, head, np.array(left, np.int64), longest)
    return _merged(joined(circles_of(kept), rest))


def _merged(circles: Circles) -> Circles:
    """The same circle twice is one of both amounts."""
    whole: dict[tuple[int, ...], int] = {}
    for amount, members in circles:
        first = members.index(min(members))
        turned = tuple(members[first:] + members[:first])
        whole[turned] = whole.get(turned, 0) + amount
    return circles_of([(amount, list(members)) for members, amount in whole.items()])
