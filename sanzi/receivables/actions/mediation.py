"""诉前调解: a case over several claims, its agreement with a plan, the court's confirmation."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.dispositions.movements import Movement
from sanzi.journal.recorder import Trace, record_many
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid
from sanzi.receivables.casework import CaseClaim, MediationCase
from sanzi.receivables.clock import end_procedure, note_event
from sanzi.receivables.models import Claim
from sanzi.receivables.movements import move_all
from sanzi.receivables.papers.mediation import write_confirmation, write_mediation
from sanzi.receivables.plans import put_plan
from sanzi.receivables.standing import Standing
from sanzi.receivables.workflow import SEVEN

S = MediationCase.Stage


@action("claims.work")
def open_case(
    *,
    claim_ids: Sequence[int],
    number: str,
    room: str,
    mediator: str,
    court_staff: str = "",
    opened_on: date,
    by: Person,
    now: datetime,
) -> MediationCase:
    """Bring claims of one village or town before a mediator; each is in one live case only.

    Asking is provable and interrupts (时效规定 第12条).
    """
    claims = [Claim.objects.claim(pk, by) for pk in sorted(set(claim_ids))]
    if not claims or len({claim.town for claim in claims}) > 1:
        raise Invalid("mediation.claims", "请勾选同一个乡镇的债权，一案可以多笔")
    if opened_on > localdate(now):
        raise Invalid("mediation.opened", "受理日期晚于今天，请核对")
    for claim in claims:
        SEVEN.admit("mediate", Standing(claim, localdate(now)), by)
    case = MediationCase.objects.create(
        village=claims[0].village, number=number.strip(), room=room.strip(),
        mediator=mediator.strip(), court_staff=court_staff.strip(), opened_on=opened_on,
        opened_by=by, opened_at=now,
    )  # fmt: skip
    for claim in claims:
        CaseClaim.objects.create(village=claim.village, case=case, claim=claim)
    move_all([_entry(claim, case) for claim in claims], by=by, now=now)
    note_event(
        claims, "mediation_request", opened_on, "delivered",
        source=f"receivables.mediationcase:{case.pk}", note=f"调解案 {case}", by=by, now=now,
    )  # fmt: skip
    _note(claims, case, "申请诉前调解", f"{case.room}，调解员 {case.mediator}", by=by, now=now)
    return case


@action("claims.work")
def agree(
    *,
    case_id: int,
    agreed_on: date,
    terms: str,
    months: int = 0,
    first_on: date | None = None,
    by: Person,
    now: datetime,
) -> MediationCase:
    """达成协议: both sides signed. With `months` every claim gets a plan of so many equal payments
    from `first_on`. From this day the 30 days of judicial confirmation run."""
    case, claims = _held(case_id, by, {S.OPEN})
    if not case.opened_on <= agreed_on <= localdate(now):
        raise Invalid("mediation.agreed", "协议日期应在受理之后、今天之前，请核对")
    if len(terms.strip()) < 2:
        raise Invalid("mediation.terms", "请写明协议要点")
    case.stage, case.agreed_on, case.terms = S.AGREED, agreed_on, terms.strip()
    case.save(update_fields=["stage", "agreed_on", "terms"])
    basis = f"receivables.mediationcase:{case.pk}"
    for claim in claims:
        plan = put_plan(claim, months, first_on or agreed_on, basis, now=now) if months else []
        write_mediation(claim, case, plan, by=by, now=now)
        write_confirmation(claim, case, by=by, now=now)
    note_event(
        claims, "repayment_plan", agreed_on, "signed",
        source=f"receivables.mediationcase:{case.pk}/agreed", note=f"调解协议 {case}", by=by,
        now=now,
    )  # fmt: skip
    _note(claims, case, "达成调解协议", case.terms, by=by, now=now)
    return case


@action("claims.work")
def confirm_by_court(
    *, case_id: int, confirmed_on: date, number: str, by: Person, now: datetime
) -> MediationCase:
    """司法确认: the court's order makes the agreement enforceable."""
    case, claims = _held(case_id, by, {S.AGREED})
    if not number.strip():
        raise Invalid("mediation.confirmation", "请填写确认裁定书号")
    if case.agreed_on is None or not case.agreed_on <= confirmed_on <= localdate(now):
        raise Invalid("mediation.confirmed", "确认日期应在协议生效之后、今天之前，请核对")
    case.stage, case.confirmed_on, case.confirmation = S.CONFIRMED, confirmed_on, number.strip()
    case.save(update_fields=["stage", "confirmed_on", "confirmation"])
    _note(claims, case, "司法确认", case.confirmation, by=by, now=now)
    return case


@action("claims.work")
def end_case(
    *, case_id: int, ended_on: date, failed: bool, words: str, by: Person, now: datetime
) -> MediationCase:
    """结案或调解不成: the claims of the case are free for other steps again."""
    case, claims = _held(case_id, by, {S.OPEN, S.AGREED, S.CONFIRMED})
    if not case.opened_on <= ended_on <= localdate(now):
        raise Invalid("mediation.ended", "结案日期应在受理之后、今天之前，请核对")
    case.stage, case.ended_on = (S.FAILED if failed else S.CLOSED), ended_on
    case.save(update_fields=["stage", "ended_on"])
    for inside in case.claims.all():
        inside.is_live = False
        inside.save(update_fields=["is_live"])
    source = f"receivables.mediationcase:{case.pk}"
    for claim in claims:
        end_procedure(claim, source, ended_on, by=by, now=now)
    _note(claims, case, "调解不成" if failed else "调解结案", words.strip()[:200], by=by, now=now)
    return case


def _entry(claim: Any, case: MediationCase) -> Movement:
    """The claim's record that it came before a mediator; nothing moves by that."""
    return Movement(
        thing=claim, method="诉前调解", amount=None, dated=case.opened_on,
        source=f"receivables.mediationcase:{case.pk}@{claim.pk}", note="受理",
        document_number=case.number,
    )  # fmt: skip


def _held(case_id: int, by: Person, stages: set[Any]) -> tuple[MediationCase, list[Any]]:
    """A case with its claims locked first, at one of these stages."""
    inside = CaseClaim.objects.visible_to(by).filter(case=case_id).order_by("claim_id")
    claims = [Claim.objects.claim(pk, by) for pk in inside.values_list("claim", flat=True)]
    case: MediationCase = MediationCase.objects.claim(case_id, by)
    if len(claims) != case.claims.count():
        raise Forbidden("mediation.town", "该案涉及别的村，请由乡镇经办人办理")
    if case.stage not in stages:
        raise Blocked("mediation.moved", f"调解案 {case}{case.get_stage_display()}，请刷新查看")
    return case, claims


def _note(
    claims: Sequence[Any], case: MediationCase, label: str, words: str, *, by: Person, now: datetime
) -> None:
    keys = [(f"receivables.claim:{claim.pk}", claim.village) for claim in claims]
    keys.append((f"receivables.mediationcase:{case.pk}", case.village))
    public = {"subject": f"调解案 {case.number}，{words}" if words else f"调解案 {case.number}"}
    record_many(
        [Trace(key, "receivables.mediation", village, label, public) for key, village in keys],
        by=by,
        at=now,
    )
