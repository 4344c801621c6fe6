"""Sheets and headers are recognised wherever they are and whatever a town calls them."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sanzi.intake.dictionary import SHEETS
from sanzi.intake.headers import find_heading, own_unit

from .workbook_maker import OTHER_VILLAGE, VILLAGE, only, read, row, rows_of, told

CLAIM = ["债权编号", "区划代码", "债务人", "性质", "账内账外", "原始本金元"]
CLAIM_ROW = ["ZQ-1", VILLAGE, "赵小满", "承包费租金", "账内", 5000]


def claims(
    header: list[Any], *rows: list[Any], above: tuple[list[Any], ...] = ()
) -> dict[str, Any]:
    return {"债权": [*above, header, *(rows or (CLAIM_ROW,))]}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_every_title_and_alias_of_the_dictionary_is_known_F20(sheet: Any) -> None:
    required = [column.title for column in sheet.columns if column.required]
    for column in sheet.columns:
        titles = {entry.title for entry in sheet.columns}
        for name in (column.title, *(a for a in column.aliases if a not in titles)):
            header = [title for title in required if title != column.title] + [name]
            heading = find_heading(sheet.title, [header], choices={})
            assert heading is not None
            assert heading.columns[-1].field == column.field, name


@pytest.mark.parametrize(
    "header",
    [
        "原始本金（元）",
        "原始本金(元)",
        " 原始本金 元 ",
        "原始本金\n元",
        "*原始本金元",
        "金额",
        "欠款金额（元）",
    ],
)
def test_width_brackets_spaces_and_stars_do_not_matter_F20(tmp_path: Path, header: str) -> None:
    book = read(tmp_path, claims([*CLAIM[:5], header]))
    assert row(book).values["principal"] == Decimal("5000.00")
    assert book.problems == []


def test_columns_in_another_order_are_taken_by_name_F21(tmp_path: Path) -> None:
    book = read(tmp_path, claims(CLAIM[::-1], CLAIM_ROW[::-1]))
    assert row(book).values["debtor"] == "赵小满"
    assert book.problems == []


def test_a_title_and_a_unit_line_may_stand_above_the_header(tmp_path: Path) -> None:
    above = (["示范村债权台账"], ["填报单位：示范村", None, None, None, None, "单位：万元"])
    book = read(tmp_path, claims([*CLAIM[:5], "金额"], [*CLAIM_ROW[:5], 1.5], above=above))
    assert only(book).header_row == 3
    assert row(book).row == 4
    assert row(book).values["principal"] == Decimal("15000.00")
    assert [code for _, code in told(book)] == ["unit-converted"]


def test_a_header_s_own_unit_beats_the_line_above(tmp_path: Path) -> None:
    book = read(tmp_path, claims(CLAIM, above=(["单位：万元"],)))
    assert row(book).values["principal"] == Decimal("5000.00")


def test_a_header_in_ten_thousands_is_converted_and_told(tmp_path: Path) -> None:
    book = read(tmp_path, claims([*CLAIM[:5], "金额（万元）"], [*CLAIM_ROW[:5], "12.345678"]))
    assert row(book).values["principal"] == Decimal("123456.78")
    assert only(book).columns[5].factor == 10_000
    assert "乘以 10,000" in book.problems[0].message


def test_a_price_per_mu_stays_in_yuan_under_a_line_in_ten_thousands(tmp_path: Path) -> None:
    rows = [["单位：万元"], *rows_of("合同", {"unit_price": 500})]
    rows[1][-1] = "单价"
    book = read(tmp_path, {"合同": rows})
    assert row(book).values["unit_price"] == Decimal("500.00")
    assert [code for _, code in told(book)] == ["unit-not-applied"]


def test_a_unit_that_cannot_be_converted_exactly_is_refused(tmp_path: Path) -> None:
    rows = rows_of("资源", {})
    rows[0][rows[0].index("面积亩")] = "面积（平方米）"
    book = read(tmp_path, {"资源": rows})
    assert {"column-unit", "column-missing"} == {problem.code for problem in book.problems}


def test_a_header_of_two_rows_with_merged_group_heads(tmp_path: Path) -> None:
    upper = ["债权编号", "区划代码", "债务人", None, None, "性质", "账内账外", "原始本金元"]
    lower = [None, None, "债务人", "类型", "电话", None, None, None]
    data = ["ZQ-1", VILLAGE, "赵小满", "农户", "13800138000", "承包费租金", "账内", 5000]
    merges = ["A2:A3", "B2:B3", "C2:E2", "F2:F3", "G2:G3", "H2:H3"]
    rows: list[list[Any]] = [["债权台账"], upper, lower, data]
    book = read(tmp_path, {"债权": rows}, merges={"债权": merges})
    assert book.problems == []
    assert only(book).header_row == 3
    values = row(book).values
    assert (values["debtor"], values["debtor_kind"]) == ("赵小满", "农户")
    assert values["debtor_phone"] == "13800138000"


def test_a_table_may_begin_away_from_the_corner(tmp_path: Path) -> None:
    shifted: list[list[Any]] = [[None] * 3 + line for line in ([], CLAIM, CLAIM_ROW)]
    book = read(tmp_path, {"债权": shifted})
    assert (row(book).row, row(book).values["number"]) == (3, "ZQ-1")
    assert only(book).columns[0].letter == "D"


def test_an_extra_column_is_kept_in_the_remark_and_told(tmp_path: Path) -> None:
    header = [*CLAIM, "备注", "催收人", None]
    book = read(tmp_path, claims(header, [*CLAIM_ROW, "已老", "孙立春", "见附件"]))
    assert row(book).values["remark"] == "已老；催收人：孙立春；I列：见附件"
    assert only(book).unmatched == ["催收人"]
    assert told(book) == [("H1", "column-unmatched")]


def test_a_column_that_numbers_the_rows_is_not_kept(tmp_path: Path) -> None:
    book = read(tmp_path, claims(["序号", *CLAIM], [1, *CLAIM_ROW]))
    assert row(book).values["remark"] is None
    assert [(p.code, p.severity) for p in book.problems] == [("column-counter", "corrected")]


def test_an_extra_column_where_there_is_no_remark_is_a_warning(tmp_path: Path) -> None:
    rows = rows_of("年度收入", {})
    rows[0].append("备注说明")
    rows[1].append("x")
    book = read(tmp_path, {"年度收入": rows})
    assert told(book) == [("C1", "column-unmatched")]
    assert "没有读取" in book.problems[0].message


def test_of_two_columns_for_one_field_the_plainer_is_taken_F20(tmp_path: Path) -> None:
    book = read(tmp_path, claims(["金额", *CLAIM], [1, *CLAIM_ROW]))
    assert row(book).values["principal"] == Decimal("5000.00")
    assert row(book).values["remark"] == "金额：1"
    assert told(book) == [("A1", "column-doubled")]


def test_a_missing_required_column_is_named_and_no_row_is_used_F20(tmp_path: Path) -> None:
    book = read(tmp_path, claims(CLAIM[:5], CLAIM_ROW[:5]))
    assert only(book).rows == []
    assert told(book) == [("", "column-missing")]
    assert "“原始本金元”" in book.problems[0].message


def test_a_person_may_correct_a_match_or_leave_a_column_out(tmp_path: Path) -> None:
    header = [*CLAIM[:5], "共计欠多少", "金额"]
    matches = {("债权", "共计欠多少"): "principal", ("债权", "金额"): None}
    book = read(tmp_path, claims(header, [*CLAIM_ROW, 9]), matches=matches)
    assert row(book).values["principal"] == Decimal("5000.00")
    assert row(book).values["remark"] is None
    assert (book.problems, only(book).columns[-1].how) == ([], "chosen")


@pytest.mark.parametrize(
    ("name", "register"),
    [
        ("2024年合同台账", "合同"),
        ("村级债务明细", "债务"),
        ("Sheet1", "债权"),
        ("固定资产", "资产"),
    ],
)
def test_the_register_is_known_by_the_sheet_s_name_then_by_its_headers(
    tmp_path: Path, name: str, register: str
) -> None:
    sheet = register if name != "Sheet1" else "债权"
    book = read(tmp_path, {name: rows_of(sheet, {})})
    assert only(book).sheet == register


def test_a_person_may_say_which_register_a_sheet_is(tmp_path: Path) -> None:
    rows = [["编号", "村编码"], ["x", VILLAGE]]
    assert only(read(tmp_path, {"表一": rows})).sheet is None
    book = read(tmp_path, {"表一": rows}, registers={"表一": "任务"})
    assert only(book).sheet == "任务"
    assert read(tmp_path, {"表一": rows}, registers={"表一": None}).tables == []


def test_an_unknown_sheet_is_told_and_a_file_of_them_is_an_error(tmp_path: Path) -> None:
    book = read(tmp_path, {"通讯录": [["姓名", "电话"], ["赵", "1"]]})
    assert [code for _, code in told(book)] == ["sheet-unrecognised", "no-register"]
    assert only(book).unmatched == ["姓名", "电话"]


def test_a_hidden_sheet_is_told_and_not_read_F18(tmp_path: Path) -> None:
    book = read(
        tmp_path,
        {"合同": rows_of("合同", {}), "债权": claims(CLAIM)["债权"]},
        adjust=lambda _, pages: pages["债权"].hide(),
    )
    assert only(book).sheet == "合同"
    assert [code for _, code in told(book)] == ["sheet-hidden"]


def test_hidden_rows_are_read_and_listed_F18(tmp_path: Path) -> None:
    book = read(
        tmp_path,
        {"合同": rows_of("合同", {}, {})},
        adjust=lambda _, pages: pages["合同"].set_row(2, None, None, {"hidden": True}),
    )
    assert len(only(book).rows) == 2
    assert [(p.code, p.severity, p.rows) for p in book.problems] == [
        ("row-hidden", "warning", (3,))
    ]


def test_the_same_register_may_stand_on_several_sheets(tmp_path: Path) -> None:
    second = rows_of("合同", {"village": OTHER_VILLAGE})
    book = read(tmp_path, {"东村合同": rows_of("合同", {}), "西村合同": second})
    assert [table.sheet for table in book.tables] == ["合同", "合同"]
    assert len(list(book.rows_of("合同"))) == 2


@pytest.mark.parametrize(
    ("header", "unit"),
    [("金额(万元)", "万元"), ("单价（元/亩/年）", "元"), ("面积", ""), ("合同总价元", "元")],
)
def test_the_unit_a_header_names(header: str, unit: str) -> None:
    assert own_unit(header) == unit
