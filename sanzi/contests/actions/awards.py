"""Money granted after a review of funds, and what became of it."""

from datetime import date, datetime
from decimal import Decimal

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.contests.models import Award, AwardUse, Contest, Entry, Result, used_of
from sanzi.contests.organising import organised, reason_of
from sanzi.contests.queries import granted_in, latest
from sanzi.contests.stages import Stage
from sanzi.journal.recorder import record
from sanzi.kernel.money import ZERO, grouped
from sanzi.kernel.refusals import Blocked, Invalid, Missing


@action("contests.run")
def grant(
    *,
    round_id: int,
    entry_id: int,
    amount: Decimal,
    document_number: str,
    granted_on: date,
    by: Person,
    now: datetime,
) -> Award:
    """Grant money to a participant of a published review, once, within the purse."""
    round_ = organised(round_id, by)
    entry: Entry = Entry.objects.claim(entry_id, by)
    # A purse may be given out in several rounds: the contest is what two of them have in common.
    contest = Contest.objects.claim(round_.contest_id, by)
    if entry.round_id != round_.pk or contest.kind != Contest.Kind.FUNDING:
        raise Missing("scope.missing", "没有找到该记录")
    if round_.stage != Stage.PUBLISHED:
        raise Blocked("award.early", "结果公布后才能核定资金")
    if not latest(Result.objects.visible_to(by).filter(entry=entry)).exists():
        raise Blocked("award.result", f"{entry} 没有评审成绩（弃权），不能核定资金")
    if Award.objects.visible_to(by).filter(entry=entry).exists():
        raise Blocked("award.there", f"{entry} 已核定过资金，不能再核定一次")
    _check_purse(contest, granted_in(contest), amount)
    if not document_number.strip() or granted_on > localdate(now):
        raise Invalid("award.document", "请填写批复文号；批复日期不能晚于今天")
    award = Award.objects.create(
        village=entry.village, entry=entry, amount=amount,
        document_number=document_number.strip()[:60], granted_on=granted_on,
        granted_by=by, granted_at=now,
    )  # fmt: skip
    record(award, "contests.grant", by=by, at=now, label=f"核定 {entry} {grouped(amount)} 元",
           public={"amount": f"{amount:f}", "document": award.document_number})  # fmt: skip
    return award


def _check_purse(contest: Contest, granted: Decimal, amount: Decimal) -> None:
    if amount <= ZERO:
        raise Invalid("award.amount", "核定金额应大于 0")
    if contest.purse is not None and granted + amount > contest.purse:
        left = grouped(contest.purse - granted)
        raise Blocked("award.purse", f"资金总额只余 {left} 元，不能核定 {grouped(amount)} 元")


@action("contests.enter")
def tell_use(
    *,
    award_id: int,
    used_on: date,
    amount: Decimal,
    matter: str,
    voucher_number: str,
    by: Person,
    now: datetime,
) -> AwardUse:
    """Tell what granted money was used for; a negative amount takes an earlier telling back."""
    award: Award = Award.objects.claim(award_id, by)
    if award.entry.region != by.region_code:
        raise Missing("scope.missing", "没有找到该记录")
    used = used_of(award) + amount
    if not ZERO <= used <= award.amount or amount == ZERO:
        raise Invalid(
            "award.use",
            f"核定 {grouped(award.amount)} 元，已用 {grouped(used_of(award))} 元，请核对金额",
        )
    if not award.granted_on <= used_on <= localdate(now):
        raise Invalid("award.used_on", "使用日期应在批复日期之后、今天之前")
    use = AwardUse.objects.create(
        village=award.village, award=award, used_on=used_on, amount=amount,
        matter=reason_of(matter), voucher_number=voucher_number.strip()[:60],
        told_by=by, told_at=now,
    )  # fmt: skip
    record(award, "contests.use", by=by, at=now, label=f"使用 {grouped(amount)} 元：{use.matter}",
           public={"amount": f"{amount:f}", "used_on": used_on.isoformat()})  # fmt: skip
    return use
