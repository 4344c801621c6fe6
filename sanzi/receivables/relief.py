"""What a village's adopted policy offers on one claim, and whether a waiver is more than that."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from sanzi.journal.recorder import key
from sanzi.kernel.money import ZERO, grouped
from sanzi.policies.models import ReliefPolicy
from sanzi.policies.queries import MATTER, policy_on
from sanzi.policies.relief import Debtor, Offer, offer
from sanzi.resolutions.queries import decided

from .casework import Proposal
from .estates import rest_of
from .models import Claim, LimitationEvent

# What a debtor signs when he confirms what he owes.
_CONFIRMING = ("amount_confirmed", "acknowledgement", "repayment_plan")


def confirmed_on(claim: Any) -> date | None:
    """The day the debtor last signed that he owes it; None while he has not."""
    mine = LimitationEvent.objects.within(claim.village).filter(claim=claim)
    signed = mine.filter(kind__in=_CONFIRMING, evidence="signed", followed_by=None)
    found: date | None = signed.order_by("-dated").values_list("dated", flat=True).first()
    return found


def offer_on(
    claim: Any, on: date, estate: Decimal | None = None
) -> tuple[ReliefPolicy, Offer] | None:
    """The policy in force and what settles the claim on that day; None without a policy.

    `estate` is what the heirs inherit, in yuan; what is on record when none is told.
    """
    policy = policy_on(claim.village, on)
    if policy is None:
        return None
    if estate is None:
        estate = rest_of(claim)
    debtor = Debtor(claim.debtor_status, claim.debtor_standing.split("、"), estate)
    day = confirmed_on(claim) or date.max
    return policy, offer(policy.terms, claim.left or ZERO, day, on, debtor)


def against_waiving(claim: Any, amount: Decimal, waived: Decimal, on: date) -> str | None:
    """Why so much may not be waived: nobody decides a reduction alone. None when it may.

    A decision about this very claim covers any amount; a policy, exactly what it offers for the
    whole of what is left.
    """
    if not waived or decided(key(claim), MATTER) is not None:
        return None
    found = offer_on(claim, on)
    if found is None:
        return "减免须由会议决定：本村没有生效的清收优惠，这笔债权也没有减免决议"
    policy, terms = found
    if amount == claim.left and waived <= terms.waived:
        return None
    return (
        f"“{policy.name}”在 {on} 一次付清 {grouped(claim.left or ZERO)} 元最多减免 "
        f"{grouped(terms.waived)} 元（{terms.why}）"
    )


def against_relieving(claim: Any, amount: Decimal, on: date, besides: int = 0) -> str | None:
    """Why a debtor in hardship may not be forgiven so much more, in yuan; None when he may.

    The cap holds for all the debtor owes the village: what is proposed or done counts with it,
    the proposal `besides` apart.
    """
    policy = policy_on(claim.village, on)
    cap = policy.terms.cap if policy else None
    if policy is None or cap is None:
        return "本村没有生效的困难减免办法：请先起草清收优惠、填上困难减免的上限，由会议决定"
    claims = _of_debtor(claim)
    kinds = (*Proposal.OPEN, Proposal.Stage.DONE)
    given = Proposal.objects.within(claim.village).filter(kind="hardship", stage__in=kinds)
    given = given.filter(claim__in=claims.values("pk")).exclude(pk=besides)
    sums = given.aggregate(all=Sum("amount"), done=Sum("amount", filter=Q(stage="done")))
    owed = (claims.aggregate(left=Sum("left"))["left"] or ZERO) + (sums["done"] or ZERO)
    free = max(cap.of(owed) - (sums["all"] or ZERO), ZERO)
    if amount <= free:
        return None
    return (
        f"“{policy.name}”困难减免每户最多 {grouped(cap.of(owed))} 元（共欠 {grouped(owed)} 元），"
        f"已提出或办结 {grouped(sums['all'] or ZERO)} 元，还可减免 {grouped(free)} 元"
    )


def _of_debtor(claim: Any) -> Any:
    """All claims of the village on the same debtor: by party, or by name where none is known."""
    mine = Claim.objects.within(claim.village)
    if claim.party_id is not None:
        return mine.filter(party=claim.party_id)
    return mine.filter(party=None, debtor=claim.debtor)
