"""What the task register has beyond the workbook's columns: badges, narrowings, progress."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils.timezone import localdate

from sanzi.campaigns.completion import verdicts
from sanzi.campaigns.queries import of_unit
from sanzi.campaigns.reminding.ladder import rung_at
from sanzi.campaigns.reminding.queries import ladders_over
from sanzi.web.errors import Unsupported
from sanzi.web.register import Narrowing, RegisterColumn

from .stages import OPEN, Stage
from .task_page import limit_badge, stage_badge

Rows = QuerySet[Any]
# What is closed comes after what is still to be done, the last closed first.
OPEN_FIRST = F("closed_on").desc(nulls_first=True)

COLUMNS = (
    RegisterColumn(
        "stage", "状态", kind="badge", width="narrow", value=lambda row: stage_badge(row)
    ),
    RegisterColumn(
        "late", "逾期", kind="badge", width="narrow", value=lambda row: getattr(row, "late", None)
    ),
    RegisterColumn("rung", "督办", width="narrow", value=lambda row: getattr(row, "rung", "")),
    RegisterColumn(
        "percent", "进度", width="narrow", value=lambda row: getattr(row, "percent", "")
    ),
    RegisterColumn("problem", "问题", searchable=True, default=False),
    RegisterColumn("needs_above", "需上级解决", kind="boolean", width="narrow", default=False),
    RegisterColumn("lead_unit", "牵头单位", searchable=True, default=False),
    RegisterColumn("joint_units", "配合单位", default=False),
    RegisterColumn("standard", "完成标准", width="wide", default=False),
    RegisterColumn("closed_on", "销号日期", kind="date", width="narrow", default=False),
    RegisterColumn("look_back_on", "回头看", kind="date", width="narrow", default=False),
)


def _at(stage: Stage) -> Callable[[Rows], Rows]:
    return lambda rows: rows.filter(stage=stage)


_STATES: dict[str, tuple[str, Callable[[Rows], Rows]]] = {
    "kept": ("没有撤销的", lambda rows: rows.exclude(stage=Stage.DROPPED)),
    "open": ("没有销号的", lambda rows: rows.filter(stage__in=OPEN)),
    "overdue": (
        "逾期的", lambda rows: rows.filter(stage__in=OPEN, due_on__lt=localdate()),
    ),
    "soon": ("七天内到期的", lambda rows: rows.filter(
        stage__in=OPEN, due_on__gte=localdate(), due_on__lte=localdate() + timedelta(days=7)
    )),
    **{str(one.value): (str(one.label), _at(one)) for one in Stage},
    "reopened": ("重新打开过的", lambda rows: rows.filter(reopened__gt=0)),
    "look_back": (
        "该回头看的", lambda rows: rows.filter(stage=Stage.STRUCK, look_back_on__lte=localdate()),
    ),
}  # fmt: skip


def _by_state(rows: Rows, value: str, params: QueryDict) -> Rows:
    if value not in _STATES:
        raise Unsupported("register.filter", f"不支持的筛选：状态“{value[:40]}”")
    return _STATES[value][1](rows)


def _by_campaign(rows: Rows, value: str, params: QueryDict) -> Rows:
    if not (value.isascii() and value.isdecimal() and len(value) < 10):
        raise Unsupported("register.filter", f"不支持的筛选：专项行动“{value[:40]}”")
    return rows.filter(campaign=int(value))


UNIT_MAX = 60


def _by_unit(rows: Rows, value: str, params: QueryDict) -> Rows:
    return of_unit(rows, value[:UNIT_MAX])


NARROWINGS = (
    Narrowing(
        "state", "状态", _by_state,
        options=tuple((value, word) for value, (word, _) in _STATES.items()),
    ),
    Narrowing(
        "campaign", "专项行动", _by_campaign,
        describe=lambda value, params: f"第 {value[:9]} 号专项行动的任务",
    ),
    Narrowing(
        "unit", "单位", _by_unit,
        describe=lambda value, params: f"{value[:UNIT_MAX]}牵头或配合的任务",
    ),
)  # fmt: skip


def hang_standing(rows: Sequence[Any]) -> None:
    """A `decorate` that gives tasks `late`, `rung` and `percent`."""
    today = localdate()
    found = verdicts([row for row in rows if row.is_open], today)
    ladders = ladders_over({row.village for row in rows})
    for row in rows:
        row.late = limit_badge(row, today)
        due = row.is_open and row.due_on is not None
        rung = rung_at(ladders.of(row.village), row.days_over(today)) if due else None
        row.rung = rung.title if rung else ""
        row.percent = f"{_percent(row, found.get(row.pk))}%"


def _percent(row: Any, verdict: Any) -> int:
    if row.stage == Stage.STRUCK:
        return 100
    if verdict is not None and verdict.percent is not None:
        return int(verdict.percent)
    return int(row.progress)
