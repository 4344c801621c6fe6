"""A proposal becomes true: voucher, movement, limitation event and receipt in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from sanzi.access.models import Person
from sanzi.accounting.entry import Entry
from sanzi.accounting.posting import post
from sanzi.dispositions.movements import Movement
from sanzi.documents.papers import hashes_on
from sanzi.kernel.money import grouped

from .casework import Proposal
from .clock import note_event
from .ledgers import accounts_for, book_for, parties_for
from .movements import move_all
from .postings import Amounts, purposes_of, sides_of
from .taking_back import take_back

WAIVED = "减免"


def complete(proposals: Sequence[Proposal], *, by: Person, now: datetime) -> None:
    """Complete proposals whose claims the caller holds: all of them or none.

    The books first (the gate locks them in order), then the movements with their figures. Raises
    Blocked or Invalid of the gate or of the movements; then nothing has happened at all.
    """
    assert connection.in_atomic_block, "a step is completed inside an action"
    for one in proposals:
        if one.kind == "take_back":
            take_back(one, by=by, now=now)
    booked = [one for one in proposals if one.what.template]
    posted = post([entry_of(one, by) for one in booked], by=by, now=now)
    for one, voucher in zip(booked, posted, strict=True):
        one.voucher_id = voucher.id
    for one in proposals:
        if one.what.event:
            note_event(
                [one.claim], one.what.event, one.dated, "delivered", source=source_of(one),
                note=one.what.label, by=by, now=now,
            )  # fmt: skip
    moves = [move for one in proposals for move in moves_of(one)]
    if moves:
        move_all(moves, by=by, now=now)
    for one in proposals:
        if one.kind == "book_in":
            claim: Any = one.claim
            claim.book = "账内"
            claim.save(update_fields=["book"])
        one.stage, one.done_by, one.done_at = Proposal.Stage.DONE, by, now
        one.save(update_fields=["stage", "done_by", "done_at", "voucher"])


def entry_of(proposal: Proposal, by: Person) -> Entry:
    """The voucher of a proposal: prepared by who proposed it, reviewed by who completes it."""
    claim: Any = proposal.claim
    kind = proposal.what
    book = book_for(proposal.village, proposal.dated)
    memo = f"{kind.label} {claim.debtor} 债权{claim.number} {grouped(proposal.amount)}元"[:200]
    amounts = Amounts(proposal.amount, proposal.waived, proposal.interest)
    accounts = accounts_for(book, claim, purposes_of(kind.template), proposal.facts)
    parties = parties_for(book, claim, proposal.facts)
    return Entry(
        book=book.pk,
        dated=proposal.dated,
        memo=memo,
        sides=sides_of(kind.template, amounts, accounts, parties, memo),
        source=source_of(proposal),
        prepared_by=proposal.proposed_by_id,
        reviewed_by=by.pk,
        attachments=proposal.attachments,
        papers=hashes_on(proposal),
        name=f"债权{claim.number}的{kind.label}凭证",
    )


def source_of(proposal: Proposal) -> str:
    """The name the event bears in books and movements, once and for all."""
    return f"receivables.proposal:{proposal.pk}"


def moves_of(proposal: Proposal) -> list[Movement]:
    """The movements a proposal makes: what was collected, and what of it was waived."""
    kind = proposal.what
    if not kind.method:
        return []
    parts = [
        ("", kind.method, proposal.amount - proposal.waived),
        ("/waived", WAIVED, proposal.waived),
    ]
    return [
        Movement(
            thing=proposal.claim,
            method=method,
            amount=amount,
            dated=proposal.dated,
            source=source_of(proposal) + part,
            voucher=proposal.voucher_id,
            note=str(proposal.facts.get("basis") or kind.label),
            document_number=proposal.paper.serial if proposal.paper else "",
            handled_by=proposal.proposed_by.name,
        )
        for part, method, amount in parts
        if amount
    ]
