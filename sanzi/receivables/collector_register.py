"""The claims behind a collector's figures, as a register that adds up to them."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.web.errors import Unsupported
from sanzi.web.register import Narrowing, Register, RegisterColumn

from .collectors import IN_HAND, with_effect
from .entrusting import Entrustment

HELD = (("now", "在手"), ("collected", "期内有收回"), ("past", "已移出"))


def entrusted(first: date, last: date) -> Register:
    """Entrustments with what came in from `first` to `last`, both days included."""
    return Register(
        slug="entrusted",
        title="清收交办",
        noun="笔交办",
        rows=lambda person: with_effect(
            Entrustment.objects.visible_to(person).select_related("claim", "collector"), first, last
        ),
        columns=(
            RegisterColumn("claim__number", "债权编号", width="narrow", searchable=True),
            RegisterColumn("village_name", "村", kind="village", width="narrow"),
            RegisterColumn("claim__debtor", "债务人", width="narrow", searchable=True),
            RegisterColumn("collector__name", "清收责任人", width="narrow", searchable=True),
            RegisterColumn("from_on", "接手日期", kind="date", width="narrow"),
            RegisterColumn("until", "移出日期", kind="date", width="narrow"),
            RegisterColumn(
                "days", "在手天数", kind="integer", width="narrow",
                value=lambda row: row.days(localdate()),
            ),
            RegisterColumn("outstanding", "在手尚欠（元）", kind="money", total=True),
            RegisterColumn("collected", "期内收回（元）", kind="money", total=True),
            RegisterColumn("ended_for", "移出原因", default=False),
        ),
        narrowings=(
            Narrowing("held", "范围", _held, HELD),
            Narrowing("collector", "清收责任人", _of, describe=lambda value, params: "一名责任人"),
            Narrowing(
                "first", "期间", lambda rows, value, params: rows,
                describe=lambda value, params: f"{first} 至 {last}", also=("last",),
            ),
        ),
        url=lambda row: reverse("receivables:claim", args=(row.claim_id,)),
        sort=("-outstanding", "village", "from_on"),
    )  # fmt: skip


def _held(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value == "now":
        return rows.filter(IN_HAND)
    if value == "past":
        return rows.exclude(until=None)
    if value == "collected":
        return rows.exclude(collected=0)
    raise Unsupported("register.filter", f"不支持的筛选：范围“{value[:40]}”")


def _of(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if not (value.isdecimal() and len(value) < 18):
        raise Unsupported("register.filter", f"不支持的筛选：清收责任人“{value[:40]}”")
    return rows.filter(collector=int(value))
