"""Handing a voucher worked out here to the agency, which makes, reviews and posts it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from sanzi.access.models import Person
from sanzi.accounting.entry import Side
from sanzi.accounting.models import Book, Voucher
from sanzi.agency.handling import open_matter, put_lines, touches_money
from sanzi.agency.models import Draft
from sanzi.agency.stages import Stage
from sanzi.kernel.money import ZERO
from sanzi.kernel.refusals import Blocked

from .models import Handed


def hand_over(
    book: Book,
    key: str,
    *,
    dated: date,
    memo: str,
    sides: Sequence[Side],
    attachments: int,
    reverses: Voucher | None = None,
    by: Person,
    now: datetime,
) -> Draft:
    """Begin a matter of the agency's own with these lines. Once for each key, unless voided."""
    assert transaction.get_connection().in_atomic_block, "a matter is handed over in an action"
    before = handed(book, key)
    if before is not None and before.draft.stage != Stage.VOIDED:
        stage = before.draft.get_stage_display()
        raise Blocked("handed.before", f"“{before.draft.memo}”已交办（{stage}），不能重复")
    draft = open_matter(
        book=book,
        flow=Draft.Flow.TRANSFER,
        dated=dated,
        memo=memo,
        amount=sum((side.debit for side in sides), ZERO),
        attachments=attachments,
        moves_money=touches_money(sides),
        by_agency=True,
        reverses=reverses,
        by=by,
        now=now,
    )
    put_lines(draft, sides)
    if before is None:
        Handed.objects.create(village=book.village, book=book, key=key, draft=draft)
    else:
        before.draft = draft
        before.save(update_fields=["draft"])
    return draft


def handed(book: Book, key: str) -> Handed | None:
    """What was handed over under this key, if anything."""
    found: Handed | None = Handed.objects.filter(book=book, key=key).select_related("draft").first()
    return found
