"""Books for tests: Shangtian's account sets, and vouchers in accountants' notation."""

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

import pytest

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.accounting.actions.sets import open_book
from sanzi.accounting.entry import Entry, Side, credit, debit
from sanzi.accounting.models import Book, Voucher
from sanzi.accounting.posting import post
from sanzi.accounting.rows import Posted
from sanzi.kernel.money import yuan
from sanzi.orgs.models import Collective

from .world import NOON, SHANGTIAN, XIATIAN

_numbers = count(1)


def sides(text: str, **named: int) -> list[Side]:
    """Lines from `借 102 100.00` and `贷 113 100.00 王` each on its own line.

    A fourth word is a counterparty, looked up in `named`.
    """
    found = []
    for line in text.strip().splitlines():
        side, account, amount, *who = line.split()
        make = {"借": debit, "贷": credit}[side]
        more = {"counterparty": named[who[0]]} if who else {}
        found.append(make(account, yuan(amount), **more))
    return found


def written(voucher: Voucher) -> str:
    """A posted voucher in the same notation."""
    return "\n".join(str(line) for line in voucher.lines)


@action("books.post")
def hand_in(*, entries: list[Entry], by: Person, now: Any) -> list[Posted]:
    """What an action of a higher feature does: hands entries down to the gate."""
    return post(entries, by=by, now=now)


@pytest.fixture
def collective(places: Any) -> Collective:
    return Collective.objects.create(
        region=places[SHANGTIAN], kind="collective", name="上田村股份经济合作社"
    )


@pytest.fixture
def committee(places: Any) -> Collective:
    return Collective.objects.create(
        region=places[SHANGTIAN], kind="committee", name="上田村村民委员会"
    )


@pytest.fixture
def book(collective: Collective, wu: Person) -> Book:
    """Shangtian's books under the 2023 scheme, open since January 2024, with nothing in them."""
    return open_book(collective_id=collective.pk, scheme="2023", begins=202401, by=wu, now=NOON)


@pytest.fixture
def committee_book(committee: Collective, wu: Person) -> Book:
    return open_book(collective_id=committee.pk, scheme="2023", begins=202401, by=wu, now=NOON)


@pytest.fixture
def neighbours_book(places: Any, wu: Person) -> Book:
    """Xiatian's books, which Shangtian's people must never see."""
    organisation = Collective.objects.create(
        region=places[XIATIAN], kind="collective", name="下田村股份经济合作社"
    )
    return open_book(collective_id=organisation.pk, scheme="2023", begins=202401, by=wu, now=NOON)


@pytest.fixture
def entry(wu: Person, zheng: Person) -> Callable[..., Entry]:
    """An entry prepared by Wu and reviewed by Zheng: entry(book, "2024-01-05", "借 …", memo=…)."""

    def make(book: Book, dated: str, text: str, **more: Any) -> Entry:
        named = more.pop("named", {})
        return Entry(
            **{
                "book": book.pk,
                "dated": date.fromisoformat(dated),
                "memo": "测试业务",
                "sides": sides(text, **named),
                "source": f"test:{next(_numbers)}",
                "prepared_by": wu.pk,
                "reviewed_by": zheng.pk,
                "attachments": 1,
                **more,
            }
        )

    return make


@pytest.fixture
def put(entry: Callable[..., Entry], feng: Person) -> Callable[..., Voucher]:
    """Post one voucher through the gate, as Feng: put(book, "2024-01-05", "借 …")."""

    def do(book: Book, dated: str, text: str, **more: Any) -> Voucher:
        (posted,) = hand_in(entries=[entry(book, dated, text, **more)], by=feng, now=NOON)
        return Voucher.objects.get(pk=posted.id)

    return do
