"""Small workbooks for tests, written as a clerk would read them."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from sanzi.intake.dictionary import sheet as dictionary_sheet
from sanzi.intake.problems import Problem
from sanzi.intake.reading import read_workbook
from sanzi.intake.tables import Row, Table, Workbook

VILLAGE = "999999101201"
OTHER_VILLAGE = "999999101202"
# Fictional: the prefix 999999 belongs to no place; the check digits hold.
PERSON = "99999919800101002X"
OTHER_PERSON = "999999197505050020"


@dataclass(frozen=True)
class Formula:
    """A formula cell with the answer Excel saved beside it."""

    text: str
    answer: Any = 0


@dataclass(frozen=True)
class Dated:
    """A number cell shown as a date."""

    serial: float
    number_format: str = "yyyy-mm-dd"


Cells = Sequence[Sequence[Any]]

# One lawful row of each register, by field.
LAWFUL: dict[str, dict[str, Any]] = {
    "村情": {"village": VILLAGE, "name": "示范村"},
    "合同": {
        "number": "HT-001", "village": VILLAGE, "title": "鱼塘承包", "category": "资源类",
        "legal_nature": "其他方式承包", "written": "书面", "issuer": "示范村股份经济合作社",
        "contractor": "赵小满",
    },
    "债权": {
        "number": "ZQ-001", "village": VILLAGE, "debtor": "赵小满", "nature": "承包费租金",
        "book": "账内", "principal": 5000,
    },
    "债务": {
        "number": "ZW-001", "village": VILLAGE, "creditor": "钱大有", "kind": "工程款",
        "principal": 8000,
    },
    "资源": {
        "number": "ZY-001", "village": VILLAGE, "name": "南坡地", "kind": "耕地", "area_mu": 12.5,
        "use_status": "对外发包",
    },
    "资产": {
        "number": "ZC-001", "village": VILLAGE, "name": "旧校舍", "category": "房屋建筑",
        "operation": "经营性", "original_value": 90000, "use_status": "出租",
    },
    "资金账户": {
        "number": "ZH-001", "village": VILLAGE, "kind": "基本户", "book_balance": 100,
    },
    "处置记录": {
        "kind": "合同", "target_number": "HT-001", "village": VILLAGE, "dated": date(2025, 3, 1),
        "method": "完善修订",
    },
    "年度收入": {"village": VILLAGE, "year": 2024},
    "任务": {
        "number": "RW-001", "village": VILLAGE, "category": "清合同", "matter": "清理合同",
        "responsible": "孙立春", "due_on": date(2025, 12, 31),
    },
}  # fmt: skip


def write(path: Path, sheets: Mapping[str, Cells], **options: Any) -> Path:
    """A workbook with these sheets; None is a blank cell, strings stay strings."""
    merges: Mapping[str, Sequence[str]] = options.pop("merges", {})
    adjust: Callable[[Any, dict[str, Any]], None] | None = options.pop("adjust", None)
    with xlsxwriter.Workbook(str(path), options) as book:
        pages = {}
        for name, rows in sheets.items():
            page = pages[name] = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for place, cell in enumerate(row):
                    _write_cell(book, page, at, place, cell)
            for address in merges.get(name, ()):
                page.merge_range(address, "")
                first = address.split(":")[0]
                row, place = xlsxwriter.utility.xl_cell_to_rowcol(first)
                _write_cell(book, page, row, place, rows[row][place])
        if adjust is not None:
            adjust(book, pages)
    return path


def _write_cell(book: Any, page: Any, row: int, place: int, cell: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        page.write_boolean(row, place, cell)
    elif isinstance(cell, str):
        page.write_string(row, place, cell)
    elif isinstance(cell, date):
        page.write_datetime(row, place, cell, book.add_format({"num_format": "yyyy-mm-dd"}))
    elif isinstance(cell, Dated):
        style = book.add_format({"num_format": cell.number_format})
        page.write_number(row, place, cell.serial, style)
    elif isinstance(cell, Formula):
        page.write_formula(row, place, cell.text, None, cell.answer)
    else:
        page.write_number(row, place, cell)


def rows_of(sheet: str, *changes: Mapping[str, Any]) -> list[list[Any]]:
    """Header and one lawful row per mapping of changes, with just the columns they need."""
    entry = dictionary_sheet(sheet)
    fields = {*LAWFUL[sheet], *(field for change in changes for field in change)}
    columns = [column for column in entry.columns if column.field in fields]
    lines: list[list[Any]] = [[column.title for column in columns]]
    for place, change in enumerate(changes):
        row = LAWFUL[sheet] | ({"number": f"{place + 1:03}"} if place else {}) | dict(change)
        lines.append([row.get(column.field) for column in columns])
    return lines


def read(path: Path, sheets: Mapping[str, Cells], **options: Any) -> Workbook:
    """Write these sheets and read them back."""
    names = ("matches", "browser", "today", "progress")
    reading = {name: options.pop(name) for name in names if name in options}
    # `sheets` is what is written; the reader's own argument of that name comes as `registers`.
    if "registers" in options:
        reading["sheets"] = options.pop("registers")
    return read_workbook(write(path / "town.xlsx", sheets, **options), **reading)


def read_rows(path: Path, sheet: str, *changes: Mapping[str, Any]) -> Workbook:
    """Read lawful rows of one register, changed as the test says."""
    return read(path, {sheet: rows_of(sheet, *changes)})


def read_cell(path: Path, sheet: str, field: str, cell: Any) -> tuple[Any, list[Problem]]:
    """The value one cell is read as, in an otherwise lawful row, and the problems it makes."""
    book = read_rows(path, sheet, {field: cell})
    rows = only(book).rows
    return (rows[0].values[field] if rows else None), book.problems


def only(book: Workbook) -> Table:
    (table,) = book.tables
    return table


def row(book: Workbook, place: int = 0) -> Row:
    return only(book).rows[place]


def told(book: Workbook) -> list[tuple[str, str]]:
    """Cell and code of every problem."""
    return [(problem.cell, problem.code) for problem in book.problems]


def rewrite(path: Path, changes: Mapping[str, Callable[[bytes], bytes]]) -> Path:
    """The same container with some members' bytes changed."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name, change in changes.items():
        members[name] = change(members.get(name, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path
