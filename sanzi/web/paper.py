"""A table as the paper form an office files: title row, unit row, ruled table, 合计, signatures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

SIGNATURES = ("单位负责人", "审核", "制表", "日期")

_NUMBER_FORMATS = {
    "money": "#,##0.00;[Red]-#,##0.00",
    "area": "#,##0.00",
    "number": "#,##0.####",
    "integer": "0",
    "year": "0",
    "percent": "0.00%",
    "points": "0.00",
    "date": "yyyy-mm-dd",
}
_WIDTHS = {
    "money": 15,
    "area": 11,
    "number": 10,
    "integer": 9,
    "year": 8,
    "percent": 9,
    "points": 9,
    "date": 11.5,
}
# A spreadsheet cell holds 15 exact digits and this many characters.
_EXACT = Decimal(10) ** 13
_CHARACTERS = 32_767
_A4 = 9


@dataclass(frozen=True)
class PaperColumn:
    """One column; neighbours of the same `group` stand under one shared heading."""

    title: str
    kind: str = "text"
    group: str = ""
    width: float | None = None


def write_paper(
    target: str | Path | IO[bytes],
    title: str,
    unit: str,
    columns: Sequence[PaperColumn],
    rows: Iterable[Sequence[Any]],
    totals: Sequence[Any] | None = None,
    signatures: Sequence[str] = SIGNATURES,
    *,
    issued: str = "",
    created: datetime | None = None,
) -> int:
    """Write one sheet and return the number of rows; memory stays flat however many there are.

    `unit` stands at the right above the table (单位：元), `issued` at the left (who, as of when).
    Numbers are Decimal or int, and no float is made of them here: the library prints them with
    16 significant digits, and every spreadsheet reads back 15 of them exactly, so yuan with two
    places are exact to the fen below 10^13; a larger amount is written as text. Text is always
    written as text: a cell that begins with = + - @ is never a formula. With `created` the same
    values give the same bytes.
    """
    grouped = any(column.group for column in columns)
    options = {
        # Merged heading cells span two rows, which rows already flushed cannot.
        "constant_memory": not grouped,
        "default_date_format": "yyyy-mm-dd",
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        if created is not None:
            book.set_properties({"created": created})
        return _Sheet(book, title, columns).write(unit, issued, rows, totals, signatures)


class _Sheet:
    def __init__(self, book: xlsxwriter.Workbook, title: str, columns: Sequence[PaperColumn]):
        self.title, self.columns, self.last = title, columns, len(columns) - 1
        self.sheet: Worksheet = book.add_worksheet(_sheet_name(title))
        self.heading = book.add_format(
            {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}
        )
        self.left = book.add_format({"align": "left", "valign": "vcenter"})
        self.right = book.add_format({"align": "right", "valign": "vcenter"})
        ruled = {"border": 1, "valign": "vcenter"}
        self.head = book.add_format(
            {**ruled, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#E6EFE9"}
        )
        plain = [self._format(book, column, ruled) for column in columns]
        bold = [self._format(book, column, {**ruled, "bold": True}) for column in columns]
        self.cells, self.sums = plain, bold

    def _format(
        self, book: xlsxwriter.Workbook, column: PaperColumn, base: dict[str, Any]
    ) -> Format:
        shape = _NUMBER_FORMATS.get(column.kind)
        # "@" keeps identity and account numbers as text when the cell is edited later.
        return book.add_format({**base, "num_format": shape or "@"})

    def write(
        self,
        unit: str,
        issued: str,
        rows: Iterable[Sequence[Any]],
        totals: Sequence[Any] | None,
        signatures: Sequence[str],
    ) -> int:
        self._set_page()
        self._span(0, 0, self.last, self.title, self.heading, height=30)
        middle = self.last // 2
        self._span(1, 0, middle, issued, self.left)
        if self.last > middle:
            self._span(1, middle + 1, self.last, unit, self.right)
        first = self._write_head(2)
        self.sheet.freeze_panes(first, min(2, self.last))
        self.sheet.repeat_rows(2, first - 1)
        at = first
        for row in rows:
            self._write_row(at, row, self.cells)
            at += 1
        count = at - first
        if totals is not None:
            self._write_row(at, totals, self.sums)
            at += 1
        if signatures:
            signed = "".join(f"{name}：{' ' * 24}" for name in signatures).rstrip(" ")
            self._span(at + 1, 0, self.last, signed, self.left)
        return count

    def _set_page(self) -> None:
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.center_horizontally()
        self.sheet.set_footer("&C第 &P 页 共 &N 页")
        for index, column in enumerate(self.columns):
            # A Chinese character is two digits wide.
            least = max(10, 2 * len(column.title) + 2)
            width = column.width or max(_WIDTHS.get(column.kind, 18), min(least, 24))
            self.sheet.set_column(index, index, width)

    def _span(
        self, row: int, first: int, last: int, text: str, look: Format, height: float = 20
    ) -> None:
        self.sheet.set_row(row, height)
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", look)
        self.sheet.write_string(row, first, text, look)

    def _write_head(self, at: int) -> int:
        """The heading in one row, or two where columns are grouped; answers the first row below."""
        if not any(column.group for column in self.columns):
            for index, column in enumerate(self.columns):
                self.sheet.write_string(at, index, column.title, self.head)
            return at + 1
        start = 0
        for index, column in enumerate(self.columns):
            ends = index == self.last or self.columns[index + 1].group != column.group
            if not column.group:
                self.sheet.merge_range(at, index, at + 1, index, column.title, self.head)
                start = index + 1
                continue
            self.sheet.write_string(at + 1, index, column.title, self.head)
            if ends:
                if index > start:
                    self.sheet.merge_range(at, start, at, index, column.group, self.head)
                else:
                    self.sheet.write_string(at, index, column.group, self.head)
                start = index + 1
        return at + 2

    def _write_row(self, at: int, values: Sequence[Any], looks: Sequence[Format]) -> None:
        for index, (value, look) in enumerate(zip(values, looks, strict=True)):
            self._write_cell(at, index, value, look)

    def _write_cell(self, row: int, column: int, value: Any, look: Format) -> None:
        if value is None or value == "":
            self.sheet.write_blank(row, column, None, look)
        elif isinstance(value, bool):
            self.sheet.write_string(row, column, "是" if value else "否", look)
        elif isinstance(value, (int, Decimal)) and -_EXACT < value < _EXACT:
            self.sheet.write_number(row, column, value, look)
        elif isinstance(value, (date, datetime)):
            self.sheet.write_datetime(row, column, value, look)
        else:
            assert not isinstance(value, float), "floats never touch exact numbers"
            text = str(value)
            if len(text) > _CHARACTERS:
                text = text[: _CHARACTERS - 1] + "…"
            self.sheet.write_string(row, column, text, look)


def _sheet_name(title: str) -> str:
    """At most 31 characters, none of those a sheet's name may not have."""
    return "".join(c for c in title if c not in "[]:*?/\\'")[:31] or "表"
