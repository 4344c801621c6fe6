"""A bank's file as a grid of cells: .xlsx, .xls or .csv, judged by its bytes, not by its name."""

import csv
import io
import json
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sanzi.intake.cells.verdict import ERROR_CELL, UNCALCULATED
from sanzi.intake.container import BROWSER_ROWS_MAX, inspect_container, too_many_rows
from sanzi.intake.scan import SheetScan
from sanzi.kernel.refusals import NotAWorkbook

SIZE_MAX = 10_000_000  # bytes; fifty thousand rows of an .xls are about eight million
SECONDS_MAX = 30
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AGAIN = "请在 Excel/WPS 中打开后“另存为 .xlsx”再传"


@dataclass(slots=True)
class Grid:
    """Rows of cells as typed by the spreadsheet; row and column count from 0, empty is ""."""

    rows: list[list[Any]]
    is_1904: bool = False
    # Merged areas: first row, first column, last row, last column.
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def read_grid(path: Path) -> Grid:
    """The first visible sheet of a file. Raises NotAWorkbook (reliability.md F1 to F17)."""
    size = path.stat().st_size
    if size == 0:
        raise NotAWorkbook("empty-file", "文件是空的（0 字节），请重新选择")
    if size > SIZE_MAX:
        raise NotAWorkbook("too-large", "对账单文件超过 10 MB，请按月分成几个文件再传", 413)
    with path.open("rb") as file:
        magic = file.read(8)
    if magic.startswith(b"PK"):
        grid = _xlsx(path)
    elif magic == _OLE:
        grid = _xls(path)
    else:
        grid = _csv(path.read_bytes())
    if len(grid.rows) > BROWSER_ROWS_MAX:
        raise too_many_rows()
    return grid


def _xlsx(path: Path) -> Grid:
    container = inspect_container(path, browser=True)
    read = _in_child(path)
    scan = container.sheets.get(read["sheet"], SheetScan())
    if scan.is_wide:
        raise NotAWorkbook("too-many-columns", "列数过多，不像对账单；请删除右侧多余的列再传", 422)
    grid = Grid(_typed(read["rows"]), container.is_1904, [tuple(m) for m in read["merged"]])
    for cells, trouble in ((scan.errors, ERROR_CELL), (scan.uncalculated, UNCALCULATED)):
        for row, columns in cells.items():
            for column in columns:
                _put(grid.rows, row - 1, column, trouble)
    return grid


def _put(rows: list[list[Any]], row: int, column: int, value: Any) -> None:
    if row < len(rows):
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = value


def _xls(path: Path) -> Grid:
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        raise NotAWorkbook("encrypted", "文件设有打开密码，请取消密码后再传", 415)
    read = _in_child(path)
    return Grid(_typed(read["rows"]), merged=[tuple(m) for m in read["merged"]])


def _in_child(path: Path) -> dict[str, Any]:
    """The parser runs apart, limited in memory and time: a bad file harms nobody else."""
    command = [sys.executable, "-m", "sanzi.bank.reading.child", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS_MAX, check=False)
        read: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise NotAWorkbook("damaged", f"文件不完整、已损坏或内容异常，{_AGAIN}") from None
    if "sheet" not in read:
        raise NotAWorkbook("no-sheet", "文件里没有可见的工作表，请取消隐藏后再传", 422)
    return read


def _typed(rows: list[list[Any]]) -> list[list[Any]]:
    return [[_moment(cell) if isinstance(cell, dict) else cell for cell in row] for row in rows]


def _moment(cell: dict[str, str]) -> date | datetime:
    return datetime.fromisoformat(cell["at"]) if "at" in cell else date.fromisoformat(cell["on"])


def _csv(content: bytes) -> Grid:
    if b"\x00" in content[:4096] or content[:4] in (b"%PDF", b"\xff\xd8\xff\xe0"):
        raise NotAWorkbook(
            "not-a-table", "这不是表格文件；请从网银下载 xlsx、xls 或 csv 格式的对账单", 415
        )
    text = _decoded(content)
    if "<html" in text[:2000].lower() or "<table" in text[:2000].lower():
        raise NotAWorkbook("web-page", f"这是改名为 .xls 的网页，{_AGAIN}", 415)
    if "\x00" in text:
        raise NotAWorkbook("not-a-table", f"文件含不可见的控制字符，{_AGAIN}", 415)
    mark = _delimiter(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        return Grid([[_plain(cell) for cell in row] for row in lines])
    except csv.Error:
        raise NotAWorkbook("damaged", f"文件不完整或已损坏，{_AGAIN}") from None


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotAWorkbook("encoding", f"认不出文件的文字编码，{_AGAIN}", 415)


def _delimiter(text: str) -> str:
    """The mark that divides most of the first lines; a bank's file has several columns."""
    lines = text.splitlines()[:50]
    counts = {mark: sum(line.count(mark) for line in lines) for mark in (",", "\t", ";", "|")}
    mark = max(counts, key=lambda m: counts[m])
    if not counts[mark]:
        raise NotAWorkbook(
            "not-a-table", "文件里没有分列的数据；请从网银下载 xlsx、xls 或 csv 格式的对账单", 415
        )
    return mark


def _plain(cell: str) -> str:
    """A cell without the armour banks put round numbers so that Excel leaves them whole."""
    cell = cell.strip()
    if cell.startswith('="') and cell.endswith('"'):
        cell = cell[2:-1]
    return cell.removeprefix("'").strip()
