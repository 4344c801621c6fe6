"""Recording the meeting that approved a budget: from then on it is in force and locked."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.budgets.keeping import refuse_decided
from sanzi.budgets.models import Budget, BudgetDecision, Stage
from sanzi.budgets.queries import in_force
from sanzi.documents.papers import Upload, attach
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.orgs.models import Collective
from sanzi.resolutions.quorum import judge

MATTER = "年度财务预算"
_MEMBERS = frozenset({BudgetDecision.Body.MEMBERS, BudgetDecision.Body.MEMBER_DELEGATES})


@action("budgets.approve")
def approve(
    *,
    budget_id: int,
    body: str,
    met_on: date,
    number: str,
    expected: int,
    present: int,
    agreed: int,
    sheets: int,
    papers: Sequence[Upload] = (),
    by: Person,
    now: datetime,
) -> BudgetDecision:
    """Record the meeting that approved a draft; from here on it is in force and locked.

    Another person than those who wrote in it (不相容岗位); the vote is held against the law of its
    day (农村集体经济组织法第二十六至二十八条). Raises Blocked, Invalid.
    """
    budget = Budget.objects.claim(budget_id, by)
    refuse_decided(budget)
    if budget.writers.filter(pk=by.pk).exists():
        raise Blocked("budget.own", "您参与了这份预算的编制，不能自己登记批准；请由另一人登记决议")
    if not budget.lines.exists():
        raise Blocked("budget.empty", "这份预算还没有一行内容，请先编制再登记决议")
    number = number.strip()
    _refuse_strange_meeting(budget, body, met_on, number, sheets, localdate(now))
    verdict = judge(MATTER, body, met_on, expected, present, agreed)
    if not verdict.ok:
        law = f"（{verdict.law}）" if verdict.law else ""
        raise Invalid("budget.vote", f"{'；'.join(verdict.reasons)}{law}，决议无效，请核对会议记录")
    before = in_force(budget.book_id, budget.year)
    if before is not None:
        before.stage = Stage.ADJUSTED
        before.save(update_fields=["stage"])
    budget.stage = Stage.APPROVED
    budget.save(update_fields=["stage"])
    decision = BudgetDecision.objects.create(
        village=budget.village,
        budget=budget,
        body=body,
        met_on=met_on,
        number=number,
        expected=expected,
        present=present,
        agreed=agreed,
        sheets=sheets,
        recorded_by=by,
        recorded_at=now,
    )
    attach(budget, papers, by=by, now=now)
    record(
        budget, "budgets.approve", by=by, at=now, label=f"登记决议 {decision}，{budget}生效",
        public={"body": body, "met_on": met_on.isoformat(), "expected": expected,
                "present": present, "agreed": agreed, "sheets": sheets},
    )  # fmt: skip
    return decision


def _refuse_strange_meeting(
    budget: Budget, body: str, met_on: date, number: str, sheets: int, today: date
) -> None:
    is_committee = budget.book.collective.kind == Collective.Kind.COMMITTEE
    if body not in BudgetDecision.Body.values or (body in _MEMBERS) == is_committee:
        whose = "村民会议或村民代表会议" if is_committee else "成员大会或成员代表大会"
        raise Invalid("budget.body", f"本账套的预算由{whose}决定，请核对会议名称")
    if met_on > today:
        raise Invalid("budget.met_on", f"会议日期 {met_on} 还没有到，请在会后登记")
    if not number or len(number) > 60:
        raise Invalid("budget.number", "请填写决议文号，最多 60 个字；没有文号的填会议记录编号")
    if sheets < 1:
        raise Invalid("budget.sheets", "请附会议记录、签到表和表决结果，并填写附件张数")
