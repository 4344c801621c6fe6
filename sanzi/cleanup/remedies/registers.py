"""The queues of cases (清理事项) as a register like any other."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.web.errors import Unsupported
from sanzi.web.register import Badge, Narrowing, Register, RegisterColumn, Tone

from .models import Case
from .paths import METHODS, PATHS
from .queries import cases_for
from .stages import Level, Stage

_TONES: dict[str, Tone] = {Stage.STRUCK: "done", Stage.OPENED: "warn"}
_FOCUS = (("property", "资源资产类"), ("large", "大额合同"))
_DUE = (("overdue", "已逾期"), ("week", "七天内到期"))


def badge_of(case: Case) -> Badge:
    """Where a case stands, in colour and in words."""
    if case.returned_because:
        return Badge("退回", "danger")
    return Badge(Stage(case.stage).label, _TONES.get(case.stage, "running"))


def due_badge(case: Case) -> Badge | None:
    """How long its stage has left; late in red."""
    if case.due_on is None:
        return None
    left = (case.due_on - localdate()).days
    if left < 0:
        return Badge(f"逾期 {-left} 天", "danger")
    return Badge(f"{case.due_on:%Y-%m-%d}", "warn" if left <= 7 else "plain")


def _unknown(what: str, value: str) -> Unsupported:
    return Unsupported("register.filter", f"不支持的筛选：{what}“{value[:40]}”")


def _by_focus(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value not in dict(_FOCUS):
        raise _unknown("聚焦", value)
    return rows.filter(is_large=True) if value == "large" else rows.filter(is_property=True)


def _by_stage(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value == "open":
        return rows.exclude(stage=Stage.STRUCK)
    if value not in Stage.values:
        raise _unknown("环节", value)
    return rows.filter(stage=value)


def _by_method(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value not in METHODS:
        raise _unknown("处置方式", value)
    return rows.filter(path__in=[path.code for path in PATHS if path.method == value])


def _by_level(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value not in Level.values:
        raise _unknown("层级", value)
    return rows.filter(level=value)


def _by_due(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    today = localdate()
    if value == "overdue":
        return rows.filter(due_on__lt=today)
    if value != "week":
        raise _unknown("期限", value)
    return rows.filter(due_on__gte=today, due_on__lte=today.fromordinal(today.toordinal() + 7))


def _answer(count: int, totals: Mapping[str, Any]) -> str:
    return f"共 {count} 件清理事项" if count else "还没有立案的合同"


CASES_REGISTER = Register(
    slug="cases",
    title="清理事项",
    noun="件清理事项",
    rows=cases_for,
    columns=(
        RegisterColumn("contract__number", "合同编号", width="narrow", searchable=True),
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("contract__title", "合同名称", searchable=True),
        RegisterColumn("contract__contractor", "承包方", width="narrow", searchable=True),
        RegisterColumn("method", "处置方式", width="narrow", value=lambda c: c.method or "未定"),
        RegisterColumn("way", "办法", width="narrow", value=lambda c: c.way.title if c.way else ""),
        RegisterColumn("level_word", "层级", width="narrow", value=lambda c: Level(c.level).label),
        RegisterColumn("standing", "环节", kind="badge", value=badge_of),
        RegisterColumn("due_on", "办理期限", kind="date", width="narrow", default=False),
        RegisterColumn("due", "期限", kind="badge", value=due_badge),
        RegisterColumn("responsible", "责任人", width="narrow", searchable=True),
        RegisterColumn("is_large", "大额", kind="boolean", width="narrow", default=False),
        RegisterColumn("contract__total_amount", "总价", kind="money", total=True, default=False),
        RegisterColumn("opened_on", "立案日期", kind="date", width="narrow", default=False),
        RegisterColumn("struck_on", "销号日期", kind="date", width="narrow", default=False),
    ),
    narrowings=(
        Narrowing("focus", "聚焦", _by_focus, options=_FOCUS),
        Narrowing("stage", "环节", _by_stage, options=(("open", "未销号"), *Stage.choices)),
        Narrowing("remedy", "处置", _by_method, options=tuple((m, m) for m in METHODS)),
        Narrowing("level", "层级", _by_level, options=tuple(Level.choices)),
        Narrowing("limit", "期限", _by_due, options=_DUE),
    ),
    url=lambda case: reverse("cleanup:case", args=(case.pk,)),
    sort=("due_on", "village", "contract__number"),
    answer=_answer,
    empty="有问题的合同立案以后，列在这里",
)
