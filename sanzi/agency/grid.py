"""The accountant's grid (摘要 | 科目 | 辅助 | 借方 | 贷方): what was typed, read into lines.

Nothing is guessed silently: what cannot be read is a fault of its row and column, and what was
typed stays. No framework.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sanzi.accounting.entry import MEMO_MAX, Side, fault_of
from sanzi.kernel.money import ZERO, yuan
from sanzi.kernel.refusals import Invalid

from .naming import KnownName, NewName, names_of
from .spelling import KnownAccount, account_of, told

BALANCE = "="  # Typed in an amount cell: what is missing there.
ABOVE = ".."  # Typed in a summary cell: the summary of the row above.


@dataclass(frozen=True, slots=True)
class Row:
    """One row as typed."""

    memo: str = ""
    account: str = ""
    named: str = ""
    debit: str = ""
    credit: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing but perhaps a summary repeated from above."""
        return not (self.account or self.named or self.debit or self.credit)


COLUMNS = ("memo", "account", "named", "debit", "credit")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a row (from 1; 0 is the voucher as a whole) and its column."""

    place: int
    column: str
    text: str
    code: str = "voucher.grid"


@dataclass
class Reading:
    """What the rows say: lines for the gate, names yet to be made, and what is wrong."""

    sides: list[Side] = field(default_factory=list)
    # For each of `sides`: the names typed with + that the book does not know yet.
    fresh: list[list[NewName]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    debit: Decimal = ZERO
    credit: Decimal = ZERO

    @property
    def gap(self) -> Decimal:
        """Debit less credit."""
        return self.debit - self.credit


def read(
    rows: Sequence[Row], accounts: Iterable[KnownAccount], names: Iterable[KnownName]
) -> Reading:
    """The lines of the rows that are filled in, or the faults of each."""
    found, known, held = Reading(), {a.code: a for a in accounts}, list(names)
    amounts = _amounts(rows, found)
    memo = ""
    for place, row in enumerate(rows, start=1):
        typed = _squeezed(row.memo)
        is_new = typed not in ("", ABOVE, memo)
        memo = typed if is_new else memo
        if row.is_empty and not is_new:
            continue
        faults = _faults_of_memo(place, memo)
        meant = account_of(row.account, known)
        account = None if isinstance(meant, str) else meant
        if isinstance(meant, str):
            faults.append(Fault(place, "account", f"第 {place} 行{meant}", "voucher.account"))
        keys, fresh, why = names_of(row.named, account.aux if account else (), held)
        faults += [
            Fault(place, "named", f"第 {place} 行{text}", "voucher.dimension") for text in why
        ]
        debit, credit = amounts[place]
        faults += _faults_of_amounts(place, debit, credit, found.faults)
        found.faults += faults
        code = account.code if account else ""
        found.sides.append(Side(code, debit, credit, memo, **keys))
        found.fresh.append(fresh)
    if not found.faults and (fault := fault_of(found.sides, "本凭证")):
        found.faults.append(Fault(0, "", fault[1], fault[0]))
    return found


def _faults_of_memo(place: int, memo: str) -> list[Fault]:
    if not memo:
        return [Fault(place, "memo", f"第 {place} 行没有摘要，请写明事由", "voucher.memo")]
    if len(memo) > MEMO_MAX:
        text = f"第 {place} 行摘要有 {len(memo)} 个字，最多 {MEMO_MAX} 个，请写短一些"
        return [Fault(place, "memo", text, "voucher.memo")]
    return []


def _faults_of_amounts(
    place: int, debit: Decimal, credit: Decimal, before: Sequence[Fault]
) -> list[Fault]:
    if any(fault.place == place and fault.column in ("debit", "credit") for fault in before):
        return []
    if debit and credit:
        text = f"第 {place} 行借方、贷方都填了金额，只能填一方"
        return [Fault(place, "credit", text, "voucher.sides")]
    if not debit and not credit:
        text = f"第 {place} 行没有金额，请填借方或贷方"
        return [Fault(place, "debit", text, "voucher.amount")]
    return []


def _amounts(rows: Sequence[Row], found: Reading) -> dict[int, list[Decimal]]:
    """Both sides of every row in yuan; `=` takes what balances the rest. Adds up into `found`."""
    amounts: dict[int, list[Decimal]] = {}
    waiting: list[tuple[int, int]] = []
    for place, row in enumerate(rows, start=1):
        amounts[place] = [ZERO, ZERO]
        for which, column in enumerate(("debit", "credit")):
            typed = getattr(row, column)
            if amount_text(typed) == BALANCE:
                waiting.append((place, which))
                continue
            try:
                amounts[place][which] = amount_of(typed)
            except Invalid as wrong:
                text = f"第 {place} 行金额“{told(typed)}”{wrong.message}"
                found.faults.append(Fault(place, column, text, "voucher.amount"))
    found.debit, found.credit = (sum((a[i] for a in amounts.values()), ZERO) for i in (0, 1))
    for nth, (place, which) in enumerate(waiting):
        if nth:
            text = f"第 {place} 行：整张凭证只能有一个“=”，请填写金额"
            found.faults.append(Fault(place, COLUMNS[3 + which], text, "voucher.amount"))
            continue
        missing = found.credit - found.debit
        amounts[place][which] = -missing if which else missing
        found.debit += 0 if which else missing
        found.credit += -missing if which else 0
    return amounts


def amount_of(typed: str) -> Decimal:
    """An amount as people write it (1,234.50, ￥80, -100 in red); nothing is zero. May refuse."""
    text = amount_text(typed)
    return yuan(text) if text else ZERO


def amount_text(typed: str) -> str:
    """Full-width digits, separators and the unit aside."""
    return re.sub(r"[,\s¥元]", "", unicodedata.normalize("NFKC", typed)).replace("−", "-")


def in_place(rows: Sequence[Row], reading: Reading) -> list[Row]:
    """The rows to show again after reading: `=` filled in, everything else as typed."""
    if len([r for r in rows if BALANCE in (r.debit, r.credit)]) != 1 or reading.faults:
        return list(rows)
    shown, sides = list(rows), iter(reading.sides)
    for at, row in enumerate(rows):
        if row.is_empty:
            continue
        side = next(sides)
        if row.debit == BALANCE:
            shown[at] = replace(row, debit=str(side.debit))
        elif row.credit == BALANCE:
            shown[at] = replace(row, credit=str(side.credit))
    return shown


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
