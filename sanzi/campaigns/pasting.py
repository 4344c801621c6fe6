"""Targets copied from a spreadsheet: a place a row, an aim a column. No framework.

The first column is a place's name or code. A head row names the aims; without one the columns are
the campaign's aims in their order. Every cell that cannot be used is told by row and column.
"""

import csv
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import StringIO

from .reaching import from_typed, is_fine, shown_unit

ROWS_MAX = 2_000
# Columns people keep beside their figures; any other head that names no aim is a fault.
PASSED_OVER = ("备注", "说明", "序号", "区划代码", "单位")


@dataclass(frozen=True)
class Column:
    """One aim as a column: its key, its label, the catalogue's unit."""

    aim: int
    label: str
    unit: str


@dataclass(frozen=True)
class Pasted:
    """What was read: values by aim and place (trimmed code), and what was wrong."""

    values: dict[tuple[int, str], Decimal | None]
    faults: list[str]


def read(text: str, columns: Sequence[Column], places: Iterable[tuple[str, str]]) -> Pasted:
    """Values of a pasted table; `places` are (code, name) of those it may name."""
    known: dict[str, list[str]] = defaultdict(list)
    for code, name in places:
        known[name].append(code)
        known[code].append(code)
        if len(code) < 12:
            known[code.ljust(12, "0")].append(code)
    order: list[Column | None] = list(columns)
    values: dict[tuple[int, str], Decimal | None] = {}
    faults: list[str] = []
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter="\t"))
    except csv.Error:
        return Pasted({}, ["表格里有没有配对的引号，读不出来；请删去引号再粘贴"])
    seen: dict[str, int] = {}
    for number, cells in enumerate(rows[:ROWS_MAX], start=1):
        plain = [unicodedata.normalize("NFKC", cell).strip() for cell in cells]
        if not any(plain):
            continue
        if number == 1 and (heads := _heads(plain, columns)):
            order = heads
            faults += [
                f"第 1 行：不认识指标“{cell[:30]}”，请改成这项行动的指标名，或删去这一列"
                for cell, column in zip(plain[1:], heads, strict=True)
                if column is None and cell and _bare(cell) not in PASSED_OVER
            ]
            continue
        _row(number, plain, order, known, values, faults)
        code = next(iter(known.get(plain[0], [])), "")
        if code in seen:
            faults.append(f"第 {number} 行：“{plain[0][:30]}”与第 {seen[code]} 行是同一个地方")
        elif code:
            seen[code] = number
    if len(rows) > ROWS_MAX:
        faults.append(f"一次最多粘贴 {ROWS_MAX:,} 行，请分几次")
    return Pasted(values, faults)


def _heads(cells: Sequence[str], columns: Sequence[Column]) -> list[Column | None]:
    """The order of a head row; empty where this is none: it names no aim."""
    by_label = {column.label: column for column in columns}
    named = [by_label.get(_bare(cell)) for cell in cells[1:]]
    return named if any(named) else []


def _bare(cell: str) -> str:
    """清收率(%) is 清收率."""
    return cell.partition("(")[0].strip()


def _row(
    number: int,
    cells: Sequence[str],
    order: Sequence[Column | None],
    known: dict[str, list[str]],
    values: dict[tuple[int, str], Decimal | None],
    faults: list[str],
) -> None:
    codes = known.get(cells[0], [])
    if len(codes) != 1:
        why = "有几个同名的地方，请改填区划代码" if codes else "没有找到这个村或乡镇"
        faults.append(f"第 {number} 行：“{cells[0][:30]}”{why}")
        return
    if any(cells[len(order) + 1 :]):
        faults.append(f"第 {number} 行：比指标多出几列，请核对")
    for column, cell in zip(order, cells[1:], strict=False):
        if column is None or not cell:
            continue
        typed = number_of(cell, column.unit)
        if typed is None:
            faults.append(
                f"第 {number} 行“{column.label}”：“{cell[:20]}”不是可用的数，"
                f"单位为{shown_unit(column.unit)}"
            )
        else:
            values[column.aim, codes[0]] = typed


def number_of(text: str, unit: str) -> Decimal | None:
    """A typed target in the catalogue's unit; None for what cannot be one."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    plain = plain.removesuffix("%") if unit == "率" else plain
    try:
        typed = Decimal(plain)
    except InvalidOperation:
        return None
    if not typed.is_finite() or abs(typed) >= Decimal(10) ** 10:
        return None
    value = from_typed(typed, unit)
    return value if is_fine(value, unit) else None
