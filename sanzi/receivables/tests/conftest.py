"""A claim of Shangtian on its books, and the hands that take it through the seven steps."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from sanzi.access.models import Person
from sanzi.accounting.actions.sets import open_book
from sanzi.accounting.models import Book
from sanzi.campaigns.models import Base
from sanzi.orgs.models import Collective
from sanzi.receivables.actions import steps
from sanzi.receivables.casework import Proposal
from sanzi.receivables.models import Claim
from tests.books import collective
from tests.brought import bring, brought, visit
from tests.world import NOON, QINGSHUI, SHANGTIAN

__all__ = ("bring", "brought", "collective", "visit")

TODAY = date(2026, 3, 2)
SUN = {
    "number": "ZQ-7",
    "village": SHANGTIAN,
    "debtor": "孙某",
    "nature": "往来借款",
    "book": "账内",
    "account_code": "113",
    "formed_on": "2019-03-01",
    "due_on": "2024-03-01",
    "principal": "9800",
    "balance": "9800",
    "evidence": "有",
}
_keys = count(1)


@pytest.fixture
def ledger(collective: Collective, wu: Person) -> Book:
    """Shangtian's books of 2026."""
    return open_book(collective_id=collective.pk, scheme="2023", begins=202601, by=wu, now=NOON)


@pytest.fixture
def claim(bring: Callable[..., Any], ledger: Book, wu: Person) -> Any:
    """Sun borrowed 9,800 yuan in 2019, due in 2024; nothing was paid. The base is of 2021."""
    Base.objects.create(
        town=QINGSHUI, locked_on=date(2021, 12, 31), reason="文件", locked_by=wu, locked_at=NOON
    )
    bring(债权=[SUN])
    return Claim.objects.get(number="ZQ-7")


@pytest.fixture
def propose(claim: Any, lin: Person) -> Callable[..., Proposal]:
    """Lin proposes a step on Sun's claim: propose("cash", "100.00")."""

    def do(kind: str, amount: str = "9800.00", **more: Any) -> Proposal:
        facts: dict[str, Any] = {
            "claim_id": claim.pk,
            "kind": kind,
            "amount": Decimal(amount),
            "dated": TODAY,
            "key": f"test-{next(_keys)}",
            "by": lin,
            "now": NOON,
        }
        return steps.propose(**{**facts, **more})

    return do


@pytest.fixture
def pay(propose: Any, zheng: Person) -> Callable[..., Proposal]:
    """A payment recorded by Lin and confirmed by Zheng."""

    def do(amount: str, **more: Any) -> Proposal:
        one = propose("cash", amount, **more)
        return steps.confirm(proposal_ids=[one.pk], by=zheng, now=NOON)[0]

    return do
