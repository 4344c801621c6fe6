"""Circles of debt: each member owes the next, the last the first, and all are relieved alike."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .network import Array, sums

ANY_LENGTH = 2**40


@dataclass(frozen=True)
class Circles:
    """Many circles in three arrays: fen, where the members of each end, members in paying order."""

    amount: Array
    end: Array
    member: Array

    def __len__(self) -> int:
        return len(self.amount)

    @property
    def length(self) -> Array:
        """How many members each has."""
        return np.diff(self.end, prepend=0)

    @property
    def cancelled(self) -> int:
        """All that they cancel, in fen: amount times members."""
        return int((self.amount * self.length).sum())

    def __iter__(self) -> Iterator[tuple[int, list[int]]]:
        begin = 0
        for amount, end in zip(self.amount.tolist(), self.end.tolist(), strict=True):
            yield amount, self.member[begin:end].tolist()
            begin = end

    def largest_first(self) -> "Circles":
        """Each begins with its first party; the most relieved first, equals by their members."""
        told = [(amount, _from_first(members)) for amount, members in self]
        told.sort(key=lambda circle: (-circle[0] * len(circle[1]), len(circle[1]), circle[1]))
        return circles_of(told)


def circles_of(told: list[tuple[int, list[int]]]) -> Circles:
    """Circles from plain lists."""
    return Circles(
        np.array([amount for amount, _ in told], np.int64),
        np.cumsum([len(members) for _, members in told], dtype=np.int64),
        np.array([party for _, members in told for party in members], np.int64),
    )


def joined(*parts: Circles) -> Circles:
    """All circles of several."""
    shift, ends = 0, []
    for part in parts:
        ends.append(part.end + shift)
        shift += len(part.member)
    return Circles(
        np.concatenate([part.amount for part in parts]),
        np.concatenate(ends),
        np.concatenate([part.member for part in parts]),
    )


def decompose(
    parties: int, tail: Array, head: Array, flow: Array, longest: int = ANY_LENGTH
) -> tuple[Circles, Array]:
    """Take circles out of a flow, two parties first, then the shortest each finds; what is left.

    A circulation is used up wholly when `longest` is ANY_LENGTH. One arc for each pair.
    """
    left = flow.astype(np.int64).copy()
    pairs = _pairs(parties, tail, head, left)
    on = np.flatnonzero(left)
    if not len(on) or longest < 3:
        return pairs, left
    from .peeling import peel, walk

    some_tail, some_head, some = tail[on].astype(np.int32), head[on].astype(np.int32), left[on]
    degree = np.bincount(some_tail, minlength=parties) + np.bincount(some_head, minlength=parties)
    order = np.argsort(degree, kind="stable")
    found = [pairs]
    # On a bare flow every debt lies on a circle; among all debts most do not, so short ones first.
    for most in [longest] if longest == ANY_LENGTH else range(3, longest + 1):
        found.append(_told(peel(parties, some_tail, some_head, some, order, most)))
    if longest == ANY_LENGTH and some.any():
        found.append(_told(walk(parties, some_tail, some_head, some)))
    left[on] = some
    return joined(*found), left


def _told(found: tuple[Array, Array, NDArray[np.int32]]) -> Circles:
    amount, end, member = found
    return Circles(amount, end, member.astype(np.int64))


def by_pair(
    parties: int, debtor: Array, creditor: Array, amount: Array
) -> tuple[Array, Array, Array]:
    """One arc for each debtor and creditor, sorted: debtors, creditors, sums of fen."""
    pair, group = np.unique(debtor * parties + creditor, return_inverse=True)
    return pair // parties, pair % parties, sums(group, amount, len(pair))


def _pairs(parties: int, tail: Array, head: Array, left: Array) -> Circles:
    """Both owe each other: the smaller side goes. `left` is lowered in place."""
    forth, back = tail * parties + head, head * parties + tail
    order = np.argsort(forth)
    place = np.minimum(np.searchsorted(forth, back, sorter=order), max(len(forth) - 1, 0))
    other = order[place] if len(forth) else place
    one = np.flatnonzero((tail < head) & (forth[other] == back)) if len(forth) else other
    other = other[one]
    amount = np.minimum(left[one], left[other])
    left[one] -= amount
    left[other] -= amount
    one, amount = one[amount > 0], amount[amount > 0]
    members = np.stack([tail[one], head[one]], axis=1).ravel()
    return Circles(amount, np.arange(2, len(members) + 1, 2), members)


def _from_first(members: list[int]) -> list[int]:
    at = members.index(min(members))
    return members[at:] + members[:at]


def papers(circles: Circles) -> list[list[int]]:
    """Agreements to sign: circles of the same parties share one. Indexes of circles of each."""
    shared: dict[tuple[int, ...], list[int]] = {}
    for index, (_, members) in enumerate(circles):
        shared.setdefault(tuple(sorted(members)), []).append(index)
    return list(shared.values())


def papers_count(circles: Circles) -> int:
    """How many agreements there are to sign when circles of the same parties share one."""
    return papers_and_signatures(circles)[0]


def papers_and_signatures(circles: Circles) -> tuple[int, int]:
    """Agreements and signatures when circles of the same parties share a paper.

    By sums that tell sets of parties apart.
    """
    if not len(circles):
        return 0, 0
    chance = np.random.default_rng(568)
    most = int(circles.member.max(initial=0)) + 1
    marks = chance.integers(0, 2**64, (2, most), np.uint64)
    starts = circles.end - circles.length
    told = np.stack([np.add.reduceat(mark[circles.member], starts) for mark in marks], axis=1)
    _, first = np.unique(told, axis=0, return_index=True)
    return len(first), int(circles.length[first].sum())


def connected_groups(circles: Circles) -> tuple[int, int]:
    """Agreements and signatures when whoever hangs together signs one paper, once."""
    if not len(circles):
        return 0, 0
    party, member = np.unique(circles.member, return_inverse=True)
    first = np.repeat(member[circles.end - circles.length], circles.length)
    links = coo_array(
        (np.ones(len(member), np.int8), (first, member)), shape=(len(party), len(party))
    )
    count, _ = connected_components(links, directed=False)
    return int(count), len(party)
