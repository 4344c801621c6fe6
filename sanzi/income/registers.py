"""一次性收入: every mark with who proposed and who decided."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from sanzi.web.errors import Unsupported
from sanzi.web.register import Badge, Narrowing, Register, RegisterColumn, Tone

from .models import OneOff
from .stages import Hand

_TONES: dict[str, Tone] = {
    Hand.PROPOSED: "running", Hand.CONFIRMED: "done", Hand.REFUSED: "plain"
}  # fmt: skip


def _rows(person: Any) -> QuerySet[Any]:
    return OneOff.objects.visible_to(person).select_related("proposed_by", "decided_by", "voucher")


def _by_stage(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value not in Hand.values:
        raise Unsupported("register.filter", f"不支持的筛选：状态“{value[:40]}”")
    return rows.filter(stage=value)


ONE_OFFS = Register(
    slug="one-offs",
    title="一次性收入",
    noun="笔",
    rows=_rows,
    columns=(
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("year", "年度", kind="year"),
        RegisterColumn("part", "收入项目", value=lambda one: one.get_part_display()),
        RegisterColumn("kind", "性质", value=lambda one: one.get_kind_display()),
        RegisterColumn("amount", "金额元", kind="money", total=True),
        RegisterColumn("voucher", "凭证", width="narrow", value=lambda one: str(one.voucher or "")),
        RegisterColumn("reason", "理由", width="wide", searchable=True),
        RegisterColumn("proposed_by__name", "提出", width="narrow"),
        RegisterColumn("decided_by__name", "复核", width="narrow"),
        RegisterColumn(
            "state", "状态", kind="badge",
            value=lambda one: Badge(one.get_stage_display(), _TONES[one.stage]),
        ),
    ),
    narrowings=(Narrowing("state", "状态", _by_stage, options=tuple(Hand.choices)),),
    url=lambda one: f"{reverse('income:village', args=[one.village])}?as_of={one.year}-12-31#marks",
    sort=("-year", "village"),
    empty="在村收入页面把不会年年有的收入登记进来",
)  # fmt: skip
