"""The figures of debts, recomputed for whole villages."""

from collections.abc import Callable, Collection
from datetime import date

from sanzi.dispositions.queries import acts_on
from sanzi.metrics.shares import RowShares

from .figures import debt_shares
from .models import Debt

FIELDS = ("id", "village", "number", "formed_on", "principal", "repaid_amount", "balance")


def shares_in(villages: Collection[str], base_of: Callable[[str], date]) -> dict[int, RowShares]:
    """The shares of every debt of these villages, by row id; two queries.

    `base_of` gives the day the base of a village was locked.
    """
    acts = acts_on("债务", villages)
    debts = Debt.objects.filter(village__in=villages).values(*FIELDS)
    return {
        debt["id"]: RowShares(
            debt["village"],
            debt_shares(
                debt,
                acts.get((debt["village"], debt["number"]), []),
                base_of(debt["village"]),
            ),
        )
        for debt in debts.iterator(chunk_size=5000)
    }
