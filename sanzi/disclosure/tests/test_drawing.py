from decimal import Decimal

import pytest

from sanzi.accounting.pages import balances, sub_balances
from sanzi.disclosure.catalogue import items
from sanzi.disclosure.drawing import draw_sheet
from sanzi.disclosure.reading import ledger_of
from sanzi.disclosure.span import span_of
from tests.brought import ID, PHONE

from .conftest import Q1


@pytest.fixture
def drawn(closed, collective):
    sheet = draw_sheet(collective, Q1)
    return {item["code"]: item for item in sheet.content["items"]}


def rows(table, *columns):
    """The rows of a table, or of these of its columns."""
    titles = [title for title, _, _ in table["columns"]]
    places = [titles.index(c) for c in columns] if columns else range(len(titles))
    return [[row[p] for p in places] for row in table["rows"]]


def test_income_is_told_entry_by_entry_under_its_own_item(drawn):
    told = ["2024-01-10", "1月 记-2", "收厂房租金", "1200.00", "清水镇绿源农业有限公司"]
    assert rows(drawn["income-1"]) == [[*told, "吴代理", "郑主管"]]
    assert rows(drawn["income-2"], "日期", "收入", "对方") == [["2024-02-01", "900.00", "王*国"]]
    assert rows(drawn["income-4"], "摘要", "收入") == [["一事一议筹资", "500.00"]]
    assert rows(drawn["income-6"], "摘要", "收入") == [["收到道路补助", "3000.00"]]
    assert drawn["income-3"]["state"] == "nothing"


def test_a_red_letter_is_a_negative_entry_and_the_sum_is_right(drawn):
    assert rows(drawn["expense-4"], "凭证号", "支出") == [
        ["3月 记-1", "80.50"],
        ["3月 记-2", "-80.50"],
        ["3月 记-3", "80.05"],
    ]
    assert drawn["expense-4"]["totals"][3] == "80.05"
    assert rows(drawn["expense-2"], "摘要", "支出") == [["付王*国误工补贴", "600.00"]]


def test_money_by_account_with_opening_in_out_and_closing(drawn):
    assert rows(drawn["asset-1"]) == [
        ["银行存款", "10000.00", "4900.00", "1680.05", "13219.95"],
    ]


def test_claims_by_counterparty_with_age(drawn):
    assert rows(drawn["owing-1"]) == [
        ["王*国", "500.00", "900.00", "200.00", "1200.00", "上年结转", "应收款"]
    ]


def test_loans_of_banks_stand_apart_from_other_debts(drawn):
    assert rows(drawn["owing-2"], "单位或个人", "期末") == [["清水镇农村商业银行", "4000.00"]]
    assert drawn["owing-3"]["state"] == "nothing"


def test_projects_say_what_was_raised_granted_used_and_left(drawn):
    assert rows(drawn["other"]) == [
        ["村北道路硬化", "0.00", "500.00", "0.00", "0.00", "500.00"],
        ["村北道路硬化", "0.00", "0.00", "3000.00", "1000.00", "2000.00"],
    ]


def test_the_result_is_income_less_expenses_of_span_and_year(drawn):
    assert rows(drawn["sharing-1"]) == [
        ["经营收入", "2100.00", "2100.00"],
        ["管理费用", "680.05", "680.05"],
    ]
    assert drawn["sharing-1"]["totals"] == ["收益总额", "1419.95", "1419.95"]


def test_a_month_opens_with_what_the_months_before_left(closed, collective):
    march = draw_sheet(collective, span_of("202403")).content["items"]
    money = next(item for item in march if item["code"] == "asset-1")
    assert rows(money)[0] == ["银行存款", "10800.00", "3500.00", "1080.05", "13219.95"]


def test_what_is_drawn_equals_the_pages_of_the_ledger(closed):
    ledger = ledger_of(closed, Q1)
    pages = balances(closed.pk, 202401, 202403)
    for code, moved in ledger.by_account(tuple({code[:3] for code in pages})).items():
        assert moved.closing == pages[code].closing, code
    named = sub_balances(closed.pk, "112", 202401, 202403)
    drawn = ledger.by_dimension(("112",), "counterparty")
    assert {d: m.closing for (_, d), m in drawn.items()} == {d: b.closing for d, b in named.items()}


def test_every_line_of_income_and_expense_is_under_exactly_one_item(closed, drawn):
    pages = balances(closed.pk, 202401, 202403)
    flows = [i for i in items() if i.drawn in ("in", "out")]
    for direction, sign, tops in (("in", -1, "50"), ("out", 1, "51")):
        listed = [r[3] for i in flows if i.drawn == direction for r in drawn[i.code]["rows"]]
        held = sum((b.debit - b.credit) * sign for c, b in pages.items() if c.startswith(tops))
        special = Decimal("3500.00") if direction == "in" else Decimal(0)
        assert sum(map(Decimal, listed)) == held + special


def test_no_number_and_no_whole_name_is_drawn(closed, collective):
    text = draw_sheet(collective, Q1).text
    assert ID not in text
    assert PHONE not in text
    assert "王建国" not in text


def test_the_same_rows_give_the_same_bytes(closed, collective, django_assert_max_num_queries):
    with django_assert_max_num_queries(13):
        first = draw_sheet(collective, Q1)
    assert draw_sheet(collective, Q1).sha256 == first.sha256


def test_the_committee_is_another_sheet(closed, committee):
    sheet = draw_sheet(committee, Q1)
    assert "1200.00" not in sheet.text
    assert sheet.shown == 0


def test_the_heads_of_the_voucher_chains_are_in_it(closed, collective):
    chain = draw_sheet(collective, Q1).content["chain"]
    assert [(month["period"], month["vouchers"]) for month in chain] == [
        (202401, 2),
        (202402, 2),
        (202403, 6),
    ]
    assert all(len(month["head"]) == 64 for month in chain)
