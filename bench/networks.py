"""Made-up networks of debts: business credit by power law, and a rural town by its relations."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.int64]
Arcs = tuple[int, Array, Array, Array]


def trade(count: int, seed: int) -> Arcs:
    """Credit between firms: few owe and are owed much, most a little; parties, then arcs."""
    chance = np.random.default_rng(seed)
    parties = max(count // 4, 3)
    # By rank of buying and of selling: alike but not the same, a large buyer often sells much.
    buys = chance.permutation(parties)
    sells = buys[np.argsort(np.arange(1, parties + 1) * np.exp(chance.normal(0, 0.7, parties)))]
    debtor = buys[_zipf(chance, parties, count, 0.75)]
    creditor = sells[_zipf(chance, parties, count, 0.75)]
    return _arcs(parties, debtor, creditor, _amounts(chance, count, 9.5, 1.6))


def rural(count: int, seed: int) -> Arcs:
    """Towns, villages, villagers and contractors: rents and fees one way, wages and works back."""
    chance = np.random.default_rng(seed)
    villagers = max(count // 3, 6)
    villages = max(villagers // 400, 2)
    firms = max(villagers // 40, 2)
    parties = villages + firms + villagers
    home = chance.integers(0, villages, villagers)
    kinds = chance.choice(6, count, p=(0.26, 0.22, 0.14, 0.14, 0.12, 0.12))
    who = chance.integers(0, villagers, count)
    village = np.where(chance.random(count) < 0.95, home[who], chance.integers(0, villages, count))
    # A contractor works in one town's villages, now and then in another's.
    towns = max(villages // 20, 1)
    each = max(firms // towns, 1)
    away = chance.random(count) < 0.08
    town = np.where(away, chance.integers(0, towns, count), village * towns // villages)
    firm = (town * each + _zipf(chance, each, count, 0.5)) % firms
    person, other = villages + firms + who, chance.integers(0, villagers, count) + villages + firms
    contractor = villages + firm
    pairs = (
        (person, village),  # rents, fees
        (village, contractor),  # works done
        (contractor, person),  # wages, materials
        (village, person),  # days worked, land used
        (contractor, village),  # rents, deposits
        (person, np.where(chance.random(count) < 0.5, contractor, other)),
    )
    debtor = np.choose(kinds, [pair[0] for pair in pairs])
    creditor = np.choose(kinds, [pair[1] for pair in pairs])
    return _arcs(parties, debtor, creditor, _amounts(chance, count, 8.0, 1.4))


FAMILIES: dict[str, Callable[[int, int], Arcs]] = {"trade": trade, "rural": rural}


def _zipf(chance: np.random.Generator, ranks: int, count: int, power: float) -> Array:
    """Ranks by a power law, the first the likeliest."""
    grown = np.cumsum(1.0 / np.arange(1, ranks + 1) ** power)
    return np.searchsorted(grown, chance.random(count) * grown[-1])


def _amounts(chance: np.random.Generator, count: int, mean: float, spread: float) -> Array:
    """Lognormal yuan, many of them round, in fen."""
    yuan = np.exp(chance.normal(mean, spread, count))
    tens = np.where(chance.random(count) < 0.6, 100, 1)
    return np.maximum((yuan / tens).round() * tens * 100, 100).astype(np.int64)


def _arcs(parties: int, debtor: Array, creditor: Array, amount: Array) -> Arcs:
    """Nobody owes themselves: such a creditor becomes the next party."""
    creditor = np.where(debtor == creditor, (creditor + 1) % parties, creditor)
    return parties, debtor.astype(np.int64), creditor.astype(np.int64), amount
