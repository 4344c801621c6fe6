"""Targets of villages and towns: typed, pasted, or spread by the share of a figure."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.campaigns.models import Aim, Campaign, Target
from sanzi.campaigns.places import living
from sanzi.campaigns.reaching import is_fine, step_of
from sanzi.campaigns.spreading import spread
from sanzi.journal.recorder import Trace, key, record, record_many
from sanzi.kernel.refusals import Invalid
from sanzi.kernel.regions import full
from sanzi.metrics.catalogue import METRICS, metric
from sanzi.metrics.shares import totals_by_region

from .campaigns import open_campaign

# (aim, trimmed code of a village or town)
Values = Mapping[tuple[int, str], Decimal | None]
_ADDABLE = {one.id for one in METRICS if not one.is_rate}


@action("campaigns.run")
def set_targets(
    *, campaign_id: int, revision: int, values: Values, how: str, by: Person, now: datetime
) -> int:
    """Set these targets; None takes one away. Returns how many changed."""
    campaign = open_campaign(campaign_id, revision, by)
    aims = {aim.pk: aim for aim in campaign.aims.all()}
    _check(values, aims, campaign)
    changed = _write(campaign, values, {"how": how}, by=by, now=now)
    record(campaign, "campaigns.set_targets", by=by, at=now, village=campaign.region,
           label="分解目标", public={"reason": f"{how}，改动 {changed} 个"})  # fmt: skip
    return changed


@action("campaigns.run")
def spread_targets(
    *, campaign_id: int, revision: int, aim_id: int, level: str, weight: str, by: Person,
    now: datetime,
) -> int:  # fmt: skip
    """Spread an aim's goal over villages or towns by what each has of a figure on the base day.

    The shares add up to the goal to the fen; a rate's goal goes to each as it is.
    """
    campaign = open_campaign(campaign_id, revision, by)
    aim = campaign.aims.filter(pk=aim_id).first()
    if aim is None or level not in ("village", "town"):
        raise Invalid("targets.aim", "请选择要分摊的指标和分到哪一级")
    codes = [code for code, _ in living(campaign.region, level)]
    if not codes:
        raise Invalid("targets.level", "这个地区没有可以分摊到的村或乡镇")
    shares = _shares(campaign, aim, codes, weight)
    values = {(aim.pk, code): value for code, value in shares.items()}
    how = {"how": "spread", "weight": weight, "goal": f"{aim.goal:f}"}
    changed = _write(campaign, values, how, by=by, now=now)
    told = f"{metric(aim.metric).label}按{_weight_words(aim, weight)}，改动 {changed} 个"
    record(campaign, "campaigns.spread", by=by, at=now, village=campaign.region,
           label="分摊目标", public={"reason": told})  # fmt: skip
    return changed


def _shares(campaign: Campaign, aim: Aim, codes: list[str], weight: str) -> dict[str, Decimal]:
    if metric(aim.metric).is_rate:
        return dict.fromkeys(codes, aim.goal)
    if weight not in _ADDABLE:
        raise Invalid("targets.weight", "请选择按哪个数字的比例分摊")
    sums = totals_by_region(codes, campaign.base_on, [weight])
    weights = {code: sums.get(code, {}).get(weight, 0) for code in codes}
    return spread(aim.goal, weights, step_of(metric(aim.metric).unit))


def _weight_words(aim: Aim, weight: str) -> str:
    return "各地相同" if metric(aim.metric).is_rate else f"“{metric(weight).label}”的比例"


def _check(values: Values, aims: Mapping[int, Aim], campaign: Campaign) -> None:
    known = {code for at in ("village", "town") for code, _ in living(campaign.region, at)}
    for (aim_id, code), value in values.items():
        if aim_id not in aims:
            raise Invalid("targets.aim", "这项行动没有这个指标，请刷新后再填")
        if code not in known:
            raise Invalid("targets.region", f"“{code}”不是这项行动范围内的村或乡镇")
        one = metric(aims[aim_id].metric)
        if value is not None and not is_fine(value, one.unit):
            raise Invalid("targets.value", f"{one.label}的目标应是不小于零的数，不能太细")
        if value is not None and one.unit == "率" and value > 1:
            raise Invalid("targets.value", f"{one.label}的目标最多 100%")


def _write(
    campaign: Campaign, values: Values, how: dict[str, Any], *, by: Person, now: datetime
) -> int:
    """Bring the targets to these values; each change of one that stood leaves its own trace."""
    held = {(t.aim_id, t.village): t for t in Target.objects.of(campaign)}
    fresh, moved, gone, traces = [], [], [], []
    for (aim_id, code), value in values.items():
        target = held.get((aim_id, full(code)))
        if target is None and value is not None:
            target = Target(
                aim_id=aim_id, village=full(code), value=value, how=how, set_by=by, set_at=now
            )
            target.place()
            fresh.append(target)
        elif target is not None and value != target.value:
            traces.append(_trace(target, value))
            if value is None:
                gone.append(target.pk)
            else:
                target.value, target.how, target.set_by, target.set_at = value, how, by, now
                moved.append(target)
    Target.objects.of(campaign).filter(pk__in=gone).delete()
    Target.objects.bulk_create(fresh, batch_size=500)
    mine = Target.objects.of(campaign)
    mine.bulk_update(moved, ["value", "how", "set_by", "set_at"], batch_size=200)
    if fresh or traces:
        campaign.revision += 1
        campaign.save(update_fields=["revision"])
    record_many(traces, by=by, at=now)
    return len(fresh) + len(traces)


def _trace(target: Target, value: Decimal | None) -> Trace:
    facts = {"from": f"{target.value:f}", "to": "" if value is None else f"{value:f}"}
    return Trace(key(target), "campaigns.target", target.village, "改目标", facts)
