"""突击入账: income that appears at the year's end, lifts a village over an edge, or is taken back.

A warning is a question to the village, never a finding of fault: the days, shares and amounts are
a region's own (where it has none, 示例，可修改，非官方依据), and each event names its vouchers.
`find` takes plain values, so that whoever warns may call it. Amounts are whole fen. No framework.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sanzi.kernel.money import from_fen, grouped, to_fen

from .tiers import EDGES, tier_of, tiers

LATE, EDGE, TAKEN_BACK, UNPAID = "late-share", "over-an-edge", "taken-back", "not-received"


@dataclass(frozen=True)
class Limits:
    """What a region calls a jump; each line of `LIMITS` says one in words."""

    last_days: int = 31
    share_percent: int = 40
    least_fen: int = 2_000_000
    edge_fen: int = 1_000_000
    back_days: int = 90
    unpaid_percent: int = 50

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> "Limits":
        """The stored limits; amounts are stored as yuan."""
        known = {one.name for one in fields(cls)}
        held: dict[str, int] = {}
        for name, given in content.items():
            if name in known:
                held[name] = to_fen(Decimal(given)) if name.endswith("_fen") else int(given)
        return cls(**held)

    def content(self) -> dict[str, Any]:
        return {
            one.name: f"{from_fen(getattr(self, one.name))}"
            if one.name.endswith("_fen")
            else getattr(self, one.name)
            for one in fields(self)
        }


# Name, label, unit, least and most a person may set.
LIMITS: tuple[tuple[str, str, str, int, int], ...] = (
    ("last_days", "年底最后几天", "天", 1, 92),
    ("share_percent", "最后几天的收入占全年达到", "%", 1, 100),
    ("least_fen", "且金额达到", "元", 0, 10**13),
    ("edge_fen", "靠单笔越档的，单笔达到", "元", 0, 10**13),
    ("back_days", "年后几天内冲回", "天", 1, 366),
    ("unpaid_percent", "最后几天的收入中未收到钱的达到", "%", 1, 100),
)


@dataclass(frozen=True)
class Booked:
    """Income in one voucher: its key, day, words, amount (negative takes back), whether paid.

    `takes_back` is the key of the voucher it reverses or corrects, if any.
    """

    voucher: int
    dated: date
    memo: str
    amount: int
    is_paid: bool = True
    takes_back: int | None = None


@dataclass(frozen=True)
class Jump:
    """One event: which rule, what it says, the vouchers behind it, the amount they come to."""

    rule: str
    title: str
    words: str
    vouchers: tuple[int, ...]
    amount: int


def rules(limits: Limits) -> tuple[tuple[str, str, str], ...]:
    """Each rule's code, title and text with the limits in force."""
    tail = f"12 月最后 {limits.last_days} 天"
    return (
        (LATE, "年底集中入账",
         f"{tail}入账的收入占全年 {limits.share_percent}% 及以上，"
         f"且达到 {_yuan(limits.least_fen)} 元"),
        (EDGE, "单笔越档",
         f"{tail}内有一笔 {_yuan(limits.edge_fen)} 元及以上的收入，没有它全年收入就低一档"),
        (TAKEN_BACK, "入账后冲回",
         f"{tail}入账的收入，当年或年后 {limits.back_days} 天内被冲回"),
        (UNPAID, "年底挂账收入",
         f"{tail}入账的收入有 {limits.unpaid_percent}% 及以上没有收到钱（对方科目为应收、往来），"
         f"且达到 {_yuan(limits.least_fen)} 元"),
    )  # fmt: skip


def find(
    year: int,
    booked: Iterable[Booked],
    *,
    total: int,
    limits: Limits | None = None,
    edges: Sequence[int] = EDGES,
) -> list[Jump]:
    """The events of one village's year.

    `booked`: its vouchers with income of the year, and what takes them back up to `back_days` after
    it. `total`: the year's income in fen under the definition the tiers measure.
    """
    limits = limits or Limits()
    known = sorted(booked, key=lambda one: (one.dated, one.voucher))
    begins = date(year, 12, 31) - timedelta(days=limits.last_days - 1)
    late = [one for one in known if begins <= one.dated <= date(year, 12, 31) and one.amount > 0]
    titles = {code: (title, text) for code, title, text in rules(limits)}
    found = [
        *_late(late, total, limits), *_edge(late, total, limits, edges),
        *_taken_back(late, known, year, limits), *_unpaid(late, limits),
    ]  # fmt: skip
    return [Jump(rule, titles[rule][0], words, keys, amount) for rule, words, keys, amount in found]


_Found = tuple[str, str, tuple[int, ...], int]


def _late(late: Sequence[Booked], total: int, limits: Limits) -> list[_Found]:
    amount = sum(one.amount for one in late)
    if amount < max(limits.least_fen, 1) or amount * 100 < total * limits.share_percent:
        return []
    words = f"最后 {limits.last_days} 天入账 {_yuan(amount)} 元，全年 {_yuan(total)} 元"
    if total > 0:
        words += f"，占 {Decimal(amount) * 100 / total:.1f}%"
    return [(LATE, words, tuple(one.voucher for one in late), amount)]


def _edge(late: Sequence[Booked], total: int, limits: Limits, edges: Sequence[int]) -> list[_Found]:
    held, names = tier_of(total, edges), [tier.label for tier in tiers(edges)]
    found: list[_Found] = []
    for one in late:
        without = tier_of(total - one.amount, edges)
        # From nothing to something is no edge anybody has set.
        if one.amount >= limits.edge_fen and without < held > 1:
            words = (
                f"{one.dated} 入账 {_yuan(one.amount)} 元（{one.memo}）；"
                f"没有这一笔，全年在“{names[without]}”，有了在“{names[held]}”"
            )
            found.append((EDGE, words, (one.voucher,), one.amount))
    return found


def _taken_back(
    late: Sequence[Booked], known: Sequence[Booked], year: int, limits: Limits
) -> list[_Found]:
    until = date(year, 12, 31) + timedelta(days=limits.back_days)
    by_key = {one.voucher: one for one in late}
    found: list[_Found] = []
    for one in known:
        source = by_key.get(one.takes_back) if one.takes_back is not None else None
        if source is not None and one.amount < 0 and one.dated <= until:
            words = (
                f"{source.dated} 入账 {_yuan(source.amount)} 元（{source.memo}），"
                f"{one.dated} 冲回 {_yuan(-one.amount)} 元"
            )
            found.append((TAKEN_BACK, words, (source.voucher, one.voucher), -one.amount))
    return found


def _unpaid(late: Sequence[Booked], limits: Limits) -> list[_Found]:
    whole = sum(one.amount for one in late)
    open_ones = [one for one in late if not one.is_paid]
    amount = sum(one.amount for one in open_ones)
    if amount < max(limits.least_fen, 1) or amount * 100 < whole * limits.unpaid_percent:
        return []
    words = f"最后 {limits.last_days} 天入账 {_yuan(whole)} 元，其中 {_yuan(amount)} 元没有收到钱"
    return [(UNPAID, words, tuple(one.voucher for one in open_ones), amount)]


def _yuan(fen: int) -> str:
    return grouped(from_fen(fen))
