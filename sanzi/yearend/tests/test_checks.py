"""Each look before closing, over plain facts."""

from datetime import date

import pytest

from sanzi.kernel.money import yuan
from sanzi.yearend.checks import Cash, Facts, Gap
from sanzi.yearend.looks import checklist

FINE = {"period": 202403, "bank": yuan(0), "counted": 3, "found": 3, "highest": 3}


def states(**facts):
    found = checklist(Facts(**{**FINE, **facts}))
    return {c.name: (c.state, c.sentence) for c in found if c.state != "ok"}


def test_a_month_in_order_passes_every_look():
    assert states() == {}


@pytest.mark.parametrize(
    ("facts", "name", "state", "words"),
    [
        ({"has_begun": False, "is_over": False}, "time", "block", "还没有开始"),
        ({"is_over": False}, "time", "warn", "还没有过完"),
        ({"open_before": [202401, 202402]}, "order", "block", "2024年1月、2024年2月"),
        ({"is_opening_locked": False}, "opening", "warn", "期初余额"),
        ({"under_way": {"待复核": 2, "待记账": 1}}, "posted", "block", "3 笔业务没有记账"),
        ({"found": 2}, "numbers", "block", "应有 3 张，查到 2 张"),
        ({"highest": 4}, "numbers", "block", "最大号 4"),
        ({"out_of_balance": yuan("0.01")}, "balanced", "block", "0.01"),
        ({"bank": None}, "bank", "warn", "未导入对账单"),
        ({"bank": yuan(2)}, "bank", "warn", "2.00 元差额"),
        ({"cards": [Gap("固定资产原值", yuan(3), yuan(5))]}, "cards", "warn", "差 -2.00"),
        ({"nameless": [("113", "内部往来", yuan(7))]}, "names", "warn", "113 内部往来 7.00"),
        ({"pending": yuan(1)}, "pending", "warn", "尽快报批"),
        ({"pending": yuan(1), "period": 202412}, "pending", "block", "年末必须"),
        ({"produce": yuan(1), "period": 202412}, "produce", "warn", "401"),
        ({"waiting": "收益分配", "period": 202412}, "year", "block", "收益分配"),
    ],
)
def test_each_look_says_what_is_wrong(facts, name, state, words):
    found = states(**facts)
    assert list(found) == [name]
    assert found[name][0] == state
    assert words in found[name][1]


def test_money_may_dip_with_a_word_but_not_end_below_zero():
    def cash(lowest, closing):
        return Cash("101", "库存现金", yuan(lowest), date(2024, 3, 5), yuan(closing))

    assert states(money=[cash("0.00", "0.00")]) == {}
    assert states(money=[cash("-0.01", "5.00")])["money"][0] == "warn"
    assert states(money=[cash("-0.01", "-0.01")])["money"][0] == "block"
