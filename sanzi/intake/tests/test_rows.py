"""What happens between cells: blanks, totals, merges, doubles, and sentences about them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sanzi.intake import problems as problems_module
from sanzi.intake.problems import Log

from .workbook_maker import (
    LAWFUL,
    OTHER_PERSON,
    OTHER_VILLAGE,
    PERSON,
    VILLAGE,
    Formula,
    only,
    read,
    read_rows,
    row,
    rows_of,
    told,
)


@pytest.mark.parametrize("sheet", LAWFUL)
def test_a_lawful_row_of_every_register_has_no_problem_F22(tmp_path: Path, sheet: str) -> None:
    book = read_rows(tmp_path, sheet, {})
    assert book.problems == []
    assert row(book).sound
    assert row(book).values == dict.fromkeys(row(book).values) | LAWFUL[sheet] | {
        field: row(book).values[field]
        for field in row(book).values
        if isinstance(LAWFUL[sheet].get(field), (int, float)) or field == "ordinal"
    }


@pytest.mark.parametrize("word", ["合计", "总 计", "小计：", "合计（3笔）", "本页合计"])
def test_a_total_row_is_skipped_and_told_C38(tmp_path: Path, word: str) -> None:
    rows = [*rows_of("合同", {}), [word, None, None, None]]
    book = read(tmp_path, {"合同": rows})
    assert len(only(book).rows) == 1
    assert [(p.code, p.severity, p.row) for p in book.problems] == [("total-row", "corrected", 3)]


def test_blank_rows_and_rows_of_spaces_are_passed_over(tmp_path: Path) -> None:
    lines = rows_of("合同", {}, {})
    book = read(tmp_path, {"合同": [lines[0], [None], lines[1], [" ", " "], lines[2]]})
    assert [found.row for found in only(book).rows] == [3, 5]
    assert book.problems == []


def test_a_foot_line_and_a_repeated_header_are_no_rows(tmp_path: Path) -> None:
    lines = rows_of("合同", {})
    foot = ["制表人：赵小满", None, "审核人：孙立春"]
    book = read(tmp_path, {"合同": [*lines, lines[0], foot]})
    assert len(only(book).rows) == 1
    assert [code for _, code in told(book)] == ["header-repeated", "foot-line"]


def test_a_missing_required_cell_is_named(tmp_path: Path) -> None:
    book = read_rows(tmp_path, "合同", {"contractor": None})
    assert [problem.message for problem in book.problems] == ["第 2 行“承包方”未填（必填），请补填"]
    assert told(book) == [("H2", "required-missing")]
    assert not row(book).sound


def test_an_unreadable_required_cell_is_said_once(tmp_path: Path) -> None:
    book = read_rows(tmp_path, "合同", {"category": "别的"})
    assert told(book) == [("D2", "choice-unknown")]


def test_words_merged_downwards_are_filled_and_told(tmp_path: Path) -> None:
    lines = rows_of("合同", {}, {"contractor": None}, {"contractor": None})
    book = read(tmp_path, {"合同": lines}, merges={"合同": ["H2:H4"]})
    assert [found.values["contractor"] for found in only(book).rows] == ["赵小满"] * 3
    assert [(p.code, p.severity, p.rows) for p in book.problems] == [
        ("merged-filled", "corrected", (3, 4))
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [("total_amount", 100), ("contract_area_mu", 3), ("contractor_id", PERSON), ("number", "HT-9")],
)
def test_a_merge_over_an_amount_an_area_or_a_number_is_refused_F19(
    tmp_path: Path, field: str, value: Any
) -> None:
    lines = rows_of("合同", {field: value}, {field: None})
    place = next(at for at, cell in enumerate(lines[1]) if cell == value)
    letter = "ABCDEFGHIJ"[place]
    book = read(tmp_path, {"合同": lines}, merges={"合同": [f"{letter}2:{letter}3"]})
    assert told(book) == [(f"{letter}3", "merged-cells")]
    assert f"{letter}2:{letter}3" in book.problems[0].message
    assert "取消合并" in book.problems[0].message


def test_cells_merged_across_are_refused_F19(tmp_path: Path) -> None:
    lines = rows_of("合同", {})
    lines[1][3] = None
    book = read(tmp_path, {"合同": lines}, merges={"合同": ["C2:D2"]})
    assert told(book) == [("D2", "merged-cells")]


def test_a_doubled_number_names_both_rows_C33(tmp_path: Path) -> None:
    book = read_rows(tmp_path, "合同", {}, {"number": "HT-001"})
    assert told(book) == [("A3", "duplicate-key")]
    assert "第 3 行" in book.problems[0].message
    assert "第 2 行" in book.problems[0].message
    assert [found.sound for found in only(book).rows] == [True, False]


def test_the_same_number_in_another_village_is_another_contract_C33(tmp_path: Path) -> None:
    book = read_rows(tmp_path, "合同", {}, {"number": "HT-001", "village": OTHER_VILLAGE})
    assert book.problems == []


def test_a_double_on_another_sheet_is_found_too_C33(tmp_path: Path) -> None:
    book = read(tmp_path, {"合同1": rows_of("合同", {}), "合同2": rows_of("合同", {})})
    assert "工作表“合同1”第 2 行" in book.problems[0].message


def test_dispositions_alike_are_counted_in_file_order(tmp_path: Path) -> None:
    book = read_rows(tmp_path, "处置记录", {}, {}, {"method": "司法诉讼"}, {})
    assert [found.values["ordinal"] for found in only(book).rows] == [1, 2, 1, 3]
    assert book.problems == []


def test_a_contract_cannot_end_before_it_begins_C35(tmp_path: Path) -> None:
    days = {"starts_on": date(2025, 3, 1), "ends_on": date(2025, 2, 28)}
    book = read_rows(tmp_path, "合同", days)
    assert [code for _, code in told(book)] == ["dates-reversed"]
    same = {"starts_on": date(2025, 3, 1), "ends_on": date(2025, 3, 1)}
    assert read_rows(tmp_path, "合同", same).problems == []


@pytest.mark.parametrize(
    ("expected", "present", "approved", "severities"),
    [(60, 40, 40, []), (60, 61, 40, ["error"]), (60, 40, 41, ["warning"])],
)
def test_heads_at_a_meeting_must_add_up(
    tmp_path: Path, expected: int, present: int, approved: int, severities: list[str]
) -> None:
    heads = {"expected_count": expected, "present_count": present, "approval_count": approved}
    book = read_rows(tmp_path, "合同", heads)
    assert [problem.severity for problem in book.problems] == severities


@pytest.mark.parametrize(
    ("holder", "refused"),
    [("王小明", True), ("示范村", False), ("示范村股份经济合作社", False), ("土地专户", False)],
)
def test_an_account_in_a_person_s_name_is_refused(
    tmp_path: Path, holder: str, refused: bool
) -> None:
    book = read_rows(tmp_path, "资金账户", {"account_name": holder})
    assert [code for _, code in told(book)] == ["personal-account"] * refused


def test_cash_may_be_kept_by_a_person(tmp_path: Path) -> None:
    book = read_rows(tmp_path, "资金账户", {"account_name": "王小明", "kind": "库存现金"})
    assert book.problems == []


def test_one_identity_under_two_names_names_both_rows_C7(tmp_path: Path) -> None:
    book = read_rows(
        tmp_path,
        "合同",
        {"contractor_id": PERSON},
        {"contractor_id": PERSON, "contractor": "钱大有"},
        {"contractor_id": OTHER_PERSON, "contractor": "钱大有"},
    )
    (problem,) = book.problems
    assert (problem.code, problem.severity) == ("identity-two-names", "warning")
    assert "第 3 行" in problem.message
    assert "第 2 行" in problem.message
    assert PERSON not in problem.message


def test_a_disposition_of_nothing_in_the_file_is_a_warning(tmp_path: Path) -> None:
    sheets = {"合同": rows_of("合同", {}), "处置记录": rows_of("处置记录", {"target_number": "X"})}
    book = read(tmp_path, sheets)
    assert [code for _, code in told(book)] == ["reference-missing"]
    alone = {"处置记录": rows_of("处置记录", {"target_number": "X"})}
    assert read(tmp_path, alone).problems == []


def test_a_village_the_file_does_not_list_is_a_warning_once(tmp_path: Path) -> None:
    stranger = {"village": OTHER_VILLAGE}
    sheets = {"村情": rows_of("村情", {}), "合同": rows_of("合同", {}, stranger, stranger)}
    book = read(tmp_path, sheets)
    assert told(book) == [("B3", "village-not-listed")]


def test_a_correction_is_told_once_for_a_column(tmp_path: Path) -> None:
    book = read_rows(tmp_path, "合同", *({"contractor": " 赵小满"} for _ in range(7)))
    (problem,) = book.problems
    assert (problem.code, problem.cell, problem.rows) == (
        "text-trimmed",
        "H2",
        (2, 3, 4, 5, 6, 7, 8),
    )
    assert "等 7 行" in problem.message


def test_errors_are_told_cell_by_cell_C41(tmp_path: Path) -> None:
    book = read_rows(tmp_path, "合同", *({"total_amount": "x"} for _ in range(50)))
    assert len(book.problems) == 50


def test_no_workbook_can_make_sentences_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems_module, "PROBLEMS_MAX", 3)
    log = Log()
    for number in range(5):
        log.add("合同", "x", "error", "", row=number)
    found = log.finish()
    assert [problem.code for problem in found] == ["x", "x", "x", "too-many-problems"]
    assert "2 处" in found[-1].message


def test_a_formula_down_the_sheet_makes_no_rows(tmp_path: Path) -> None:
    lines = rows_of("合同", {"remark": None}) + [[None] * 8 + [Formula('=""', "")]] * 3
    book = read(tmp_path, {"合同": lines})
    assert len(only(book).rows) == 1
    assert book.problems == []


def test_progress_is_told(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    read(tmp_path, {"合同": rows_of("合同", {}, {})}, progress=lambda *step: steps.append(step))
    assert steps[-1] == (3, 3)


def test_values_answer_like_a_mapping(tmp_path: Path) -> None:
    values = row(read_rows(tmp_path, "合同", {})).values
    assert values["village"] == VILLAGE
    assert values["remark"] is None
    assert values.get("no_such_field", "x") == "x"
    assert dict(values)["number"] == "HT-001"
