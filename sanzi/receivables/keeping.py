"""The figures of claims, recomputed for whole villages."""

from collections.abc import Callable, Collection
from datetime import date

from sanzi.dispositions.queries import acts_on
from sanzi.metrics.shares import RowShares

from .figures import claim_shares
from .models import Claim

FIELDS = ("id", "village", "number", "formed_on", "principal", "received_amount", "balance")


def shares_in(villages: Collection[str], base_of: Callable[[str], date]) -> dict[int, RowShares]:
    """The shares of every claim of these villages, by row id; two queries.

    `base_of` gives the day the base of a village was locked.
    """
    acts = acts_on("债权", villages)
    claims = Claim.objects.filter(village__in=villages).values(*FIELDS)
    return {
        claim["id"]: RowShares(
            claim["village"],
            claim_shares(
                claim,
                acts.get((claim["village"], claim["number"]), []),
                base_of(claim["village"]),
            ),
        )
        for claim in claims.iterator(chunk_size=5000)
    }
