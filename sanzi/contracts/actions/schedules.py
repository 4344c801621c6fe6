"""The rhythm a contract is paid in: set, and its dues made."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.contracts.keeping import refigure
from sanzi.contracts.laying import lay, lay_rest, withdraw_untouched
from sanzi.contracts.models import Contract, Schedule
from sanzi.contracts.planning import plan_of
from sanzi.contracts.queries import ending_of, terms_on
from sanzi.contracts.schedule import RHYTHMS, instalments
from sanzi.journal.recorder import key, record
from sanzi.kernel.refusals import Blocked, Invalid


@action("contracts.keep")
def set_schedule(
    *, contract_id: int, rule: Mapping[str, Any], by: Person, now: datetime
) -> Schedule:
    """Set how a contract is paid, and make its dues; what is paid or booked stays as it is.

    `rule` as in planning.plan_of. Raises Invalid: no term or price to plan from, or a rule that
    makes no sense. Raises Blocked: the contract has ended.
    """
    contract: Contract = Contract.objects.claim(contract_id, by)
    if ended := ending_of(contract):
        raise Blocked("contract.ended", f"合同已于 {ended.ended_on} 终止，不能再排应收计划")
    terms = terms_on(contract, date.max)
    plan = plan_of(terms, rule)
    if plan is None:
        raise Invalid(
            "schedule.terms", "合同没有起止日期或价款，排不出应收计划；请先用补充协议补齐条款"
        )
    planned = instalments(plan)
    schedule, fresh = Schedule.objects.get_or_create(
        contract=contract,
        defaults={"village": contract.village, "rule": dict(rule), "set_by": by, "set_at": now},
    )
    if fresh:
        lay(contract, terms, schedule)
    else:
        schedule.rule, schedule.set_by, schedule.set_at = dict(rule), by, now
        schedule.save(update_fields=["rule", "set_by", "set_at"])
        lay_rest(contract, planned, withdraw_untouched(contract, key(schedule), now))
    refigure([contract])
    record(
        contract,
        "contracts.schedule",
        by=by,
        at=now,
        label=f"排定应收计划：{RHYTHMS.get(rule.get('months', 12), '')}，共 {len(planned)} 期",
        public={"rule": dict(rule)},
    )
    return schedule
