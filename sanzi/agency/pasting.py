"""Rows copied from a spreadsheet, read into the grid. No framework."""

import csv
from io import StringIO

from .grid import COLUMNS, Row

# How heads of columns begin in the sheets of other software.
_HEADS = {
    "摘要": "memo",
    "科目": "account",
    "会计科目": "account",
    "辅助": "named",
    "往来": "named",
    "借方": "debit",
    "贷方": "credit",
}
_BY_WIDTH = {4: ("memo", "account", "debit", "credit")}
_SUMS = ("合计", "总计", "小计")


def pasted(text: str) -> list[Row]:
    """One row for every line: columns by their heads if there are any, else in the grid's order.

    Empty lines and lines of sums are left out. A head is a line that names 摘要 or 科目.
    """
    columns: tuple[str, ...] = ()
    rows: list[Row] = []
    for cells in csv.reader(StringIO(text, newline=""), delimiter="\t"):
        cells = [" ".join(cell.split()) for cell in cells]
        if not any(cells) or any(cell.startswith(_SUMS) for cell in cells[:2]):
            continue
        if not rows and (heads := _heads(cells)):
            columns = heads
            continue
        order = columns or _BY_WIDTH.get(len(cells), COLUMNS)
        found = {name: cell for name, cell in zip(order, cells, strict=False) if name}
        rows.append(Row(**{name: _plain(name, cell) for name, cell in found.items()}))
    return rows


def _heads(cells: list[str]) -> tuple[str, ...]:
    """The column of each cell, each at most once ("" for what the grid does not know)."""
    named: list[str] = []
    for cell in cells:
        meant = next((to for word, to in _HEADS.items() if cell.startswith(word)), "")
        named.append("" if meant in named else meant)
    return tuple(named) if {"memo", "account"} & set(named) and "debit" in named else ()


def _plain(name: str, cell: str) -> str:
    """A zero in the side that is not filled is how spreadsheets write nothing."""
    empty = name in ("debit", "credit") and cell in ("0", "0.00", "-", "－", "0.0")
    return "" if empty else cell
