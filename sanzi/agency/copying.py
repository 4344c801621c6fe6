"""What the grid is filled with before anybody types: a matter, an earlier voucher, a correction."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from sanzi.accounting.models import Voucher
from sanzi.accounting.reversal import correction_memo, sides_of

from .grid import Row
from .models import Draft
from .sheet import Sheet, from_sides
from .vouchers import sides_of_draft


def as_copy(voucher: Voucher, dated: date) -> Sheet:
    """An earlier voucher written again: everything but its papers."""
    return from_sides(voucher.book, sides_of(voucher), dated=dated)


def as_correction(voucher: Voucher, today: date) -> Sheet:
    """The lines of a voucher to be put right, under the summary the regulation words."""
    memo = correction_memo(voucher, today.year)
    sides = [replace(side, memo=memo) for side in sides_of(voucher)]
    return from_sides(voucher.book, sides, dated=today)


def of_matter(draft: Draft, like: Voucher | None = None) -> Sheet:
    """A matter as a voucher: its lines if it has been prepared before, else its amount and words.

    `like` is an earlier voucher of the village whose accounts are taken over; amounts are never,
    unless there is one on each side.
    """
    if like is not None:
        return _like(draft, like)
    if sides := sides_of_draft(draft):
        return from_sides(draft.book, sides, dated=draft.dated, attachments=draft.attachments)
    amount = f"{draft.amount:.2f}"
    # No account is chosen for anybody: the sides of the amount are all that is known.
    rows = [Row(memo=_memo(draft), debit=amount), Row(credit=amount)]
    return _head(draft, rows)


def _like(draft: Draft, voucher: Voucher) -> Sheet:
    sides = sides_of(voucher)
    sheet = from_sides(draft.book, sides, dated=draft.dated, with_amounts=False)
    simple = [bool(side.debit) for side in sides] in ([True, False], [False, True])
    rows = []
    for at, (row, side) in enumerate(zip(sheet.rows, sides, strict=True)):
        amount = f"{draft.amount:.2f}" if simple and draft.amount > Decimal(0) else ""
        which = "debit" if side.debit else "credit"
        rows.append(replace(row, memo="" if at else _memo(draft), **{which: amount}))
    return _head(draft, rows)


def _memo(draft: Draft) -> str:
    """The summary of a voucher names whom, as auditors look for."""
    memo: str = draft.memo
    return memo if not draft.payee or draft.payee in memo else f"{memo}（{draft.payee}）"


def _head(draft: Draft, rows: list[Row]) -> Sheet:
    attachments = str(draft.attachments or "")
    return Sheet(draft.book, draft.dated.isoformat(), attachments, rows)
