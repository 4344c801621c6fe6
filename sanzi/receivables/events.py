"""Adding what happened to a claim's limitation, inside an action; the clock on the row follows."""

from datetime import date, datetime

from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.documents.models import Document
from sanzi.kernel.refusals import Blocked, Invalid

from .keeping import keep
from .limitation.facts import PROCEDURES
from .models import EVENT_KINDS, Claim, LimitationEvent


def add_event(
    claim: Claim,
    kind: str,
    dated: date,
    evidence: str = "none",
    *,
    document: Document | None = None,
    note: str = "",
    about: LimitationEvent | None = None,
    source: str = "",
    by: Person,
    now: datetime,
) -> LimitationEvent:
    """Append one event to a claim the caller has claimed, and work its last day out anew.

    `kind` of EVENT_KINDS; `evidence` signed, delivered or none: without proof it does not count.
    `source` names what recorded it ("receivables.step:17"), once. Raises Invalid for an unknown
    kind, a day ahead, an end before its beginning; Blocked when recorded or withdrawn before.
    """
    if kind not in EVENT_KINDS:
        raise Invalid("limitation.kind", "请从列表里选择事项")
    if dated > localdate(now):
        raise Invalid("limitation.ahead", f"日期 {dated} 晚于今天，请核对")
    if source and (known := LimitationEvent.objects.filter(source=source).first()):
        raise Blocked("limitation.known", f"这件事已登记为“{known}”")
    _check_about(claim, kind, dated, about)
    event = LimitationEvent.objects.create(
        village=claim.village,
        claim=claim,
        kind=kind,
        dated=dated,
        evidence=evidence,
        document=document,
        note=note.strip(),
        about=about,
        source=source,
        recorded_by=by,
        recorded_at=now,
    )
    keep([claim], localdate(now))
    return event


def _check_about(claim: Claim, kind: str, dated: date, about: LimitationEvent | None) -> None:
    if kind not in ("ended", "withdrawn"):
        return
    if about is None or about.claim_id != claim.pk or about.kind == "withdrawn":
        raise Invalid("limitation.about", "请选择这笔债权上的一项登记")
    if about.followed_by.filter(kind__in=("withdrawn", kind)).exists():
        raise Blocked("limitation.moved", f"“{about}”已经登记过终结或已撤回，请刷新查看")
    if kind == "ended":
        if about.kind not in PROCEDURES:
            raise Invalid("limitation.about", "只有起诉、仲裁、支付令、调解、执行才登记终结")
        if dated < about.dated:
            raise Invalid("limitation.ended_on", f"终结日期不能早于开始日期 {about.dated}")
