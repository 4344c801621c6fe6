"""Random networks for tests, and what an independent linear programme says of them."""

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from sanzi.netting.engine.network import Network, network


def random_network(seed: int, debts: int, most: int = 10**7) -> Network:
    """Debts among about a third as many parties, some owed by many, some twice."""
    chance = np.random.default_rng(seed)
    parties = max(debts // 3, 3)
    debtor = (parties * chance.random(debts) ** 2).astype(np.int64)
    creditor = (parties * chance.random(debts) ** 1.5).astype(np.int64)
    creditor = np.where(creditor == debtor, (creditor + 1) % parties, creditor)
    return network(parties, debtor, creditor, chance.integers(1, most, debts, endpoint=True))


def by_linear_programme(given: Network) -> int:
    """The optimum in fen by HiGHS, which knows nothing of flows."""
    debts = len(given.amount)
    each = np.arange(debts)
    balance = coo_array(
        (
            np.concatenate([np.ones(debts), -np.ones(debts)]),
            (np.concatenate([given.debtor, given.creditor]), np.concatenate([each, each])),
        ),
        shape=(given.parties, debts),
    )
    solved = linprog(
        -np.ones(debts),
        A_eq=balance,
        b_eq=np.zeros(given.parties),
        bounds=np.stack([np.zeros(debts), given.amount], axis=1),
        method="highs",
    )
    assert solved.success
    return round(-solved.fun)
