"""Goals set over a region and withdrawn, and the standards its incomes are judged by."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.income.definitions import definition, is_known
from sanzi.income.models import Goal, Standard
from sanzi.income.queries import is_set
from sanzi.journal.recorder import record
from sanzi.kernel.money import grouped
from sanzi.kernel.refusals import Blocked, Invalid, Missing

REGION_LEVELS = (4, 6, 9)


@action("income.goals")
def set_goal(
    *,
    region: str,
    title: str,
    code: str,
    threshold: Decimal,
    wanted: int | None,
    by_on: date,
    counts_one_off: bool,
    reason: str,
    by: Person,
    now: datetime,
) -> Goal:
    """Set a goal over a city, county or town. Raises Missing, Invalid, Blocked (set already)."""
    _check_region(region, by)
    if not is_known(code) or threshold <= 0 or wanted is not None and wanted < 1:
        raise Invalid("goal.values", "请选收入口径；每村应达到的收入、村数都应大于 0")
    if is_set(region, title, by_on):
        raise Blocked("goal.twice", f"“{title}”（{by_on}）已经设定，请打开查看；要改请先撤销")
    goal = Goal.objects.create(
        region=region, title=title, definition=code, threshold=threshold, wanted=wanted,
        by_on=by_on, counts_one_off=counts_one_off, reason=reason, set_by=by, set_at=now,
    )  # fmt: skip
    asked = f"{wanted} 个村" if wanted else "全部的村"
    record(goal, "income.goal", by=by, at=now, village=region,
           label=f"设定目标“{title}”：{by_on} 前{asked}{definition(code).label}"
                 f"达到 {grouped(threshold)} 元",
           public={"reason": reason})  # fmt: skip
    return goal


@action("income.goals")
def withdraw_goal(*, goal_id: int, reason: str, by: Person, now: datetime) -> Goal:
    """Take a goal back; it stays on record with the reason."""
    goal: Goal = Goal.objects.claim(goal_id, by)
    if goal.withdrawn_at is not None:
        raise Blocked("goal.moved", "这项目标已经撤销，请刷新查看")
    goal.withdrawn_at, goal.withdrawn_for = now, _reason(reason)
    goal.save(update_fields=["withdrawn_at", "withdrawn_for"])
    record(goal, "income.withdraw_goal", by=by, at=now, village=goal.region,
           label=f"撤销目标“{goal}”", public={"reason": goal.withdrawn_for})  # fmt: skip
    return goal


@action("income.goals")
def set_standard(
    *,
    region: str,
    kind: str,
    content: Mapping[str, Any],
    from_on: date,
    reason: str,
    by: Person,
    now: datetime,
) -> Standard:
    """Set what a region judges by from a day on: tiers, jump limits or one-off accounts.

    The content has been checked by its own module; what was set before stays and held until then.
    """
    _check_region(region, by)
    held = Standard.objects.create(
        region=region, kind=kind, content=dict(content), from_on=from_on, reason=_reason(reason),
        set_by=by, set_at=now,
    )  # fmt: skip
    record(held, "income.standard", by=by, at=now, village=region,
           label=f"设定{held.get_kind_display()}标准，{from_on} 起用",
           public={"reason": held.reason, "content": held.content})  # fmt: skip
    return held


def _check_region(region: str, by: Person) -> None:
    if not covers(by, region):
        raise Missing("place.missing", "没有找到这个地方，或它不在您的辖区内")
    if len(region) not in REGION_LEVELS:
        raise Invalid("goal.region", "目标和标准由市、县或乡镇设定，请先选择地区")


def _reason(text: str) -> str:
    text = text.strip()[:200]
    if not text:
        raise Invalid("reason.missing", "请写明依据或理由")
    return text
