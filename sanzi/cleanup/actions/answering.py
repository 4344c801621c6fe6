"""Acting before a right dies."""

from datetime import date, datetime

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.cleanup.keeping import refigure_town
from sanzi.cleanup.models import Finding, TimerAnswer
from sanzi.cleanup.timers import TITLES
from sanzi.contracts.models import Contract
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid

DONE_MIN, DONE_MAX = 4, 200


@action("contracts.check")
def answer_timer(
    *, contract_id: int, rule: str, done_on: date, done: str, by: Person, now: datetime
) -> TimerAnswer:
    """Write down that the village acted: objected in writing, gave notice, went to court.

    Raises Invalid, or Blocked when nothing runs any more (a second click finds it so).
    """
    done = done.strip()
    if not DONE_MIN <= len(done) <= DONE_MAX:
        raise Invalid("timer.done", f"请写明办了什么、凭据在哪里，{DONE_MIN} 到 {DONE_MAX} 个字")
    if done_on > localdate(now):
        raise Invalid("timer.day", "办理日期还没到，请核对")
    contract = Contract.objects.claim(contract_id, by)
    finding = Finding.objects.visible_to(by).filter(contract=contract, rule=rule).first()
    if finding is None or finding.last_on is None:
        raise Blocked("timer.gone", "这个期限已经办理或不再计算，请刷新查看")
    if finding.timer != "silence" and done_on > finding.last_on:
        raise Invalid("timer.late", f"最后一天是 {finding.last_on}，之后办理的不再算数")
    answer = TimerAnswer.objects.create(
        village=contract.village,
        contract=contract,
        rule=rule,
        timer=finding.timer,
        done_on=done_on,
        done=done,
        answered_by=by,
        answered_at=now,
    )
    refigure_town(contract.town)
    record(
        contract,
        "timer.answer",
        by=by,
        at=now,
        label=f"{TITLES[answer.timer]}：已办理",
        public={"rule": rule, "reason": f"{done_on} {done}"},
    )
    return answer
