"""回函: a debtor answers once, by phone or on paper; what it means somebody confirms."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError
from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.system import system_person
from sanzi.documents.papers import attach
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.letters.models import Letter
from sanzi.receivables.answering import check_answer, claim_of, refuse_too_many
from sanzi.receivables.casework import Reply
from sanzi.receivables.clock import note_event
from sanzi.receivables.estates import against_heirs, beyond
from sanzi.receivables.keeping import keep
from sanzi.receivables.models import Claim
from sanzi.receivables.papers.plan import write_plan
from sanzi.receivables.plans import put_plan

A, S = Reply.Answer, Reply.Stage


@action("anyone")
def answer(
    *,
    letter: Letter,
    given: str,
    amount: Decimal | None,
    reason: str,
    months: int | None,
    first_on: date | None,
    signed_as: str,
    photo: Any = None,
    address: str = "",
    by: Person | None,
    now: datetime,
) -> Reply:
    """The debtor's answer by phone. Nothing moves; a second answer is refused until it is reopened.

    `letter` is the one the token named; `address` is asked how often it has answered lately. A
    `photo` of the signature is kept for the clerk; it proves no more than the answer does. Raises
    UnfitPaper.
    """
    refuse_too_many(address, now)
    claim = claim_of(letter)
    amount = check_answer(given, amount, reason, months, first_on, claim)
    reply = _put(
        claim, letter, given, amount, reason, months, first_on, signed_as, via="qr",
        is_signed=False, dated=localdate(now), now=now,
    )  # fmt: skip
    keep([claim], localdate(now))
    if photo:
        attach(reply, [photo], by=system_person("system_reply"), now=now)
    record(
        claim, "receivables.answer", by=None, at=now, label="收到扫码回函",
        public={"subject": f"{letter.serial} {reply.get_answer_display()}"},
    )  # fmt: skip
    return reply


@action("claims.work")
def enter_reply(
    *,
    letter_id: int,
    given: str,
    amount: Decimal | None,
    reason: str,
    months: int | None,
    first_on: date | None,
    signed_as: str,
    dated: date,
    files: Sequence[Any] = (),
    by: Person,
    now: datetime,
) -> Reply:
    """Enter the paper slip that came back, with its scan."""
    letter: Letter = Letter.objects.claim(letter_id, by)
    claim = Claim.objects.claim(claim_of(letter).pk, by)
    if not letter.dated <= dated <= localdate(now):
        raise Invalid("reply.dated", "回函日期应在发函之后、今天之前，请核对")
    amount = check_answer(given, amount, reason, months, first_on, claim)
    reply = _put(
        claim, letter, given, amount, reason, months, first_on, signed_as, via="scan",
        is_signed=True, dated=dated, now=now,
    )  # fmt: skip
    keep([claim], localdate(now))
    attach(reply, files, by=by, now=now)
    record(
        claim, "receivables.answer", by=by, at=now, label="登记纸质回函",
        public={"subject": f"{letter.serial} {reply.get_answer_display()}"},
    )  # fmt: skip
    return reply


@action("claims.work")
def confirm_reply(*, reply_id: int, note: str = "", by: Person, now: datetime) -> Reply:
    """确认回函: now it stands. Only what the law counts touches the clock.

    A signed plan to pay interrupts; a bare “amount correct” never does, signed or not (clean-up.md
    2.5); an answer typed on a phone carries no signature and proves nothing by itself.
    """
    reply, claim = _held(reply_id, by)
    if reply.stage != S.RECEIVED:
        raise Blocked("reply.moved", "这份回函已经处理过，请刷新查看")
    reply.stage, reply.confirmed_by, reply.confirmed_at = S.CONFIRMED, by, now
    reply.note = note.strip()[:200]
    reply.save(update_fields=["stage", "confirmed_by", "confirmed_at", "note"])
    if reply.answer != A.DENIED:
        kind = "repayment_plan" if reply.answer == A.INSTALMENTS else "amount_confirmed"
        evidence = "signed" if reply.is_signed else "none"
        note_event(
            [claim], kind, reply.dated, evidence, source=f"receivables.reply:{reply.pk}",
            note=f"回函 {reply.get_answer_display()}", by=by, now=now,
        )  # fmt: skip
    public = {"subject": reply.get_answer_display(), "reason": reply.note}
    record(claim, "receivables.confirm_reply", by=by, at=now, label="确认回函", public=public)
    return reply


@action("claims.work")
def reopen_reply(*, reply_id: int, reason: str, by: Person, now: datetime) -> Reply:
    """退回重填: the letter may be answered once more."""
    reply, claim = _held(reply_id, by)
    if reply.stage != S.RECEIVED:
        raise Blocked("reply.moved", "只有还没有确认的回函可以退回重填")
    if len(reason.strip()) < 2:
        raise Invalid("reply.reason", "请写明退回重填的原因")
    reply.stage, reply.note = S.REOPENED, reason.strip()[:200]
    reply.confirmed_by, reply.confirmed_at = by, now
    reply.save(update_fields=["stage", "note", "confirmed_by", "confirmed_at"])
    keep([claim], localdate(now))
    record(
        claim, "receivables.reopen_reply", by=by, at=now, label="回函退回重填",
        public={"reason": reply.note},
    )  # fmt: skip
    return reply


@action("claims.work")
def agree_plan(
    *,
    claim_id: int,
    months: int,
    first_on: date,
    every: int = 1,
    agreed_on: date,
    by: Person,
    now: datetime,
) -> Letter:
    """签订分期协议: a plan over what is left, its paper, and the signed plan on the clock."""
    claim = Claim.objects.claim(claim_id, by)
    if agreed_on > localdate(now) or first_on < agreed_on:
        raise Invalid("plan.dated", "协议日期不能晚于今天，首期不能早于协议日期，请核对")
    if (more := beyond(claim)) > 0:
        raise Blocked("plan.estate", against_heirs(more))
    basis = f"receivables.claim:{claim.pk}/{agreed_on}"
    plan = put_plan(claim, months, first_on, basis, every=every, now=now)
    letter = write_plan(claim, plan, by=by, now=now)
    note_event(
        [claim], "repayment_plan", agreed_on, "signed", source=f"letters.letter:{letter.pk}",
        note=f"分期还款协议 {letter.serial}", by=by, now=now,
    )  # fmt: skip
    public = {"subject": f"{months} 期，{letter.serial}"}
    record(claim, "receivables.plan", by=by, at=now, label="签订分期协议", public=public)
    return letter


def _put(
    claim: Any,
    letter: Letter,
    given: str,
    amount: Decimal | None,
    reason: str,
    months: int | None,
    first_on: date | None,
    signed_as: str,
    *,
    via: str,
    is_signed: bool,
    dated: date,
    now: datetime,
) -> Reply:
    if len(signed_as.strip()) < 2:
        raise Invalid("reply.signed", "请填写姓名（单位填写单位名称和经办人）")
    owned: Any = amount
    try:
        return Reply.objects.create(
            village=claim.village, claim=claim, letter=letter, answer=given, amount=owned,
            reason=reason.strip()[:300], months=months, first_on=first_on,
            signed_as=signed_as.strip()[:40], via=via, is_signed=is_signed, received_at=now,
            dated=dated,
        )  # fmt: skip
    except IntegrityError as error:
        raise Blocked("reply.locked", "这份函已经回复过。如需更改，请联系村里退回重填") from error


def _held(reply_id: int, by: Person) -> tuple[Reply, Any]:
    seen = Reply.objects.visible_to(by).filter(pk=reply_id).values_list("claim", flat=True)
    claims = [Claim.objects.claim(pk, by) for pk in seen]
    reply: Reply = Reply.objects.claim(reply_id, by)
    return reply, claims[0]
