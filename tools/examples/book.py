"""A workbook being filled: rows per register, then written in the template's layout."""

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sanzi.intake.dictionary import SHEETS, Column, Sheet, register

# Fixed, so that the same seed writes the same bytes.
CREATED = datetime(2022, 12, 31, 18, 0)  # noqa: DTZ001 - a property of the file, without a zone

_NUMBER_FORMATS = {
    "money": "#,##0.00",
    "area": "0.00",
    "number": "General",
    "percent": "0.00%",
    "integer": "0",
    "date": "yyyy-mm-dd",
}


class Book:
    """The rows of one workbook, register by register, in the order they were added."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def add(self, slug: str, **values: Any) -> None:
        """Add a row to the register `slug`; the names are the dictionary's fields."""
        for field in values:
            register(slug).column(field)  # A slip of the pen fails here.
        self.rows[slug].append(values)

    def write(self, target: Path | IO[bytes], *, blank_columns: bool = True) -> None:
        """Write every register's sheet; without `blank_columns`, only what holds something."""
        with xlsxwriter.Workbook(
            str(target) if isinstance(target, Path) else target,
            {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False},
        ) as workbook:
            workbook.set_properties({"created": CREATED})
            head = workbook.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
            formats = {
                kind: workbook.add_format({"num_format": code})
                for kind, code in _NUMBER_FORMATS.items()
            }
            text = workbook.add_format({"num_format": "@"})
            for sheet in SHEETS:
                rows = self.rows.get(sheet.register, [])
                if not rows and not blank_columns:
                    continue
                columns = _columns(sheet, rows, blank_columns)
                page = workbook.add_worksheet(sheet.title)
                page.freeze_panes(1, 0)
                for index, column in enumerate(columns):
                    page.write_string(0, index, column.title, head)
                    page.set_column(index, index, 14, formats.get(column.type, text))
                    _fill(page, index, column, rows, formats.get(column.type, text))


def _columns(sheet: Sheet, rows: list[dict[str, Any]], blank_columns: bool) -> tuple[Column, ...]:
    if blank_columns:
        return sheet.columns
    used = {field for row in rows for field, value in row.items() if value is not None}
    return tuple(column for column in sheet.columns if column.required or column.field in used)


def _fill(
    page: Worksheet, index: int, column: Column, rows: list[dict[str, Any]], kind: Format
) -> None:
    for number, row in enumerate(rows, start=1):
        value = row.get(column.field)
        if value is None:
            continue
        if isinstance(value, bool):
            page.write_string(number, index, "是" if value else "否", kind)
        elif isinstance(value, date):
            page.write_datetime(number, index, value, kind)
        elif isinstance(value, int | Decimal):
            # A spreadsheet cell is a double; the importer reads it back to the exact fen.
            page.write_number(number, index, float(value), kind)
        else:
            page.write_string(number, index, value, kind)
