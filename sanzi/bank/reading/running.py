"""The running balance of a statement, verified row by row in the order the bank printed it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sanzi.kernel.money import grouped

from .rows import StatementRow


@dataclass(frozen=True, slots=True)
class Break:
    """The first row whose balance does not follow from the row before it in time."""

    row: int
    expected: Decimal
    found: Decimal

    @property
    def message(self) -> str:
        """The fault in words, with the difference."""
        gap = grouped(self.found - self.expected)
        return (
            f"第 {self.row} 行余额对不上：按上一笔余额加减应为 {grouped(self.expected)}，"
            f"文件写 {grouped(self.found)}，差 {gap} 元；请核对该行，或从网银重新导出"
        )


@dataclass(frozen=True, slots=True)
class Running:
    """The rows from the earliest to the latest, and where the balance first breaks."""

    rows: list[StatementRow]
    is_descending: bool
    sound: int  # rows that follow from the row before
    broken: Break | None

    @property
    def opening(self) -> Decimal:
        """The balance before the first row."""
        return self.rows[0].balance - self.rows[0].amount

    @property
    def closing(self) -> Decimal:
        """The balance after the last row."""
        return self.rows[-1].balance


def run(rows: Sequence[StatementRow]) -> Running:
    """Put the rows in the order of time: the direction in which the balance holds (best)."""
    upward = _follow(list(rows), is_descending=False)
    if upward.broken is None and rows[0].dated <= rows[-1].dated:
        return upward
    downward = _follow(list(reversed(rows)), is_descending=True)
    if upward.sound != downward.sound:
        return max(upward, downward, key=lambda running: running.sound)
    return downward if rows[0].dated > rows[-1].dated else upward


def _follow(rows: list[StatementRow], *, is_descending: bool) -> Running:
    sound, broken = 1, None
    for before, row in zip(rows, rows[1:], strict=False):
        expected = before.balance + row.amount
        if expected == row.balance:
            sound += 1
        elif broken is None:
            broken = Break(row.row, expected, row.balance)
    return Running(rows, is_descending, sound, broken)
