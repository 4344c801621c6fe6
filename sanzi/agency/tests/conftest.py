"""A matter of Shangtian at any stage: the walk every test of the agency begins with."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sanzi.access.models import Person
from sanzi.accounting.models import Book
from sanzi.agency.actions import steps
from sanzi.agency.models import Draft
from sanzi.agency.stages import WAY, Stage
from tests.books import sides
from tests.world import NOON

LINES = "借 513 500.00\n贷 102 500.00"


@pytest.fixture
def report(book: Book, lin: Person) -> Callable[..., Draft]:
    """Lin reports 500 yuan paid: report(payee="王某")."""

    def do(**more: Any) -> Draft:
        facts = {
            "book_id": book.pk,
            "flow": "expense",
            "dated": date(2024, 3, 5),
            "memo": "修渠材料款",
            "amount": Decimal("500.00"),
            "attachments": 2,
            "by": lin,
            "now": NOON,
        }
        return steps.begin(**{**facts, **more})

    return do


@pytest.fixture
def prepare(wu: Person) -> Callable[..., Draft]:
    """Wu writes the voucher of a matter: prepare(draft, "借 …")."""

    def do(draft: Draft, text: str = LINES, **more: Any) -> Draft:
        facts = {
            "draft_id": draft.pk,
            "sides": sides(text),
            "memo": draft.memo,
            "dated": draft.dated,
            "attachments": draft.attachments or 2,
            "by": wu,
            "now": NOON,
        }
        return steps.prepare(**{**facts, **more})

    return do


@pytest.fixture
def walk(report: Any, prepare: Any, people: dict[str, Person]) -> Callable[..., Draft]:
    """A matter that has come to this stage by its usual hands: walk("reviewed", verify="feng")."""
    usual = {"submit": "lin", "oversee": "min", "verify": "wu", "review": "zheng", "sign": "chu"}
    way = ("submit", "oversee", "verify", "prepare", "review", "sign", "post")

    def do(stage: str, **more: Any) -> Draft:
        hands = {step: more.pop(step, name) for step, name in usual.items()}
        draft = report(**more)
        for step in way[: WAY.index(Stage(stage))]:
            if step == "prepare":
                draft = prepare(draft)
            elif step == "post":
                (draft,) = steps.post_matters(draft_ids=[draft.pk], by=people["feng"], now=NOON)
            else:
                by = people[hands[step]]
                draft = steps.take_step(draft_id=draft.pk, step=step, by=by, now=NOON)
        return draft

    return do
