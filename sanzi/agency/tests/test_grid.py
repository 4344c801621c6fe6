"""What accountants type into the grid, and what it is read as."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanzi.accounting.entry import Side
from sanzi.agency.grid import Row, in_place, read
from sanzi.agency.naming import KnownName, NewName
from sanzi.agency.pasting import pasted
from sanzi.agency.spelling import KnownAccount
from sanzi.kernel.money import ZERO, yuan

ACCOUNTS = [
    KnownAccount("101", "库存现金", "kcxj"),
    KnownAccount("102", "银行存款", "yhck"),
    KnownAccount("112", "应收款", "ysk", ("counterparty", "item")),
    KnownAccount("211", "应付款", "yfk", ("counterparty", "item")),
    KnownAccount("212", "应付工资", "yfgz", ("counterparty",)),
    KnownAccount("322", "收益分配", "syfp", is_leaf=False),
    KnownAccount("32201", "各项分配", "gxfp"),
    KnownAccount("32202", "未分配收益", "wfpsy"),
    KnownAccount("501", "经营收入", "jysr"),
    KnownAccount("502", "投资收益", "tzsy", is_active=False),
    KnownAccount("513", "管理费用", "glfy"),
]
NAMES = [
    KnownName(1, "counterparty", "ZJ-1", "赵某"),
    KnownName(2, "item", "2024", "2024年租金"),
    KnownName(3, "project", "XM-1", "村道硬化"),
    KnownName(4, "counterparty", "ZJ-4", "李某"),
    KnownName(5, "counterparty", "ZJ-5", "李某"),
]
HUNDRED = yuan("100.00")


def reading(*rows):
    return read([Row(*row) for row in rows], ACCOUNTS, NAMES)


def faults(*rows):
    return [fault.text for fault in reading(*rows).faults]


def test_rows_become_lines_and_empty_rows_are_passed_over():
    found = reading(
        ("收租金", "102", "", "100", ""), ("", "", "", "", ""), ("", "501", "", "", "100.00")
    )
    assert found.faults == []
    assert found.sides == [
        Side("102", HUNDRED, ZERO, "收租金"),
        Side("501", ZERO, HUNDRED, "收租金"),
    ]


@pytest.mark.parametrize(
    "typed", ["102", "102 银行存款", "银行存款", "银行", "yhck", "YH", "１０２", " 102 "]
)
def test_an_account_is_found_by_code_name_part_or_initials(typed):
    assert reading(("付", typed, "", "1", "")).sides[0].account == "102"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("999", "第 1 行科目 999 在本账套中不存在，请核对编码"),
        ("没有的", "第 1 行科目“没有的”在本账套中不存在"),
        ("322", "请选用末级科目：32201 各项分配、32202 未分配收益"),
        ("502", "第 1 行科目 502 投资收益 已停用"),
        ("应付", "对应 2 个科目：211 应付款、212 应付工资，请写编码"),
        ("", "第 1 行没有科目"),
    ],
)
def test_an_account_that_cannot_be_used_is_told_with_its_row(typed, words):
    assert words in faults(("付", typed, "", "1", ""), ("", "501", "", "", "1"))[0]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1,234.50", "1234.50"),
        ("１２３４", "1234.00"),
        ("￥80", "80.00"),
        ("80元", "80.00"),
        ("-100", "-100.00"),
        ("−0.01", "-0.01"),
    ],
)
def test_amounts_are_read_as_people_write_them(typed, amount):
    assert reading(("付", "102", "", typed, "")).sides[0].debit == yuan(amount)


@pytest.mark.parametrize("typed", ["1.005", "十", "1e3", "nan", "99999999999999"])
def test_an_amount_that_is_none_names_its_row(typed):
    assert f"第 1 行金额“{typed}”" in faults(("付", "102", "", typed, ""))[0]


def test_an_equals_sign_is_what_balances():
    rows = [("付", "513", "", "100", ""), ("", "101", "", "", "30"), ("", "102", "", "", "=")]
    found = reading(*rows)
    assert found.sides[-1].credit == yuan("70.00")
    assert (found.gap, found.faults) == (ZERO, [])
    assert in_place([Row(*row) for row in rows], found)[-1].credit == "70.00"


def test_an_equals_sign_may_turn_out_red():
    found = reading(("付", "513", "", "-100", ""), ("", "102", "", "", "="))
    assert found.sides[1].credit == yuan("-100.00")


def test_two_equals_signs_leave_one_amount_unknown():
    assert "只能有一个" in faults(("付", "513", "", "=", ""), ("", "102", "", "", "="))[0]


def test_one_fen_short_and_exact():
    assert faults(("付", "513", "", "100", ""), ("", "102", "", "", "99.99")) == [
        "本凭证借贷不平：借方 100.00，贷方 99.99，差 0.01 元"
    ]
    assert faults(("付", "513", "", "100", ""), ("", "102", "", "", "100.00")) == []


def test_both_sides_no_side_one_line_no_line():
    assert "借方、贷方都填了" in faults(("付", "513", "", "1", "1"))[0]
    assert "第 1 行没有金额" in faults(("付", "513", "", "", ""))[0]
    assert "只有 1 行" in faults(("付", "513", "", "1", ""))[0]
    assert "只有 0 行" in faults()[0]


def test_a_summary_is_repeated_from_the_row_above_and_needed_in_the_first():
    rows = ("付", "513", "", "1", ""), ("..", "102", "", "", "1")
    assert [side.memo for side in reading(*rows).sides] == ["付", "付"]
    assert faults(("", "513", "", "1", ""))[0] == "第 1 行没有摘要，请写明事由"
    assert "有 201 个字" in faults(("长" * 201, "513", "", "1", ""))[0]


def test_a_row_with_a_summary_of_its_own_and_nothing_else_is_not_dropped_in_silence():
    assert "第 3 行没有科目" in "".join(
        faults(("付", "513", "", "1", ""), ("", "102", "", "", "1"), ("付水费", "", "", "", ""))
    )


def test_names_are_found_first_among_what_the_account_is_analysed_by():
    side = reading(("收", "112", "赵某/2024年租金", "1", "")).sides[0]
    assert (side.counterparty, side.item, side.project) == (1, 2, None)
    assert reading(("修", "513", "XM-1", "1", "")).sides[0].project == 3


@pytest.mark.parametrize(
    ("typed", "words"), [("王某", "名称前加“+”"), ("李某", "有 2 个，请写编号：ZJ-4、ZJ-5")]
)
def test_a_name_that_is_unknown_or_not_alone_says_so(typed, words):
    assert words in faults(("收", "112", typed, "1", ""))[0]


def test_a_plus_asks_for_a_new_name_of_the_kind_the_account_wants():
    found = reading(("收", "112", "+王某/+2025年租金", "1", ""), ("", "501", "", "", "1"))
    assert found.fresh == [
        [NewName("counterparty", "王某"), NewName("item", "2025年租金")],
        [],
    ]
    assert found.faults == []


def test_rows_copied_from_a_spreadsheet():
    text = "收租金\t102 银行存款\t\t1,000.00\t\r\n\t501\t\t\t1,000.00\r\n合计\t\t\t1000\t1000\r\n"
    assert pasted(text) == [
        Row("收租金", "102 银行存款", "", "1,000.00", ""),
        Row("", "501", "", "", "1,000.00"),
    ]
    assert pasted("付\t513\t80\t0") == [Row("付", "513", "", "80", "")]


def test_the_heads_of_other_software_say_which_column_is_which():
    text = "日期\t摘要\t科目编码\t科目名称\t贷方金额\t借方金额\n1月5日\t付\t513\t管理费用\t0.00\t80"
    assert pasted(text) == [Row("付", "513", "", "80", "")]


ANY = st.text(max_size=12) | st.sampled_from(["=", "..", "102", "赵某", "+", "/", "1", "-1"])


@given(st.lists(st.builds(Row, ANY, ANY, ANY, ANY, ANY), max_size=6))
def test_whatever_is_typed_is_read_or_told_and_what_is_read_balances(rows):
    found = read(rows, ACCOUNTS, NAMES)
    in_place(rows, found)
    if not found.faults:
        assert found.debit == found.credit == sum((s.debit for s in found.sides), Decimal())
        assert len(found.sides) >= 2


@given(st.text())
def test_whatever_is_pasted_becomes_rows(text):
    pasted(text)
