"""The demonstration's village clearing its claims: what waits for whom.

Nothing here moves a figure: the town's published figures of the reference stay as they are, and a
visitor who completes a step, sends the letters or opens a mediation sees them move.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.receivables.actions import pursuit, sealing, steps
from sanzi.receivables.casework import Proposal
from sanzi.receivables.models import Claim

from .demo_cast import APPROVES, REPORTS, acting

CLERK = "zc-jingban"


def clear_claims() -> None:
    """Bring claims of the shown village to the desks of those who decide, once."""
    person = Person.objects.get(username=REPORTS)
    if Proposal.objects.visible_to(person).exists():
        return
    owing = Claim.objects.visible_to(person).filter(left__gt=0, put_aside=0, book="账内")
    claims = list(owing.order_by("left", "pk")[:40])
    today = localdate()
    _pay(claims[:4], today)
    _pack(claims[4:7], today)
    _sue(claims[-2:], today)


def _pay(claims: list[Any], today: date) -> None:
    """Two payments, a set-off and a dividend, each waiting for the second hand."""
    for claim in claims[:2]:
        _propose(claim, "cash", today, {})
    facts = {"counter": "应付劳务费", "basis": "债务抵销协议"}
    _propose(claims[2], "set_off", today, facts)
    _propose(claims[3], "dividend", today, {"basis": "分红抵扣承诺书"})


def _propose(claim: Any, kind: str, today: date, facts: dict[str, str]) -> Proposal:
    half = (claim.left / 2).quantize(Decimal("0.01"))
    return steps.propose(
        claim_id=claim.pk, kind=kind, amount=half, dated=today - timedelta(2),
        key=f"demo-{claim.pk}-{kind}", facts=facts, **acting(REPORTS),
    )  # fmt: skip


def _pack(claims: list[Any], today: date) -> None:
    """A package that waits for its resolution."""
    sealing.pack(
        claim_ids=[claim.pk for claim in claims], number="中村村封存-2026-01",
        reason="债务人长期外出，暂缓清收", review_on=today + timedelta(365), dated=today,
        **acting(REPORTS),
    )  # fmt: skip


def _sue(claims: list[Any], today: date) -> None:
    """A payment order accepted by the court; a clue handed on."""
    order = pursuit.pursue(
        claim_id=claims[0].pk, kind="order", court="示例县人民法院", number="",
        filed_on=today - timedelta(12), **acting(CLERK),
    )  # fmt: skip
    pursuit.reach(
        pursuit_id=order.pk, name="accepted", dated=today - timedelta(8),
        number="（2026）示民督1号", **acting(CLERK),
    )  # fmt: skip
    pursuit.hand_clue(
        claim_id=claims[1].pk, number="线索-2026-01", handed_to="县纪委监委", handed_on=today,
        facts="该笔款项由经手人领走后未入账，请核查。", **acting(APPROVES),
    )  # fmt: skip
