"""The town's own workbook given back with every problem marked where it stands."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine as calamine
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from .container import inspect_container
from .headers import HEADER_ROWS, find_heading
from .masking import plain
from .problems import Problem, Severity
from .reading import PROBLEM_LIST
from .scan import column_index

# How many problems the list at the front names, and how many cells are coloured.
LISTED_MAX = 5_000
MARKED_MAX = 10_000
# openpyxl reads and writes a megabyte of XML in more than a second, and holds all of it in memory:
# a workbook beyond either limit comes back as the rows with problems only.
ROWS_MAX = 50_000
UNPACKED_MAX = 8_000_000
FAILING_ROWS_MAX = 20_000
AUTHOR = "三资"

_FILLS: dict[Severity, str] = {"error": "FFC7CE", "warning": "FFEB9C", "corrected": "BDD7EE"}
_PATTERNS = {grade: PatternFill("solid", fgColor=colour) for grade, colour in _FILLS.items()}
_WORDS: dict[Severity, str] = {"error": "错误", "warning": "提醒", "corrected": "已更正"}
_GRAVITY: dict[Severity, int] = {"error": 0, "warning": 1, "corrected": 2}
_HEADERS = ("级别", "工作表", "行", "列", "单元格", "问题", "代码")
_WIDTHS = (8, 12, 8, 18, 10, 80, 22)


def annotate(source: Path, problems: Sequence[Problem], out: Path) -> None:
    """Write `out`: the same workbook with a first sheet 问题清单, which links to every bad cell.

    Cells are red (error), amber (warning) or blue (corrected), with the message as a comment.

    A workbook too large to be rewritten within about 20 seconds comes back as the list of problems
    and, per sheet, only the rows that have one, with their values.
    """
    container = inspect_container(source, browser=False)
    rows = sum(scan.last_row for scan in container.sheets.values())
    if rows > ROWS_MAX or container.unpacked > UNPACKED_MAX:
        _write_failing_rows(source, problems, out)
    else:
        _mark_workbook(source, problems, out)


def _graded(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: _GRAVITY[problem.severity])


def _mark_workbook(source: Path, problems: Sequence[Problem], out: Path) -> None:
    book = openpyxl.load_workbook(source)
    if PROBLEM_LIST in book.sheetnames:
        del book[PROBLEM_LIST]
    left = MARKED_MAX
    by_sheet: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_sheet[problem.sheet].append(problem)
    for page in book.worksheets:
        left -= _mark_sheet(page, by_sheet.get(page.title, []), left)
    _write_list(book.create_sheet(PROBLEM_LIST, 0), problems)
    book.active = 0
    for page in book.worksheets[1:]:
        page.sheet_view.tabSelected = False
    book.save(out)


def _mark_sheet(page: Worksheet, problems: list[Problem], left: int) -> int:
    """Colour at most `left` cells; returns how many were."""
    marks: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        letter = problem.cell.rstrip("0123456789") or "A"
        for row in problem.rows or ((problem.row,) if problem.row else ()):
            marks[f"{letter}{row}"].append(problem)
    for address, found in list(marks.items())[:left]:
        cell = page[address]
        # The lower cells of a merged range cannot be written; their first cell stands for them.
        if type(cell).__name__ == "MergedCell":
            continue
        found = _graded(found)
        cell.fill = _PATTERNS[found[0].severity]
        cell.comment = Comment("\n".join(problem.message for problem in found), AUTHOR, 120, 320)
    return min(len(marks), left)


def _write_list(page: Worksheet, problems: Sequence[Problem]) -> None:
    page.append(list(_HEADERS))
    for place, width in enumerate(_WIDTHS):
        page.cell(1, place + 1).font = Font(bold=True)
        page.column_dimensions["ABCDEFG"[place]].width = width
    page.freeze_panes = "A2"
    for row, problem in enumerate(_graded(problems)[:LISTED_MAX], 2):
        for place, value in enumerate(_line(problem), 1):
            cell = page.cell(row, place)
            # Set by type: a message may begin with "=" and must stay words.
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
        page.cell(row, 1).fill = _PATTERNS[problem.severity]
        if problem.cell:
            link = page.cell(row, 5)
            link.hyperlink = f"#{quote_sheetname(problem.sheet)}!{problem.cell}"
            link.font = Font(color="0563C1", underline="single")
    _tell_rest(page, len(problems))


def _tell_rest(page: Worksheet, count: int) -> None:
    if count > LISTED_MAX:
        page.cell(LISTED_MAX + 2, 6).value = _rest(count)


def _rest(count: int) -> str:
    return f"共 {count:,} 处，只列出前 {LISTED_MAX:,} 处；请先改正已列出的再检查一次"


def _line(problem: Problem) -> tuple[str, str, int | None, str, str, str, str]:
    return (
        _WORDS[problem.severity], problem.sheet, problem.row, problem.column, problem.cell,
        problem.message, problem.code,
    )  # fmt: skip


def _write_failing_rows(source: Path, problems: Sequence[Problem], out: Path) -> None:
    """The list and the rows behind it, in flat memory."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(out), options) as book:
        fills = {
            grade: book.add_format({"bg_color": f"#{colour}"}) for grade, colour in _FILLS.items()
        }
        page = book.add_worksheet(PROBLEM_LIST)
        for place, width in enumerate(_WIDTHS):
            page.set_column(place, place, width)
        page.write_row(0, 0, _HEADERS, book.add_format({"bold": True}))
        for row, problem in enumerate(_graded(problems)[:LISTED_MAX], 1):
            page.write_row(row, 0, _line(problem))
        if len(problems) > LISTED_MAX:
            page.write_string(LISTED_MAX + 1, 5, _rest(len(problems)))
        with calamine.load_workbook(source) as original:
            for meta in original.sheets_metadata:
                found = [problem for problem in problems if problem.sheet == meta.name]
                if found:
                    sheet = original.get_sheet_by_name(meta.name)
                    _copy_rows(book.add_worksheet(meta.name), sheet, found, fills)


def _copy_rows(
    page: Any, sheet: calamine.CalamineSheet, problems: list[Problem], fills: dict[Severity, Any]
) -> None:
    """The header and each row with an error or a warning: its number, messages and values."""
    by_row: dict[int, list[Problem]] = defaultdict(list)
    for problem in _graded(problems):
        if problem.row and problem.severity != "corrected" and len(by_row) < FAILING_ROWS_MAX:
            by_row[problem.row].append(problem)
    left = sheet.start[1] if sheet.start else 0
    rows = iter(sheet.iter_rows())
    preview = list(islice(rows, HEADER_ROWS))
    heading = find_heading(sheet.name, [[""] * left + list(cells) for cells in preview], choices={})
    header = heading.header_row if heading else 1
    page.write_row(0, 0, ("原行号", "问题"))
    at = 1
    for row, cells in enumerate(chain(preview, rows), 1):
        if row in by_row or row == header:
            _copy_row(page, at, row, cells, by_row.get(row, []), fills, left)
            at += 1


def _copy_row(
    page: Any,
    at: int,
    row: int,
    cells: Sequence[Any],
    problems: list[Problem],
    fills: dict[Severity, Any],
    left: int,
) -> None:
    page.write_number(at, 0, row)
    page.write_string(at, 1, "；".join(problem.message for problem in problems)[:32_000])
    grades: dict[int, Severity] = {}
    for problem in problems:
        if letters := problem.cell.rstrip("0123456789"):
            grades.setdefault(column_index(letters), problem.severity)
    for place, cell in enumerate(cells):
        style = fills.get(grades.get(place + left, "none"))  # type: ignore[call-overload]
        if isinstance(cell, float):
            page.write_number(at, place + 2, cell, style)
        elif cell != "" or style is not None:
            page.write_string(at, place + 2, plain(cell), style)
