"""What a person says of a finding."""

from datetime import datetime

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.cleanup.keeping import keep_timer, shares_of
from sanzi.cleanup.models import Judgement
from sanzi.cleanup.queries import Found, as_kept, found_with
from sanzi.cleanup.workflow import JUDGING
from sanzi.contracts.models import Contract
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.metrics.shares import replace

REASON_MIN, REASON_MAX = 2, 500


@action("findings.judge")
def judge(
    *, contract_id: int, rule: str, ruling: str, reason: str, by: Person, now: datetime
) -> Judgement:
    """Confirm or overrule a finding; the figures move with the word, in one transaction."""
    reason = reason.strip()
    if not REASON_MIN <= len(reason) <= REASON_MAX:
        raise Invalid("judgement.reason", f"请写明理由，{REASON_MIN} 到 {REASON_MAX} 个字")
    # Two clerks may judge at once: under the lock the second sees the first one's word.
    contract = Contract.objects.claim(contract_id, by)
    found = found_with(contract, localdate(now))
    one = _the(rule, found)
    step = JUDGING.admit(ruling, one, by)

    judgement = Judgement.objects.create(
        village=contract.village,
        contract=contract,
        rule=rule,
        ruling=ruling,
        reason=reason,
        judged_by=by,
        judged_at=now,
    )
    kept = as_kept(contract, found)
    # From the day it is confirmed the village knows of it, and the year to act runs.
    keep_timer(one.finding, kept.terms)
    replace("contracts", shares_of([kept]))
    record(
        contract,
        "findings.judge",
        by=by,
        at=now,
        label=f"{step.label}问题 {rule}",
        public={"subject": one.title, "rule": rule, "ruling": ruling, "reason": reason},
    )
    return judgement


def _the(rule: str, found: list[Found]) -> Found:
    for one in found:
        if one.finding.rule == rule:
            return one
    raise Blocked("finding.gone", "这份合同已经没有这个问题，可能已随新的工作簿改正，请刷新查看")
