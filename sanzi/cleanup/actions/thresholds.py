"""A threshold on its way: laid down, tried on what is on record, in force, inspected by."""

from datetime import date, datetime

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.cleanup.keeping import refigure_town
from sanzi.cleanup.models import Reinspection, Threshold
from sanzi.cleanup.thresholds import SETTING_OF, read
from sanzi.cleanup.trying import try_out
from sanzi.contracts.models import Contract
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid, Missing

BASIS_MIN, BASIS_MAX = 4, 200


@action("thresholds.manage")
def lay_down(
    *, region: str, name: str, value: str, from_on: date, basis: str, by: Person, now: datetime
) -> Threshold:
    """Write down a threshold of a region, and what it would find; nothing is judged by it yet.

    Raises Missing, Invalid.
    """
    if not covers(by, region) or not 2 <= len(region) <= 6:
        raise Missing("scope.missing", "没有找到该地区，认定标准由县及以上设定")
    if name not in SETTING_OF:
        raise Invalid("threshold.name", "没有这项标准")
    basis = basis.strip()
    if not BASIS_MIN <= len(basis) <= BASIS_MAX:
        raise Invalid(
            "threshold.basis", f"请写明依据的文件名称和文号，{BASIS_MIN} 到 {BASIS_MAX} 个字"
        )
    stored = read(name, value)
    threshold = Threshold.objects.create(
        region=region,
        name=name,
        value=stored,
        from_on=from_on,
        basis=basis,
        made_by=by,
        made_at=now,
        trial=try_out(region, name, stored, localdate(now)),
    )
    label = f"拟定认定标准：{SETTING_OF[name].title} {stored}"
    record(threshold, "thresholds.lay_down", by=by, at=now, label=label, village=region,
           public={"basis": basis})  # fmt: skip
    return threshold


@action("thresholds.manage")
def go_live(*, threshold_id: int, by: Person, now: datetime) -> Threshold:
    """Put a threshold in force: from now on every town with contracts is inspected by it in turn.

    Raises Missing, Blocked.
    """
    threshold = Threshold.objects.claim(threshold_id, by)
    if threshold.live_at or threshold.withdrawn_at:
        raise Blocked("threshold.moved", "这项标准已经启用或作废，请刷新查看")
    if threshold.from_on > localdate(now):
        raise Blocked("threshold.early", f"施行日期是 {threshold.from_on}，到那天再启用")
    threshold.live_by, threshold.live_at = by, now
    threshold.save(update_fields=["live_by", "live_at"])
    mine = Contract.objects.visible_to(by).within(threshold.region)
    towns = mine.order_by().values_list("town", flat=True).distinct()
    Reinspection.objects.bulk_create(Reinspection(threshold=threshold, town=town) for town in towns)
    label = f"启用认定标准：{SETTING_OF[threshold.name].title} {threshold.value}"
    record(threshold, "thresholds.go_live", by=by, at=now, label=label, village=threshold.region,
           public={"basis": threshold.basis})  # fmt: skip
    return threshold


@action("thresholds.manage")
def withdraw(*, threshold_id: int, by: Person, now: datetime) -> Threshold:
    """Give up a threshold that never went live. Raises Missing, Blocked."""
    threshold = Threshold.objects.claim(threshold_id, by)
    if threshold.live_at or threshold.withdrawn_at:
        raise Blocked("threshold.moved", "这项标准已经启用或作废，请刷新查看")
    threshold.withdrawn_by, threshold.withdrawn_at = by, now
    threshold.save(update_fields=["withdrawn_by", "withdrawn_at"])
    record(threshold, "thresholds.withdraw", by=by, at=now, label="作废拟定的认定标准",
           village=threshold.region)  # fmt: skip
    return threshold


@action("thresholds.manage")
def resume(*, threshold_id: int, by: Person, now: datetime) -> Threshold:
    """Say that an inspection that stopped halfway is begun again. Raises Missing, Blocked."""
    threshold: Threshold = Threshold.objects.claim(threshold_id, by)
    if not threshold.live_at or not threshold.waiting_towns():
        raise Blocked("threshold.done", "没有等待重新认定的乡镇，不必继续")
    record(threshold, "thresholds.resume", by=by, at=now, label="继续按新认定标准重新认定",
           village=threshold.region)  # fmt: skip
    return threshold


@action("thresholds.manage")
def reinspect(*, threshold_id: int, town: str, by: Person, now: datetime) -> int:
    """Judge one town's contracts by a threshold gone live; how many shares moved.

    Findings, figures and the town's policy change together or not at all; a town done is not done
    again.
    """
    threshold = Threshold.objects.claim(threshold_id, by)
    waiting = threshold.reinspections.select_for_update().filter(town=town, done_at=None).first()
    if waiting is None:
        raise Blocked("threshold.done", "这个乡镇已经按新标准重新认定")
    waiting.done_at = now
    waiting.save(update_fields=["done_at"])
    moved = refigure_town(town)
    record(threshold, "thresholds.reinspect", by=by, at=now, village=town,
           label="按新认定标准重新认定", public={"shares_moved": moved})  # fmt: skip
    return moved
