"""冲回: what was completed by mistake is undone by its red letter and mirrored movements.

Nothing is erased: voucher, movements and receipt stay where they are, each with what undid it.
"""

from datetime import date, datetime
from typing import Any

from sanzi.access.models import Person
from sanzi.accounting.entry import Entry
from sanzi.accounting.posting import post
from sanzi.accounting.reversal import reason_against_undoing, undo_letter
from sanzi.dispositions.models import Disposition
from sanzi.letters.writing import end

from .casework import Proposal
from .events import add_event
from .models import LimitationEvent
from .movements import reverse


def why_not(proposal: Proposal, dated: date) -> str | None:
    """Why a completed proposal cannot be taken back on a day; None when it can."""
    if proposal.stage != Proposal.Stage.DONE:
        return f"这张清收单{proposal.get_stage_display()}，只有已办结的可以冲回"
    if proposal.kind in ("seal", "take_back"):
        return "封存请用“解除封存”，冲回单不能再冲回"
    if proposal.voucher is None:
        return None
    found = reason_against_undoing(proposal.voucher, dated)
    return found[1] if found else None


def take_back(proposal: Proposal, *, by: Person, now: datetime) -> None:
    """Undo what the proposal names: voucher, movements, clock, receipt. Runs inside an action."""
    done = Proposal.objects.select_related("voucher", "paper").get(pk=proposal.facts["of"])
    claim: Any = proposal.claim
    reason = str(proposal.facts["basis"])
    if done.voucher is not None:
        (red,) = post([_red(proposal, done.voucher, by)], by=by, now=now)
        proposal.voucher_id = red.id
    source = f"receivables.proposal:{done.pk}"
    for act in Disposition.objects.filter(source__in=(source, f"{source}/waived")).order_by("pk"):
        reverse(
            claim, act, dated=proposal.dated, reason=reason,
            source=f"receivables.proposal:{proposal.pk}/{act.pk}", voucher=proposal.voucher_id,
            by=by, now=now,
        )  # fmt: skip
    withdraw_event(claim, source, reason, by=by, now=now)
    if done.kind == "book_in":
        claim.book = "账外"
        claim.save(update_fields=["book"])
    if done.paper is not None and done.paper.ended is None:
        end(done.paper, reason=f"已冲回：{reason}"[:200], by=by, now=now)
    done.stage = Proposal.Stage.TAKEN_BACK
    done.save(update_fields=["stage"])


def _red(proposal: Proposal, voucher: Any, by: Person) -> Entry:
    """In red within the year; what an earlier year booked is put right in blue, in this one."""
    return undo_letter(
        voucher, dated=proposal.dated, prepared_by=proposal.proposed_by_id, reviewed_by=by.pk,
        cashier=None, source=f"receivables.proposal:{proposal.pk}",
    )  # fmt: skip


def withdraw_event(claim: Any, source: str, reason: str, *, by: Person, now: datetime) -> None:
    """Take back what an undone event said to the clock; the event itself stays."""
    event = LimitationEvent.objects.filter(source=f"{source}@{claim.pk}").first()
    if event is not None:
        add_event(
            claim, "withdrawn", event.dated, about=event, note=reason[:200],
            source=f"{source}/back@{claim.pk}", by=by, now=now,
        )  # fmt: skip
