"""Taking circles out of a flow, compiled: a million debts hold hundreds of thousands of circles.

Numbers of parties and debts take 32 bits, which halves what must pass through the cache.
Parties with few debts come first, and each takes the shortest circle through it: the two ends of
one of its debts look for each other, the smaller side a step at a time.
"""

from typing import Any, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .network import Array

Numbers = NDArray[np.int32]
_Function = TypeVar("_Function")
# Steps of search per debt. Beyond them circles are taken as they come: nobody waits for ever.
STEPS_PER_ARC = 4000


def compiled(function: _Function) -> _Function:
    """Compiled on first use and kept on disk; the same arithmetic as written."""
    compiler: Any = njit(cache=True)
    return cast(_Function, compiler(function))


def inlined(function: _Function) -> _Function:
    """The same, written into its caller: a call with a dozen arrays costs more than its work."""
    compiler: Any = njit(cache=True, inline="always")
    return cast(_Function, compiler(function))


@compiled
def lists(parties: int, end: Numbers) -> tuple[Array, Array, Numbers, Numbers]:
    """Arcs by one of their ends: where a party's begin and stop, the arcs, and each one's place."""
    start = np.zeros(parties + 1, np.int64)
    for arc in range(end.size):
        start[end[arc] + 1] += 1
    for party in range(parties):
        start[party + 1] += start[party]
    stop, arcs, place = start[:parties].copy(), np.empty_like(end), np.empty_like(end)
    for arc in range(end.size):
        party = end[arc]
        arcs[stop[party]], place[arc] = arc, stop[party]
        stop[party] += 1
    return start, stop, arcs, place


@inlined
def drop(arc: int, party: int, stop: Array, arcs: Numbers, place: Numbers) -> None:
    """Take a used-up arc off a party's list."""
    stop[party] -= 1
    last = arcs[stop[party]]
    arcs[place[arc]] = last
    place[last] = place[arc]


@inlined
def grow(
    queue: Numbers, bounds: Array, seen: Numbers, others: Numbers, by: Numbers, stamp: int,
    start: Array, stop: Array, arcs: Numbers, end: Numbers,
) -> tuple[int, int]:  # fmt: skip
    """One step outward of one side; where it met the other side, or -1, and the work done."""
    first, last, grown, work = bounds[0], bounds[1], bounds[1], 0
    for at in range(first, last):
        party = queue[at]
        for place in range(start[party], stop[party]):
            arc = arcs[place]
            found = end[arc]
            work += 1
            if seen[found] == stamp:
                continue
            seen[found], by[found] = stamp, arc
            if others[found] == stamp:
                return found, work
            queue[grown] = found
            grown += 1
    bounds[0], bounds[1] = last, grown
    return -1, work


@compiled
def peel(
    parties: int, tail: Numbers, head: Numbers, left: Array, order: Array, longest: int
) -> tuple[Array, Array, Numbers]:
    """Take circles of at most `longest` parties until none is left; `left` is used up in place.

    Returns amounts, where each circle's members end, and the members in paying order.
    """
    o_start, o_stop, o_arcs, o_place = lists(parties, tail)
    i_start, i_stop, i_arcs, i_place = lists(parties, head)
    forth, back = np.zeros(parties, np.int32), np.zeros(parties, np.int32)
    forth_by, back_by = np.empty(parties, np.int32), np.empty(parties, np.int32)
    forth_queue, back_queue = np.empty(parties + 1, np.int32), np.empty(parties + 1, np.int32)
    forth_at, back_at = np.zeros(2, np.int64), np.zeros(2, np.int64)
    amounts, ends = np.empty(tail.size, np.int64), np.empty(tail.size, np.int64)
    members, path = np.empty(8 * tail.size + 16, np.int32), np.empty(parties, np.int32)
    count, size, stamp, steps = 0, 0, 0, STEPS_PER_ARC * tail.size
    for root in order:
        # Debts of the root on no short enough circle stay in front of the others.
        passed = 0
        while o_start[root] + passed < o_stop[root]:
            first = o_arcs[o_start[root] + passed]
            stamp += 1
            forth_queue[0], forth[head[first]], forth_at[0], forth_at[1] = head[first], stamp, 0, 1
            back_queue[0], back[root], back_at[0], back_at[1] = root, stamp, 0, 1
            meet, length = -1, 1
            while meet < 0 and length < longest and steps > 0:
                ahead, behind = forth_at[1] - forth_at[0], back_at[1] - back_at[0]
                if ahead == 0 or behind == 0:
                    break
                if ahead <= behind:
                    meet, work = grow(
                        forth_queue, forth_at, forth, back, forth_by, stamp,
                        o_start, o_stop, o_arcs, head,
                    )  # fmt: skip
                else:
                    meet, work = grow(
                        back_queue, back_at, back, forth, back_by, stamp,
                        i_start, i_stop, i_arcs, tail,
                    )  # fmt: skip
                steps -= work
                length += 1
            if meet < 0:
                passed += 1
                continue
            length, party = 0, meet
            while party != head[first]:
                path[length] = forth_by[party]
                party, length = tail[path[length]], length + 1
            path[length], length = first, length + 1
            path[:length] = path[:length][::-1].copy()
            party = meet
            while party != root:
                path[length] = back_by[party]
                party, length = head[path[length]], length + 1
            least = left[path[:length]].min()
            if size + length > members.size:
                members = np.concatenate((members, np.empty(members.size + length, np.int32)))
            for at in range(length):
                arc = path[at]
                members[size + at] = tail[arc]
                left[arc] -= least
                if left[arc] == 0:
                    drop(arc, tail[arc], o_stop, o_arcs, o_place)
                    drop(arc, head[arc], i_stop, i_arcs, i_place)
            size += length
            amounts[count], ends[count] = least, size
            count += 1
    return amounts[:count].copy(), ends[:count].copy(), members[:size].copy()


@compiled
def walk(parties: int, tail: Numbers, head: Numbers, left: Array) -> tuple[Array, Array, Numbers]:
    """Take circles of any length as a walk along what is left closes them; linear in its steps."""
    start, stop, arcs, place = lists(parties, tail)
    for arc in range(tail.size):
        if left[arc] == 0:
            drop(arc, tail[arc], stop, arcs, place)
    on_path, path = np.full(parties, -1, np.int32), np.empty(parties + 1, np.int32)
    amounts, ends = np.empty(tail.size, np.int64), np.empty(tail.size, np.int64)
    members = np.empty(8 * tail.size + 16, np.int32)
    count, size = 0, 0
    for root in range(parties):
        party, length = root, 0
        while stop[party] > start[party]:
            on_path[party] = length
            path[length], length = arcs[start[party]], length + 1
            party = head[path[length - 1]]
            since = on_path[party]
            if since < 0:
                continue
            least, round_ = left[path[since:length]].min(), length - since
            if size + round_ > members.size:
                members = np.concatenate((members, np.empty(members.size + round_, np.int32)))
            cut = length
            for at in range(length - 1, since - 1, -1):
                arc = path[at]
                members[size + at - since] = tail[arc]
                left[arc] -= least
                if left[arc] == 0:
                    drop(arc, tail[arc], stop, arcs, place)
                    cut = at
            size += round_
            amounts[count], ends[count] = least, size
            count += 1
            # The walk goes on from the first party whose debt is used up.
            for at in range(cut, length):
                on_path[tail[path[at]]] = -1
            party, length = tail[path[cut]], cut
    return amounts[:count].copy(), ends[:count].copy(), members[:size].copy()
