"""The linear programme over all circles of at most K parties, a few circles at a time.

Prices of debts come from the programme; circles that would pay at those prices join it until none
does. Then the prices are a bound for every choice of such circles, whole fen or not.
"""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array

from .circles import Circles
from .network import Array

Floats = NDArray[np.float64]
ROUNDS_MAX = 60
COLUMNS_PER_ROUND = 3000
# Below this per yuan and party a circle does not pay: nothing but rounding of the programme.
PAYS = 1e-7
# Nearer to its bound nobody would sign one paper more for it.
NEAR = 0.999
_CELLS = 4_000_000


class Pricing:
    """Finds circles that pay, from parties that together lie on every circle."""

    def __init__(self, parties: int, tail: Array, head: Array, longest: int) -> None:
        order = np.lexsort((tail, head))
        self.order, self.parties, self.longest = order, parties, longest
        self.tail, self.head = tail[order], head[order]
        self.starts = np.flatnonzero(np.diff(self.head, prepend=-1))
        self.heads = self.head[self.starts]
        self.begin = np.searchsorted(self.head, np.arange(parties + 1))
        self.roots = on_every_circle(parties, tail, head)

    def paying(self, gain: Floats) -> tuple[list[tuple[int, ...]], float]:
        """Circles with positive gain, and the largest gain per party of any closed walk."""
        gain = gain[self.order]
        found: dict[tuple[int, ...], float] = {}
        worst = 0.0
        chunk = max(_CELLS // max(len(self.tail), 1), 1)
        for start in range(0, len(self.roots), chunk):
            roots = self.roots[start : start + chunk]
            worst = max(worst, self._from_roots(roots, gain, found))
        best = sorted(found, key=lambda circle: (-found[circle], circle))
        return best[:COLUMNS_PER_ROUND], worst

    def _from_roots(self, roots: Array, gain: Floats, found: dict[tuple[int, ...], float]) -> float:
        reach = [np.full((len(roots), self.parties), -np.inf)]
        reach[0][np.arange(len(roots)), roots] = 0.0
        worst = 0.0
        for length in range(1, self.longest + 1):
            along = reach[-1][:, self.tail] + gain
            here = np.full_like(reach[0], -np.inf)
            here[:, self.heads] = np.maximum.reduceat(along, self.starts, axis=1)
            reach.append(here)
            if length < 2:
                continue
            for row, root in enumerate(roots.tolist()):
                closing = slice(self.begin[root], self.begin[root + 1])
                ends = along[row, closing]
                worst = max(worst, ends.max(initial=0.0).item() / length)
                for arc in np.flatnonzero(ends > PAYS * length) + closing.start:
                    self._keep(self._back(reach, row, int(arc), length, gain), gain, found)
        return worst

    def _back(
        self, reach: list[Floats], row: int, arc: int, length: int, gain: Floats
    ) -> list[int]:
        """Arcs of the best walk that ends with an arc, first to last."""
        arcs = [arc]
        for step in range(length - 1, 0, -1):
            party = self.tail[arcs[-1]]
            into = slice(self.begin[party], self.begin[party + 1])
            here = reach[step - 1][row, self.tail[into]] + gain[into]
            arcs.append(int(into.start + np.argmax(here)))
        return arcs[::-1]

    def _keep(self, arcs: list[int], gain: Floats, found: dict[tuple[int, ...], float]) -> None:
        """A closed walk falls apart into circles; one of them pays if the walk does."""
        members: list[int] = []
        along: list[int] = []
        for arc in arcs:
            members.append(int(self.tail[arc]))
            along.append(arc)
            head = int(self.head[arc])
            if head in members:
                at = members.index(head)
                circle, worth = members[at:], gain[along[at:]].sum().item()
                del members[at:], along[at:]
                if worth > PAYS:
                    first = circle.index(min(circle))
                    found[tuple(circle[first:] + circle[:first])] = worth


def improve(
    parties: int, tail: Array, head: Array, amount: Array, longest: int, greedy: Circles
) -> tuple[list[tuple[list[int], int]], int]:
    """Shares of circles in whole fen, the largest first, and a bound in fen for this length."""
    if not len(tail):
        return [], 0
    pricing = Pricing(parties, tail, head, longest)
    at = {p: i for i, p in enumerate(zip(tail.tolist(), head.tolist(), strict=True))}
    columns = {_turned(members): None for _, members in greedy}
    scale = amount.max() / 1.0
    within = amount / scale
    bound = math.inf
    for _ in range(ROUNDS_MAX):
        share, price = _programme(list(columns), at, within)
        paying, worst = pricing.paying(1.0 - price)
        # Raising every price by the worst gain per party makes the prices a bound already.
        bound = min(bound, ((price + worst) @ within).item() * scale)
        reached = (price @ within).item() * scale
        fresh = [circle for circle in paying if circle not in columns]
        if not fresh or reached >= NEAR * bound:
            break
        columns.update(dict.fromkeys(fresh))
    shares = [
        (list(members), int(part * scale))
        for members, part in zip(columns, share.tolist(), strict=True)
    ]
    shares.sort(key=lambda one: (-one[1], one[0]))
    # Floats of the programme are exact to nine figures; a bound errs upward.
    return shares, math.ceil(bound * (1 + 1e-9))


def _programme(
    columns: list[tuple[int, ...]], at: dict[tuple[int, int], int], within: Floats
) -> tuple[Floats, Floats]:
    """Best shares of the circles known, and what one more yuan of each debt would be worth."""
    if not columns:
        return np.zeros(0), np.zeros(len(within))
    rows = [
        at[pair] for circle in columns for pair in zip(circle, circle[1:] + circle[:1], strict=True)
    ]
    length = np.array([len(circle) for circle in columns])
    use = coo_array(
        (np.ones(len(rows)), (rows, np.repeat(np.arange(len(columns)), length))),
        shape=(len(within), len(columns)),
    ).tocsr()
    # Inner points first: their prices lie in the middle of many, and far fewer rounds are needed.
    solved = linprog(-length.astype(float), A_ub=use, b_ub=within, method="highs-ipm")
    assert solved.success, solved.message
    return solved.x, np.maximum(-solved.ineqlin.marginals, 0.0)


def on_every_circle(parties: int, tail: Array, head: Array) -> Array:
    """Parties such that every circle passes through one: the busiest until no circle is left."""
    out: list[set[int]] = [set() for _ in range(parties)]
    into: list[set[int]] = [set() for _ in range(parties)]
    for debtor, creditor in zip(tail.tolist(), head.tolist(), strict=True):
        out[debtor].add(creditor)
        into[creditor].add(debtor)
    alive = set(range(parties))
    chosen: list[int] = []

    def leave(party: int) -> None:
        waiting = [party]
        while waiting:
            gone = waiting.pop()
            if gone not in alive:
                continue
            alive.discard(gone)
            for other in out[gone]:
                into[other].discard(gone)
            for other in into[gone]:
                out[other].discard(gone)
            near = out[gone] | into[gone]
            waiting += [other for other in near if not (out[other] and into[other])]

    for party in range(parties):
        if not (out[party] and into[party]):
            leave(party)
    while alive:
        busiest = max(alive, key=lambda party: (len(out[party]) * len(into[party]), -party))
        chosen.append(busiest)
        leave(busiest)
    return np.array(sorted(chosen), np.int64)


def _turned(members: list[int]) -> tuple[int, ...]:
    first = members.index(min(members))
    return tuple(members[first:] + members[:first])
