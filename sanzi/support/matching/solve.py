"""The best matching of villages and helpers, with its proof."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from . import proof
from .network import Array, Network, Pair, Question, network, served
from .terms import Parts, load_points, parts


@dataclass(frozen=True)
class Match:
    """One village and who serves it, by index, with what the pair costs in points."""

    village: int
    helper: int
    parts: Parts
    load: int

    @property
    def total(self) -> int:
        return self.parts.total + self.load


@dataclass(frozen=True)
class Answer:
    """A matching of the least cost, and the prices that prove it."""

    question: Question
    matches: tuple[Match, ...]
    unserved: tuple[int, ...]
    # A price for each node of the network, in its order.
    prices: tuple[int, ...]
    # Points of the villages served.
    cost: int
    # The least by the prices alone; equal to the cost with `nobody` counted.
    bound: int


def solve(question: Question, keep: AbstractSet[Pair] = frozenset()) -> Answer:
    """Give every village one helper, at the least points in all; as few unserved as possible.

    Of several answers as cheap, the one that leaves most of the pairs in `keep` as they are. 140
    villages and 140 helpers take some hundredths of a second.
    """
    net = network(question)
    flow = _cheapest(net, _staying(question, net, keep))
    prices = proof.prices_of(net, flow)
    assert not proof.faults(net, flow, prices), "the prices do not prove the flow"
    chosen = served(net, flow)
    matches = tuple(_matches(question, chosen))
    unserved = tuple(v for v in range(len(question.villages)) if v not in chosen)
    cost = sum(match.total for match in matches)
    least = proof.bound(net, prices)
    left_out = sum(net.nobody[v] for v in unserved)
    assert cost + left_out == least, "no gap between cost and bound"
    return Answer(question, matches, unserved, tuple(map(int, prices)), cost, least)


def _staying(question: Question, net: Network, keep: AbstractSet[Pair]) -> Array:
    """The prices, and below one point the wish to change nothing without need."""
    if not keep:
        return net.price
    villages, helpers = question.villages, question.helpers
    price = net.price * (len(villages) + 1)
    price[: len(net.pairs)] += [
        (villages[v].code, helpers[h].key) not in keep for v, h in net.pairs
    ]
    return price


def _cheapest(net: Network, price: Array) -> Array:
    solver = SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(net.tail, net.head, net.room, price)
    solver.set_nodes_supplies(np.arange(net.nodes), net.supply)
    status = solver.solve()
    # Everybody may flow through nobody, so a flow always exists.
    assert status == SimpleMinCostFlow.OPTIMAL, status
    return np.asarray(solver.flows(np.arange(len(net.tail))), np.int64)


def _matches(question: Question, chosen: dict[int, int]) -> list[Match]:
    """The pairs in the order of the villages; a helper's cheaper pair takes the lighter place."""
    villages, helpers, terms = question.villages, question.helpers, question.terms
    found, places = [], dict.fromkeys(range(len(helpers)), 0)
    for v in sorted(chosen):
        h = chosen[v]
        load = load_points(helpers[h], places[h], terms)
        found.append(Match(v, h, parts(villages[v], helpers[h], terms), load))
        places[h] += 1
    return found


def is_proved(question: Question, chosen: dict[int, int], prices: tuple[int, ...]) -> bool:
    """Whether these prices prove this choice the cheapest; no solver takes part."""
    net = network(question)
    if len(prices) != net.nodes or not chosen.items() <= set(net.pairs):
        return False
    flow = _flow_of(net, chosen, question)
    return not proof.faults(net, flow, np.array(prices, np.int64))


def _flow_of(net: Network, chosen: dict[int, int], question: Question) -> Array:
    """The flow a choice stands for: each helper's lightest places first."""
    villages, helpers = len(question.villages), len(question.helpers)
    flow = np.zeros(len(net.tail), np.int64)
    flow[: len(net.pairs)] = [chosen.get(v) == h for v, h in net.pairs]
    nobody = net.nodes - 2
    given = np.bincount(list(chosen.values()), minlength=helpers)
    to_county: dict[int, int] = {}
    for arc in range(len(net.pairs), len(net.tail)):
        tail, head = int(net.tail[arc]), int(net.head[arc])
        if villages <= tail < villages + helpers:
            flow[arc] = int(given[tail - villages] > 0)
            given[tail - villages] -= flow[arc]
            to_county[head] = to_county.get(head, 0) + int(flow[arc])
        elif tail < villages:
            flow[arc] = int(tail not in chosen)
        else:
            flow[arc] = villages - len(chosen) if tail == nobody else to_county.get(tail, 0)
    return flow
