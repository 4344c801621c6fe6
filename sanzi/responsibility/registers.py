"""Every assignment as a register: searched, printed and exported like every other list."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.web.register import Narrowing, Register, RegisterColumn

from .models import Assignment, ForceMember, Handover, Level
from .queries import held_on


def _now_or_past(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    today = localdate()
    return rows.filter(to_on__lt=today) if value == "ended" else held_on(rows, today)


ASSIGNMENTS = Register(
    slug="assignments",
    title="包联台账",
    noun="条包联",
    rows=lambda person: Assignment.objects.visible_to(person).select_related("area"),
    columns=(
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn(
            "level_word", "层级", width="narrow", value=lambda row: row.get_level_display()
        ),
        RegisterColumn("area__name", "片区", width="narrow", searchable=True),
        RegisterColumn("group", "组", width="narrow", searchable=True),
        RegisterColumn("household", "户", width="narrow", searchable=True),
        RegisterColumn("name", "责任人", width="narrow", searchable=True),
        RegisterColumn("title", "职务", searchable=True),
        RegisterColumn("phone", "电话", kind="sealed", width="narrow", value=lambda row: row.phone),
        RegisterColumn("from_on", "起", kind="date", width="narrow"),
        RegisterColumn("to_on", "止", kind="date", width="narrow"),
        RegisterColumn("ended_for", "终止原因", default=False),
    ),
    narrowings=(
        Narrowing("held", "是否在任", _now_or_past, (("now", "现任"), ("ended", "已终止"))),
        Narrowing(
            "level", "层级", lambda rows, value, params: rows.filter(level=value),
            tuple(Level.choices),
        ),
    ),
    url=lambda row: reverse("responsibility:assignment", args=(row.pk,)),
    sort=("village", "from_on"),
)  # fmt: skip

STATIONS = Register(
    slug="stations",
    title="配合单位",
    noun="个席位",
    rows=lambda person: ForceMember.objects.visible_to(person).filter(
        role=ForceMember.Role.STATION
    ).select_related("force"),
    columns=(
        RegisterColumn("station", "单位", width="narrow", searchable=True),
        RegisterColumn("village_name", "设在", kind="village", width="narrow"),
        RegisterColumn("force_word", "专班", value=lambda row: str(row.force)),
        RegisterColumn("name", "联系人", width="narrow", searchable=True),
        RegisterColumn("title", "职务", searchable=True, default=False),
        RegisterColumn("phone", "电话", kind="sealed", width="narrow", value=lambda row: row.phone),
        RegisterColumn("duty", "职责", searchable=True),
        RegisterColumn("from_on", "起", kind="date", width="narrow"),
        RegisterColumn("to_on", "止", kind="date", width="narrow", default=False),
    ),
    narrowings=(
        Narrowing("held", "是否在任", _now_or_past, (("now", "现任"), ("ended", "已退出"))),
    ),
    url=lambda row: f"{reverse('campaigns:station')}?{urlencode({'name': row.station})}",
    sort=("station", "village"),
)  # fmt: skip

HANDOVERS = Register(
    slug="handovers",
    title="交接",
    noun="次交接",
    rows=lambda person: Handover.objects.visible_to(person).select_related(
        "giver", "taker", "witness", "letter"
    ),
    columns=(
        RegisterColumn("on", "交接日期", kind="date", width="narrow"),
        RegisterColumn("giver__name", "移交人", width="narrow", searchable=True),
        RegisterColumn("taker__name", "接交人", width="narrow", searchable=True),
        RegisterColumn("witness__name", "监交人", width="narrow"),
        RegisterColumn("count", "项数", kind="integer", width="narrow", total=True),
        RegisterColumn("reason", "原因"),
        RegisterColumn("letter__serial", "移交清单编号", default=False),
    ),
    url=lambda row: reverse("responsibility:handover", args=(row.pk,)),
    sort=("-on",),
)
