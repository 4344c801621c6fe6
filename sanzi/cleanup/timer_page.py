"""The timers of one contract as its page shows them; the list of those that want acting upon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.access.scope import ScopedQuerySet
from sanzi.web.errors import Unsupported
from sanzi.web.register import Badge, Narrowing, Register, RegisterColumn

from .keeping import terms_kept
from .models import Finding, TimerAnswer
from .queries import TITLES, Found, ruled
from .timers import TIMED, Timer, timer_of
from .timers import TITLES as TIMERS
from .workflow import OVERRULED


@dataclass(frozen=True)
class Shown:
    """One timer on the contract's page."""

    rule: str
    timer: Timer
    today: date
    may_act: bool

    @property
    def title(self) -> str:
        return f"{TIMERS[self.timer.kind]}（{TITLES.get(self.rule, self.rule)}）"

    @property
    def left(self) -> int | None:
        days = (self.timer.last_on - self.today).days
        return days if days >= 0 else None

    @property
    def state(self) -> Badge:
        if self.timer.is_over(self.today):
            is_late = self.timer.kind == "silence"
            return Badge("已过期，须立即提出异议", "danger") if is_late else Badge("已届满")
        return (
            Badge("该办了", "warn") if self.timer.rings(self.today) else Badge("计算中", "running")
        )

    @property
    def may_answer(self) -> bool:
        """Also when it is over: what was done in time may be written down later."""
        return self.may_act


def timers_on(
    contract: Any, found: Sequence[Found], answers: Sequence[TimerAnswer], person: Person
) -> list[Shown]:
    """Every timer of a contract's findings, the nearest last day first.

    What nobody has overruled counts, a lease's end before it has come too. `answers` are those of
    `answered_on`, the latest first.
    """
    timed = [one for one in found if one.stage != OVERRULED and one.finding.rule in TIMED]
    if not timed:
        return []
    rules = [one.finding.rule for one in timed]
    terms, today = terms_kept(contract), localdate()
    known = {one.finding.rule: one.confirmed_on for one in timed}
    answered = {answer.rule: answer.done_on for answer in answers}
    may_act = person.can("contracts.check")
    shown = [
        Shown(rule, timer, today, may_act)
        for rule in rules
        if (timer := timer_of(rule, terms, known.get(rule), answered.get(rule)))
        and timer.begins_on <= today
    ]
    return sorted(shown, key=lambda one: one.timer.last_on)


def answered_on(contract: Any) -> list[TimerAnswer]:
    """What was done in time, the latest first; one query."""
    rows = TimerAnswer.objects.filter(contract=contract).select_related("answered_by")
    return list(rows.order_by("-pk"))


def _ringing(person: Person) -> ScopedQuerySet:
    rows = ruled(Finding.objects.visible_to(person).ringing(localdate()))
    found = rows.exclude(ruling=OVERRULED).select_related("contract")
    assert isinstance(found, ScopedQuerySet)
    return found


def _state(finding: Finding) -> Badge:
    assert finding.last_on is not None
    days = (finding.last_on - localdate()).days
    if days >= 0:
        return Badge(f"还有 {days} 天", "warn")
    return Badge(f"过期 {-days} 天", "danger" if finding.timer == "silence" else "plain")


def _by_state(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    still = Q(last_on__gte=localdate())
    if value == "open":
        return rows.filter(still | Q(timer="silence"))
    if value == "running":
        return rows.filter(still)
    if value == "dead":
        return rows.exclude(still).exclude(timer="silence")
    raise Unsupported("register.filter", f"不支持的筛选：办理“{value[:40]}”")


def _by_kind(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value not in TIMERS:
        raise Unsupported("register.filter", f"不支持的筛选：期限“{value[:40]}”")
    return rows.filter(timer=value)


DEADLINES = Register(
    slug="deadlines",
    title="权利期限",
    noun="项期限",
    rows=_ringing,
    columns=(
        RegisterColumn("contract__number", "合同编号", searchable=True),
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("contract__title", "合同名称", width="narrow", searchable=True),
        RegisterColumn("contract__contractor", "承包方", width="narrow", searchable=True),
        RegisterColumn("kind", "期限", width="wide", value=lambda one: TIMERS.get(one.timer, "")),
        RegisterColumn("last_on", "最后一天", kind="date", width="narrow"),
        RegisterColumn("state", "还剩", kind="badge", width="narrow", value=_state),
        RegisterColumn("rule", "问题", value=lambda one: TITLES.get(one.rule, one.rule)),
        RegisterColumn("evidence", "证据", width="wide", searchable=True, default=False),
    ),
    narrowings=(
        Narrowing(
            "open",
            "办理",
            _by_state,
            options=(("open", "还能办的"), ("running", "没过最后一天"), ("dead", "已届满")),
        ),
        Narrowing("kind", "期限", _by_kind, options=tuple(TIMERS.items())),
    ),
    url=lambda one: f"{reverse('cleanup:contract', args=(one.contract_id,))}#timers",
    sort=("last_on", "village"),
    empty="快过期或已过期的权利，由系统按合同自动列出",
)
