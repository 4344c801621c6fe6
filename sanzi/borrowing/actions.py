"""A loan asked for by one person and approved by another, before any voucher."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.documents.papers import attach, papers_on
from sanzi.journal import recorder
from sanzi.journal.recorder import record
from sanzi.kernel.money import grouped
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.resolutions.queries import why_not

from .limits import SMALL, ban_on
from .models import Loan

MATTER = "debt.borrow"


@action("debts.work")
def propose(
    *,
    village: str,
    lender: str,
    amount: Decimal,
    yearly_rate: Decimal,
    purpose: str,
    repaid_from: str,
    due_on: date,
    key: str,
    files: Sequence[Any] = (),
    by: Person,
    now: datetime,
) -> Loan:
    """Ask for a loan. `yearly_rate` 0.05 is 5 %; `key` is the form's own number.

    Raises Blocked for a purpose nobody may borrow for, or a form sent twice.
    """
    if not covers(by, village) or len(village) != 12:
        raise Missing("scope.missing", "没有找到该村")
    if Loan.objects.visible_to(by).filter(key=key).exists():
        raise Blocked("loan.twice", "这张表已经提交过，没有重复登记")
    if banned := ban_on(purpose):
        raise Blocked("loan.purpose", banned)
    if due_on <= localdate(now):
        raise Invalid("loan.due", "还款期限应晚于今天")
    loan = Loan.objects.create(
        village=village, lender=lender.strip(), amount=amount, yearly_rate=yearly_rate,
        purpose=purpose, repaid_from=repaid_from.strip(), due_on=due_on, key=key,
        proposed_by=by, proposed_at=now,
    )  # fmt: skip
    if files:
        attach(loan, files, by=by, now=now)
    record(loan, "loans.propose", by=by, at=now, label=f"申请借款 {grouped(amount)} 元")
    return loan


@action("debts.approve")
def decide(*, loan_id: int, approves: bool, reason: str, by: Person, now: datetime) -> Loan:
    """Approve a loan the meeting decided on, or refuse it with the reason."""
    loan: Loan = Loan.objects.claim(loan_id, by)
    if loan.stage != "proposed":
        raise Blocked("loan.moved", f"这项借款{loan.get_stage_display()}，请刷新查看")
    if loan.proposed_by_id == by.pk:
        raise Blocked("loan.hands", "这项借款是您提出的，请由另一人批准")
    if approves and (against := reasons_against(loan)):
        raise Blocked("loan.undecided", "；".join(against))
    if not approves and len(reason.strip()) < 2:
        raise Invalid("loan.reason", "请写明不批准的原因")
    loan.stage = "approved" if approves else "refused"
    loan.decided_by, loan.decided_at, loan.reason = by, now, reason.strip()
    loan.save(update_fields=["stage", "decided_by", "decided_at", "reason"])
    record(
        loan, "loans.decide", by=by, at=now, public={"reason": loan.reason},
        label=f"{'批准' if approves else '不批准'}借款 {grouped(loan.amount)} 元",
    )  # fmt: skip
    return loan


@action("debts.work")
def withdraw(*, loan_id: int, by: Person, now: datetime) -> Loan:
    """Take back a loan not decided on yet; only who asked for it."""
    loan: Loan = Loan.objects.claim(loan_id, by)
    if loan.stage != "proposed" or loan.proposed_by_id != by.pk:
        raise Blocked("loan.moved", "只能由提出人在批准之前撤回")
    loan.stage = "withdrawn"
    loan.save(update_fields=["stage"])
    record(loan, "loans.withdraw", by=by, at=now, label="撤回借款申请")
    return loan


def reasons_against(loan: Loan) -> list[str]:
    """Why a loan cannot be approved yet: its decision or its papers are missing."""
    found = []
    if not papers_on(loan).exists():
        found.append("还没有上传借款合同或“两委”会议记录")
    if loan.amount > SMALL and (gap := why_not(recorder.key(loan), MATTER)):
        found.append(gap)
    return found
