"""The list of resolutions as a register like any other."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from sanzi.web.errors import Unsupported
from sanzi.web.register import Badge, Narrowing, Register, RegisterColumn, Tone

from .models import Resolution
from .queries import resolutions_for
from .stages import ENDED, IN_FORCE, Stage

_TONES: dict[str, Tone] = {
    Stage.COMPLETED: "done",
    Stage.WITHDRAWN: "plain",
    Stage.EFFECTIVE: "done",
}


def badge_of(resolution: Resolution) -> Badge:
    """Where a resolution stands, in colour and in words."""
    if resolution.returned_because:
        return Badge("退回补正", "danger")
    return Badge(Stage(resolution.stage).label, _TONES.get(resolution.stage, "running"))


def _by_stage(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value == "open":
        return rows.exclude(stage__in=ENDED)
    if value == "in_force":
        return rows.filter(stage__in=IN_FORCE)
    if value not in Stage.values:
        raise Unsupported("register.filter", f"不支持的筛选：环节“{value[:40]}”")
    return rows.filter(stage=value)


RESOLUTIONS = Register(
    slug="resolutions",
    title="民主决议",
    noun="项决议",
    rows=resolutions_for,
    columns=(
        RegisterColumn("title", "标题", width="wide", searchable=True),
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("matter_title", "议题", value=lambda r: r.get_matter_display()),
        RegisterColumn("way_title", "程序", width="narrow", value=lambda r: r.get_way_display()),
        RegisterColumn("body", "决定会议", width="narrow", searchable=True),
        RegisterColumn("decided_on", "决议日期", kind="date", width="narrow"),
        RegisterColumn("law", "依据", width="wide", default=False),
        RegisterColumn("standing", "环节", kind="badge", value=badge_of),
        RegisterColumn("proposed_at", "起草时间", kind="date", width="narrow", default=False),
    ),
    narrowings=(
        Narrowing(
            "stage", "环节", _by_stage,
            options=(("open", "正在进行"), ("in_force", "已经生效"), *Stage.choices),
        ),
    ),
    url=lambda resolution: reverse("resolutions:resolution", args=(resolution.pk,)),
    sort=("-id",),
    empty="在要表决的事项（合同处置、债务、预算等）的页面点“提请决议”",
)  # fmt: skip
