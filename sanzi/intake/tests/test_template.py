"""The blank workbook: what it promises a town, and that it is read back as nothing at all."""

from pathlib import Path

import openpyxl
import pytest

from sanzi.intake.dictionary import SHEETS
from sanzi.intake.dictionary import sheet as dictionary_sheet
from sanzi.intake.reading import INSTRUCTIONS, OPTIONS, read_workbook
from sanzi.intake.rows import SAMPLE
from sanzi.intake.template import write_template


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.xlsx"
    write_template(path)
    return path


def test_the_blank_template_is_eleven_registers_no_rows_and_no_problems(template: Path) -> None:
    book = read_workbook(template, browser=True)
    assert [table.sheet for table in book.tables] == [sheet.title for sheet in SHEETS]
    assert [table.rows for table in book.tables] == [[]] * 11
    assert book.problems == []


def test_every_column_is_there_in_order_and_matched_by_name(template: Path) -> None:
    for table, sheet in zip(read_workbook(template).tables, SHEETS, strict=True):
        assert [match.field for match in table.columns] == [c.field for c in sheet.columns]
        assert {match.how for match in table.columns} == {"name"}


def test_required_headers_are_coloured_and_every_header_explains_itself(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    for sheet in SHEETS:
        page = book[sheet.title]
        assert page.freeze_panes == "B2"
        for cell, column in zip(page[1], sheet.columns, strict=True):
            assert (cell.fill.fgColor.rgb == "FFFFE699") is column.required
            assert cell.comment.text.startswith("必填" if column.required else "选填")


def test_choices_have_drop_downs_and_long_lists_stand_on_a_hidden_sheet(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    assert book[OPTIONS].sheet_state == "hidden"
    for sheet in SHEETS:
        lists = book[sheet.title].data_validations.dataValidation
        chosen = [c for c in sheet.columns if c.type in ("choice", "boolean")]
        assert len(lists) == len(chosen)


def test_codes_and_numbers_are_text_columns(template: Path) -> None:
    page = openpyxl.load_workbook(template)["合同"]
    groups = [(d.min, d.max, d.number_format) for d in page.column_dimensions.values()]
    for place, column in enumerate(dictionary_sheet("合同").columns, 1):
        if column.type in ("text", "region_code", "party_id", "phone", "land_class"):
            assert [code for low, high, code in groups if low <= place <= high] == ["@"]


def test_the_sample_row_is_skipped_and_the_rows_below_it_are_read(
    template: Path, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(template)
    page = book["年度收入"]
    assert str(page["A2"].value).startswith(SAMPLE)
    page["A3"], page["B3"] = "999999101201", 2024
    book.save(tmp_path / "filled.xlsx")
    filled = read_workbook(tmp_path / "filled.xlsx")
    assert [found.row for found in filled.rows_of("年度收入")] == [3]
    assert filled.problems == []


def test_the_instructions_name_every_column(template: Path) -> None:
    page = openpyxl.load_workbook(template)[INSTRUCTIONS]
    words = {(line[0].value, line[1].value) for line in page.iter_rows()}
    assert {(sheet.title, c.title) for sheet in SHEETS for c in sheet.columns} <= words


def test_the_sample_values_are_such_as_the_reader_takes(template: Path, tmp_path: Path) -> None:
    """Without its mark the example row is a lawful row."""
    book = openpyxl.load_workbook(template)
    for sheet in SHEETS:
        cell = book[sheet.title]["A2"]
        cell.value = str(cell.value).removeprefix(SAMPLE)
    book.save(tmp_path / "samples.xlsx")
    found = read_workbook(tmp_path / "samples.xlsx")
    errors = [problem.message for problem in found.problems if problem.severity == "error"]
    assert errors == []
    assert [len(table.rows) for table in found.tables] == [1] * 11
