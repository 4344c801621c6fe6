"""Which way money went: one signed column, two columns, or an amount and a word beside it.

A bank keeps its own books: what it credits us is our receipt. So its 借 is our 支出 and its 贷 our
收入 (mirrored); some banks print from the customer's side instead. The running balance decides.
"""

from collections.abc import Sequence
from decimal import Decimal

from sanzi.kernel.money import ZERO

from .rows import Raw

_IN = frozenset({"收", "收入", "转入", "存入", "来账", "入账", "入", "+", "进账", "收款"})
_OUT = frozenset({"支", "支出", "转出", "支取", "往账", "出账", "出", "-", "付款", "付"})
_CREDIT = frozenset({"贷", "贷方", "c", "cr", "credit"})
_DEBIT = frozenset({"借", "借方", "d", "dr", "debit"})


def speaks_of_sides(raws: Sequence[Raw]) -> bool:
    """Whether the file says 借 and 贷, so that whose side it means is a question."""
    return any(
        raw.debit is not None or raw.credit is not None or _word(raw) in _CREDIT | _DEBIT
        for raw in raws
    )


def already_signed(raws: Sequence[Raw]) -> bool:
    """Whether every outgoing amount already carries its minus, so that the word adds nothing."""
    outgoing = [raw.amount for raw in raws if raw.amount and _word(raw) in _OUT | _DEBIT]
    return bool(outgoing) and all(amount < 0 for amount in outgoing)


def amount_of(raw: Raw, *, is_mirrored: bool, is_signed: bool) -> Decimal | str:
    """Yuan in (positive) or out (negative), or in words why that cannot be said."""
    income, expense = raw.income, raw.expense
    if raw.debit is not None or raw.credit is not None:
        sides = (raw.credit, raw.debit) if is_mirrored else (raw.debit, raw.credit)
        income, expense = sides
    if income and expense:
        return "收入和支出都填了金额，只能填一方"
    if income or expense:
        return (income or ZERO) - (expense or ZERO)
    if not raw.amount:
        return ZERO
    word = _word(raw)
    if is_signed or not word:
        return Decimal(raw.amount)
    into = _CREDIT if is_mirrored else _DEBIT
    out = _DEBIT if is_mirrored else _CREDIT
    if word in _IN or word in into:
        return Decimal(raw.amount)
    if word in _OUT or word in out:
        return ZERO - raw.amount
    return f"收支标志“{word[:10]}”认不出，请改为“收入”或“支出”"


def _word(raw: Raw) -> str:
    return str(raw.direction or "").strip().lower()
