"""A voucher before it is posted, as plain values, and what the arithmetic asks of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sanzi.kernel.money import ZERO, from_fen, grouped

from .keys import LINES_MAX

MEMO_MAX = 200


# Not frozen: half a million are made for a large import, and freezing costs three times as much.
@dataclass(slots=True)
class Side:
    """One line: an account and an amount in yuan on one side. A red letter is negative.

    counterparty, project, object and item are keys of the book's dimensions.
    """

    account: str
    debit: Decimal = ZERO
    credit: Decimal = ZERO
    memo: str = ""
    counterparty: int | None = None
    project: int | None = None
    object: int | None = None
    item: int | None = None


# A line of a large import: its account, debit and credit in fen, with the summary of its voucher
# and nothing to analyse. Made at no cost, where a Side and two Decimals are not.
PlainSide = tuple[str, int, int]


@dataclass(slots=True)
class Entry:
    """A voucher handed to the posting gate.

    `book`, `prepared_by`, `reviewed_by`, `cashier` are keys. `source` names the event behind it
    once and for all ("agency.draft:17"). `papers` are the SHA-256 of stored attachments;
    `attachments` counts the sheets, stored or not. `name` is what a refusal calls it (记-12).
    """

    book: int
    dated: date
    memo: str
    sides: Sequence[Side | PlainSide]
    source: str
    prepared_by: int
    reviewed_by: int | None = None
    cashier: int | None = None
    attachments: int = 0
    papers: Sequence[str] = ()
    kind: str = "normal"
    reverses: int | None = None
    name: str = ""

    @property
    def period(self) -> int:
        """YYYYMM; the opening balances of a year stand in month 0."""
        month = 0 if self.kind == "opening" else self.dated.month
        return self.dated.year * 100 + month

    @property
    def full_sides(self) -> list[Side]:
        """Its lines, each of them a Side."""
        return [
            Side(side[0], from_fen(side[1]), from_fen(side[2])) if isinstance(side, tuple) else side
            for side in self.sides
        ]


def debit(account: str, amount: Decimal, **more: object) -> Side:
    """A line on the debit side."""
    return Side(account, debit=amount, **more)  # type: ignore[arg-type]


def credit(account: str, amount: Decimal, **more: object) -> Side:
    """A line on the credit side."""
    return Side(account, credit=amount, **more)  # type: ignore[arg-type]


def fault_of(sides: Sequence[Side], name: str) -> tuple[str, str] | None:
    """What the arithmetic has against these lines: (code, sentence), or None.

    reliability.md C36: unbalanced, one line, no line, both sides filled, no amount.
    """
    if len(sides) < 2:
        return "voucher.lines", f"{name}只有 {len(sides)} 行分录，至少要一借一贷两行"
    if len(sides) > LINES_MAX:
        return "voucher.lines", f"{name}有 {len(sides)} 行分录，最多 {LINES_MAX} 行，请分成几张凭证"
    debits = credits_ = ZERO
    for place, side in enumerate(sides, start=1):
        if side.debit and side.credit:
            return "voucher.sides", f"{name}第 {place} 行借方、贷方都填了金额，只能填一方"
        if not side.debit and not side.credit:
            return "voucher.amount", f"{name}第 {place} 行没有金额，请填借方或贷方"
        if (side.debit + side.credit) * 100 % 1:
            return "voucher.amount", f"{name}第 {place} 行的金额超过两位小数，请核对到分"
        debits += side.debit
        credits_ += side.credit
    if debits != credits_:
        gap = grouped(abs(debits - credits_))
        return (
            "voucher.unbalanced",
            f"{name}借贷不平：借方 {grouped(debits)}，贷方 {grouped(credits_)}，差 {gap} 元",
        )
    return None


def reversed_sides(sides: Sequence[Side], memo: str) -> list[Side]:
    """The red-letter copy: the same lines with their amounts negative (会计基础工作规范 第51条)."""
    return [
        Side(
            side.account,
            ZERO - side.debit,
            ZERO - side.credit,
            memo,
            side.counterparty,
            side.project,
            side.object,
            side.item,
        )
        for side in sides
    ]
