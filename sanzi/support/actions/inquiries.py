"""Leads: anybody asks from the public page, the village calls back and says what came of it."""

from datetime import datetime
from uuid import UUID

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked
from sanzi.support.asking import check_flood, checked_phone, sender_of, shown_offering
from sanzi.support.models import Inquiry
from sanzi.support.queries import inquiry_stands
from sanzi.support.wording import said, sealed
from sanzi.support.workflow import INQUIRY


@action("anyone")
def inquire(
    *,
    offering_id: int,
    name: str,
    phone: str,
    text: str,
    once: UUID,
    address: str,
    by: Person | None,
    now: datetime,
) -> Inquiry:
    """Ask about a published offering. Name and telephone are sealed. Raises TooMany, Invalid."""
    offering = shown_offering(offering_id, lock=True)
    sent = Inquiry.objects.of(offering).filter(once=once).first()
    if sent is not None:
        found: Inquiry = sent
        return found
    sender = sender_of(address)
    check_flood(offering, sender, now)
    made = Inquiry.objects.create(
        village=offering.village, offering=offering, name=sealed(said(name, "称呼", 1, 20), _first),
        phone=sealed(checked_phone(phone)), text=said(text, "想了解什么", most=300), once=once,
        sender=sender, asked_at=now,
    )  # fmt: skip
    # Who asked stays unknown to the journal, even where somebody is signed in.
    record(made, "support.inquire", by=None, at=now, label=f"收到线索：{offering}")
    return made


def _first(name: str) -> str:
    """A name as pages show it: the first letter."""
    return f"{name[:1]}**"


@action("support.tell")
def handle_inquiry(*, inquiry_id: int, step: str, note: str, by: Person, now: datetime) -> Inquiry:
    """Say how a lead goes: called back, agreed, come to nothing."""
    inquiry: Inquiry = Inquiry.objects.claim(inquiry_id, by)
    if step not in {one.name for one in INQUIRY.steps}:
        raise Blocked("workflow.moved", "没有这个步骤，请刷新查看")
    taken = INQUIRY.admit(step, inquiry_stands(inquiry, by), by)
    inquiry.stage, inquiry.note = taken.target, said(note, "办理情况")
    inquiry.handled_by, inquiry.handled_at, inquiry.keeper = by, now, by
    inquiry.save(update_fields=["stage", "note", "handled_by", "handled_at", "keeper"])
    record(inquiry, f"support.{step}-inquiry", by=by, at=now, label=f"线索{taken.label}",
           public={"reason": inquiry.note})  # fmt: skip
    return inquiry
