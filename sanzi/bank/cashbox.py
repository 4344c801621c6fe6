"""库存现金日记账: the running balance day by day, and where it cannot be right. No framework.

A cash box cannot hold less than nothing; above its limit (核定限额) the rest goes to the bank
within one working day (platforms.md C-5, C-7).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sanzi.kernel.calendar import add_working_days


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the cash account in yuan."""

    dated: date
    title: str
    memo: str
    debit: Decimal
    credit: Decimal
    url: str = ""


@dataclass(frozen=True, slots=True)
class DayLine:
    """A line with the balance after it; `is_last` of its day."""

    entry: Entry
    balance: Decimal
    is_last: bool
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Concern:
    """A stretch of days in which the box was wrong, told once."""

    tone: str
    words: str


def day_book(opening: Decimal, entries: Sequence[Entry]) -> list[DayLine]:
    """Lines in order of day, each with its balance; a day that ends below zero is marked.

    Within a day the order of vouchers is not the order of the money, so only its end counts.
    """
    lines: list[DayLine] = []
    balance = opening
    for place, entry in enumerate(entries):
        balance += entry.debit - entry.credit
        is_last = place + 1 == len(entries) or entries[place + 1].dated != entry.dated
        fault = "现金为负" if is_last and balance < 0 else ""
        lines.append(DayLine(entry, balance, is_last, fault))
    return lines


def concerns(
    opening: Decimal, lines: Sequence[DayLine], limit: Decimal | None, until: date
) -> list[Concern]:
    """What is wrong with the box, each stretch of days once."""
    found = [
        Concern("danger", f"期初现金为负 {opening:,.2f} 元：请检查上月凭证")
    ] if opening < 0 else []  # fmt: skip
    found += [
        Concern("danger", f"{line.entry.dated} 日终现金为负 {line.balance:,.2f} 元："
                          "请检查漏记的收入、提现，或记错日期的支出")
        for line in lines
        if line.fault
    ]  # fmt: skip
    return found + (_over(lines, limit, until) if limit is not None else [])


def _over(lines: Sequence[DayLine], limit: Decimal, until: date) -> list[Concern]:
    found, since, most = [], None, limit
    ends = [(line.entry.dated, line.balance) for line in lines if line.is_last]
    for day, balance in [*ends, (until, limit)]:
        if balance > limit:
            since, most = since or day, max(most, balance)
        elif since:
            due = add_working_days(since, 1)
            if day > due:
                found.append(
                    Concern(
                        "warn",
                        f"{since} 起现金超过限额 {limit:,.2f} 元（最多 {most:,.2f} 元），"
                        f"应于 {due} 前存入银行，晚 {(day - due).days} 天",
                    )
                )
            since, most = None, limit
    return found
