"""Whether a matching is the best there is, checked without the solver that found it.

Every node has a price. If no arc with room left is cheaper than its prices say, and no arc in use
is dearer, no other flow of the same size costs less: the sum over arcs of (price + price of tail −
price of head) × flow differs from the cost by a constant, and every term is at its least.
"""

import numpy as np

from .network import Array, Network


def prices_of(network: Network, flow: Array) -> Array:
    """Prices that prove a flow the cheapest: shortest ways through what room is left.

    Raises AssertionError when there are none, and then the flow is not the cheapest.
    """
    room_left, in_use = flow < network.room, flow > 0
    tail = np.concatenate([network.tail[room_left], network.head[in_use]])
    head = np.concatenate([network.head[room_left], network.tail[in_use]])
    price = np.concatenate([network.price[room_left], -network.price[in_use]])
    found = np.zeros(network.nodes, np.int64)
    for _ in range(network.nodes + 1):
        before = found.copy()
        np.minimum.at(found, head, found[tail] + price)
        if np.array_equal(before, found):
            return found
    raise AssertionError("a cheaper flow exists: the solver was wrong")


def faults(network: Network, flow: Array, prices: Array) -> list[str]:
    """What is wrong with a flow or with its proof; empty when it is the cheapest there is."""
    found = []
    if (flow < 0).any() or (flow > network.room).any():
        found.append("有人选超出了名额")
    left = network.supply.copy()
    np.subtract.at(left, network.tail, flow)
    np.add.at(left, network.head, flow)
    if left.any():
        found.append("有村没有安排，或安排了两次")
    reduced = network.price + prices[network.tail] - prices[network.head]
    if (reduced[flow < network.room] < 0).any():
        found.append("还有更省的安排没有用上")
    if (reduced[flow > 0] > 0).any():
        found.append("有一项安排比它的对偶价格贵")
    return found


def bound(network: Network, prices: Array) -> int:
    """The least any flow can cost, by these prices alone: what the cost is compared with."""
    reduced = network.price + prices[network.tail] - prices[network.head]
    full = int((network.room * np.minimum(reduced, 0)).sum())
    return full - int((network.supply * prices).sum())
