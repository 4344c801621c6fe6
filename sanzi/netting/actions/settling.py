"""Settlement and its mirror: all vouchers and all movements of a circle, or none of them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError
from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.accounting.posting import post
from sanzi.accounting.reversal import red_letter
from sanzi.debts import movements as of_debts
from sanzi.debts.models import Debt
from sanzi.debts.ways import BY_CODE
from sanzi.dispositions.movements import Movement, mirror_of
from sanzi.documents.papers import hashes_on
from sanzi.journal.recorder import record
from sanzi.kernel.money import grouped
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.letters.writing import end
from sanzi.netting.booking import entries_of
from sanzi.netting.facing import Facing
from sanzi.netting.keeping import obligations_of
from sanzi.netting.models import Obligation, PrivateDebt, PrivateMovement, Proposal, Settlement
from sanzi.netting.private_moving import lower, movements_of, take_back
from sanzi.netting.queries import (
    acts_of,
    asked_of,
    circles_of,
    source_of,
    standing_letters,
    vouchers_of,
)
from sanzi.netting.stages import Stage
from sanzi.netting.still import gaps_of
from sanzi.netting.workflow import NETTING
from sanzi.netting.writing import write_agreements, write_receipts, write_summary
from sanzi.receivables import movements as of_claims
from sanzi.receivables.clock import note_event
from sanzi.receivables.models import Claim
from sanzi.receivables.seven import KINDS
from sanzi.receivables.taking_back import withdraw_event

THREE = KINDS["three_party"]
ON_DEBTS = BY_CODE["D06"].methods[0]
WORDS_MIN = 2


@action("netting.confirm")
def settle(*, proposal_id: int, by: Person, now: datetime) -> Settlement:
    """确认冲转: every claim and debt locked and looked at again, then all of it in one go.

    Raises Blocked when a party has not agreed, a row is no longer as it was frozen, another
    settlement used it, or a book refuses; then nothing has happened at all.
    """
    proposal: Proposal = Proposal.objects.claim(proposal_id, by)
    NETTING.admit("settle", Facing(proposal, by), by)
    rows = _locked(proposal, by)
    today = localdate(now)
    if gaps := gaps_of(rows, proposal, today):
        raise Blocked("netting.changed", "；".join(gaps[:5]) + "。请撤回后重新提出")
    _use(rows)
    consents = asked_of(proposal)
    done = Settlement.objects.create(
        village=proposal.village, proposal=proposal, dated=today, confirmed_at=now,
        netting_id=f"{proposal.village}-CZ-{proposal.pk}", attachments=len(consents),
        prepared_by=proposal.made_by, confirmed_by=by,
    )  # fmt: skip
    vouchers = _post(done, rows, proposal, by=by, now=now)
    source = source_of(done)
    for row in rows:
        if row.claim is not None:
            note_event(
                [row.claim], THREE.event, today, "delivered", source=source,
                note=f"多方冲转 {done.netting_id}", by=by, now=now,
            )  # fmt: skip
    _move(done, rows, vouchers, by=by, now=now)
    circles = circles_of(proposal)
    write_agreements(proposal, circles, consents, by=by, now=now)
    write_receipts(proposal, rows, done.netting_id, by=by, now=now)
    proposal.paper = write_summary(proposal, circles, rows, consents, by=by, now=now)
    proposal.stage = Stage.SETTLED
    proposal.save(update_fields=["stage", "paper"])
    record(
        proposal, "netting.settle", by=by, at=now, label="确认冲转并记账",
        public={
            "subject": f"{done.netting_id} 冲转 {grouped(proposal.cancelled)} 元",
            "vouchers": sorted(vouchers.values()),
        },
    )  # fmt: skip
    return done


@action("netting.propose")
def ask_reversal(*, proposal_id: int, reason: str, by: Person, now: datetime) -> Settlement:
    """申请冲回: nothing moves until another confirms it."""
    proposal: Proposal = Proposal.objects.claim(proposal_id, by)
    NETTING.admit("ask_reversal", Facing(proposal, by), by)
    if len(reason.strip()) < WORDS_MIN:
        raise Invalid("netting.words", "请写明冲回的原因")
    done: Settlement = Settlement.objects.visible_to(by).get(proposal=proposal)
    done.reason, done.reversal_asked_by = reason.strip()[:200], by
    done.save(update_fields=["reason", "reversal_asked_by"])
    proposal.stage = Stage.REVERSING
    proposal.save(update_fields=["stage"])
    record(
        proposal, "netting.ask_reversal", by=by, at=now, label="申请冲回",
        public={"reason": done.reason},
    )  # fmt: skip
    return done


@action("netting.confirm")
def keep(*, proposal_id: int, by: Person, now: datetime) -> Proposal:
    """不冲回: the settlement stands."""
    proposal: Proposal = Proposal.objects.claim(proposal_id, by)
    NETTING.admit("keep", Facing(proposal, by), by)
    proposal.stage = Stage.SETTLED
    proposal.save(update_fields=["stage"])
    record(proposal, "netting.keep", by=by, at=now, label="不冲回")
    return proposal


@action("netting.confirm")
def reverse(*, proposal_id: int, by: Person, now: datetime) -> Settlement:
    """确认冲回: red letters in all books and the mirror of every movement, or nothing."""
    proposal: Proposal = Proposal.objects.claim(proposal_id, by)
    NETTING.admit("reverse", Facing(proposal, by), by)
    done: Settlement = Settlement.objects.visible_to(by).get(proposal=proposal)
    rows, today, source = _locked(proposal, by), localdate(now), source_of(done)
    posted = vouchers_of(done)
    assert done.reversal_asked_by_id is not None
    reds = post(
        [
            red_letter(
                one, dated=today, prepared_by=done.reversal_asked_by_id, reviewed_by=by.pk,
                cashier=None, source=f"{one.source}/red",
            )
            for one in posted
        ],
        by=by,
        now=now,
    )  # fmt: skip
    red_of = {one.pk: red.id for one, red in zip(posted, reds, strict=True)}
    _mirror(done, rows, red_of, today, by=by, now=now)
    for row in rows:
        if row.claim is not None:
            withdraw_event(row.claim, source, done.reason, by=by, now=now)
        row.is_used = False
        row.save(update_fields=["is_used"])
    for letter in standing_letters(proposal):
        end(letter, reason="冲转已冲回", by=by, now=now)
    done.reversed_by, done.reversed_at, done.reversed_on = by, now, today
    done.save(update_fields=["reversed_by", "reversed_at", "reversed_on"])
    proposal.stage = Stage.REVERSED
    proposal.save(update_fields=["stage"])
    record(
        proposal, "netting.reverse", by=by, at=now, label="确认冲回",
        public={"subject": done.netting_id, "reason": done.reason},
    )  # fmt: skip
    return done


def _locked(proposal: Proposal, by: Person) -> list[Obligation]:
    """The obligations that move, their rows locked: debts, claims, then debts between others."""
    rows = [row for row in obligations_of(proposal) if row.cancelled]
    debts = {pk: Debt.objects.claim(pk, by) for pk in sorted(r.debt_id for r in rows if r.debt_id)}
    claims = {
        pk: Claim.objects.claim(pk, by) for pk in sorted(r.claim_id for r in rows if r.claim_id)
    }
    private = {
        pk: PrivateDebt.objects.claim(pk, by)
        for pk in sorted(r.private_id for r in rows if r.private_id)
    }
    for row in rows:
        row.debt = debts.get(row.debt_id)
        row.claim = claims.get(row.claim_id)
        row.private = private.get(row.private_id)
    return rows


def _use(rows: Sequence[Obligation]) -> None:
    """Of two settlements that start from one state of an obligation the second stops here."""
    try:
        for row in rows:
            row.is_used = True
            row.save(update_fields=["is_used"])
    except IntegrityError as error:
        raise Blocked(
            "netting.used", "其中有债权或债务刚刚用于另一次冲转，请撤回后重新提出"
        ) from error


def _post(
    done: Settlement, rows: Sequence[Obligation], proposal: Proposal, *, by: Person, now: datetime
) -> dict[str, int]:
    """All vouchers through the gate at once; the voucher's key by village."""
    entries, without = entries_of(
        rows, done.dated, number=done.netting_id, source=source_of(done),
        prepared_by=done.prepared_by_id, reviewed_by=by.pk, attachments=done.attachments,
        papers=hashes_on(proposal),
    )  # fmt: skip
    posted = post(list(entries.values()), by=by, now=now)
    done.without_books = without
    done.save(update_fields=["without_books"])
    return {village: one.id for village, one in zip(entries, posted, strict=True)}


def _move(
    done: Settlement,
    rows: Sequence[Obligation],
    vouchers: dict[str, int],
    *,
    by: Person,
    now: datetime,
) -> None:
    moves: dict[str, list[Movement]] = {"claim": [], "debt": []}
    for row in rows:
        for kind, thing in (("claim", row.claim), ("debt", row.debt)):
            if thing is not None:
                moves[kind].append(
                    Movement(
                        thing=thing,
                        method=THREE.method if kind == "claim" else ON_DEBTS,
                        amount=row.cancelled,
                        dated=done.dated,
                        source=f"{source_of(done)}/{kind}:{thing.pk}",
                        voucher=vouchers.get(thing.village),
                        note=f"多方冲转 {done.netting_id}",
                        handled_by=done.prepared_by.name,
                    )
                )
    of_debts.move_all(moves["debt"], by=by, now=now)
    of_claims.move_all(moves["claim"], by=by, now=now)
    for row in rows:
        if row.private is not None:
            lower(
                row.private, row.cancelled, kind=PrivateMovement.Kind.NETTED, dated=done.dated,
                source=f"{source_of(done)}/private:{row.private.pk}",
                note=f"多方冲转 {done.netting_id}", by=by, now=now,
            )  # fmt: skip


def _mirror(
    done: Settlement,
    rows: Sequence[Obligation],
    red_of: dict[int, int],
    today: date,
    *,
    by: Person,
    now: datetime,
) -> None:
    source = source_of(done)
    acts = acts_of(done)
    sums: Any = {"claim": [], "debt": []}
    for row in rows:
        for kind, thing in (("claim", row.claim), ("debt", row.debt)):
            if thing is not None:
                act = acts[f"{source}/{kind}:{thing.pk}"]
                sums[kind].append(
                    mirror_of(
                        act, thing, dated=today, reason=done.reason, source=f"{act.source}/red",
                        voucher=red_of.get(act.voucher_id or 0),
                    )
                )  # fmt: skip
    of_debts.move_all(sums["debt"], by=by, now=now)
    of_claims.move_all(sums["claim"], by=by, now=now)
    private = [row.private for row in rows if row.private is not None]
    made = movements_of(f"{source}/private:{debt.pk}" for debt in private)
    for debt in private:
        one = made[f"{source}/private:{debt.pk}"]
        take_back(one, debt, dated=today, reason=done.reason, by=by, now=now)
