"""Findings as a register: searched, printed and exported like every other list."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.campaigns.models import Task
from sanzi.campaigns.tasks.stages import Stage
from sanzi.web.register import Narrowing, Register, RegisterColumn

from .models import InspectionFinding
from .rectifying import standing_of


def _tasks(rows: Sequence[InspectionFinding]) -> dict[str, Task]:
    """The task each of these findings gave; whoever sees a finding may know how it goes."""
    sources = [f"inspections.inspectionfinding:{row.pk}" for row in rows]
    return {task.source: task for task in Task.objects.filter(source__in=sources)}


def _decorate(rows: Sequence[Any]) -> None:
    tasks, today = _tasks(rows), localdate()
    for row in rows:
        task = tasks.get(f"inspections.inspectionfinding:{row.pk}")
        row.standing = standing_of(row, task, today)


def _closed(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    """By whether a finding is closed: its task struck off and looked back at."""
    done = Task.objects.filter(stage=Stage.STRUCK, looked_back_on__isnull=False)
    sources = done.filter(source__startswith="inspections.inspectionfinding:")
    keys = [int(source.rpartition(":")[2]) for source in sources.values_list("source", flat=True)]
    return rows.filter(pk__in=keys) if value == "closed" else rows.exclude(pk__in=keys)


def _place(row: Any) -> str:
    return "乡镇本级" if row.village.endswith("000") else ""


def _rows(person: Person) -> QuerySet[Any]:
    return InspectionFinding.objects.visible_to(person).select_related("round__term")


FINDINGS = Register(
    slug="inspection-findings",
    title="巡察问题",
    noun="个问题",
    rows=_rows,
    columns=(
        RegisterColumn("number", "编号", width="narrow", searchable=True),
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("level", "层级", width="narrow", value=_place, default=False),
        RegisterColumn(
            "kind_word", "类别", width="narrow", value=lambda row: row.get_kind_display()
        ),
        RegisterColumn("matter", "问题", width="wide", searchable=True),
        RegisterColumn("found_on", "发现日期", kind="date", width="narrow"),
        RegisterColumn("standing", "整改", kind="badge", value=lambda row: row.standing.badge),
        RegisterColumn(
            "due_on", "整改期限", kind="date", width="narrow",
            value=lambda row: row.standing.task.due_on if row.standing.task else None,
        ),
        RegisterColumn("round__title", "轮次", default=False),
    ),
    narrowings=(
        Narrowing("closed", "是否销号", _closed, (("open", "未销号"), ("closed", "已销号"))),
        Narrowing(
            "kind", "类别", lambda rows, value, params: rows.filter(Q(kind=value)),
            tuple(InspectionFinding.Kind.choices),
        ),
        Narrowing(
            "round", "轮次", lambda rows, value, params: rows.filter(
                round=int(value) if value.isdecimal() else 0),
            describe=lambda value, params: "这一轮的问题",
        ),
    ),
    url=lambda row: reverse("inspections:finding", args=(row.pk,)),
    decorate=_decorate,
    sort=("-found_on",),
)  # fmt: skip
