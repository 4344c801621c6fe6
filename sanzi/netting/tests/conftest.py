"""Two villages of Qingshui and three people, owing each other in a ring; both keep books.

Zhao owes Shangtian 5,000, Shangtian owes Li 4,000, Li owes Xiatian 3,000, Xiatian owes Zhao 6,000:
a circle of four in which each may be relieved of 3,000. Sun owes Shangtian 2,000 and is owed 1,000.
"""

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

import pytest

from sanzi.access.models import Person
from sanzi.accounting.actions.sets import open_book
from sanzi.accounting.models import Book
from sanzi.campaigns.models import Base
from sanzi.documents.tests.files import jpeg, upload
from sanzi.kernel.codes import check_resident_id
from sanzi.netting.actions import consenting, proposing
from sanzi.netting.models import Consent, Proposal
from sanzi.orgs.models import Collective
from tests.books import collective
from tests.brought import bring, visit
from tests.world import NOON, QINGSHUI, SHANGTIAN, XIATIAN

__all__ = ("bring", "collective", "visit")

TODAY = date(2026, 3, 2)
_keys = count(1)


def number_of(serial: int) -> str:
    """An identity number of nobody: 999999 is no region."""
    stem = f"99999919800101{serial:03}"
    return next(stem + last for last in "0123456789X" if check_resident_id(stem + last) is None)


ZHAO, LI, SUN = (number_of(n) for n in (11, 12, 13))


def claim(village: str, number: str, name: str, who: str, yuan: str, **more: str) -> dict[str, str]:
    return {
        "number": number, "village": village, "debtor": name, "debtor_id": who,
        "debtor_kind": "农户", "nature": "往来借款", "book": "账内", "account_code": "113",
        "formed_on": "2019-03-01", "due_on": "2024-03-01", "principal": yuan, "balance": yuan,
        "claimed_by": "签收对账", "claimed_on": "2025-03-01", "evidence": "有", **more,
    }  # fmt: skip


def debt(village: str, number: str, name: str, who: str, yuan: str, **more: str) -> dict[str, str]:
    return {
        "number": number, "village": village, "creditor": name, "creditor_id": who,
        "creditor_kind": "农户", "kind": "往来", "purpose": "运转", "formed_on": "2018-05-01",
        "principal": yuan, "balance": yuan, "evidence": "有", **more,
    }  # fmt: skip


RING: dict[str, list[dict[str, str]]] = {
    "债权": [
        claim(SHANGTIAN, "ZQ-1", "赵某", ZHAO, "5000"),
        claim(XIATIAN, "ZQ-2", "李某", LI, "3000"),
        claim(SHANGTIAN, "ZQ-3", "孙某", SUN, "2000"),
    ],
    "债务": [
        debt(SHANGTIAN, "ZW-1", "李某", LI, "4000"),
        debt(XIATIAN, "ZW-2", "赵某", ZHAO, "6000"),
        debt(SHANGTIAN, "ZW-3", "孙某", SUN, "1000"),
    ],
}


@pytest.fixture
def books(collective: Collective, places: Any, wu: Person) -> dict[str, Book]:
    """The books of both villages, of 2026."""
    other = Collective.objects.create(
        region=places[XIATIAN], kind="collective", name="下田村股份经济合作社"
    )
    return {
        one.region.code: open_book(
            collective_id=one.pk, scheme="2023", begins=202601, by=wu, now=NOON
        )
        for one in (collective, other)
    }


@pytest.fixture
def base(places: Any, wu: Person) -> Base:
    """What was owed was locked at the end of 2021."""
    return Base.objects.create(
        town=QINGSHUI, locked_on=date(2021, 12, 31), reason="文件", locked_by=wu, locked_at=NOON
    )


@pytest.fixture
def ring(bring: Callable[..., Any], base: Base, books: dict[str, Book]) -> dict[str, Book]:
    """The debts above, in the registers."""
    bring(**RING)
    return books


@pytest.fixture
def propose(chen: Person) -> Callable[..., Proposal]:
    """Chen, the town's clerk, proposes to net the town."""

    def do(**more: Any) -> Proposal:
        told = {
            "region": QINGSHUI, "title": "三月冲转", "key": f"n-{next(_keys)}", "by": chen,
            "now": NOON,
        }  # fmt: skip
        return proposing.propose(**{**told, **more})

    return do


@pytest.fixture
def agree(chen: Person) -> Callable[..., None]:
    """Everybody asked says yes on paper, or those named say no."""

    def do(proposal: Proposal, *, no: tuple[str, ...] = ()) -> None:
        for one in list(Consent.objects.filter(proposal=proposal, amount__gt=0, answer="")):
            one.refresh_from_db()
            if one.is_asked and not one.answer:
                consenting.enter(
                    consent_id=one.pk, given="no" if one.name in no else "yes",
                    signed_as=one.name, files=[upload(f"{one.pk}.jpg", jpeg())], by=chen, now=NOON,
                )  # fmt: skip

    return do


@pytest.fixture
def agreed(ring: Any, propose: Any, agree: Any, chen: Person) -> Proposal:
    """A proposal everybody has agreed to."""
    one = propose()
    proposing.send(proposal_id=one.pk, by=chen, now=NOON)
    agree(one)
    one.refresh_from_db()
    return one
