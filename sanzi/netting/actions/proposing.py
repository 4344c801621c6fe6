"""Proposing to net the debts of a region, sending it out, taking it off the table."""

from datetime import date, datetime

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.journal.recorder import record
from sanzi.kernel.money import grouped
from sanzi.kernel.refusals import Invalid, Missing
from sanzi.letters.writing import end
from sanzi.netting.facing import Facing
from sanzi.netting.keeping import ask, compute, freeze, settle_stage
from sanzi.netting.models import PREFERENCES, Proposal
from sanzi.netting.queries import asked_of, consents_of, scope_of
from sanzi.netting.stages import Stage
from sanzi.netting.workflow import NETTING

LONGEST = (2, 3, 4, 5, 6)
SIGNERS_MIN, SIGNERS_MAX = 2, 9999
WORDS_MIN, WORDS_MAX = 2, 200


@action("netting.propose")
def propose(
    *,
    region: str,
    title: str,
    key: str,
    prefer: str = "",
    longest: int | None = None,
    signers_max: int | None = None,
    is_one_paper: bool = False,
    with_unconfirmed: bool = False,
    by: Person,
    now: datetime,
) -> Proposal:
    """Freeze what qualifies in a region today and compute the largest cancellation.

    `key` is the form's own: sent twice it is one proposal. Raises Invalid when nothing qualifies.
    """
    if not covers(by, region):
        raise Missing("scope.missing", "没有找到这个地区")
    if known := Proposal.objects.visible_to(by).filter(key=key).first():
        return known
    if prefer not in dict(PREFERENCES) or longest not in (None, *LONGEST) or not title.strip():
        raise Invalid("netting.form", "请填写名称，并从列出的选项中选择")
    if signers_max is not None and not SIGNERS_MIN <= signers_max <= SIGNERS_MAX:
        raise Invalid("netting.signers", f"签字的各方应为 {SIGNERS_MIN} 到 {SIGNERS_MAX:,}，或不填")
    today: date = localdate(now)
    proposal = Proposal.objects.create(
        village=region, title=title.strip()[:80], as_of=today, prefer=prefer, longest=longest,
        signers_max=signers_max, is_one_paper=is_one_paper,
        with_unconfirmed=with_unconfirmed, owed=0, key=key, made_by=by, made_at=now,
    )  # fmt: skip
    freeze(proposal, scope_of(by, region, today, with_unconfirmed=with_unconfirmed))
    compute(proposal, now)
    record(
        proposal, "netting.propose", by=by, at=now, label="提出冲转方案",
        public={"subject": f"可冲转 {grouped(proposal.cancelled)} 元"},
    )  # fmt: skip
    return proposal


@action("netting.propose")
def send(*, proposal_id: int, by: Person, now: datetime) -> Proposal:
    """定稿并征求同意: every party of a circle gets its slip with a link of its own."""
    proposal: Proposal = Proposal.objects.claim(proposal_id, by)
    NETTING.admit("send", Facing(proposal, by), by)
    proposal.stage = Stage.SENT
    proposal.save(update_fields=["stage"])
    ask(proposal, by=by, now=now)
    record(proposal, "netting.send", by=by, at=now, label="定稿并征求同意")
    return proposal


@action("netting.propose")
def withdraw(*, proposal_id: int, reason: str, by: Person, now: datetime) -> Proposal:
    """撤回方案: nothing has moved yet; the slips become void."""
    proposal: Proposal = Proposal.objects.claim(proposal_id, by)
    NETTING.admit("withdraw", Facing(proposal, by), by)
    reason = reason.strip()
    if not WORDS_MIN <= len(reason) <= WORDS_MAX:
        raise Invalid("netting.words", f"请写明原因，{WORDS_MIN} 到 {WORDS_MAX} 个字")
    for one in consents_of(proposal):
        if one.slip is not None and one.slip.ended is None:
            end(one.slip, reason="方案已撤回", by=by, now=now)
    proposal.stage, proposal.reason = Stage.WITHDRAWN, reason
    proposal.save(update_fields=["stage", "reason"])
    record(proposal, "netting.withdraw", by=by, at=now, label="撤回方案", public={"reason": reason})
    return proposal


@action("netting.propose")
def leave_out(*, proposal_id: int, reason: str, by: Person, now: datetime) -> Proposal:
    """只留已同意的各方: who has not answered takes no part; the rest is computed again at once."""
    proposal: Proposal = Proposal.objects.claim(proposal_id, by)
    NETTING.admit("leave_out", Facing(proposal, by), by)
    if not WORDS_MIN <= len(reason.strip()) <= WORDS_MAX:
        raise Invalid("netting.words", f"请写明原因，{WORDS_MIN} 到 {WORDS_MAX} 个字")
    silent = [one for one in asked_of(proposal) if not one.answer]
    for one in silent:
        one.is_left_out = True
        one.save(update_fields=["is_left_out"])
    cost = compute(proposal, now)
    ask(proposal, by=by, now=now)
    settle_stage(proposal)
    record(
        proposal, "netting.leave_out", by=by, at=now, label="只留已同意的各方",
        public={
            "subject": f"{len(silent)} 方未答复，先不参加，少冲转 {grouped(cost)} 元",
            "reason": reason.strip(),
        },
    )  # fmt: skip
    return proposal
