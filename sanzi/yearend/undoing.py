"""The mirror of a step's vouchers: the same lines in red, counted where the first were counted."""

from collections.abc import Sequence
from datetime import date

from sanzi.access.models import Person
from sanzi.accounting.entry import Entry, reversed_sides
from sanzi.accounting.models import Kind, Voucher
from sanzi.accounting.reversal import red_letter, red_memo, sides_of

from .models import YearStep


def mirrored(taken: YearStep, vouchers: Sequence[Voucher], by: Person) -> list[Entry]:
    """Entries that take closing vouchers back. They are closing entries themselves.

    A red letter of kind `red` would count in December and leave the closing bucket swollen.
    """
    return [
        Entry(
            book=taken.book_id,
            dated=date(taken.year, 12, 31),
            memo=red_memo(voucher),
            sides=reversed_sides(sides_of(voucher), red_memo(voucher)),
            source=f"{voucher.source}/undo",
            prepared_by=by.pk,
            kind=Kind.CLOSING,
            reverses=voucher.pk,
            name="撤销结转凭证",
        )
        for voucher in vouchers
    ]


def red(taken: YearStep, vouchers: Sequence[Voucher], asked_by: int, by: Person) -> list[Entry]:
    """Red letters of vouchers two people made: one asked for them, the other posts."""
    return [
        red_letter(
            voucher,
            dated=date(taken.year, 12, 31),
            prepared_by=asked_by,
            reviewed_by=by.pk,
            cashier=None,
            source=f"{voucher.source}/undo",
        )
        for voucher in vouchers
    ]
