"""Thresholds as their pages show them: what judges now, where each comes from, what may be done."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sanzi.access.models import Person
from sanzi.contracts.terms import DEFAULT_POLICY
from sanzi.kernel.workflow import Offer, Step
from sanzi.web.register import Badge

from .models import Threshold
from .policies import policy_of
from .thresholds import SETTING_OF, SETTINGS, policy_with, said


class InForce(NamedTuple):
    """One threshold as it judges in a region now."""

    title: str
    hint: str
    rules: str
    said: str
    is_example: bool
    from_on: date | None
    basis: str


class Standing(NamedTuple):
    """One laid-down threshold in words."""

    title: str
    said: str
    badge: Badge


def in_force(code: str) -> list[InForce]:
    """Every threshold that judges a region's contracts, its own or this product's example."""
    policy = policy_of(code.ljust(9, "0")) if code else DEFAULT_POLICY
    rows = Threshold.objects.exclude(live_at=None).order_by("from_on", "pk")
    mine = [row for row in rows if code.startswith(row.region)]
    latest = {row.name: row for row in sorted(mine, key=lambda row: len(row.region))}
    return [
        InForce(
            setting.title,
            setting.hint,
            "、".join(setting.rules) or "大额",
            said(setting.name, policy),
            setting.name not in latest,
            latest[setting.name].from_on if setting.name in latest else None,
            latest[setting.name].basis if setting.name in latest else "示例，可修改，非官方依据",
        )
        for setting in SETTINGS
    ]


def standing(threshold: Threshold) -> Standing:
    """What it is called, says, and where it stands."""
    policy = policy_with(DEFAULT_POLICY, {threshold.name: threshold.value})
    words = said(threshold.name, policy)
    if threshold.withdrawn_at:
        badge = Badge("已作废")
    elif threshold.live_at:
        badge = Badge("已启用", "done")
    else:
        badge = Badge("拟定，未启用", "warn")
    return Standing(SETTING_OF[threshold.name].title, words, badge)


def offers_for(threshold: Threshold, person: Person, today: date) -> Sequence[Offer]:
    """Going live or giving up, live or grey; none once it has gone either way."""
    if threshold.live_at or threshold.withdrawn_at or not person.can("thresholds.manage"):
        return ()
    early = [f"施行日期是 {threshold.from_on}，到那天再启用"] if threshold.from_on > today else []
    return (
        Offer(Step("live", "启用", ("draft",), "live", "thresholds.manage"), early),
        Offer(Step("withdraw", "作废", ("draft",), "withdrawn", "thresholds.manage"), []),
    )
