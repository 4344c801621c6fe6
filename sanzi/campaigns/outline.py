"""A campaign's outline as typed: phases and aims, and what is wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sanzi.kernel.refusals import Invalid
from sanzi.metrics.catalogue import METRICS, metric

from .clock import fault_of
from .models import Aim
from .reaching import is_fine

PHASES_MAX, AIMS_MAX = 12, 8
# The five phases of such a push and their share of its days: an example, to be changed.
EXAMPLE_PHASES = (("动员", 10), ("摸底", 20), ("公示", 10), ("整改", 50), ("总结", 10))
EXAMPLE_DAYS = 100
_KNOWN = {one.id for one in METRICS}


@dataclass(frozen=True)
class PhasePlan:
    title: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class AimPlan:
    """`goal` in the catalogue's unit: yuan, a count, a fraction of one."""

    metric: str
    measure: str
    goal: Decimal


@dataclass(frozen=True)
class Outline:
    """Everything a campaign is, before its targets."""

    title: str
    goals: str
    starts_on: date
    ends_on: date
    base_on: date
    phases: Sequence[PhasePlan]
    aims: Sequence[AimPlan]


def example_phases(starts_on: date) -> list[PhasePlan]:
    """A hundred days in five phases from a day on."""
    found, day = [], starts_on
    for title, days in EXAMPLE_PHASES:
        found.append(PhasePlan(title, day, day + timedelta(days=days - 1)))
        day += timedelta(days=days)
    return found


def check(outline: Outline) -> None:
    """Raise Invalid for an outline that cannot be kept."""
    if not 2 <= len(outline.title) <= 60:
        raise Invalid("campaign.title", "名称应有 2 到 60 个字")
    if not 2 <= len(outline.goals) <= 1000:
        raise Invalid("campaign.goals", "请写明目标，2 到 1,000 个字")
    if len(outline.phases) > PHASES_MAX:
        raise Invalid("campaign.phases", f"阶段最多 {PHASES_MAX} 个")
    if fault := fault_of(outline.phases, outline.starts_on, outline.ends_on):
        raise Invalid("campaign.days", fault)
    if any(not 1 <= len(phase.title) <= 20 for phase in outline.phases):
        raise Invalid("campaign.phases", "阶段名称应有 1 到 20 个字")
    if not 1 <= len(outline.aims) <= AIMS_MAX:
        raise Invalid("campaign.aims", f"请列出 1 到 {AIMS_MAX} 个目标指标")
    _check_aims(outline.aims)


def _check_aims(aims: Sequence[AimPlan]) -> None:
    seen = set()
    for number, aim in enumerate(aims, start=1):
        if aim.metric not in _KNOWN or aim.measure not in Aim.Measure.values:
            raise Invalid("campaign.aim", f"第 {number} 个指标：请选择指标和口径")
        if (aim.metric, aim.measure) in seen:
            raise Invalid("campaign.aim", f"第 {number} 个指标重复")
        one = metric(aim.metric)
        if not is_fine(aim.goal, one.unit):
            raise Invalid(
                "campaign.aim", f"第 {number} 个指标：{one.label}的总目标应是不小于零的数，不能太细"
            )
        if one.unit == "率" and aim.goal > 1:
            raise Invalid("campaign.aim", f"第 {number} 个指标：{one.label}最多 100%")
        seen.add((aim.metric, aim.measure))
