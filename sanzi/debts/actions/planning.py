"""An office's own reduction plan: entered by one, adopted by another, dated from a day on."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.debts.models import ReductionPlan
from sanzi.debts.plans import Band, fault_of
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid, Missing


@action("policies.adopt")
def enter_plan(
    *, name: str, from_on: date, bands: Sequence[Band], by: Person, now: datetime
) -> ReductionPlan:
    """Enter a plan for the office's own region; it counts for nothing until another adopts it."""
    if len(name.strip()) < 2:
        raise Invalid("plan.name", "请写明方案名称或文号")
    if fault := fault_of(bands):
        raise Invalid("plan.bands", fault)
    region = by.region_code or ""
    if ReductionPlan.objects.visible_to(by).filter(region=region, from_on=from_on).exists():
        raise Blocked("plan.twice", f"已有一份 {from_on} 起施行的方案，请核对施行日期")
    plan: ReductionPlan = ReductionPlan.objects.create(
        region=region, name=name.strip(), from_on=from_on, bands=[band.told for band in bands],
        entered_by=by, entered_at=now,
    )  # fmt: skip
    record(plan, "debts.plan", by=by, at=now, village=region, label=f"登记化债方案：{plan}")
    return plan


@action("debts.approve")
def adopt_plan(*, plan_id: int, by: Person, now: datetime) -> ReductionPlan:
    """Adopt a plan somebody else entered for this office's region."""
    mine: Any = ReductionPlan.objects.visible_to(by).filter(region=by.region_code)
    plan: ReductionPlan | None = mine.select_for_update(of=("self",)).filter(pk=plan_id).first()
    if plan is None:
        raise Missing("plan.missing", "没有找到这份方案")
    if plan.adopted_by_id is not None:
        raise Blocked("plan.adopted", f"这份方案已由{plan.adopted_by}核准")
    if plan.entered_by_id == by.pk:
        raise Blocked("plan.own", "这份方案是您登记的，请由另一人核准")
    plan.adopted_by, plan.adopted_at = by, now
    plan.save(update_fields=["adopted_by", "adopted_at"])
    said = f"核准化债方案：{plan}"
    facts = {"on": str(localdate(now))}
    record(plan, "debts.adopt", by=by, at=now, village=plan.region, label=said, public=facts)
    return plan
