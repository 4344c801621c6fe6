"""The same workbook given back with its problems marked."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sanzi.intake import annotate as annotate_module
from sanzi.intake.annotate import annotate
from sanzi.intake.reading import PROBLEM_LIST, read_workbook
from sanzi.intake.tables import Workbook

from .workbook_maker import rows_of, write


def marked(tmp_path: Path, sheets: dict[str, Any], **options: Any) -> tuple[Workbook, Path]:
    source, out = write(tmp_path / "town.xlsx", sheets, **options), tmp_path / "marked.xlsx"
    book = read_workbook(source)
    annotate(source, book.problems, out)
    return book, out


def test_bad_cells_are_coloured_by_gravity_and_commented(tmp_path: Path) -> None:
    rows = rows_of("合同", {"total_amount": "x", "contractor": " 赵小满", "ends_on": "长期"})
    _, out = marked(tmp_path, {"合同": rows})
    page = openpyxl.load_workbook(out)["合同"]
    colours = {page.cell(1, cell.column).value: cell.fill.fgColor.rgb for cell in page[2]}
    assert colours["合同总价元"] == "00FFC7CE"
    assert colours["终止日期"] == "00FFEB9C"
    assert colours["承包方"] == "00BDD7EE"
    comments = [cell.comment.text for cell in page[2] if cell.comment]
    assert any("请只填数字" in text for text in comments)


def test_the_list_at_the_front_links_to_every_cell(tmp_path: Path) -> None:
    book, out = marked(
        tmp_path, {"合同 表": rows_of("合同", {"total_amount": "x"}, {"title": None})}
    )
    page = openpyxl.load_workbook(out).worksheets[0]
    assert page.title == PROBLEM_LIST
    lines = list(page.iter_rows(min_row=2, values_only=True))
    assert [line[5] for line in lines] == [problem.message for problem in book.problems]
    assert page["E2"].hyperlink.location or page["E2"].hyperlink.target
    assert "合同 表" in str(page["E2"].hyperlink.location or page["E2"].hyperlink.target)


def test_every_planted_error_is_flagged_and_nothing_else(tmp_path: Path) -> None:
    changes = [
        {"total_amount": "x"} if number % 5 == 0 else {"total_amount": 1} for number in range(40)
    ]
    _, out = marked(tmp_path, {"合同": rows_of("合同", *changes)})
    page = openpyxl.load_workbook(out)["合同"]
    flagged = [cell.row for line in page.iter_rows(min_row=2) for cell in line if cell.comment]
    assert flagged == [number + 2 for number in range(40) if number % 5 == 0]


def test_words_that_look_like_formulas_stay_words_C20(tmp_path: Path) -> None:
    remark = '=HYPERLINK("http://a","b")'
    rows = rows_of("合同", {"remark": remark, "category": "=1+1"})
    _, out = marked(tmp_path, {"合同": rows})
    book = openpyxl.load_workbook(out)
    for page in book.worksheets:
        for line in page.iter_rows():
            assert all(cell.data_type != "f" for cell in line)
    assert remark in [cell.value for cell in book["合同"][2]]


def test_a_marked_workbook_can_be_mended_and_read_again(tmp_path: Path) -> None:
    _, out = marked(tmp_path, {"合同": rows_of("合同", {"total_amount": "x"})})
    again = read_workbook(out)
    assert [(p.cell, p.code) for p in again.problems] == [("I2", "money-unreadable")]
    book = openpyxl.load_workbook(out)
    book["合同"]["I2"] = 100
    book.save(out)
    assert read_workbook(out).problems == []


def test_a_merged_range_does_not_stop_the_marking_F19(tmp_path: Path) -> None:
    rows = rows_of("合同", {"total_amount": 5}, {"total_amount": None})
    _, out = marked(tmp_path, {"合同": rows}, merges={"合同": ["I2:I3"]})
    assert openpyxl.load_workbook(out).sheetnames == [PROBLEM_LIST, "合同"]


def test_a_large_workbook_comes_back_as_its_failing_rows_C41(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotate_module, "ROWS_MAX", 2)
    remark = "=1+1"
    rows = rows_of("合同", {}, {"total_amount": "x", "remark": remark}, {})
    book, out = marked(tmp_path, {"合同": rows})
    back = openpyxl.load_workbook(out)
    assert [cell.value for cell in back[PROBLEM_LIST][2]][5] == book.problems[0].message
    lines = list(back["合同"].iter_rows(values_only=True))
    assert len(lines) == 3
    assert lines[1][2] == "合同编号"
    assert lines[2][0] == 3
    assert all(cell.data_type != "f" for line in back["合同"].iter_rows() for cell in line)
