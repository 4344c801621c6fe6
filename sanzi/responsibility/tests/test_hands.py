"""Each feature's table of what people have in hand: what is told there is what its move moves."""

from datetime import date
from decimal import Decimal

import pytest

from sanzi.access.models import Person, Post
from sanzi.agency.models import Draft, Unfinished
from sanzi.campaigns.models import Task
from sanzi.cleanup.models import Case
from sanzi.contracts.models import Contract
from sanzi.dispatch.blockers import Blocker
from sanzi.dispatch.studies import Study
from sanzi.receivables.entrusting import Entrustment
from sanzi.receivables.models import Claim
from sanzi.responsibility.hands import Move, hands
from tests.world import NOON, QINGSHUI, SHANGTIAN, XIATIAN

DAY = date(2026, 3, 1)


@pytest.fixture
def busy(brought, book, lin):
    """One thing of each kind in Lin's hands, and one next door's that must stay there."""
    contract = Contract.objects.filter(village=SHANGTIAN).first()
    Case.objects.create(
        village=SHANGTIAN, contract=contract, responsible="林会计", entered_on=DAY, opened_on=DAY
    )
    drafted = {"flow": "expense", "dated": DAY, "amount": 1, "reported_by": lin, "book": book}
    Draft.objects.create(village=SHANGTIAN, memo="修路", reported_at=NOON, **drafted)
    Draft.objects.create(
        village=SHANGTIAN, memo="已交", reported_at=NOON, stage="submitted", **drafted
    )
    Unfinished.objects.create(
        village=SHANGTIAN, book=book, kept_by=lin, kept_at=NOON,
        once="00000000-0000-4000-8000-000000000001",
    )  # fmt: skip
    raised = {"kind": "dispute", "detail": "请协调", "holder": QINGSHUI, "due_on": DAY,
              "raised_on": DAY, "raised_by": lin, "keeper": lin}  # fmt: skip
    Blocker.objects.create(village=SHANGTIAN, matter="地界", once="b1", **raised)
    Blocker.objects.create(
        village=XIATIAN, matter="已办", once="b2", stage="closed", closed_on=DAY, **raised
    )
    claim = Claim.objects.create(village=SHANGTIAN, number="ZQ-101", debtor="孙某", left=Decimal(8))
    settled = Claim.objects.create(
        village=SHANGTIAN, number="ZQ-102", debtor="孙某", left=Decimal(0)
    )
    for one in (claim, settled):
        Entrustment.objects.create(
            village=SHANGTIAN, claim=one, collector=lin, from_on=DAY, given_by=lin, given_at=NOON
        )
    Study.objects.create(
        village=SHANGTIAN,
        office=QINGSHUI,
        matter="鱼塘",
        made_by=lin,
        keeper=lin,
        made_at=NOON,
        once="s1",
    )
    Study.objects.create(
        village=SHANGTIAN, office=QINGSHUI, matter="租金", responsible="林会计", stage="decided",
        made_by=lin, keeper=lin, made_at=NOON, once="s2",
    )  # fmt: skip


KINDS = {
    "cleanup.case": 1, "agency.draft": 1, "agency.unfinished": 1, "dispatch.blocker": 1,
    "dispatch.study": 2, "receivables.entrustment": 1,
}  # fmt: skip


@pytest.mark.parametrize("code", KINDS)
def test_what_is_told_is_what_is_moved(busy, lin, chen, gao, code):
    (hand,) = (one for one in hands() if one.code == code)
    things = list(hand.held(lin, QINGSHUI))
    assert len(things) == KINDS[code]
    assert {thing.village for thing in things} == {SHANGTIAN}
    assert list(hand.held(chen, QINGSHUI)) == []
    moved = hand.move([thing.key for thing in things], Move(lin, chen, DAY, gao, NOON))
    assert moved == KINDS[code]
    assert list(hand.held(lin, QINGSHUI)) == []
    assert [t.key for t in hand.held(chen, QINGSHUI)] == [t.key for t in things]
    # What somebody did stays theirs.
    assert {one.raised_by for one in Blocker.objects.all()} == {lin}
    assert {one.made_by for one in Study.objects.all()} == {lin}
    # A second time there is nothing left to move.
    assert hand.move([thing.key for thing in things], Move(lin, chen, DAY, gao, NOON)) == 0


def test_every_feature_of_the_table_is_tried():
    tried = {*KINDS, "campaigns.task", "responsibility.assignment", "responsibility.seat"}
    # Support's five are tried beside it (support/tests/test_handing.py).
    codes = {one.code for one in hands()}
    assert {one for one in codes if not one.startswith("support.")} == tried
    assert len(codes) == len(tried) + 5


def test_a_namesake_of_another_village_keeps_what_is_theirs(busy, people, places):
    other = Person.objects.create(username="lin2", name="林会计")
    Post.objects.create(
        person=other, role="village_accountant", region=places[XIATIAN], from_on=date(2020, 1, 1)
    )
    Task.objects.create(
        village=SHANGTIAN, number="RW-901", matter="清欠", responsible="林会计", category="化债务"
    )
    for code in ("campaigns.task", "cleanup.case", "dispatch.study"):
        (hand,) = (one for one in hands() if one.code == code)
        assert {one.village for one in hand.held(people["lin"], QINGSHUI)} == {SHANGTIAN}
        assert list(hand.held(other, QINGSHUI)) == []
