"""Money received for each village's contract, waiting for a second hand, and a case unread."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

from sanzi.access.system import system_person
from sanzi.contracts.models import Contract, ModelCase, Payment

from .rows import canary

AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)


def keep_agreements(villages: Iterable[str]) -> dict[str, dict[str, int]]:
    """One of each kind for each village: {kind: {village: pk}}."""
    by = system_person("system_import")
    found: dict[str, dict[str, int]] = {"payment": {}, "told": {}}
    for code in villages:
        contract = Contract.objects.filter(village=code).order_by("pk")[0]
        found["payment"][code] = Payment.objects.create(
            village=code, contract=contract, received_on=DAY, amount=Decimal("100.00"),
            means="bank", payer=f"交款{canary(code, 'payer')}", number=canary(code, "slip"),
            key=f"key-{code}", proposed_by=by, proposed_at=AT,
        ).pk  # fmt: skip
        found["told"][code] = ModelCase.objects.create(
            village=code, contract=contract, number=canary(code, "case"), kind="price",
            title=f"案例{canary(code, 'told')}", facts="案情", method="做法", law="依据",
            effect="成效", closed_on=DAY, told_by=by, told_at=AT,
        ).pk  # fmt: skip
    return found
