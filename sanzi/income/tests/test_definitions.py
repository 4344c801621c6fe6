"""Each reading of income by name: the test table of clean-up.md 4.6, and where its parts stand."""

import pytest

from sanzi.accounting.chart import SCHEMES, chart
from sanzi.income.definitions import DEFINITIONS, definition, lacking, one_off_in, value
from sanzi.income.parts import PARTS, nothing, of_register, part_of

WAN = 1_000_000
# 经营收入 68, 发包及上交 35, 投资收益 5, 补助 30, 其他 42; 经营支出 45, 管理费用 35, 其他支出 45.
TABLE = nothing() | {
    "operating": 68 * WAN, "contracted": 35 * WAN, "investment": 5 * WAN, "subsidy": 30 * WAN,
    "other_income": 42 * WAN, "operating_expense": 45 * WAN, "management": 35 * WAN,
    "other_expense": 45 * WAN, "begun": 15 * WAN, "transferred": 0,
    "distributed": (7 + 7 + 20) * WAN,
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "wan"),
    [("total", 180), ("result", 55), ("distributable", 70), ("undistributed", 36),
     ("operating_result", 28), ("collective", 150), ("stable", 108)],
)  # fmt: skip
def test_the_source_s_table_comes_out_to_the_fen(code, wan):
    assert value(definition(code), TABLE) == wan * WAN


def test_every_part_stands_on_an_account_of_its_scheme_s_chart():
    for scheme in SCHEMES:
        told = {part.accounts[scheme]: part.category for part in PARTS if scheme in part.accounts}
        in_chart = {
            code: account.category
            for code, account in chart(scheme).items()
            if len(code) == 3 and account.category in ("income", "expense")
        }
        assert told == in_chart, "no account of income or expense is left out or counted twice"


def test_a_code_means_another_thing_under_the_other_scheme():
    assert part_of("2023", "511").key == "operating_expense"
    assert part_of("2004", "511").key == "contracted"
    assert part_of("2023", "50102").key == "operating"
    assert part_of("2023", "102") is None


def test_every_definition_says_its_source_and_what_was_not_read_is_marked():
    assert all(one.source for one in DEFINITIONS)
    assert {one.code for one in DEFINITIONS if not one.is_verified} == {
        "collective", "stable", "operating_result"
    }  # fmt: skip


def test_a_register_row_says_only_what_it_holds():
    row = of_register({"operating_income": 7 * WAN, "subsidy_income": 3 * WAN})
    assert value(definition("collective"), row) == 7 * WAN
    assert value(definition("total"), row) == 10 * WAN
    assert value(definition("result"), row) is None
    assert lacking(definition("result"), row) == ["经营支出", "管理费用", "其他支出"]


def test_a_row_without_any_income_is_unknown_and_not_zero():
    assert value(definition("collective"), {}) is None
    assert value(definition("collective"), {"subsidy": 3 * WAN}) is None
    assert value(definition("collective"), {"operating": 0}) == 0


def test_one_off_income_counts_only_where_its_part_does():
    apart = {"subsidy": 5 * WAN, "other_income": 2 * WAN}
    assert one_off_in(definition("collective"), apart) == 2 * WAN
    assert one_off_in(definition("stable"), apart) == 0
    assert one_off_in(definition("total"), apart) == 7 * WAN
