"""What of a statement is already there, so that the same flow never comes twice.

The flows of an account are one unbroken chain: each balance follows from the one before. A file
either continues the chain where it ends, or repeats a stretch of it and then continues. Serial
numbers alone would not do: a bank's fee often bears the serial of its payment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sanzi.kernel.money import grouped


@dataclass(frozen=True, slots=True)
class Mark:
    """What identifies a flow within its account."""

    dated: date
    amount: Decimal
    balance: Decimal
    serial: str = ""
    row: int = 0

    def is_same(self, other: "Mark") -> bool:
        """Whether two files tell of the same flow; one of them may be silent on the serial."""
        return (
            self.dated == other.dated
            and self.amount == other.amount
            and self.balance == other.balance
            and (not self.serial or not other.serial or self.serial == other.serial)
        )


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many of the coming rows are known; why the rest cannot follow, if it cannot."""

    known: int
    trouble: str = ""


def overlap(known: Sequence[Mark], coming: Sequence[Mark], start: tuple[date, Decimal]) -> Overlap:
    """Lay the coming rows on the chain; both from the earliest to the latest.

    `start` is the account's first day and the balance it began with (yuan).
    """
    if not known:
        return _continues(coming, start[0], start[1], is_start=True)
    for place, mark in enumerate(known):
        if mark.is_same(coming[0]):
            shared = min(len(known) - place, len(coming))
            if all(known[place + i].is_same(coming[i]) for i in range(shared)):
                return Overlap(shared)
    if coming[0].dated < known[-1].dated:
        return Overlap(0, _contradicts(known, coming))
    return _continues(coming, known[-1].dated, known[-1].balance, is_start=False)


def _continues(coming: Sequence[Mark], day: date, balance: Decimal, *, is_start: bool) -> Overlap:
    before = coming[0].balance - coming[0].amount
    if before == balance:
        return Overlap(0)
    gap = grouped(before - balance)
    had = (
        f"账户起始余额（{day}）{grouped(balance)}"
        if is_start
        else f"已导入流水的期末余额（{day}）{grouped(balance)}"
    )
    how = (
        "请核对账户的起始日和起始余额，或先导入更早的对账单"
        if is_start
        else f"中间可能缺对账单，请先导入 {day} 至 {coming[0].dated} 的流水"
    )
    return Overlap(
        0,
        f"与已有余额接不上：{had}，本文件第 {coming[0].row} 行之前的余额为 {grouped(before)}，"
        f"差 {gap} 元。{how}",
    )


def _contradicts(known: Sequence[Mark], coming: Sequence[Mark]) -> str:
    """The first row that says otherwise than what was imported before."""
    for place, mark in enumerate(known):
        if not mark.is_same(coming[0]):
            continue
        for had, now in zip(known[place:], coming, strict=False):
            if not had.is_same(now):
                return (
                    f"第 {now.row} 行与已导入的流水不一致：已有 {had.dated} 金额 "
                    f"{grouped(had.amount)}、余额 {grouped(had.balance)}，本文件为 {now.dated} "
                    f"金额 {grouped(now.amount)}、余额 {grouped(now.balance)}；请向银行核实"
                )
    return (
        f"第 {coming[0].row} 行（{coming[0].dated}）在已导入流水的日期之内，但与其中任何一笔"
        "都不相同；请核对是否选错了账户，或银行更正过流水"
    )
