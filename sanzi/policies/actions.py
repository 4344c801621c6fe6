"""A village's policies about its claims: drafted by the office, adopted by the meeting."""

from datetime import date, datetime

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid, Missing

from .models import ReliefPolicy, ReliefTier
from .relief import Terms, fault_of


@action("policies.adopt")
def draft(
    *,
    village: str,
    name: str,
    terms: Terms,
    from_on: date,
    until_on: date,
    key: str,
    by: Person,
    now: datetime,
) -> ReliefPolicy:
    """Draft a reduction for a village; it binds nobody until the meeting has decided."""
    if not covers(by, village) or len(village) != 12:
        raise Missing("scope.missing", "没有找到该村")
    if ReliefPolicy.objects.visible_to(by).filter(key=key).exists():
        raise Blocked("policy.twice", "这张表已经提交过，没有重复登记")
    if fault := fault_of(terms):
        raise Invalid("policy.terms", fault)
    if until_on < from_on:
        raise Invalid("policy.days", "截止日期不能早于施行日期")
    policy = ReliefPolicy.objects.create(
        village=village, name=name.strip(), from_on=from_on, until_on=until_on, key=key,
        hardship_days=terms.hardship.days if terms.hardship else None,
        hardship_rate=terms.hardship.rate if terms.hardship else None,
        cap_rate=terms.cap.rate if terms.cap else None,
        cap_amount=terms.cap.most if terms.cap else None,
        waives_heirless=terms.waives_heirless, drafted_by=by, drafted_at=now,
    )  # fmt: skip
    ReliefTier.objects.bulk_create(
        ReliefTier(policy=policy, days=tier.days, rate=tier.rate) for tier in terms.tiers
    )
    record(policy, "policies.draft", by=by, at=now, label=f"起草清收优惠：{policy.name}")
    return policy


@action("policies.adopt")
def end(*, policy_id: int, by: Person, now: datetime) -> ReliefPolicy:
    """Stop offering a policy; what was settled under it stands."""
    policy: ReliefPolicy = ReliefPolicy.objects.claim(policy_id, by)
    if policy.ended_at is not None:
        raise Blocked("policy.ended", "这项优惠已经停止，请刷新查看")
    policy.ended_at = now
    policy.save(update_fields=["ended_at"])
    record(policy, "policies.end", by=by, at=now, label=f"停止清收优惠：{policy.name}")
    return policy
