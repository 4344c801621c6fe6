"""Debts in a row, where each party between owes one and is owed by one, carry one flow: one arc."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .network import Array, sums


@dataclass(frozen=True)
class Chains:
    """Arcs of a smaller network, and for each arc of the larger the chain it lies on."""

    chain: Array
    tail: Array
    head: Array
    capacity: Array
    weight: Array


def chains(parties: int, tail: Array, head: Array, capacity: Array, weight: Array) -> Chains:
    """Join rows of arcs: the least of their capacities, the sum of their weights.

    A circle that touches nothing else becomes an arc from a party to itself.
    """
    inner = (np.bincount(tail, minlength=parties) == 1) & (
        np.bincount(head, minlength=parties) == 1
    )
    count, into = len(tail), np.zeros(parties, np.int64)
    into[head] = np.arange(count)
    follows = np.flatnonzero(inner[tail])
    links = coo_array(
        (np.ones(len(follows), np.int8), (into[tail[follows]], follows)), shape=(count, count)
    )
    size, chain = connected_components(links, directed=False)
    starts, ends = np.zeros(size, np.int64), np.zeros(size, np.int64)
    # A closed circle begins and ends anywhere; the other chains where a party has more debts.
    starts[chain], ends[chain] = tail, tail
    begins, stops = np.flatnonzero(~inner[tail]), np.flatnonzero(~inner[head])
    starts[chain[begins]], ends[chain[stops]] = tail[begins], head[stops]
    least = np.full(size, np.iinfo(np.int64).max)
    np.minimum.at(least, chain, capacity)
    return Chains(chain.astype(np.int64), starts, ends, least, sums(chain, weight, size))
