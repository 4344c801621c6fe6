"""预警清单: every warning of a region as a register like any other."""

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.web.errors import Unsupported
from sanzi.web.register import Badge, Narrowing, Register, RegisterColumn, Tone

from .queries import events_for, of_quarter
from .raising import WAITING
from .rules import RULE_OF, RULES, TOPICS
from .rules.rule import WORDS, Level
from .stages import UNDER_WAY, Ending, Stage

TONES: dict[int, Tone] = {
    Level.BLUE: "running",
    Level.YELLOW: "warn",
    Level.ORANGE: "warn",
    Level.RED: "danger",
}
_STAGE_TONES: dict[str, Tone] = {
    Stage.OPEN: "warn",
    Stage.DISPATCHED: "running",
    Stage.HANDLING: "running",
    Stage.FINISHED: "running",
    Stage.DOUBTED: "running",
    Stage.CLOSED: "done",
}
_STATES = {
    "listed": "待办的预警",
    "digest": "只进周摘要",
    "held": "超出预算压下的",
    "late": "超期未办",
    "raised": "提级待答复",
    "snoozed": "暂缓中",
    "closed": "已办结",
    "quarter": "在办的和近一季度办结的",
}


def colour_badge(event: Any) -> Badge:
    """The colour with its word."""
    return Badge(WORDS[Level(event.level)], TONES[event.level])


def stage_badge(event: Any) -> Badge:
    """Where it stands; ended, how."""
    word = event.get_ending_display() if event.ending else event.get_stage_display()
    tone: Tone = (
        "plain" if event.ending in (Ending.FALSE, Ending.OFF) else _STAGE_TONES[event.stage]
    )
    return Badge(word, tone)


def _states(event: Any) -> list[Badge]:
    found = [stage_badge(event)]
    today = localdate()
    if event.stage != Stage.CLOSED:
        if event.snoozed_until and event.snoozed_until >= today:
            found.append(Badge(f"暂缓到 {event.snoozed_until}"))
        if event.lane == "digest":
            found.append(Badge("周摘要"))
        elif event.shown_on is None:
            found.append(Badge("超出预算"))
        if words := event.late(today):
            found.append(Badge(words, "danger"))
        if words := event.raised(today):
            found.append(Badge(words, "warn"))
    return found


def _by_state(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    today = localdate()
    under_way = Q(stage__in=UNDER_WAY)
    asleep = Q(snoozed_until__isnull=False, snoozed_until__gte=today)
    late = Q(stage="dispatched", accept_by_on__lt=today) | Q(
        stage__in=("dispatched", "handling"), handle_by_on__lt=today
    )
    chosen = {
        "listed": under_way & ~asleep & Q(lane="warn", shown_on__isnull=False),
        "digest": under_way & ~asleep & Q(lane="digest"),
        "held": under_way & ~asleep & Q(lane="warn", shown_on=None),
        "late": late,
        "raised": Q(stage__in=WAITING) & ~Q(raised_to=""),
        "snoozed": under_way & asleep,
        "closed": Q(stage="closed"),
        "quarter": of_quarter(today),
    }
    if value not in chosen:
        raise Unsupported("register.filter", f"不支持的筛选：状态“{value[:40]}”")
    return rows.filter(chosen[value])


def _by_topic(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value not in TOPICS:
        raise Unsupported("register.filter", f"不支持的筛选：类别“{value[:40]}”")
    return rows.filter(rule__in=[rule.code for rule in RULES if rule.topic == value])


def _by_rule(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value not in RULE_OF:
        raise Unsupported("register.filter", f"不支持的筛选：规则“{value[:40]}”")
    return rows.filter(rule=value)


def _by_colour(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if not value.isdecimal() or int(value) not in WORDS:
        raise Unsupported("register.filter", f"不支持的筛选：颜色“{value[:40]}”")
    return rows.filter(level=int(value))


def _new(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value != "week":
        raise Unsupported("register.filter", f"不支持的筛选：“{value[:40]}”")
    return rows.filter(first_on__gt=localdate() - timedelta(days=7))


EVENTS = Register(
    slug="warnings",
    title="预警清单",
    noun="条预警",
    rows=events_for,
    needs="warnings.view",
    columns=(
        RegisterColumn("title", "预警", value=lambda event: event.title),
        RegisterColumn("colour", "颜色", kind="badge", width="narrow", value=colour_badge),
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("name", "事项", searchable=True),
        RegisterColumn("sentence", "情形", width="wide"),
        RegisterColumn("money", "涉及金额", kind="money", total=True),
        RegisterColumn("state", "状态", kind="badge", value=_states),
        RegisterColumn("dispatched_to__name", "交办给", width="narrow"),
        RegisterColumn("first_on", "首次发现", kind="date", width="narrow"),
        RegisterColumn("rule", "规则", width="narrow", searchable=True, default=False),
        RegisterColumn("last_on", "最近发现", kind="date", width="narrow", default=False),
        RegisterColumn("seen", "发现次数", kind="integer", width="narrow", default=False),
        RegisterColumn("handle_by_on", "办理期限", kind="date", width="narrow", default=False),
        RegisterColumn("raised_on", "提级日期", kind="date", width="narrow", default=False),
        RegisterColumn("gone_on", "消除日期", kind="date", width="narrow", default=False),
        RegisterColumn("level", "颜色序", kind="integer", width="narrow", default=False),
    ),
    narrowings=(
        Narrowing("state", "状态", _by_state, options=tuple(_STATES.items())),
        Narrowing(
            "of_colour", "颜色", _by_colour,
            options=tuple((str(int(level)), word) for level, word in WORDS.items()),
        ),
        Narrowing("topic", "类别", _by_topic, options=tuple((t, t) for t in TOPICS)),
        Narrowing(
            "of_rule", "规则", _by_rule,
            options=tuple((rule.code, f"{rule.code} {rule.title}") for rule in RULES),
        ),
        Narrowing("new", "新增", _new, options=(("week", "近七天新增"),)),
    ),
    url=lambda event: reverse("warnings:event", args=(event.pk,)),
    sort=("-level", "-money", "village"),
    empty="系统按规则自动评估，发现的列在这里",
)  # fmt: skip
