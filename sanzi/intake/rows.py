"""From the cells of one recognised sheet to typed rows, a few thousand at a time."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from .cells.parsers import Reader, parse_function
from .cells.text import LONG_MAX, folded, tidied
from .cells.verdict import Cell, Noted, Trouble, Value
from .checks import Checks
from .dictionary import Column
from .headers import Heading
from .masking import plain, shown
from .patches import Patches
from .problems import Log, Severity
from .scan import column_letter
from .tables import ColumnMatch, Row, Values

CHUNK = 2_000

# The mark at the start of the example row of our own template.
SAMPLE = "【示例】"

_TOTAL = re.compile(r"(?:本页|全村|全镇)?(?:合计|总计|小计|累计|共计)(?:[(:0-9].*)?")
_FOOTER = re.compile(r"(?:制表|填表|填报|审核|复核|经办|负责|联系|注|说明|备注).{0,6}?:.*")
_FOOTER_CELLS = 4

REMARK = "remark"


class TableReader:
    """Reads the data rows of one sheet whose heading is understood."""

    def __init__(
        self,
        name: str,
        heading: Heading,
        *,
        left: int,
        patches: Patches,
        checks: Checks,
        log: Log,
        is_1904: bool,
        today: date | None,
    ) -> None:
        assert heading.sheet is not None, "only a recognised sheet has rows"
        self._name = name
        self._sheet = heading.sheet
        self._left = left
        self._patches = patches
        self._checks = checks
        self._log = log
        self._matches = {match.field: match for match in heading.columns}
        self._readers = {
            match.field: Reader(
                parse_function(
                    heading.sheet.column(match.field),
                    factor=match.factor,
                    is_1904=is_1904,
                    today=today,
                )
            )
            for match in heading.columns
        }
        self._extras = self._kept_columns(heading)
        self._labelled = set(heading.labels)
        fields = [column.field for column in heading.sheet.columns]
        self._fields = fields + [key for key in heading.sheet.key if key not in fields]
        self._places = {field: place for place, field in enumerate(self._fields)}
        self._first_label = min(heading.labels.items())[1] if heading.labels else ""
        # Of the rows in hand: those with an error, and by field those whose cell was refused.
        self._unsound: set[int] = set()
        self._refused: dict[str, set[int]] = {}

    def _kept_columns(self, heading: Heading) -> dict[int, str]:
        """Columns of no field, whose cells go to 备注 where the register has one."""
        if not any(column.field == REMARK for column in self._sheet.columns):
            return {}
        counters = heading.counters
        return {i: label for i, label in heading.unmatched.items() if i not in counters}

    def read(
        self, source: Iterator[Sequence[Cell]], first_row: int, width: int
    ) -> Iterator[tuple[int, list[Row]]]:
        """Rows from `source`, a chunk at a time, with the last Excel row looked at."""
        extras = dict(self._extras)
        if any(column.field == REMARK for column in self._sheet.columns):
            named = self._labelled | {match.index for match in self._matches.values()}
            extras |= self._nameless(named, width)
        row = first_row
        while chunk := list(islice(source, CHUNK)):
            numbers, kept = self._kept_rows(chunk, row)
            row += len(chunk)
            yield row - 1, self._rows(numbers, kept, extras) if kept else []

    def _nameless(self, named: set[int], width: int) -> dict[int, str]:
        every = range(self._left, self._left + width)
        used = named | self._patches.ignored
        return {index: f"{column_letter(index)}列" for index in every if index not in used}

    def _kept_rows(
        self, chunk: list[Sequence[Cell]], first: int
    ) -> tuple[list[int], list[Sequence[Cell]]]:
        """The rows that are data: not blank, no total, no repeated header, no foot line."""
        numbers: list[int] = []
        kept: list[Sequence[Cell]] = []
        for row, cells in enumerate(chunk, first):
            lead = next((cell for cell in cells if cell != ""), "")
            if type(lead) is not str:
                lead = next((c for c in cells if type(c) is str and c != ""), "-")
            if self._is_data(row, lead, cells):
                numbers.append(row)
                kept.append(self._patches.apply(row, cells, self._left))
        return numbers, kept

    def _is_data(self, row: int, lead: str, cells: Sequence[Cell]) -> bool:
        if not lead or (lead.isspace() and not any(plain(cell).strip() for cell in cells)):
            return False
        if lead[0] in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ":
            return True
        text = folded(lead)
        if text.startswith(SAMPLE):
            return False
        if _TOTAL.fullmatch(text):
            self._note_row("total-row", "corrected", "是合计行，已跳过", row, text)
            return False
        filled = sum(cell != "" for cell in cells)
        if filled <= _FOOTER_CELLS and _FOOTER.fullmatch(text):
            self._note_row("foot-line", "warning", "是表尾说明，不是数据，已跳过", row, text)
            return False
        if filled > 1 and lead.strip() == self._first_label and self._is_header(cells):
            self._note_row("header-repeated", "corrected", "是重复的表头，已跳过", row, text)
            return False
        return True

    def _is_header(self, cells: Sequence[Cell]) -> bool:
        return all(
            plain(cells[match.index - self._left]).strip() in ("", match.header)
            for match in self._matches.values()
        )

    def _note_row(self, code: str, severity: Severity, why: str, row: int, text: str) -> None:
        message = f"第 {row} 行“{shown(text)}”{why}"
        self._log.add(self._name, code, severity, message, row=row)

    def _rows(
        self, numbers: list[int], kept: list[Sequence[Cell]], extras: dict[int, str]
    ) -> list[Row]:
        self._unsound = set()
        self._refused = {}
        across = list(zip(*kept, strict=True))
        columns: dict[str, list[Value]] = {}
        for field, match in self._matches.items():
            columns[field] = self._column(match, numbers, across)
        if extras:
            self._keep_extras(columns, numbers, across, extras)
        self._require(numbers, columns)
        columns |= self._checks.see(self._name, self._sheet, numbers, columns, self._matches)
        self._unsound |= self._checks.unsound
        blank: list[Value] = [None] * len(numbers)
        lined = zip(*(columns.get(field, blank) for field in self._fields), strict=True)
        title, places, unsound = self._sheet.title, self._places, self._unsound
        return [
            Row(title, row, Values(places, cells), row not in unsound)
            for row, cells in zip(numbers, lined, strict=True)
        ]

    def _column(
        self, match: ColumnMatch, numbers: list[int], across: list[tuple[Cell, ...]]
    ) -> list[Value]:
        place = match.index - self._left
        cells: Sequence[Cell] = across[place] if place < len(across) else ("",) * len(numbers)
        if bool in set(map(type, cells)):
            # True equals 1.0, so the two would be remembered as one.
            cells = [str(cell).upper() if cell is True or cell is False else cell for cell in cells]
        reader = self._readers[match.field]
        values = list(map(reader.__getitem__, cells))
        if reader.noted:
            self._tell(match, numbers, cells, values)
        return values  # type: ignore[return-value]

    def _tell(
        self, match: ColumnMatch, numbers: list[int], cells: Sequence[Cell], values: list[object]
    ) -> None:
        """Report every noted value of a column and leave the bare value in its place."""
        column = self._sheet.column(match.field)
        for place, value in enumerate(values):
            if type(value) is Noted:
                values[place] = value.value
                self._report(match, column, numbers[place], cells[place], value)

    def _report(
        self, match: ColumnMatch, column: Column, row: int, cell: Cell, noted: Noted
    ) -> None:
        header, letter = match.header, match.letter
        seen = str(cell) if type(cell) is Trouble else shown(cell, column.type)
        if noted.severity == "corrected":
            self._log.note(
                self._name, noted.code, "corrected", noted.why,
                row=row, column=header, letter=letter, example=seen,
            )  # fmt: skip
            return
        message = f"第 {row} 行“{header}”：“{seen}”{noted.why}"
        if noted.severity == "warning":
            self._log.warn(
                self._name, noted.code, message,
                row=row, column=header, letter=letter, why=noted.why,
            )  # fmt: skip
            return
        self._unsound.add(row)
        self._refused.setdefault(match.field, set()).add(row)
        self._log.add(
            self._name, noted.code, "error", message, row=row, column=header, letter=letter
        )

    def _keep_extras(
        self,
        columns: dict[str, list[Value]],
        numbers: list[int],
        across: list[tuple[Cell, ...]],
        extras: dict[int, str],
    ) -> None:
        """Put the cells of columns of no field into the remark: `header：value`."""
        remarks = columns.get(REMARK) or [None] * len(numbers)
        for index, label in extras.items():
            place = index - self._left
            if place >= len(across):
                continue
            for at, cell in enumerate(across[place]):
                if cell == "" or not (text := tidied(plain(cell))):
                    continue
                before = f"{remarks[at]}；" if remarks[at] else ""
                remarks[at] = f"{before}{label}：{text}"
                if len(str(remarks[at])) > LONG_MAX:
                    self._refuse_remark(numbers[at], label)
                    remarks[at] = None
        columns[REMARK] = remarks

    def _refuse_remark(self, row: int, label: str) -> None:
        self._unsound.add(row)
        message = (
            f"第 {row} 行“{label}”不在数据字典中，并入备注后超过 {LONG_MAX:,} 个字，"
            "请精简备注或删除该列"
        )
        self._log.add(self._name, "text-too-long", "error", message, row=row, column=label)

    def _require(self, numbers: list[int], columns: dict[str, list[Value]]) -> None:
        """Every required cell is filled; one that is there but unreadable has been reported."""
        for column in self._sheet.columns:
            if not column.required or None not in columns.get(column.field, ()):
                continue
            match = self._matches[column.field]
            told = self._refused.get(column.field, ())
            for row, value in zip(numbers, columns[column.field], strict=True):
                if value is None and row not in told:
                    self._unsound.add(row)
                    message = f"第 {row} 行“{match.header}”未填（必填），请补填"
                    self._log.add(
                        self._name, "required-missing", "error", message,
                        row=row, column=match.header, letter=match.letter,
                    )  # fmt: skip
