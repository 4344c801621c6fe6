"""A reviewed matter as the entry handed to the posting gate."""

from sanzi.accounting.entry import Entry, Side
from sanzi.accounting.models import Kind
from sanzi.accounting.reversal import kind_against
from sanzi.documents.papers import hashes_on

from .matter import Matter
from .models import Draft


def sides_of_draft(draft: Draft) -> list[Side]:
    """The lines of a draft as plain values."""
    return [
        Side(
            line.account,
            line.debit,
            line.credit,
            line.memo,
            line.counterparty_id,
            line.project_id,
            line.object_id,
            line.item_id,
        )
        for line in draft.lines.order_by("place")
    ]


def entry_of(matter: Matter) -> Entry:
    """The entry of a matter that has been admitted to posting."""
    draft = matter.draft
    prepared, reviewed = matter.last("prepare"), matter.last("review")
    signed = matter.last("sign")
    assert prepared is not None, "reviewed matters have been prepared"
    sides = sides_of_draft(draft)
    kind = kind_against(draft.reverses, sides) if draft.reverses else Kind.NORMAL
    return Entry(
        book=draft.book_id,
        dated=draft.dated,
        memo=draft.memo,
        sides=sides,
        source=draft.source,
        prepared_by=prepared.by_id,
        reviewed_by=reviewed.by_id if reviewed else None,
        cashier=signed.by_id if signed else None,
        attachments=draft.attachments,
        papers=hashes_on(draft),
        kind=kind,
        reverses=draft.reverses_id,
        name=f"“{draft.memo[:20]}”",
    )
