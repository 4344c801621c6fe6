"""Matters raised to a higher level, as a register."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.orgs.tree import names_of
from sanzi.web.register import Badge, Narrowing, Register, RegisterColumn, Tone

from .blockers import Blocker
from .stages import BlockerStage, StudyStage
from .standing import is_overdue
from .studies import Study

TONES: dict[str, Tone] = {
    BlockerStage.RAISED: "running",
    BlockerStage.ACCEPTED: "running",
    BlockerStage.ANSWERED: "warn",
    BlockerStage.RETURNED: "warn",
    BlockerStage.CLOSED: "done",
}


def _hang_names(rows: Sequence[Any]) -> None:
    names = names_of({code for row in rows for code in (row.holder, row.raiser)})
    for row in rows:
        row.holder_name = names.get(row.holder, row.holder)
        row.raiser_name = names.get(row.raiser, row.raiser)


def _state(row: Any) -> list[Badge]:
    found = [Badge(row.get_stage_display(), TONES[row.stage])]
    return [*found, Badge("超期", "danger")] if is_overdue(row, localdate()) else found


def _narrow(rows: Any, value: str, params: QueryDict) -> Any:
    if value == "late":
        return rows.waiting().filter(due_on__lt=localdate())
    if value == "waiting":
        return rows.waiting()
    if value == "open":
        return rows.filter(closed_on=None)
    return rows


BLOCKERS = Register(
    slug="blockers",
    title="需协调事项",
    noun="件事项",
    rows=Blocker.objects.visible_to,
    columns=(
        RegisterColumn("matter", "事项", searchable=True, width="wide"),
        RegisterColumn(
            "kind_title", "类别", width="narrow", value=lambda row: row.get_kind_display()
        ),
        RegisterColumn("raiser_title", "提出单位", value=lambda row: row.raiser_name),
        RegisterColumn("raised_on", "提出日期", kind="date", width="narrow"),
        RegisterColumn("holder_title", "由谁答复", value=lambda row: row.holder_name),
        RegisterColumn("due_on", "答复期限", kind="date", width="narrow"),
        RegisterColumn("state", "状态", kind="badge", value=_state),
    ),
    narrowings=(
        Narrowing(
            "show", "看", _narrow,
            options=(("open", "没有办结的"), ("waiting", "等待答复的"), ("late", "超期的")),
        ),
    ),
    url=lambda row: reverse("dispatch:blocker", args=(row.pk,)),
    sort=("-raised_on", "-pk"),
    decorate=_hang_names,
    actions=(("提出事项", "/dispatch/blockers/new/"),),
    empty="村、镇自己办不了的事，点“提出事项”请上级协调",
)  # fmt: skip

STUDY_TONES: dict[str, Tone] = {
    StudyStage.DRAFT: "plain",
    StudyStage.HELD: "running",
    StudyStage.DECIDED: "warn",
    StudyStage.DONE: "done",
}


def _hang_offices(rows: Sequence[Any]) -> None:
    names = names_of({row.office for row in rows})
    for row in rows:
        row.office_name = names.get(row.office, row.office)


STUDIES = Register(
    slug="studies",
    title="一事一研判",
    noun="件研判",
    rows=Study.objects.visible_to,
    columns=(
        RegisterColumn("matter", "事项", searchable=True, width="wide"),
        RegisterColumn("village_name", "地区", kind="village", width="narrow"),
        RegisterColumn("office_title", "研判单位", value=lambda row: row.office_name),
        RegisterColumn("held_on", "研判日期", kind="date", width="narrow"),
        RegisterColumn("responsible", "责任人", searchable=True),
        RegisterColumn("due_on", "完成时限", kind="date", width="narrow"),
        RegisterColumn(
            "state", "状态", kind="badge", width="narrow",
            value=lambda row: Badge(row.get_stage_display(), STUDY_TONES[row.stage]),
        ),
    ),
    url=lambda row: reverse("dispatch:study", args=(row.pk,)),
    sort=("-pk",),
    decorate=_hang_offices,
    actions=(("统一口径", "/dispatch/opinions/"),),
)  # fmt: skip
