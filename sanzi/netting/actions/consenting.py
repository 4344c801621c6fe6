"""Consent: by the link on one's own slip, or on paper entered by the clerk. Anyone may refuse."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.documents.papers import attach
from sanzi.journal.recorder import record
from sanzi.kernel.money import grouped
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.letters.models import Letter
from sanzi.netting.answering import consent_of, hold, refuse_too_many
from sanzi.netting.keeping import ask, compute, settle_stage
from sanzi.netting.models import Consent, Proposal
from sanzi.netting.stages import ASKING

SIGNED_MIN = 2


@action("anyone")
def answer(
    *,
    letter: Letter,
    given: str,
    signed_as: str,
    address: str = "",
    by: Person | None,
    now: datetime,
) -> Consent:
    """The answer of the party whose slip this is. `letter` is the one the token named."""
    refuse_too_many(address, now)
    proposal = hold(consent_of(letter))
    consent = consent_of(letter)
    done = _put(proposal, consent, given, signed_as, Consent.Way.LINK, by=None, now=now)
    record(
        proposal, "netting.answer", by=None, at=now, label="收到扫码答复",
        public={"subject": f"{letter.serial} {done.get_answer_display()}"},
    )  # fmt: skip
    return done


@action("netting.propose")
def enter(
    *,
    consent_id: int,
    given: str,
    signed_as: str,
    files: Sequence[Any] = (),
    by: Person,
    now: datetime,
) -> Consent:
    """Enter a signed paper with its scan; without a scan a consent does not count."""
    proposal, consent = _claimed(consent_id, by)
    if given == Consent.Answer.YES and not files:
        raise Invalid("netting.scan", "请上传签了字的同意书扫描件")
    attach(proposal, files, by=by, now=now)
    done = _put(proposal, consent, given, signed_as, Consent.Way.PAPER, by=by, now=now)
    subject = f"{done.name}{done.get_answer_display()}"
    if done.cost:
        subject += f"，少冲转 {grouped(done.cost)} 元"
    record(
        proposal, "netting.enter", by=by, at=now, label="登记纸质答复",
        public={"subject": subject},
    )  # fmt: skip
    return done


@action("netting.answer")
def answer_here(*, consent_id: int, given: str, by: Person, now: datetime) -> Consent:
    """The village's own accountant answers for the village, signed in: no paper is asked for."""
    proposal, consent = _claimed(consent_id, by)
    if not consent.is_village or consent.village != by.region_code:
        raise Invalid("netting.village", "只能代表本村集体答复；其他各方请用扫码或签字同意书答复")
    done = _put(proposal, consent, given, by.name, Consent.Way.HERE, by=by, now=now)
    record(
        done, "netting.answer_here", by=by, at=now, label="村集体答复",
        public={"subject": f"{done.get_answer_display()} {grouped(done.amount)} 元"},
    )  # fmt: skip
    return done


def _claimed(consent_id: int, by: Person) -> tuple[Proposal, Consent]:
    """A consent of this person's region and its proposal, perhaps of a wider one, both locked.

    The proposal before its consents, as everywhere: a refusal writes to the consents of others.
    """
    seen = Consent.objects.visible_to(by).filter(pk=consent_id).first()
    if seen is None:
        raise Missing("scope.missing", "没有找到该记录")
    proposal = hold(seen)
    return proposal, Consent.objects.claim(consent_id, by)


def _put(
    proposal: Proposal,
    consent: Consent,
    given: str,
    signed_as: str,
    way: str,
    *,
    by: Person | None,
    now: datetime,
) -> Consent:
    """Write the answer; a refusal computes the proposal again at once and says what it costs."""
    if given not in Consent.Answer.values:
        raise Invalid("netting.answer", "请选择同意或不同意")
    if len(signed_as.strip()) < SIGNED_MIN:
        raise Invalid("netting.signed", "请写上您的姓名")
    if proposal.stage not in ASKING:
        raise Blocked("netting.moved", f"方案{proposal.get_stage_display()}，现在不能答复")
    if not consent.is_asked or consent.answer or consent.is_left_out:
        raise Blocked("netting.answered", "已经答复过，或方案重算后不再涉及；请刷新查看")
    consent.answer, consent.way, consent.signed_as = given, way, signed_as.strip()[:40]
    consent.answered_at, consent.recorded_by = now, by
    consent.save()
    if given == Consent.Answer.NO:
        cost = compute(proposal, now)
        consent.refresh_from_db()
        consent.cost = cost
        consent.save(update_fields=["cost"])
        ask(proposal, by=by, now=now)
    settle_stage(proposal)
    return consent
