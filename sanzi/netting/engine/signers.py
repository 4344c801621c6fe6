"""At most so many parties that sign: which of them, so that most is cancelled. Greedy.

The best choice is out of reach for any network worth the name (it contains the densest subgraph),
so what it keeps of the proved optimum is shown beside it.
"""

from heapq import heapify, heappop, heappush

import numpy as np

from .circles import Circles
from .network import Array

# Whole numbers instead of fractions: yuan per signature in millionths of a fen.
_FINE = 10**6


def signers_of(circles: Circles) -> Array:
    """Who signs: every party that lies on a circle."""
    return np.unique(circles.member)


def worth_signing(circles: Circles, most: int) -> list[Array]:
    """At most so many parties: those whose circles clear most per signature, and most in all."""
    told = [(amount * len(members), members) for amount, members in circles]
    return [_by_worth(told, most), _by_size(told, most)]


def _by_size(told: list[tuple[int, list[int]]], most: int) -> Array:
    signed: set[int] = set()
    for _, members in sorted(told, key=lambda one: (-one[0], one[1])):
        if len(signed.union(members)) <= most:
            signed.update(members)
    return np.array(sorted(signed), np.int64)


def _by_worth(told: list[tuple[int, list[int]]], most: int) -> Array:
    through: dict[int, list[int]] = {}
    for at, (_, members) in enumerate(told):
        for party in members:
            through.setdefault(party, []).append(at)
    signed: set[int] = set()
    waiting = [_entry(at, money, members, signed) for at, (money, members) in enumerate(told)]
    heapify(waiting)
    while waiting:
        entry = heappop(waiting)
        at = entry[-1]
        money, members = told[at]
        fresh = [party for party in members if party not in signed]
        # What came to ask for fewer signatures meanwhile stands in the queue a second time.
        if not fresh or entry != _entry(at, money, members, signed):
            continue
        if len(signed) + len(fresh) > most:
            continue
        signed.update(fresh)
        for near in sorted({other for party in fresh for other in through[party]}):
            heappush(waiting, _entry(near, *told[near], signed))
    return np.array(sorted(signed), np.int64)


def _entry(
    at: int, money: int, members: list[int], signed: set[int]
) -> tuple[int, int, list[int], int]:
    fresh = sum(party not in signed for party in members)
    return (-(money * _FINE // max(fresh, 1)), fresh, members, at)
