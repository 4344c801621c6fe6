"""An office's own xlsx: checked cell by cell before it is used, then filled with a sheet."""

import re
from collections.abc import Iterator, Mapping
from copy import copy
from difflib import get_close_matches
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.formula.translate import Translator
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from sanzi.intake.container import inspect_container
from sanzi.kernel.refusals import NotAWorkbook

from .form import FORMS
from .layout_tags import LINES, TOTAL, Cell, Told, known

SIZE_MAX = 2 * 1024 * 1024
CELLS_MAX = 20_000
_TAG = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_BRACE = re.compile(r"\{\{|\}\}")
_TEXT_MAX = 32_767


def check(content: bytes, kind: str) -> list[str]:
    """What is wrong with a layout, each fault with its cell and tag; empty when it may be used."""
    if len(content) > SIZE_MAX:
        return [f"版式文件超过 {SIZE_MAX // 1024**2} MB，请删去图片后再传"]
    try:
        book = _opened(content)
    except NotAWorkbook as refusal:
        return [refusal.message]
    except (InvalidFileException, ValueError, KeyError, OSError):
        return ["不是可用的 xlsx 工作簿，请用 Excel 或 WPS 另存为 .xlsx 后再传"]
    if sum(sheet.max_row * sheet.max_column for sheet in book.worksheets) > CELLS_MAX:
        return [f"版式超过 {CELLS_MAX:,} 格，请只留表格本身"]
    faults = [fault for sheet in book.worksheets for fault in _faults(sheet, kind)]
    if not faults and not any(_tags(sheet) for sheet in book.worksheets):
        return ["版式里没有标签；请在要填数的格里写标签，如 {{村.名称}}"]
    return faults


def _opened(content: bytes) -> Any:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "layout.xlsx"
        path.write_bytes(content)
        inspect_container(path, browser=True)
    return load_workbook(BytesIO(content))


def _texts(sheet: Worksheet) -> Iterator[tuple[SheetCell, str]]:
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and _BRACE.search(cell.value):
                yield cell, cell.value


def _tags(sheet: Worksheet) -> list[tuple[SheetCell, str]]:
    return [(cell, tag) for cell, text in _texts(sheet) for tag in _TAG.findall(text)]


def _faults(sheet: Worksheet, kind: str) -> Iterator[str]:
    for cell, text in _texts(sheet):
        where = f"“{sheet.title}”{cell.coordinate} 格"
        if _BRACE.search(_TAG.sub("", text)):
            yield f"{where}的花括号不成对：{text[:40]}"
        elif text.startswith("="):
            yield f"{where}是公式，公式里不能写标签"
        for tag in _TAG.findall(text):
            if wrong := _wrong(tag, kind):
                yield f"{where}的标签 {{{{{tag}}}}} {wrong}"
    rows = sorted({cell.row for cell, tag in _tags(sheet) if _side(tag) in LINES})
    if len(rows) > 1:
        said = "、".join(str(row) for row in rows)
        yield f"“{sheet.title}”第 {said} 行都有按村重复的标签，只能写在同一行"
    for merged in sheet.merged_cells.ranges:
        if rows and merged.min_row <= rows[0] <= merged.max_row and merged.min_row < merged.max_row:
            yield f"“{sheet.title}”{merged.coord} 把重复的一行和别的行合并了，请拆开"


def _side(tag: str) -> str:
    return tag.partition(".")[0] if "." in tag else ""


def _wrong(tag: str, kind: str) -> str:
    once, behind = known(kind)
    side, dot, name = tag.partition(".")
    if not dot:
        return "" if tag in once else f"不认识{_near(tag, once | {f'村.{n}' for n in behind})}"
    if side not in (*LINES, TOTAL):
        return f"不认识：点前面应写“村”或“{TOTAL}”"
    return "" if name in behind else f"不认识{_near(name, behind)}"


def _near(name: str, names: frozenset[str]) -> str:
    close = get_close_matches(name, sorted(names), n=1, cutoff=0.5)
    return f"，是不是“{close[0]}”？" if close else "，请对照标签表改正"


def fill(content: bytes, told: Told) -> bytes:
    """The layout with a sheet in it. A cell that is one tag holds the number itself."""
    book = load_workbook(BytesIO(content))
    for sheet in book.worksheets:
        rows = {cell.row for cell, tag in _tags(sheet) if _side(tag) in LINES}
        if rows:
            _repeat(sheet, rows.pop(), told)
        for cell, _ in list(_texts(sheet)):
            _write(cell, told, {})
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def blank_layout(kind: str) -> bytes:
    """A plain sheet with every tag in its place, to begin from."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None, "a new workbook has a sheet"
    columns = FORMS[kind]
    sheet.append(["{{标题}}"])
    sheet.append(["截至 {{截止日}}，上期 {{上期截止日}}，金额单位：{{金额单位}}"])
    sheet.append(["序号", "名称", *(f"{c.group}{c.title}" for c in columns)])
    sheet.append(["{{村.序号}}", "{{村.名称}}", *(f"{{{{村.{c.tag}}}}}" for c in columns)])
    sheet.append(["", TOTAL, *(f"{{{{合计.{c.tag}}}}}" for c in columns)])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _repeat(sheet: Worksheet, at: int, told: Told) -> None:
    """Make room below the tagged row, copy it for every line, and fill each."""
    pattern = [(c, c.value, copy(c._style)) for c in sheet[at]]
    height = sheet.row_dimensions[at].height
    own = [m for m in sheet.merged_cells.ranges if m.min_row == m.max_row == at]
    _make_room(sheet, at, len(told.lines) - 1)
    for offset, line in enumerate(told.lines):
        sheet.row_dimensions[at + offset].height = height
        for cell, value, style in pattern:
            target: Any = sheet.cell(row=at + offset, column=cell.column)
            target._style = copy(style)
            if type(target).__name__ == "MergedCell":
                continue
            target.value = value
            if isinstance(value, str) and value.startswith("="):
                where = f"{cell.column_letter}{at}"
                target.value = Translator(value, where).translate_formula(target.coordinate)
            _write(target, told, line)
        for merged in own if offset else ():
            sheet.merge_cells(
                start_row=at + offset, end_row=at + offset, start_column=merged.min_col,
                end_column=merged.max_col,
            )  # fmt: skip
    if not told.lines:
        for cell, _, _ in pattern:
            if type(cell).__name__ != "MergedCell":
                cell.value = None


def _make_room(sheet: Worksheet, at: int, by: int) -> None:
    """Move what stands below a row down; the library leaves merged cells and heights behind."""
    if by <= 0:
        return
    last = sheet.max_row
    below = [m for m in list(sheet.merged_cells.ranges) if m.min_row > at]
    for merged in below:
        sheet.unmerge_cells(merged.coord)
    if last > at:
        heights = {row: sheet.row_dimensions[row].height for row in range(at + 1, last + 1)}
        area = f"A{at + 1}:{sheet.cell(row=last, column=sheet.max_column).coordinate}"
        sheet.move_range(area, rows=by, translate=True)
        for row, height in heights.items():
            sheet.row_dimensions[row + by].height = height
    for merged in below:
        sheet.merge_cells(
            start_row=merged.min_row + by, end_row=merged.max_row + by,
            start_column=merged.min_col, end_column=merged.max_col,
        )  # fmt: skip


def _write(cell: Any, told: Told, line: Mapping[str, Cell]) -> None:
    text = cell.value
    if not isinstance(text, str) or not _BRACE.search(text):
        return
    if alone := _TAG.fullmatch(text.strip()):
        _put(cell, _value(alone[1], told, line))
        return
    _put(cell, _TAG.sub(lambda found: _words(_value(found[1], told, line)), text))


def _put(cell: Any, value: Cell) -> None:
    """A text never becomes a formula, whatever it begins with."""
    if isinstance(value, str):
        cell.value = value[:_TEXT_MAX]
        cell.data_type = "s"
    else:
        cell.value = value


def _words(value: Cell) -> str:
    if isinstance(value, str) or value is None:
        return value or ""
    return f"{value:,.2f}" if value != int(value) else f"{int(value):,}"


def _value(tag: str, told: Told, line: Mapping[str, Cell]) -> Cell:
    side, dot, name = tag.partition(".")
    if not dot:
        return told.once.get(tag, "")
    return told.total.get(name) if side == TOTAL else line.get(name)
