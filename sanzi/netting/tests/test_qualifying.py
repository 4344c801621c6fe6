"""Which claims and debts may be netted: each reason beside the case that just passes."""

from datetime import date
from decimal import Decimal

import pytest

from sanzi.netting.qualifying import CLAIM, DEBT, Item, obligations, reasons
from sanzi.netting.solving import Owed, shares, solve

DAY = date(2026, 3, 2)
A, B = "999901001201", "999901001202"


def one(kind=CLAIM, **more):
    told = {
        "kind": kind, "pk": 1, "village": A, "number": "1", "other": "party:1", "name": "某人",
        "left": Decimal("10.00"),
    }  # fmt: skip
    return Item(**{**told, **more})


@pytest.mark.parametrize(
    ("fit", "unfit", "words"),
    [
        ({"due_on": date(2026, 3, 2)}, {"due_on": date(2026, 3, 3)}, "才到期"),
        ({"other": "party:1"}, {"other": ""}, "无法识别"),
        ({"put_aside": Decimal(0)}, {"put_aside": Decimal("0.01")}, "封存"),
        ({"is_off_books": False}, {"is_off_books": True}, "账外"),
        ({"nature": "往来借款"}, {"nature": "侵占挪用"}, "追回"),
        ({"nature": "承包费租金"}, {"nature": "征占地补偿"}, "扣抵"),
        ({"status": "存续"}, {"status": "注销"}, "注销"),
        ({"security": "无"}, {"security": "房产抵押"}, "担保"),
        ({"is_confirmed": True}, {"is_confirmed": False}, "对账"),
        ({}, {"waits": ("正在法院诉讼或执行",)}, "法院"),
        ({"kind": DEBT, "nature": "往来"}, {"kind": DEBT, "nature": "或有"}, "或有"),
        ({"kind": DEBT, "words": "工程款"}, {"kind": DEBT, "words": "代发流转收益"}, "承包农户"),
        ({"kind": DEBT, "words": "运费"}, {"kind": DEBT, "words": "地力保护补贴"}, "直接付给农户"),
    ],
)
def test_each_reason_beside_the_case_that_just_passes(fit, unfit, words):
    assert reasons(one(**fit), DAY) == []
    (why,) = reasons(one(**unfit), DAY)
    assert words in why


def test_what_was_never_reconciled_may_be_confirmed_by_the_consent():
    assert reasons(one(is_confirmed=False), DAY, with_unconfirmed=True) == []
    assert reasons(one(nature="征占地补偿"), DAY, with_unconfirmed=True) != []


def test_the_same_debt_in_both_villages_books_is_one():
    claim = one(other=f"village:{B}")
    debt = one(DEBT, pk=2, village=B, other=f"village:{A}")
    (pair,), out = obligations([claim, debt])
    assert (pair.debtor, pair.creditor, pair.items) == (
        f"village:{B}",
        f"village:{A}",
        (claim, debt),
    )
    assert out == []


def test_villages_whose_books_differ_by_a_fen_reconcile_first():
    claim = one(other=f"village:{B}")
    debt = one(DEBT, village=B, other=f"village:{A}", left=Decimal("10.01"))
    pairs, out = obligations([claim, debt])
    assert pairs == []
    assert [item for item, _ in out] == [claim, debt]


def test_a_village_does_not_owe_itself():
    pairs, ((_, why),) = obligations([one(other=f"village:{A}")])
    assert pairs == []
    assert "自己" in why


RING = [Owed("a", "b", 500), Owed("b", "c", 300), Owed("c", "a", 400), Owed("a", "d", 900)]


def test_a_circle_is_relieved_alike_and_what_lies_on_none_stays():
    solved = solve(RING)
    assert solved.cancelled == (300, 300, 300, 0)
    assert solved.circles == ((300, ("a", "b", "c")),)
    assert shares(RING, solved.cancelled) == {"a": 300, "b": 300, "c": 300}


def test_who_leaves_takes_his_circles_along_and_no_other():
    two = [*RING, Owed("d", "a", 100)]
    assert solve(two).total == 1100
    assert solve(two, without={"b"}).cancelled == (0, 0, 0, 100, 100)
    assert solve(two, without={"a"}).total == 0


def test_a_limit_of_two_leaves_a_circle_of_three_and_says_what_it_loses():
    solved = solve(RING, longest=2)
    assert (solved.total, solved.optimum) == (0, 900)
