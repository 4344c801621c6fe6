"""Every form of a cell that is accepted, and every one that is not: the C rows of the catalogue."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sanzi.intake.cells.parsers import Reader, parse_function
from sanzi.intake.cells.verdict import Noted
from sanzi.intake.dictionary import sheet

from .workbook_maker import (
    PERSON,
    VILLAGE,
    Dated,
    Formula,
    only,
    read,
    read_cell,
    read_rows,
    rows_of,
)

CREDIT_CODE = "N1999999MF00000016"
CARD = "6222020000000000001"


def answer(register: str, field: str, cell: Any, **options: Any) -> Any:
    """What the parser of this column makes of one cell."""
    return Reader(parse_function(sheet(register).column(field), **options))[cell]


def value_of(register: str, field: str, cell: Any, **options: Any) -> Any:
    found = answer(register, field, cell, **options)
    return found.value if isinstance(found, Noted) else found


def refused(register: str, field: str, cell: Any, **options: Any) -> Noted:
    found = answer(register, field, cell, **options)
    assert isinstance(found, Noted), found
    assert found.severity == "error", found
    return found


MARCH = date(2025, 3, 1)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        pytest.param("2025年3月1日", MARCH, id="C28-年月日"),
        pytest.param("2025.3.1", MARCH, id="C28-dots"),
        pytest.param("2025/3/1", MARCH, id="C28-slashes"),
        pytest.param("2025-03-01", MARCH, id="C28-iso"),
        pytest.param("20250301", MARCH, id="C28-digits"),
        pytest.param(20250301.0, MARCH, id="C28-digits-as-number"),
        pytest.param("45292", date(2024, 1, 1), id="C28-serial-as-text"),
        pytest.param(45292.0, date(2024, 1, 1), id="excel-serial"),
        pytest.param("２０２５年３月１日", MARCH, id="full-width"),
        pytest.param(" 2025-3-1 ", MARCH, id="spaces"),
        pytest.param("2025-03-01 00:00:00", MARCH, id="with-midnight"),
        pytest.param(date(2025, 3, 1), MARCH, id="date-cell"),
        pytest.param(datetime(2025, 3, 1, 9, 30), MARCH, id="moment-cell"),  # noqa: DTZ001
        pytest.param(20090.0, date(1955, 1, 1), id="first-serial"),
    ],
)
def test_dates_as_towns_write_them(cell: Any, meant: date) -> None:
    assert value_of("合同", "signed_on", cell) == meant


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        pytest.param("2024-02-30", "date-impossible", id="C27-30-February"),
        pytest.param("0002-01-01", "date-range", id="C27-year-2"),
        pytest.param("9999-12-31", "date-range", id="C27-year-9999"),
        pytest.param(60.0, "date-serial", id="C29"),
        pytest.param(20089.0, "date-serial", id="before-the-first-serial"),
        pytest.param("2018年", "date-incomplete", id="only-a-year"),
        pytest.param("2018.5", "date-incomplete", id="only-a-month"),
        pytest.param(2018.0, "date-incomplete", id="only-a-year-as-number"),
        pytest.param("去年春天", "date-unreadable", id="words"),
        pytest.param("长期", "date-unreadable", id="no-end-in-a-start-column"),
    ],
)
def test_what_is_no_date(cell: Any, code: str) -> None:
    assert refused("合同", "signed_on", cell).code == code


@pytest.mark.parametrize("word", ["长期", "永久", "无固定期限", " 长期 "])
def test_an_end_that_never_comes_is_read_as_none_with_a_warning_C27(word: str) -> None:
    found = answer("合同", "ends_on", word)
    assert (found.value, found.severity, found.code) == (None, "warning", "date-open")


def test_a_serial_of_a_1904_workbook_F28() -> None:
    assert value_of("合同", "signed_on", 43830.0, is_1904=True) == date(2024, 1, 1)


def test_dates_of_a_1904_workbook_are_right_F28(tmp_path: Path) -> None:
    rows = rows_of("合同", {"signed_on": date(2024, 1, 1), "starts_on": 43830})
    book = read(tmp_path, {"合同": rows}, date_1904=True)
    values = only(book).rows[0].values
    assert (values["signed_on"], values["starts_on"]) == (date(2024, 1, 1), date(2024, 1, 1))


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [
        pytest.param("1,234.56", "1234.56", id="C11-thousands"),
        pytest.param("￥1234", "1234.00", id="C11-yen-full-width"),
        pytest.param("¥1,234.5", "1234.50", id="C11-yen"),
        pytest.param("１２３", "123.00", id="C12-full-width"),
        pytest.param("１，２３４．５", "1234.50", id="C12-full-width-comma"),
        pytest.param(0.30000000000000004, "0.30", id="C14"),
        pytest.param(370370.33999999997, "370370.34", id="C14-large"),
        pytest.param("-0", "0.00", id="C16-minus-zero"),
        pytest.param(-0.0, "0.00", id="C16-binary-minus-zero"),
        pytest.param(9999999999999.99, "9999999999999.99", id="C15-largest"),
        pytest.param(12000.0, "12000.00", id="number"),
    ],
)
def test_amounts_as_towns_write_them(cell: Any, yuan: str) -> None:
    value = value_of("合同", "total_amount", cell)
    assert str(value) == yuan


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        pytest.param("1234元", "money-unreadable", id="C11-unit"),
        pytest.param("(1,234)", "money-unreadable", id="C11-brackets"),
        pytest.param("一千二", "money-unreadable", id="C11-words"),
        pytest.param("1,23.4", "money-unreadable", id="C11-odd-commas"),
        pytest.param("1_000", "money-unreadable", id="C12-underscore"),
        pytest.param(12.345, "money-decimals", id="C13"),
        pytest.param("12.345", "money-decimals", id="C13-text"),
        pytest.param("0.3000000000001", "money-decimals", id="C14-typed"),
        pytest.param(1e30, "money-range", id="C15-1E30"),
        pytest.param("99999999999999999", "money-range", id="C15-text"),
        pytest.param(10**13 * 1.0, "money-range", id="C15-one-more"),
        pytest.param(-5.0, "money-negative", id="C16"),
        pytest.param("-5", "money-negative", id="C16-text"),
        pytest.param(date(2025, 3, 1), "money-unreadable", id="a-date"),
        pytest.param("NaN", "money-unreadable", id="nan"),
    ],
)
def test_what_is_no_amount(cell: Any, code: str) -> None:
    assert refused("合同", "total_amount", cell).code == code


def test_a_balance_may_be_overdrawn_C16() -> None:
    assert value_of("资金账户", "book_balance", -5.0) == Decimal("-5.00")


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [(1.5, "15000.00"), ("12.345678", "123456.78"), (0.000001, "0.01"), (1026.56, "10265600.00")],
)
def test_ten_thousands_are_exact_to_the_fen(cell: Any, yuan: str) -> None:
    assert str(value_of("合同", "total_amount", cell, factor=10_000)) == yuan


def test_a_part_of_a_fen_in_ten_thousands_is_refused() -> None:
    found = refused("合同", "total_amount", "0.0000001", factor=10_000)
    assert found.code == "money-decimals"


def test_an_area_has_two_places() -> None:
    assert value_of("资源", "area_mu", 12.35) == Decimal("12.35")
    assert refused("资源", "area_mu", 12.345).code == "area-decimals"


@pytest.mark.parametrize(
    ("cell", "rate", "code"),
    [
        pytest.param("5%", "0.05", None, id="C39-text"),
        pytest.param(0.05, "0.05", None, id="C39-percent-cell"),
        pytest.param("4.35%", "0.0435", None, id="text"),
        pytest.param("４．３５％", "0.0435", None, id="full-width"),
        pytest.param(4.35, "0.0435", "percent-points", id="points"),
        pytest.param(0.5, "0.5", "percent-high", id="unlikely"),
    ],
)
def test_rates(cell: Any, rate: str, code: str | None) -> None:
    found = answer("债务", "yearly_rate", cell)
    if code:
        assert found.code == code
        found = found.value
    assert found == Decimal(rate)


@pytest.mark.parametrize("cell", ["月息一分", -0.01, "101%", 250.0])
def test_what_is_no_rate_C39(cell: Any) -> None:
    assert refused("债务", "yearly_rate", cell).code.startswith("percent-")


@pytest.mark.parametrize(
    ("cell", "meant"),
    [("是", True), ("否", False), ("Y", True), ("n", False), ("有", True), ("无", False)]
    + [("TRUE", True), ("√", True), (1.0, True), (0.0, False)],
)  # fmt: skip
def test_yes_and_no_C39(cell: Any, meant: bool) -> None:
    assert value_of("合同", "is_member", cell) is meant


def test_a_boolean_cell_is_not_taken_for_the_number_one_C39(tmp_path: Path) -> None:
    book = read_rows(tmp_path, "合同", {"is_member": True}, {"is_member": 1, "total_amount": 1})
    values = [row.values["is_member"] for row in only(book).rows]
    assert values == [True, True]
    _, problems = read_cell(tmp_path, "合同", "total_amount", True)
    assert [problem.code for problem in problems] == ["money-unreadable"]


def test_maybe_is_neither_yes_nor_no_C39() -> None:
    assert refused("合同", "is_member", "可能").code == "boolean-unknown"


def test_whole_numbers() -> None:
    assert value_of("村情", "people", 120.0) == 120
    assert value_of("年度收入", "year", "2024年") == 2024
    assert refused("村情", "people", 12.5).code == "integer-decimals"
    assert refused("村情", "people", -1.0).code == "integer-negative"
    assert refused("村情", "people", 3e9).code == "integer-range"


@pytest.mark.parametrize(
    ("cell", "stored"),
    [
        pytest.param(PERSON, PERSON, id="valid"),
        pytest.param(PERSON.lower(), PERSON, id="C3"),
        pytest.param("９９９９９９１９８００１０１００２Ｘ", PERSON, id="C4-full-width"),
        pytest.param(f"999999 19800101 {PERSON[14:]}", PERSON, id="C4-spaces"),
        pytest.param(f"999999\u200b{PERSON[6:]}", PERSON, id="C4-zero-width"),
    ],
)
def test_identity_numbers_that_are_taken(cell: str, stored: str) -> None:
    assert value_of("合同", "contractor_id", cell) == stored


@pytest.mark.parametrize(
    ("cell", "code", "says"),
    [
        pytest.param(1.10101199003071e17, "party-id-numeric", "后几位已丢失", id="C1"),
        pytest.param("999999198001010012", "party-id", "校验位不对", id="C2"),
        pytest.param("999999203013010011", "party-id", "", id="C5"),
        pytest.param("999999800101001", "party-id", "需 18 位", id="C6"),
    ],
)
def test_identity_numbers_that_are_not(cell: Any, code: str, says: str) -> None:
    found = refused("合同", "contractor_id", cell)
    assert found.code == code
    assert says in found.why


def test_a_birth_date_after_today_is_refused_C5() -> None:
    found = refused("合同", "contractor_id", PERSON, today=date(1979, 12, 31))
    assert "今天之后" in found.why


@pytest.mark.parametrize(
    ("cell", "stored"),
    [
        pytest.param("+86 13800138000", "13800138000", id="C8-country"),
        pytest.param("138-0013-8000", "13800138000", id="C8-hyphens"),
        pytest.param("１３８００１３８０００", "13800138000", id="C8-full-width"),
        pytest.param(13800138000.0, "13800138000", id="C8-number"),
        pytest.param("0356-7020000", "0356-7020000", id="landline"),
    ],
)
def test_telephones(cell: Any, stored: str) -> None:
    assert value_of("合同", "contractor_phone", cell) == stored


def test_a_short_telephone_is_refused() -> None:
    assert refused("合同", "contractor_phone", "1380013800").code == "phone"
    assert refused("合同", "contractor_phone", 12.5).code == "phone"


def test_a_card_in_a_number_cell_is_refused_C9() -> None:
    found = refused("资金账户", "account_number", 6.22202e18)
    assert found.code == "bank-account-numeric"
    assert "文本" in found.why


def test_a_card_that_fails_its_check_is_a_warning_C10() -> None:
    found = answer("资金账户", "account_number", CARD)
    assert (found.value, found.severity) == (CARD, "warning")


def test_a_region_code_in_a_number_cell_is_exact_and_taken() -> None:
    found = answer("合同", "village", 999999101201.0)
    assert (found.value, found.severity) == (VILLAGE, "corrected")
    assert refused("合同", "village", "999999101000").code == "region-code"


@pytest.mark.parametrize(
    ("cell", "stored"), [("001", "001"), (1.0, "1"), ("HT-１", "HT-１"), ("合〔2020〕3号", None)]
)
def test_business_numbers_C30(cell: Any, stored: str | None) -> None:
    assert value_of("合同", "number", cell) == (stored or cell)


def test_a_number_cell_in_a_number_column_is_taken_and_told_C30() -> None:
    assert answer("合同", "number", 1.0).code == "number-from-numeric"
    assert refused("合同", "number", 1e17).code == "number-digits-lost"
    assert refused("合同", "number", date(2020, 1, 1)).code == "number-became-date"


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param("\x0b", id="C22"),
        pytest.param("甲\x07乙", id="C22-bell"),
        pytest.param("甲\x00乙", id="C23"),
        pytest.param("甲\ud800乙", id="C24"),
    ],
)
def test_control_characters_are_refused(cell: str) -> None:
    assert refused("合同", "remark", cell).code == "text-characters"


@pytest.mark.parametrize(
    "name",
    ["𠮷田", "张三😀", "محمد", "阿卜杜热合曼·阿卜杜热西提·阿卜杜克热木"],
)
def test_rare_names_come_through_unchanged_C25(name: str) -> None:
    assert answer("合同", "contractor", name) == name


def test_forty_thousand_characters_are_refused_C26() -> None:
    found = refused("合同", "remark", "字" * 40_000)
    assert found.code == "text-too-long"
    assert "2,000" in found.why


@pytest.mark.parametrize(
    "cell", ["\u00a0赵小满", "赵小满\n", "  赵小满"], ids=["nbsp", "newline", "spaces"]
)
def test_names_are_trimmed_and_told_C31(cell: str) -> None:
    found = answer("合同", "contractor", cell)
    assert (found.value, found.code) == ("赵小满", "text-trimmed")


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param('=HYPERLINK("http://a","b")', id="C20"),
        pytest.param("=cmd|' /C calc'!A0", id="C20-dde"),
        pytest.param("+1", id="C21-plus"),
        pytest.param("-1", id="C21-minus"),
        pytest.param("@SUM", id="C21-at"),
        pytest.param("＝1", id="C21-full-width"),
        pytest.param("<script>alert(1)</script>", id="C40-script"),
        pytest.param("{{7*7}}${7*7}%s'; DROP TABLE x;--\\", id="C40-templates"),
    ],
)
def test_dangerous_words_are_words(cell: str, tmp_path: Path) -> None:
    value, problems = read_cell(tmp_path, "合同", "remark", cell)
    assert (value, problems) == (cell, [])


@pytest.mark.parametrize(
    ("cell", "meant"),
    [("资 源 类", "资源类"), ("资源类 ", "资源类"), ("资源类", "资源类")],
)
def test_choices_with_spaces_C32(cell: str, meant: str) -> None:
    assert value_of("合同", "category", cell) == meant


def test_a_choice_off_the_list_names_the_nearest_C32() -> None:
    found = refused("资产", "use_status", "自用/出租")
    assert found.code == "choice-unknown"
    assert "自用" in found.why
    assert "出租" in found.why


def test_a_column_that_asks_whether_is_answered_with_yes() -> None:
    assert value_of("合同", "written", "是") == "书面"
    assert value_of("债权", "evidence", "否") == "无"


@pytest.mark.parametrize("mark", ["、", ",", "，", ";", "；"])
def test_several_values_in_one_cell(mark: str) -> None:
    found = answer("债权", "debtor_standing", f"党员{mark}村干部")
    assert found == ("党员", "村干部")


def test_one_bad_value_among_several_is_named() -> None:
    assert "“书记”" in refused("债权", "debtor_standing", "党员、书记").why


def test_land_classes() -> None:
    assert answer("合同", "land_class", "0101") == "0101"
    assert refused("合同", "land_class", 101.0).code == "land-class"
    assert refused("合同", "land_class", "9999").code == "land-class"


SQUARE = "(112.1 35.6, 112.2 35.6, 112.2 35.7, 112.1 35.6)"


def test_outlines_of_land() -> None:
    assert answer("资源", "geometry", f"POLYGON({SQUARE})") == f"POLYGON({SQUARE})"
    geojson = '{"type":"Polygon","coordinates":[[[112,35],[113,35],[113,36],[112,35]]]}'
    assert answer("资源", "geometry", geojson) == geojson


@pytest.mark.parametrize(
    "text",
    [
        "POINT(112 35)",
        "POLYGON((112.1 35.6, 112.2 35.6, 112.2 35.7, 112.3 35.6))",
        "POLYGON((38412345 3945678, 38412346 3945678, 38412346 3945679, 38412345 3945678))",
        '{"type":"Polygon"}',
        '{"a":' * 2000,
        "南坡",
    ],
)
def test_what_is_no_outline(text: str) -> None:
    assert refused("资源", "geometry", text).code == "geometry"


@pytest.mark.parametrize("error", ["#DIV/0!", "#REF!", "#N/A"])
def test_formula_errors_are_named_C17(tmp_path: Path, error: str) -> None:
    cell = Formula("=1/0", error)
    _, problems = read_cell(tmp_path, "合同", "total_amount", cell)
    assert [problem.code for problem in problems] == ["formula-error"]
    assert "公式错误值" in problems[0].message


def test_a_formula_with_an_answer_is_read(tmp_path: Path) -> None:
    value, problems = read_cell(tmp_path, "合同", "total_amount", Formula("=1+1", 2))
    assert (value, problems) == (Decimal("2.00"), [])


def test_a_formula_without_an_answer_is_refused_C18(tmp_path: Path) -> None:
    _, problems = read_cell(tmp_path, "合同", "total_amount", Formula("=1+1", ""))
    assert [problem.code for problem in problems] == ["formula-no-value"]
    assert "粘贴为数值" in problems[0].message


def test_a_formula_in_a_key_column_is_refused_C19(tmp_path: Path) -> None:
    _, problems = read_cell(tmp_path, "合同", "number", Formula('="HT"&1', "HT1"))
    assert [problem.code for problem in problems] == ["formula-in-key"]


def test_a_date_cell_and_one_beyond_the_calendar(tmp_path: Path) -> None:
    value, _ = read_cell(tmp_path, "合同", "signed_on", Dated(45292))
    assert value == date(2024, 1, 1)
    _, problems = read_cell(tmp_path, "合同", "signed_on", Dated(60))
    assert problems[0].code == "date-range"


def test_a_message_says_where_what_why_and_how_but_never_an_identity(tmp_path: Path) -> None:
    bad = "999999198001010012"
    _, problems = read_cell(tmp_path, "合同", "contractor_id", bad)
    (problem,) = problems
    assert problem.message.startswith("第 2 行“承包方证件号”：“9****************2”")
    assert "校验位不对" in problem.message
    assert "改正" in problem.message
    assert (problem.sheet, problem.row, problem.column) == ("合同", 2, "承包方证件号")
    assert problem.severity == "error"


def test_an_identity_typed_into_another_column_is_masked_too(tmp_path: Path) -> None:
    for field, cell in (("category", PERSON), ("total_amount", PERSON), ("village", PERSON)):
        _, problems = read_cell(tmp_path, "合同", field, cell)
        assert problems
        assert all("19800101" not in problem.message for problem in problems)
