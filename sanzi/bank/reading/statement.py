"""A bank's file as a statement: its rows in order, its balances, and all that is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sanzi.intake.cells.text import folded
from sanzi.kernel.money import grouped

from .columns import Heading, find_heading
from .grid import Grid
from .rows import Fault, Parsed, Raw, StatementRow, parse, scrubbed
from .running import Running, run
from .signs import already_signed, amount_of, speaks_of_sides

_DAY = r"([0-9]{4})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})日?"
_SPAN = re.compile(rf"(?<![0-9]){_DAY}(?:至|到|-+|~|—+|,)+{_DAY}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Profile:
    """How a bank's files are read: what a person chose, or an earlier file taught."""

    columns: Mapping[str, str] = field(default_factory=dict)
    date_format: str = ""
    is_mirrored: bool = True


@dataclass(slots=True)
class Reading:
    """What a file says. `running` is there once its rows could be read at all."""

    heading: Heading | None
    faults: list[Fault]
    running: Running | None = None
    skipped: int = 0
    is_mirrored: bool = True
    # Account numbers the file names as its own, in clear: for comparison only, never kept.
    own_accounts: frozenset[str] = frozenset()
    # The last day the lines above the header say the file answers for.
    until: date | None = None

    @property
    def errors(self) -> list[Fault]:
        """The faults for which nothing may be imported."""
        return [fault for fault in self.faults if fault.is_error]

    @property
    def rows(self) -> list[StatementRow]:
        """The rows from the earliest to the latest."""
        return self.running.rows if self.running else []


def read_statement(grid: Grid, profile: Profile) -> Reading:
    """Understand a bank's file; whatever is wrong is in `faults`, with its row."""
    heading = find_heading(grid.rows, profile.columns)
    if heading is None:
        return Reading(None, [Fault(0, "没有找到表头：需要有日期、金额、余额等列名的一行")])
    if heading.missing:
        missing = "、".join(heading.missing)
        why = f"缺少列：{missing}。请在下面指定对应的列，或从网银重新导出带余额的明细"
        return Reading(heading, [Fault(heading.data_row, why)])
    parsed = parse(grid, heading, profile.date_format)
    reading = Reading(heading, parsed.faults, skipped=len(parsed.skipped))
    reading.own_accounts = frozenset(parsed.own_accounts) | _named_above(grid, heading)
    reading.until = _until(grid, heading)
    if not parsed.raws:
        parsed.fault(0, "表头下面没有流水；如本月确无发生额，不必导入")
        return reading
    reading.running, reading.is_mirrored = _put_in_order(parsed, profile)
    _judge(reading, parsed)
    return reading


def _put_in_order(parsed: Parsed, profile: Profile) -> tuple[Running | None, bool]:
    """The rows signed the way the balance confirms; the profile's way first."""
    mirrored = profile.is_mirrored
    first, faults = _signed(parsed.raws, mirrored)
    if parsed.faults and any(fault.is_error for fault in parsed.faults):
        return None, mirrored
    for fault in faults:
        parsed.fault(fault.row, fault.message)
    if faults or not first:
        return None, mirrored
    running = run(first)
    if running.broken and speaks_of_sides(parsed.raws):
        other = run(_signed(parsed.raws, not mirrored)[0])
        if other.sound > running.sound:
            return other, not mirrored
    return running, mirrored


def _signed(raws: list[Raw], is_mirrored: bool) -> tuple[list[StatementRow], list[Fault]]:
    rows, faults = [], []
    is_signed = already_signed(raws)
    for raw in raws:
        amount = amount_of(raw, is_mirrored=is_mirrored, is_signed=is_signed)
        if isinstance(amount, str):
            faults.append(Fault(raw.row, f"第 {raw.row} 行{amount}"))
        elif raw.dated is None:
            faults.append(Fault(raw.row, f"第 {raw.row} 行有金额但没有日期，请补上日期"))
        elif raw.balance is None:
            faults.append(Fault(raw.row, f"第 {raw.row} 行没有余额，无法逐行核对，请补上余额"))
        else:
            rows.append(_row(raw, amount))
    return rows, faults


def _row(raw: Raw, amount: Decimal) -> StatementRow:
    return StatementRow(
        raw.row,
        raw.dated,
        amount,
        raw.balance,
        scrubbed(raw.summary)[:200],
        scrubbed(raw.counterparty)[:100],
        raw.counterparty_account or "",
        (raw.serial or "")[:60],
    )


def _judge(reading: Reading, parsed: Parsed) -> None:
    running = reading.running
    if running is None:
        return
    if running.broken:
        parsed.fault(running.broken.row, running.broken.message)
    elif parsed.opening is not None and parsed.opening != running.opening:
        gap = grouped(running.opening - parsed.opening)
        parsed.fault(
            running.rows[0].row,
            f"第 {running.rows[0].row} 行是第一笔，之前的余额应为 {grouped(running.opening)}，"
            f"文件写期初 {grouped(parsed.opening)}，差 {gap} 元；请核对是否缺行",
        )


def _named_above(grid: Grid, heading: Heading) -> frozenset[str]:
    """Account numbers in the lines above the header: 账号：6200…."""
    found = set()
    for row in grid.rows[: max(0, heading.data_row - 1)]:
        words: list[Any] = [folded(cell) for cell in row if isinstance(cell, str)]
        for place, word in enumerate(words):
            if "账号" in word or "帐号" in word or "卡号" in word:
                after = words[place + 1] if place + 1 < len(words) else ""
                found |= {_digits(word), _digits(after)}
    return frozenset(number for number in found if len(number) >= 8)


def _until(grid: Grid, heading: Heading) -> date | None:
    """The end of a stretch of days named above the header: 起止日期：20240101-20240131."""
    for row in grid.rows[: max(0, heading.data_row - 1)]:
        words = "".join(folded(cell) for cell in row if isinstance(cell, str))
        if found := _SPAN.search(words):
            year, month, day = (int(part) for part in found.groups()[3:])
            try:
                return date(year, month, day)
            except ValueError:
                return None
    return None


def _digits(word: str) -> str:
    """The account number in a cell: the digits after its colon, or the cell itself."""
    text = word.rsplit(":", 1)[-1].replace("-", "")
    return text if text.isascii() and text.isdigit() else ""
