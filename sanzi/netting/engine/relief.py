"""What a yuan of relief money clears: paid to a debtor, passed on from creditor to creditor.

The fund may enter at any debtor and rest at any creditor. What is cleared grows with the fund by
whole steps: at first a yuan clears as many debts as the longest chain has, at last one.
"""

from dataclasses import dataclass

import numpy as np

from .network import Array, Network, sums
from .optimum import flow
from .reduction import reduce, spread

# A fund looks at the first steps; the last, one debt for one yuan, closes every curve.
STEPS_MAX = 12


@dataclass(frozen=True)
class Funded:
    """What a fund of so many fen clears, how much of it is used, which debtors it is paid to."""

    fund: int
    cleared: int
    used: int
    # Number of the party and fen, the largest first.
    paid_to: list[tuple[int, int]]


@dataclass(frozen=True)
class Step:
    """Up to `fund` fen in all, each further yuan clears `times` yuan; `cleared` fen by then."""

    times: int
    fund: int
    cleared: int


def curve(network: Network, left: Array) -> list[Step]:
    """Steps of the curve from nothing upward, for what is left without circles; exact at each."""
    kept = np.flatnonzero(left)
    if not len(kept):
        return []
    debtor, creditor, amount = network.debtor[kept], network.creditor[kept], left[kept]
    steps: list[Step] = []
    longest = _longest(network.parties, debtor, creditor)
    tried = sorted({*range(max(longest - STEPS_MAX + 2, 1), longest + 1), 1}, reverse=True)
    for times in tried:
        fund, cleared = _funded(network.parties, debtor, creditor, amount, times)
        if not steps or fund > steps[-1].fund:
            steps.append(Step(times, fund, cleared))
    return steps


def _longest(parties: int, debtor: Array, creditor: Array) -> int:
    """Debts on the longest chain; what an optimum leaves has no circle."""
    length = np.zeros(parties, np.int64)
    for _ in range(parties):
        reach = length[debtor] + 1
        better = reach > length[creditor]
        if not better.any():
            break
        np.maximum.at(length, creditor[better], reach[better])
    return int(length.max())


def acyclic(network: Network, cancelled: Array) -> Array:
    """What a cancellation leaves, in fen, without the circles it leaves.

    A plan within limits leaves some; whoever did not agree to them cannot be made to by a fund.
    """
    left = network.amount - cancelled
    kept = left > 0
    rest = Network(
        network.parties, *(a[kept] for a in (network.debtor, network.creditor, left, network.rank))
    )
    reduced = reduce(rest, by_rank=False)
    from .optimum import largest

    left[kept] -= spread(rest, reduced.arc, largest(reduced))
    return left


def funded(network: Network, left: Array, fund: int) -> Funded:
    """The most that a fund of so many fen clears among what is left; exact for every amount."""
    kept = np.flatnonzero(left)
    if not len(kept) or fund <= 0:
        return Funded(fund, 0, 0, [])
    debtor, creditor, amount = network.debtor[kept], network.creditor[kept], left[kept]
    fund = min(fund, int(amount.sum()))
    # Half a fen for each: the fund clears all it can and pays nobody without need.
    through, payers = _through(network.parties, debtor, creditor, amount, fund, price=1)
    paid = through[len(kept) : len(kept) + len(payers)]
    told = [(int(who), int(fen)) for who, fen in zip(payers, paid, strict=True) if fen]
    told.sort(key=lambda one: (-one[1], one[0]))
    return Funded(fund, int(through[: len(kept)].sum()), int(through[-1]), told)


def _funded(
    parties: int, debtor: Array, creditor: Array, amount: Array, times: int
) -> tuple[int, int]:
    """The fund up to which a yuan clears at least `times`, and what is cleared by then, in fen."""
    # Twice a cleared fen against twice `times` less one: a step of exactly `times` is still taken.
    total = int(amount.sum())
    through, _ = _through(parties, debtor, creditor, amount, total, price=2 * times - 1)
    return int(through[-1]), int(through[: len(debtor)].sum())


def _through(
    parties: int, debtor: Array, creditor: Array, amount: Array, fund: int, *, price: int
) -> tuple[Array, Array]:
    """The flow from the fund to debtors, along debts and back, and the debtors in their order.

    A fen of the fund costs `price`, a fen cleared brings two.
    """
    gate_in, gate_out, total = parties, parties + 1, int(amount.sum())
    payers, takers = np.unique(debtor), np.unique(creditor)
    tail = np.concatenate([debtor, np.full(len(payers), gate_out), takers, [gate_in]])
    head = np.concatenate([creditor, payers, np.full(len(takers), gate_in), [gate_out]])
    wide = np.full(len(payers) + len(takers), total, np.int64)
    free = np.zeros(len(wide), np.int64)
    cost = np.concatenate([np.full(len(debtor), -2), free, [price]])
    return flow(tail, head, np.concatenate([amount, wide, [fund]]), cost), payers


def cost_of_leaving(network: Network, party: int, optimum: int) -> int:
    """What is no longer cancelled when a party does not take part, in fen."""
    with_others = network.only((network.debtor != party) & (network.creditor != party))
    reduced = reduce(with_others, by_rank=False)
    from .optimum import largest

    return optimum - int(spread(with_others, reduced.arc, largest(reduced)).sum())


def owed_by(network: Network) -> Array:
    """What each party owes, in fen."""
    return sums(network.debtor, network.amount, network.parties)
