"""Steps out of debts, loans asked for, policies and limitation events of each village."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sanzi.access.models import Person
from sanzi.access.system import system_person
from sanzi.borrowing.models import Loan
from sanzi.debts.models import Debt, ReductionPlan, Resolving
from sanzi.policies.models import ReliefPolicy, ReliefTier
from sanzi.receivables.entrusting import Entrustment
from sanzi.receivables.models import Claim, LimitationEvent

from .rows import canary

AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)
KINDS = ("resolving", "loan", "policy", "limitation-event", "reduction-plan")


def keep_recovery(villages: Iterable[str]) -> dict[str, dict[str, Any]]:
    """One of each kind for each village: {kind: {village: key}}."""
    by = system_person("system_import")
    found: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    for n, village in enumerate(villages):
        for kind, value in _made(village, by).items():
            found[kind][village] = value
        # A plan is of a town, and all its villages read it: no village's word stands in it.
        found["reduction-plan"][village] = ReductionPlan.objects.create(
            region=village[:9], name="化债方案", from_on=DAY + timedelta(days=n), bands=[],
            entered_by=by, entered_at=AT, adopted_by=system_person("system_setup"),
            adopted_at=AT,
        ).pk  # fmt: skip
    return found


def _made(village: str, by: Person) -> dict[str, Any]:
    mine: dict[str, Any] = {"village": village}

    def word(what: str) -> str:
        return f"化债{canary(village, what)}"

    debt: Any = Debt.objects.filter(village=village).order_by("pk")[0]
    claim: Any = Claim.objects.filter(village=village).order_by("pk")[0]
    resolving = Resolving.objects.create(
        debt=debt, way="D01", amount=Decimal("1.00"), dated=DAY, basis=word("basis"),
        key=f"matrix-{village}", proposed_by=by, proposed_at=AT, **mine,
    )  # fmt: skip
    loan = Loan.objects.create(
        lender=word("lender"), amount=Decimal("3.00"), yearly_rate=Decimal("0.05"),
        purpose="production", repaid_from=word("from"), due_on=DAY, key=f"matrix-{village}",
        proposed_by=by, proposed_at=AT, **mine,
    )  # fmt: skip
    policy = ReliefPolicy.objects.create(
        name=word("policy"), from_on=DAY, until_on=DAY, key=f"matrix-{village}", drafted_by=by,
        drafted_at=AT, **mine,
    )  # fmt: skip
    ReliefTier.objects.create(policy=policy, days=10, rate=Decimal("0.30"))
    event = LimitationEvent.objects.create(
        claim=claim, kind="suit", dated=DAY, evidence="delivered", note=word("note"),
        recorded_by=by, recorded_at=AT, **mine,
    )  # fmt: skip
    Entrustment.objects.create(
        claim=claim, collector=by, from_on=DAY, given_by=by, given_at=AT, **mine
    )
    return {
        "resolving": resolving.pk,
        "loan": loan.pk,
        "policy": policy.pk,
        "limitation-event": event.pk,
    }
