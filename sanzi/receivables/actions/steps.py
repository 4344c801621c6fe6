"""Proposing a step on a claim, deciding it, and taking it back. Two hands for every one of them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError
from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.documents.papers import attach
from sanzi.journal.recorder import Trace, record, record_many
from sanzi.kernel.money import ZERO, grouped
from sanzi.kernel.protections import against_setting_off
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.receivables.casework import Proposal
from sanzi.receivables.completing import complete, moves_of
from sanzi.receivables.estates import against_taking
from sanzi.receivables.models import Claim
from sanzi.receivables.movements import check_day
from sanzi.receivables.papers.receipt import write_receipt
from sanzi.receivables.papers.set_off import write_set_off
from sanzi.receivables.relief import against_relieving, against_waiving
from sanzi.receivables.seven import APPROVE, CONFIRM, KINDS, Kind
from sanzi.receivables.standing import Standing
from sanzi.receivables.taking_back import why_not
from sanzi.receivables.workflow import SEVEN

WORDS_MIN, WORDS_MAX = 2, 200
# What is written and handed over with a step, by its template.
_PAPERS = {"collected": write_receipt, "set_off": write_set_off, "three_party": write_set_off}


@action("claims.work")
def propose(
    *,
    claim_id: int,
    kind: str,
    amount: Decimal,
    dated: date,
    key: str,
    waived: Decimal = ZERO,
    interest: Decimal = ZERO,
    facts: Mapping[str, Any] | None = None,
    attachments: int = 1,
    files: Sequence[Any] = (),
    by: Person,
    now: datetime,
) -> Proposal:
    """Propose one step on a claim; nothing moves until others have decided it. Amounts in yuan.

    `key` is the form's own: sent twice it is one proposal, answered with the first. Raises Blocked
    when something else waits on the claim or stands in the way, Invalid for an impossible amount.
    """
    claim = Claim.objects.claim(claim_id, by)
    if known := Proposal.objects.visible_to(by).filter(key=key).first():
        return known
    what = KINDS[kind]
    SEVEN.admit(kind, Standing(claim, localdate(now)), by)
    told = dict(facts or {})
    _check(claim, what, amount, dated, told, localdate(now))
    if gap := _against(claim, what, amount, waived, dated, told):
        raise Blocked("step.waiver", gap)
    if kind == "hardship" and not files:
        raise Invalid("step.papers", "请上传证明困难的材料（低保证、诊断书、申请书等）")
    money: dict[str, Any] = {"amount": amount, "waived": waived, "interest": interest}
    try:
        proposal = Proposal.objects.create(
            village=claim.village, claim=claim, kind=kind, dated=dated, facts=told, key=key,
            attachments=max(attachments, len(files), 1), proposed_by=by, proposed_at=now, **money,
        )  # fmt: skip
    except IntegrityError as error:
        raise Blocked("step.pending", "该债权刚刚有人提出了另一事项，请刷新查看") from error
    for move in moves_of(proposal):
        check_day(move, claim)
    attach(proposal, files, by=by, now=now)
    if writing := _PAPERS.get(what.template):
        proposal.paper = writing(proposal, by=by, now=now)
        proposal.save(update_fields=["paper"])
    _note(claim, "receivables.propose", f"提出{what.label}", proposal, by=by, now=now)
    return proposal


@action("claims.work")
def take_back(
    *, proposal_id: int, reason: str, dated: date, key: str, by: Person, now: datetime
) -> Proposal:
    """冲回: propose to take a completed step back; the chief accountant decides as ever."""
    done = _held(proposal_id, by)
    if known := Proposal.objects.visible_to(by).filter(key=key).first():
        return known
    if gap := why_not(done, dated):
        raise Blocked("step.back", gap)
    if len(reason.strip()) < WORDS_MIN or dated > localdate(now):
        raise Invalid("step.words", "请写明冲回的原因；日期不能晚于今天")
    SEVEN.admit("take_back", Standing(done.claim, localdate(now)), by)
    proposal = Proposal.objects.create(
        village=done.village, claim=done.claim, kind="take_back", amount=done.amount,
        dated=dated, facts={"of": done.pk, "basis": reason.strip()[:WORDS_MAX]}, key=key,
        proposed_by=by, proposed_at=now,
    )  # fmt: skip
    label = f"提出冲回{done.what.label}"
    _note(done.claim, "receivables.take_back", label, proposal, reason.strip(), by=by, now=now)
    return proposal


@action("claims.approve")
def approve(*, proposal_id: int, by: Person, now: datetime) -> Proposal:
    """乡镇审批: the town's word, before the books are touched."""
    proposal = _held(proposal_id, by)
    _check_turn(proposal, APPROVE, by)
    matter = proposal.what.matter
    if matter and (gap := Standing(proposal.claim, localdate(now)).why_not(matter)):
        raise Blocked("step.resolution", gap)
    proposal.approved_by, proposal.approved_at = by, now
    proposal.stage = Proposal.Stage.APPROVED
    proposal.save(update_fields=["approved_by", "approved_at", "stage"])
    label = f"审批同意{proposal.what.label}"
    _note(proposal.claim, "receivables.approve", label, proposal, by=by, now=now)
    return proposal


@action("claims.confirm")
def confirm(*, proposal_ids: Sequence[int], by: Person, now: datetime) -> list[Proposal]:
    """复核入账: complete these proposals, all of them or none; each gets its voucher.

    Raises Blocked when one has moved on meanwhile, was proposed by the same person, or the books
    or the claim refuse it.
    """
    held = [_held(pk, by) for pk in sorted(set(proposal_ids))]
    for proposal in held:
        _check_turn(proposal, CONFIRM, by)
        _check_still(proposal, localdate(now))
    complete(held, by=by, now=now)
    record_many(
        [
            _trace(one.claim, "receivables.confirm", f"复核入账：{one.what.label}", one)
            for one in held
        ],
        by=by,
        at=now,
    )
    return held


@action("registers.view")
def decline(*, proposal_id: int, reason: str, by: Person, now: datetime) -> Proposal:
    """退回: whoever would decide next sends it back, with the reason."""
    proposal = _held(proposal_id, by)
    if not proposal.next_needs or not by.can(proposal.next_needs):
        raise Forbidden("step.role", "这张清收单不在您的审核环节，请刷新查看")
    return _end(proposal, Proposal.Stage.DECLINED, reason, "退回", by=by, now=now)


@action("claims.work")
def withdraw(*, proposal_id: int, reason: str, by: Person, now: datetime) -> Proposal:
    """撤回: its own author takes it back before it is decided."""
    proposal = _held(proposal_id, by)
    if proposal.stage not in Proposal.OPEN:
        raise Blocked("step.moved", "这张清收单已经办结或退回，请刷新查看")
    if proposal.proposed_by_id != by.pk:
        raise Forbidden("step.author", "只能由提出人本人撤回；需要更正请由审核人退回")
    return _end(proposal, Proposal.Stage.WITHDRAWN, reason, "撤回", by=by, now=now)


def _held(proposal_id: int, by: Person) -> Proposal:
    """A proposal with its claim, the claim locked first as everywhere."""
    seen = Proposal.objects.visible_to(by).filter(pk=proposal_id).values_list("claim", flat=True)
    for claim_id in seen:
        claim = Claim.objects.claim(claim_id, by)
        proposal: Proposal = Proposal.objects.claim(proposal_id, by)
        proposal.claim = claim
        return proposal
    raise Missing("scope.missing", "没有找到该记录")


def _check(
    claim: Any, kind: Kind, amount: Decimal, dated: date, facts: Mapping[str, Any], today: date
) -> None:
    if dated > today:
        raise Invalid("step.dated", f"日期 {dated} 晚于今天，请核对")
    if kind.method and amount > (claim.left or ZERO):
        raise Invalid("step.amount", f"尚欠 {grouped(claim.left or ZERO)} 元，不能超过，请核对金额")
    if lacking := [name for name in kind.asks if name in _NEEDED and not facts.get(name)]:
        raise Invalid("step.lacking", f"请填写：{'、'.join(_NEEDED[name] for name in lacking)}")
    if ban := against_setting_off(str(facts.get("counter") or "")):
        raise Blocked("step.forbidden", str(ban))


def _against(
    claim: Any,
    kind: Kind,
    amount: Decimal,
    waived: Decimal,
    dated: date,
    facts: Mapping[str, Any],
    besides: int = 0,
) -> str | None:
    """Why so much may not be given up, or taken of heirs."""
    if kind.code == "hardship":
        return against_relieving(claim, amount, dated, besides)
    taken = amount - waived if kind.event == "part_payment" else ZERO
    return against_waiving(claim, amount, waived, dated) or against_taking(claim, taken, facts)


_NEEDED = {
    "plight": "困难情形",
    "basis": "依据",
    "ground": "核销理由",
    "counter": "用哪笔应付款抵",
    "creditor": "债权人（甲方）",
    "built": "转入的科目",
}


def _check_turn(proposal: Proposal, needs: str, by: Person) -> None:
    if proposal.stage not in Proposal.OPEN:
        word = proposal.get_stage_display()
        raise Blocked("step.moved", f"这张清收单{word}，不在可办理的环节，请刷新查看")
    if proposal.next_needs != needs:
        waits = "乡镇审批" if proposal.next_needs == APPROVE else "主管会计复核"
        raise Blocked("step.turn", f"这张清收单还在等{waits}")
    if proposal.proposed_by_id == by.pk:
        raise Forbidden("step.two_hands", "提出人不能审核自己的清收单，请由另一人办理")


def _check_still(proposal: Proposal, today: date) -> None:
    """What was allowed when proposed must still be: a suit may have begun since."""
    standing = Standing(proposal.claim, today)
    reasons = [
        reason
        for condition in SEVEN[proposal.kind].unless
        if condition.__name__ != "pending" and (reason := condition(standing))
    ]
    if gap := _against(
        proposal.claim, proposal.what, proposal.amount, proposal.waived, proposal.dated,
        proposal.facts, proposal.pk,
    ):  # fmt: skip
        reasons.append(gap)
    if reasons:
        raise Blocked("step.blocked", "；".join(reasons))


def _end(
    proposal: Proposal, stage: Proposal.Stage, reason: str, word: str, *, by: Person, now: datetime
) -> Proposal:
    reason = reason.strip()
    if not WORDS_MIN <= len(reason) <= WORDS_MAX:
        raise Invalid("step.words", f"请写明原因，{WORDS_MIN} 到 {WORDS_MAX} 个字")
    proposal.stage, proposal.reason = stage, reason
    proposal.save(update_fields=["stage", "reason"])
    label = f"{word}{proposal.what.label}"
    _note(proposal.claim, "receivables.end", label, proposal, reason, by=by, now=now)
    return proposal


def _note(
    claim: Any,
    name: str,
    label: str,
    proposal: Proposal,
    reason: str = "",
    *,
    by: Person,
    now: datetime,
) -> None:
    trace = _trace(claim, name, label, proposal, reason)
    record(
        trace.object, name, by=by, at=now, village=trace.village, label=label, public=trace.public
    )


def _trace(claim: Any, name: str, label: str, proposal: Proposal, reason: str = "") -> Trace:
    public = {"subject": f"{grouped(proposal.amount)} 元", "proposal": proposal.pk}
    if reason:
        public["reason"] = reason
    return Trace(f"receivables.claim:{claim.pk}", name, claim.village, label, public)
