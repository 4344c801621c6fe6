"""What a contract signed anew takes over of the claims under the old one."""

from decimal import Decimal
from typing import Any

from sanzi.contracts.models import Amendment, Carried
from sanzi.receivables.models import Claim


def carried_into(contract: Any, kind: str) -> dict[str, Decimal]:
    """The open claims a contract signed anew replaces, by number, with what is left of each.

    A contract signed anew ends the old accounts, as with the dispute of 134 million: unless
    somebody registers the addendum by hand and says otherwise, its price is taken to include them,
    so that no benefit counts twice (domain/clean-up.md 1.6). A supplement leaves the claims alone.
    """
    if kind != Amendment.Kind.RESIGNED:
        return {}
    mine = {"village": contract.village}
    known = set(Carried.objects.filter(**mine).values_list("claim_number", flat=True))
    claims: Any = Claim.objects.filter(**mine, contract_number=contract.number, left__gt=0)
    found = dict(claims.values_list("number", "left"))
    return {number: left for number, left in sorted(found.items()) if number not in known}
