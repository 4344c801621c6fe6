"""What people enter about a claim's limitation: events, the end of procedures, withdrawals."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.documents.models import Document
from sanzi.documents.papers import attach, papers_on
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Invalid
from sanzi.receivables.events import add_event
from sanzi.receivables.models import Claim, LimitationEvent


@action("limitation.record")
def record_event(
    *,
    claim_id: int,
    kind: str,
    dated: date,
    evidence: str,
    file: Any = None,
    note: str = "",
    by: Person,
    now: datetime,
) -> LimitationEvent:
    """Enter one event of a claim; its last day is worked out anew in the same transaction."""
    claim = Claim.objects.claim(claim_id, by)
    if evidence not in LimitationEvent.Proof.values:
        raise Invalid("limitation.evidence", "请选择证据")
    if kind in ("ended", "withdrawn"):
        raise Invalid("limitation.kind", "终结和撤回请在原来的登记上办理")
    paper = _paper(claim, file, by, now)
    event = add_event(claim, kind, dated, evidence, document=paper, note=note, by=by, now=now)
    record(
        claim, "limitation.record", by=by, at=now, label=f"登记时效事项：{event}",
        public={"kind": kind, "evidence": evidence, "last_day": str(claim.last_day or "")},
    )  # fmt: skip
    return event


@action("limitation.record")
def end_procedure(*, event_id: int, dated: date, by: Person, now: datetime) -> LimitationEvent:
    """Say when a procedure ended: the period runs anew from then (民法典 第195条)."""
    begun = LimitationEvent.objects.claim(event_id, by)
    claim = Claim.objects.claim(begun.claim_id, by)
    event = add_event(claim, "ended", dated, begun.evidence, about=begun, by=by, now=now)
    record(
        claim, "limitation.end", by=by, at=now, label=f"登记程序终结：{begun}",
        public={"ended_on": str(dated), "last_day": str(claim.last_day or "")},
    )  # fmt: skip
    return event


@action("limitation.record")
def withdraw_event(*, event_id: int, reason: str, by: Person, now: datetime) -> LimitationEvent:
    """Take an entry back as wrong, with the reason; it stays to be read and no longer counts."""
    wrong = LimitationEvent.objects.claim(event_id, by)
    if wrong.source:
        raise Invalid("limitation.source", "这项登记随办理的环节产生，请在该环节冲回")
    if len(reason.strip()) < 2:
        raise Invalid("limitation.reason", "请写明撤回的原因")
    claim = Claim.objects.claim(wrong.claim_id, by)
    day = max(wrong.dated, localdate(now))
    event = add_event(claim, "withdrawn", day, note=reason, about=wrong, by=by, now=now)
    record(
        claim, "limitation.withdraw", by=by, at=now, label=f"撤回时效登记：{wrong}",
        public={"reason": reason.strip(), "last_day": str(claim.last_day or "")},
    )  # fmt: skip
    return event


def _paper(claim: Claim, file: Any, by: Person, now: datetime) -> Document | None:
    """The paper that proves it; one that hangs on the claim already is not hung twice."""
    if not file:
        return None
    if hung := attach(claim, [file], by=by, now=now):
        return hung[0]
    digest = sha256(b"".join(file.chunks())).hexdigest()
    found: Document = papers_on(claim).get(sha256=digest)
    return found
