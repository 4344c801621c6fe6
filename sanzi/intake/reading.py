"""Any town's workbook in: recognised sheets, typed rows, and everything that is wrong with them."""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import chain, islice
from pathlib import Path

import python_calamine as calamine

from sanzi.kernel.refusals import NotAWorkbook

from .cells.verdict import Cell
from .checks import Checks, check_references
from .container import BROWSER_ROWS_MAX, Container, inspect_container, too_many_rows
from .dictionary import sheet as dictionary_sheet
from .headers import HEADER_ROWS, Choices, Heading, find_heading, is_price, own_unit
from .masking import shown
from .patches import Patches
from .problems import Log, Severity
from .rows import REMARK, TableReader
from .scan import WIDTH_MAX, SheetScan, column_letter
from .tables import Row, Table, Workbook

_GRAVITIES: dict[str, Severity] = {"column-unit": "error", "column-counter": "corrected"}

Progress = Callable[[int, int], None]

# Sheets of our own making: instructions, lists behind the drop-downs, the list of problems.
INSTRUCTIONS = "填写说明"
OPTIONS = "_选项"
PROBLEM_LIST = "问题清单"
OWN_SHEETS = frozenset({INSTRUCTIONS, OPTIONS, PROBLEM_LIST})


def read_workbook(
    path: Path,
    *,
    matches: Choices | None = None,
    sheets: Mapping[str, str | None] | None = None,
    browser: bool = False,
    progress: Progress | None = None,
    today: date | None = None,
) -> Workbook:
    """Read every visible sheet; raises NotAWorkbook when the file is none or is beyond the limits.

    `matches` are a person's corrections, (sheet name, header) -> field or None to leave it out;
    `sheets` are a person's answers to which register a sheet is, None to leave it out. With
    `today`, identity numbers born later are refused. `progress` is told rows done and in all.
    """
    container = inspect_container(path, browser=browser)
    try:
        book = calamine.load_workbook(path)
    except (calamine.CalamineError, OSError, ValueError):
        raise NotAWorkbook(
            "damaged", "文件不完整或已损坏，请在 Excel/WPS 中打开另存后重新上传"
        ) from None
    with book:
        reading = _Reading(container, matches or {}, sheets or {}, browser, progress, today)
        with _collector_resting():
            return reading.read(book)


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Millions of new rows, none of them garbage: looking through them again and again is a tenth
    of the whole time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Reading:
    """One reading of one workbook."""

    def __init__(
        self,
        container: Container,
        matches: Choices,
        sheets: Mapping[str, str | None],
        browser: bool,
        progress: Progress | None,
        today: date | None,
    ) -> None:
        self._container = container
        self._matches = matches
        self._sheets = sheets
        self._browser = browser
        self._progress = progress
        self._today = today
        self._log = Log()
        self._checks = Checks(self._log)
        self._rows = 0
        self._done = 0
        self._total = sum(scan.last_row for scan in container.sheets.values())

    def read(self, book: calamine.CalamineWorkbook) -> Workbook:
        tables = [
            table for meta in book.sheets_metadata if (table := self._sheet(book, meta)) is not None
        ]
        workbook = Workbook(tables, [])
        if not any(table.sheet for table in tables):
            self._log.add(
                "", "no-register", "error",
                "没有认出任何台账：请确认工作表名和表头与模板一致，或先用“下载模板”的表头",
            )  # fmt: skip
        check_references(workbook, self._log)
        workbook.problems = self._log.finish()
        return workbook

    def _sheet(self, book: calamine.CalamineWorkbook, meta: calamine.SheetMetadata) -> Table | None:
        name = meta.name
        is_sheet = meta.typ == calamine.SheetTypeEnum.WorkSheet
        if not is_sheet or name in OWN_SHEETS or (name in self._sheets and not self._sheets[name]):
            return None
        scan = self._container.sheets.get(name, SheetScan())
        if meta.visible != calamine.SheetVisibleEnum.Visible:
            if scan.last_row:
                message = f"工作表“{name}”是隐藏的，没有读取；如需导入请先取消隐藏"
                self._log.add(name, "sheet-hidden", "warning", message)
            return None
        if scan.is_wide:
            message = f"工作表“{name}”列数不符：超过 {WIDTH_MAX} 列，没有读取；请删除右侧多余的列"
            self._log.add(name, "too-many-columns", "error", message)
            return Table(name, None, name, None)
        try:
            sheet = book.get_sheet_by_name(name)
        except (calamine.CalamineError, ValueError):
            raise NotAWorkbook(
                "damaged", f"工作表“{name}”的内容已损坏，请在 Excel/WPS 中打开另存后重新上传"
            ) from None
        return self._table(name, sheet, scan)

    def _table(self, name: str, sheet: calamine.CalamineSheet, scan: SheetScan) -> Table | None:
        if sheet.start is None:
            return None
        left = sheet.start[1]
        source: Iterator[Sequence[Cell]] = iter(sheet.iter_rows())
        preview = list(islice(source, HEADER_ROWS + 1))
        chosen = self._sheets.get(name)
        heading = find_heading(
            name,
            [[""] * left + list(row) for row in preview],
            choices=self._matches,
            sheet=dictionary_sheet(chosen) if chosen else None,
        )
        if heading is None or heading.sheet is None:
            return self._unrecognised(name, heading)
        table = Table(
            name,
            heading.sheet.title,
            heading.sheet.title,
            heading.header_row,
            heading.columns,
            list(heading.unmatched.values()),
        )
        self._tell_heading(name, heading)
        self._tell_hidden(name, heading, scan)
        if not heading.missing:
            source = chain(preview[heading.data_row - 1 :], source)
            table.rows = self._read_rows(name, heading, sheet, source, scan, left)
        return table

    def _read_rows(
        self,
        name: str,
        heading: Heading,
        sheet: calamine.CalamineSheet,
        source: Iterator[Sequence[Cell]],
        scan: SheetScan,
        left: int,
    ) -> list[Row]:
        patches = Patches(name, heading, sheet.merged_cell_ranges or [], scan, self._log)
        reader = TableReader(
            name,
            heading,
            left=left,
            patches=patches,
            checks=self._checks,
            log=self._log,
            is_1904=self._container.is_1904,
            today=self._today,
        )
        rows: list[Row] = []
        for last, read in reader.read(source, heading.data_row, sheet.width):
            rows += read
            self._rows += len(read)
            if self._browser and self._rows > BROWSER_ROWS_MAX:
                raise too_many_rows()
            if self._progress is not None:
                self._progress(min(self._done + last, self._total), self._total)
        self._done += scan.last_row
        return rows

    def _unrecognised(self, name: str, heading: Heading | None) -> Table | None:
        if heading is None:
            return None
        message = (
            f"工作表“{name}”没有认出是哪一张台账，没有读取；"
            "如是台账，请改用台账名称和模板表头，或在网页上指定"
        )
        self._log.add(name, "sheet-unrecognised", "warning", message)
        return Table(name, None, name, heading.header_row, [], list(heading.labels.values()))

    def _tell_heading(self, name: str, heading: Heading) -> None:
        """Differences between the header found and the dictionary, each once."""
        assert heading.sheet is not None
        at = heading.header_row
        for column in heading.missing:
            near = "、".join(list(heading.unmatched.values())[:5])
            hint = f"；表中未认出的列有：{shown(near)}" if near else ""
            message = (
                f"工作表“{name}”第 {at} 行表头缺少必填列“{column.title}”，"
                f"请补上该列或指定对应的列{hint}"
            )
            self._log.add(name, "column-missing", "error", message, row=at, column=column.title)
        self._tell_unmatched(name, heading)
        self._tell_units(name, heading)

    def _tell_unmatched(self, name: str, heading: Heading) -> None:
        assert heading.sheet is not None
        has_remark = any(column.field == REMARK for column in heading.sheet.columns)
        kept = "内容并入“备注”" if has_remark else "内容没有读取"
        for index, label in heading.unmatched.items():
            letter = column_letter(index)
            if index in heading.unusable:
                code, why = (
                    "column-unit",
                    f"的单位“{heading.unusable[index]}”不能准确换算，请改填为亩或元",
                )
            elif index in heading.doubled:
                title = heading.sheet.column(heading.doubled[index]).title
                code, why = "column-doubled", f"与另一列都是“{title}”，只采用另一列，本列{kept}"
            elif index in heading.counters:
                code, why = "column-counter", "只是行的顺序号，没有读取"
            else:
                code, why = "column-unmatched", f"不在数据字典中，{kept}"
            severity: Severity = _GRAVITIES.get(code, "warning")
            message = f"第 {heading.header_row} 行 {letter} 列“{shown(label)}”{why}"
            self._log.add(
                name, code, severity, message,
                row=heading.header_row, column=label, letter=letter,
            )  # fmt: skip

    def _tell_units(self, name: str, heading: Heading) -> None:
        assert heading.sheet is not None
        for match in heading.columns:
            entry = heading.sheet.column(match.field)
            if entry.type != "money":
                continue
            code = message = ""
            if match.factor != 1:
                code = "unit-converted"
                unit = own_unit(match.header) or heading.unit_line
                message = f"“{match.header}”按{unit}读取，已换算成元（乘以 {match.factor:,}）"
            elif (
                heading.unit_line not in ("", "元")
                and is_price(entry)
                and not own_unit(match.header)
            ):
                code = "unit-not-applied"
                message = (
                    f"表头上方写着单位{heading.unit_line}，但“{match.header}”是每亩单价，"
                    "仍按元读取；如确为万元请在表头写明"
                )
            if code:
                self._log.add(
                    name, code, "corrected", message,
                    row=heading.header_row, column=match.header, letter=match.letter,
                )  # fmt: skip

    def _tell_hidden(self, name: str, heading: Heading, scan: SheetScan) -> None:
        rows = [row for row in scan.hidden_rows if heading.data_row <= row <= scan.last_row]
        for row in rows:
            self._log.note(
                name, "row-hidden", "warning", "是隐藏行，也会读取，请确认是否需要",
                row=row, column="隐藏行",
            )  # fmt: skip
