"""The largest cancellation in which nobody's net position changes: a circulation of integers."""

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from sanzi.kernel.refusals import Invalid

from .chains import chains
from .network import Array
from .reduction import Reduced

COST_MAX = 2**62


def largest(reduced: Reduced) -> Array:
    """Flow of each merged arc, in fen. Money decides; among equals, what ranks first.

    One fen more outweighs any preference: a change of plan runs around a circle, and the ranks
    on a circle add up to less than `scale`.
    """
    if not len(reduced.capacity):
        return reduced.capacity
    highest = int(reduced.rank.max())
    scale = highest * reduced.parties + 1
    weight = reduced.rank + scale
    short = chains(reduced.parties, reduced.debtor, reduced.creditor, reduced.capacity, weight)
    # The solver multiplies costs by the number of parties.
    if int(short.weight.max()) * (reduced.parties + 1) > COST_MAX:
        raise Invalid("netting.too_many_ranks", "优先级分档过多，请减少档次或不设优先后再算")
    through = short.capacity.copy()
    # A closed circle goes whole; only the others depend on each other.
    open_ = np.flatnonzero(short.tail != short.head)
    if len(open_):
        through[open_] = flow(
            short.tail[open_], short.head[open_], short.capacity[open_], -short.weight[open_]
        )
    return np.asarray(through[short.chain])


def flow(tail: Array, head: Array, capacity: Array, cost: Array) -> Array:
    """The cheapest circulation within capacities."""
    # Numbers of parties without gaps: the solver keeps a place for every number below the largest.
    _, ends = np.unique(np.concatenate([tail, head]), return_inverse=True)
    tail, head = ends[: len(tail)], ends[len(tail) :]
    solver = SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(tail, head, capacity, cost)
    status = solver.solve()
    # Zero flow is always possible, and sums and costs were checked: anything else is a bug.
    assert status == SimpleMinCostFlow.OPTIMAL, status
    return np.asarray(solver.flows(np.arange(len(tail))), np.int64)
