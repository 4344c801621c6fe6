"""Statements for tests as banks print them. Every account number is fictional."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from sanzi.bank.reading.grid import Grid, read_grid
from sanzi.bank.reading.statement import Profile, Reading, read_statement

HEADER = ["交易日期", "摘要", "收入", "支出", "余额", "对方户名", "对方账号", "流水号"]
THEIRS = "9999990000000012345"

# Five flows of January; the balance before them is 10000.00.
JANUARY: list[list[Any]] = [
    ["2024-01-03", "鱼塘承包费", "5000.00", "", "15000.00", "赵小满", THEIRS, "A001"],
    ["2024-01-08", "办公用品", "", "320.50", "14679.50", "示例文具店", "", "A002"],
    ["2024-01-15", "路灯电费", "", "879.50", "13800.00", "示例供电所", "", "A003"],
    ["2024-01-15", "手续费", "", "0.50", "13799.50", "", "", "A003"],
    ["2024-01-21", "利息", "12.30", "", "13811.80", "", "", "A005"],
]
FEBRUARY: list[list[Any]] = [
    ["2024-02-02", "转移支付", "20000.00", "", "33811.80", "示例镇财政所", "", "B001"],
    ["2024-02-06", "保洁工资", "", "3000.00", "30811.80", "", "", "B002"],
]


def csv_bytes(
    rows: Sequence[Sequence[Any]], *, encoding: str = "utf-8", header: Any = None
) -> bytes:
    """A CSV as net banking hands it out."""
    lines = io.StringIO()
    csv.writer(lines).writerows([header or HEADER, *rows])
    return lines.getvalue().encode(encoding)


def xlsx(path: Path, rows: Sequence[Sequence[Any]], *, above: Sequence[Sequence[Any]] = ()) -> Path:
    """The same as a workbook, with lines above the header."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("明细")
        for at, row in enumerate([*above, HEADER, *rows]):
            for column, value in enumerate(row):
                if value != "":
                    sheet.write(at, column, value)
    return path


def read(rows: Sequence[Sequence[Any]], header: Any = None, **profile: Any) -> Reading:
    """A statement read from plain rows."""
    grid = Grid([list(row) for row in [header or HEADER, *rows]])
    return read_statement(grid, Profile(**profile))


def read_file(path: Path, **profile: Any) -> Reading:
    """A statement read from a file."""
    return read_statement(read_grid(path), Profile(**profile))


def amounts(reading: Reading) -> list[str]:
    """The signed amounts from the earliest to the latest."""
    return [str(row.amount) for row in reading.rows]


def messages(reading: Reading) -> str:
    """Everything the reading has to say."""
    return "\n".join(fault.message for fault in reading.faults)
