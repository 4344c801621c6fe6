"""Every item drawn by hand-made rows: one line each, landing where it belongs and nowhere else."""

from datetime import date
from decimal import Decimal

import pytest

from sanzi.disclosure.catalogue import items
from sanzi.disclosure.figures.plain import Holding, Sources
from sanzi.disclosure.figures.sheet import tables
from sanzi.disclosure.ledger import Fact, Ledger, sorted_out
from sanzi.disclosure.masking import Masks

from .conftest import Q1

ZERO = Decimal("0.00")


def line(
    account, amount, memo="", *, side="credit", other="102", kind="normal", month=202402, **more
):
    """A line of 100 yuan or so against bank, unless told otherwise."""
    value = Decimal(amount)
    mine, theirs = frozenset({account[:3]}), frozenset({other})
    return Fact(
        key=1, period=month, dated=date(2024, month % 100, 1), voucher="2月 记-1", kind=kind,
        memo=memo, account=account, debit=value if side == "debit" else ZERO,
        credit=value if side == "credit" else ZERO,
        debited=mine if side == "debit" else theirs, credited=mine if side == "credit" else theirs,
        **more,
    )  # fmt: skip


def ledger(*facts, scheme="2023", **more):
    return Ledger(scheme=scheme, span=Q1, facts=list(facts), **more)


FLOWS = [
    ("income-1", line("501", "1", "卖粮")),
    ("income-2", line("501", "1", "鱼塘发包款")),
    ("income-3", line("502", "1")),
    ("income-4", line("231", "1", "筹资")),
    ("income-5", line("503", "1", "村级运转经费")),
    ("income-6", line("503", "1", "道路补助")),
    ("income-6", line("241", "1", "道路专款")),
    ("income-7", line("311", "1", "土地补偿费")),
    ("income-8", line("503", "1", "救灾款")),
    ("income-9", line("504", "1", "企业捐款")),
    ("income-10", line("504", "1", "旧车变卖")),
    ("income-11", line("504", "1", "利息")),
    ("expense-1", line("511", "1", side="debit")),
    ("expense-1", line("512", "1", side="debit")),
    ("expense-2", line("513", "1", "干部误工", side="debit")),
    ("expense-3", line("513", "1", "订报刊", side="debit")),
    ("expense-4", line("513", "1", "差旅", side="debit")),
    ("expense-5", line("514", "1", "路灯", side="debit")),
    ("expense-6", line("151", "1", "买水泵", side="debit")),
    ("expense-6", line("153", "1", "修渠", side="debit")),
    ("expense-7", line("241", "1", "发放土地补偿", side="debit")),
    ("expense-8", line("514", "1", "慰问困难户", side="debit")),
    ("expense-9", line("515", "1", "捐款灾区", side="debit")),
    ("expense-10", line("515", "1", "罚款", side="debit")),
    ("expense-10", line("521", "1", side="debit")),
    ("sharing-2", line("32201", "1", "提取公积公益金", side="debit", other="311")),
    ("sharing-3", line("32201", "1", "提取福利费", side="debit", other="211")),
    ("sharing-4", line("32201", "1", "外来投资分利", side="debit", other="211")),
    ("sharing-5", line("32201", "1", "成员分红", side="debit", other="211", kind="closing")),
    ("sharing-6", line("32201", "1", "弥补往年", side="debit", other="211")),
]
OLD = [
    ("income-2", line("511", "1")),
    ("income-6", line("522", "1", "项目补助")),
    ("income-10", line("153", "1", "报废车辆清理")),
    ("income-11", line("531", "1", "利息")),
    ("expense-4", line("541", "1", "差旅", side="debit")),
    ("expense-5", line("551", "1", "公益路灯", side="debit")),
    ("expense-6", line("154", "1", "修渠", side="debit")),
    ("expense-10", line("551", "1", "罚款", side="debit")),
]
# Lines that are neither income nor expense of a sheet.
NONE = [
    line("151", "1", "转固定资产", side="debit", other="153"),
    line("311", "1", "专款形成资产", other="241"),
    line("241", "1", "专款形成资产", side="debit", other="311"),
    line("501", "1", "结转本年收益", side="debit", kind="closing", other="321"),
    line("501", "1", month=202312),
    line("102", "1", side="debit", other="501"),
]


def landed(book):
    ways = ("in", "out", "shared")
    return [code for way in ways for code, lines in sorted_out(book, way).items() if lines]


@pytest.mark.parametrize(("code", "fact"), FLOWS)
def test_a_line_is_published_under_one_item(code, fact):
    assert landed(ledger(fact)) == [code]


@pytest.mark.parametrize(("code", "fact"), OLD)
def test_a_line_of_the_chart_of_2004_too(code, fact):
    assert landed(ledger(fact, scheme="2004")) == [code]


@pytest.mark.parametrize("fact", NONE)
def test_transfers_and_closing_entries_are_nobodys_income(fact):
    assert landed(ledger(fact)) == []


def test_every_item_of_the_flows_has_its_line_here():
    named = {code for code, _ in FLOWS}
    assert {i.code for i in items() if i.drawn in ("in", "out", "shared")} == named


def drawn(code, book, **more):
    found = tables(Sources(ledger=book, **more), {})[code]
    return [list(row) for row in found.rows]


def test_goods_and_investments_by_thing_and_account():
    book = ledger(
        line("121", "5", side="debit", object=7), line("121", "2", object=7),
        line("141", "9", side="debit"),
        brought={"121": Decimal("3.00")}, brought_by={("121", 7): Decimal("3.00")},
        dimensions={7: "化肥"}, kinds={7: "object"}, accounts={"141": "长期投资"},
    )  # fmt: skip
    assert drawn("asset-2", book) == [["化肥", "3.00", "5.00", "2.00", "6.00"]]
    assert drawn("asset-5", book) == [["长期投资", "0.00", "9.00", "0.00", "9.00"]]
    assert drawn("asset-4", book) == drawn("asset-6", book) == []


def test_dealings_within_the_village_stand_on_the_side_they_are_on():
    book = ledger(
        line("113", "5", side="debit", counterparty=1), line("113", "8", counterparty=2),
        line("211", "4", counterparty=3), line("201", "6", counterparty=1), line("201", "7"),
        line("214", "1"),
        dimensions={1: "王建国", 2: "李明", 3: "清水镇建材有限公司"},
        kinds=dict.fromkeys((1, 2, 3), "counterparty"),
        accounts={"113": "内部往来", "211": "应付款", "201": "短期借款", "214": "应交税费"},
    )  # fmt: skip
    assert [(r[0], r[4]) for r in drawn("owing-1", book)] == [("王*国", "5.00")]
    assert [(r[0], r[4]) for r in drawn("owing-2", book)] == [("未列明对方", "7.00")]
    assert [(r[0], r[4]) for r in drawn("owing-3", book)] == [
        ("李*", "8.00"),
        ("王*国", "6.00"),
        ("清水镇建材有限公司", "4.00"),
    ]


def test_the_age_is_that_of_the_oldest_part_left():
    book = ledger(
        line("112", "5", side="debit", counterparty=1), line("112", "5", counterparty=2),
        brought={"112": Decimal("30.00")},
        brought_by={("112", 1): Decimal("10.00"), ("112", 2): Decimal("20.00")},
        dimensions={1: "甲公司", 2: "乙公司"}, kinds={1: "counterparty", 2: "counterparty"},
        begun={2: date(2021, 3, 1)},
    )  # fmt: skip
    assert [r[5] for r in drawn("owing-1", book)] == ["上年结转", "3年以上"]


def test_assets_and_resources_with_their_contracts():
    let = ("王建国", "HT-1", date(2020, 1, 1), date(2029, 12, 31), Decimal("600.00"))
    pond = Holding("ZY-1", "南塘", "水面", "对外发包", Decimal("10.50"), *let)
    mill = Holding("ZC-1", "磨坊", "房屋建筑", "闲置", Decimal("900.00"))
    term = "2020-01-01至2029-12-31"
    assert drawn("resource", None, resources=[pond]) == [
        ["南塘", "对外发包", "10.50", "ZY-1", "水面", "王*国", "HT-1", term, "600.00"]
    ]
    assert drawn("asset-3", None, assets=[mill]) == [
        ["磨坊", "闲置", "900.00", "ZC-1", "房屋建筑", "", "", "", ""]
    ]


def test_plans_come_from_the_budget_and_from_what_was_told():
    budget = [("租金", Decimal("5.00"), None), ("办公", None, Decimal("3.00"))]
    assert drawn("plan-1", None, budget=budget) == [["租金", "5.00", ""], ["办公", "", "3.00"]]
    assert drawn("plan-1", None, budget=budget, told={"plan-1": "另一套"})[0][0] == "租金"
    told = {"plan-2": "修水塔\n\n慰问王建国"}
    masks = Masks(["王建国"])
    assert drawn("plan-2", None, told=told, masks=masks) == [["修水塔"], ["慰问王*国"]]
