"""The rows of a bank's file as values: dates, amounts, words, and what is wrong with which cell."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sanzi.intake.cells.amounts import decimal_parser
from sanzi.intake.cells.codes import bank_account_parser
from sanzi.intake.cells.dates import date_parser
from sanzi.intake.cells.parsers import Reader
from sanzi.intake.cells.text import text_parser
from sanzi.intake.cells.verdict import Noted
from sanzi.intake.masking import plain, shown
from sanzi.intake.scan import column_letter
from sanzi.kernel.codes import mask_account
from sanzi.kernel.money import MONEY_MAX

from .columns import Heading
from .grid import Grid

FAULTS_MAX = 500
MONEY = ("income", "expense", "debit", "credit", "amount", "balance")
WORDS = ("summary", "direction", "counterparty", "serial")
DATE_FORMATS = {"": "自动（年在前）", "mdy": "月/日/年", "dmy": "日/月/年"}

_TOTALS = re.compile(r"^(合计|总计|小计|本页|累计|本月|本期|过次页|总笔数|收入合计|支出合计)")
_OPENING = re.compile(r"期初|承前|上期|上页|上年结转|上日余额|上月余额|起始余额")
_TURNED = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(.*)")
# A card or account number typed among the words: masked before it is ever kept.
_NUMBER = re.compile(r"[0-9０-９]{11,}[Xx]?")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file: `row` is Excel's own number, 0 when it is about the whole."""

    row: int
    message: str
    is_error: bool = True


@dataclass(slots=True)
class Raw:
    """One row as read; amounts in yuan, None where the cell is empty."""

    row: int
    cells: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.cells.get(name)


@dataclass(slots=True)
class Parsed:
    """Every row that tells of money, in the order of the file."""

    raws: list[Raw] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    # The balance brought forward, where a row of its own states it.
    opening: Decimal | None = None
    own_accounts: set[str] = field(default_factory=set)

    def fault(self, row: int, message: str, is_error: bool = True) -> None:
        """Remember a fault, up to a readable number of them."""
        if len(self.faults) < FAULTS_MAX:
            self.faults.append(Fault(row, message, is_error))


def parse(grid: Grid, heading: Heading, date_format: str = "") -> Parsed:
    """Read every row below the header. Nothing is rounded, nothing guessed."""
    parsed = Parsed()
    readers = {name: Reader(_parser(name, grid, date_format)) for name in heading.columns}
    _refuse_merged(grid, heading, parsed)
    for at in range(heading.data_row, len(grid.rows)):
        cells = grid.rows[at]
        row = at + 1
        if not any(cell != "" for cell in cells) or _repeats_header(cells, heading):
            continue
        if _is_total(cells, heading):
            parsed.skipped.append(row)
            continue
        _read_row(row, cells, heading, readers, parsed)
    return parsed


def _parser(name: str, grid: Grid, date_format: str) -> Callable[[Any], object]:
    if name == "dated":
        read = date_parser("dated", is_1904=grid.is_1904)
        return lambda cell: read(_turned(cell, date_format))
    if name in MONEY:
        return decimal_parser("金额", 2, MONEY_MAX, negative=True, code="money")
    if name in ("counterparty_account", "own_account"):
        return bank_account_parser()
    text = text_parser(name)
    return lambda cell: text(plain(cell))


def _turned(cell: Any, date_format: str) -> Any:
    """A date whose year stands last, the other way round."""
    found = _TURNED.fullmatch(cell.strip()) if date_format and isinstance(cell, str) else None
    if found is None:
        return cell
    one, two, year, rest = found.groups()
    month, day = (one, two) if date_format == "mdy" else (two, one)
    return f"{year}-{month}-{day}{rest}"


def _repeats_header(cells: list[Any], heading: Heading) -> bool:
    """A long print-out says its header again on every page."""
    same = [_cell(cells, index) == label for index, label in heading.labels.items()]
    return sum(same) * 2 > len(same)


def _is_total(cells: list[Any], heading: Heading) -> bool:
    words = [cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()]
    dated = _cell(cells, heading.columns["dated"])
    return bool(words) and bool(_TOTALS.match(words[0])) and (dated in ("", words[0]))


def _cell(cells: list[Any], index: int) -> Any:
    return cells[index] if index < len(cells) else ""


def _read_row(
    row: int, cells: list[Any], heading: Heading, readers: Mapping[str, Reader], parsed: Parsed
) -> None:
    read: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, index in heading.columns.items():
        cell = _cell(cells, index)
        value = readers[name][cell]
        if isinstance(value, Noted):
            read[name] = _noted(name, cell, value, row, heading.labels[index], faults)
        else:
            read[name] = value
    moved = any(read.get(name) for name in MONEY if name != "balance")
    if not moved and read.get("dated") is None:
        _read_margin(row, cells, read, parsed)
        return
    parsed.faults += faults[: max(0, FAULTS_MAX - len(parsed.faults))]
    if own := read.get("own_account"):
        parsed.own_accounts.add(own)
    if moved or not _is_opening(cells):
        parsed.raws.append(Raw(row, read))
    else:
        parsed.opening = read.get("balance")


def _read_margin(row: int, cells: list[Any], read: dict[str, Any], parsed: Parsed) -> None:
    """A row without date and amount: the balance brought forward, or a remark."""
    if read.get("balance") is not None and _is_opening(cells) and not parsed.raws:
        parsed.opening = read["balance"]
    else:
        parsed.skipped.append(row)


def _is_opening(cells: list[Any]) -> bool:
    return any(isinstance(cell, str) and _OPENING.search(cell) for cell in cells)


def _noted(name: str, cell: Any, noted: Noted, row: int, label: str, faults: list[Fault]) -> Any:
    if name in ("counterparty_account", "own_account"):
        # Banks print these masked or as numbers; the flow counts all the same.
        return noted.value or _as_printed(cell)
    if noted.severity == "error":
        quoted = f"“{shown(cell)}”" if not isinstance(cell, float) else ""
        faults.append(Fault(row, f"第 {row} 行“{label}”{quoted}{noted.why}"))
    return noted.value


def _as_printed(cell: Any) -> str | None:
    """An account number no bank would accept, kept as printed; None when its end is lost."""
    return cell.strip()[:40] or None if isinstance(cell, str) else None


def _refuse_merged(grid: Grid, heading: Heading, parsed: Parsed) -> None:
    used = set(heading.columns.values())
    for top, left, bottom, right in grid.merged:
        if top >= heading.data_row and bottom > top and used & set(range(left, right + 1)):
            area = f"{column_letter(left)}{top + 1}:{column_letter(right)}{bottom + 1}"
            parsed.fault(top + 1, f"{area} 是合并单元格，请取消合并后逐行填写")


def scrubbed(text: str | None) -> str:
    """Words as they may be kept and shown: long numbers in them only by their last four digits."""
    return _NUMBER.sub(lambda found: mask_account(found.group()), text or "")


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One flow of a statement: `amount` in yuan, what came in positive."""

    row: int
    dated: date
    amount: Decimal
    balance: Decimal
    summary: str = ""
    counterparty: str = ""
    counterparty_account: str = ""
    serial: str = ""
