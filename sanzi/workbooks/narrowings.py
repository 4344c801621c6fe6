"""What a register can be narrowed by beyond its columns: the rows behind a figure, the state of the
clean-up."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.timezone import localdate

from sanzi.campaigns.households import loose_claims, loose_contracts
from sanzi.cleanup.figures import OUTCOMES
from sanzi.cleanup.queries import standing_findings
from sanzi.cleanup.rules import RULES
from sanzi.intake.dictionary import SHEETS
from sanzi.kernel.calendar import years_after
from sanzi.metrics.catalogue import METRICS, metric
from sanzi.metrics.rows import behind, parts_of, without
from sanzi.receivables.limitation.clock import RED_DAYS, WARNING_DAYS
from sanzi.web.errors import Unsupported
from sanzi.web.register import Narrowing

Rows = QuerySet[Any]
_LATEST = "as_of"


def day_of(params: QueryDict) -> date:
    """The cut-off day in the address; today without one."""
    given = params.get(_LATEST, "")
    if not given:
        return localdate()
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise Unsupported("register.as_of", "截止日期不对，应写成 2025-12-31 的样子") from None


def _behind(register: str) -> Narrowing:
    known = {m.id: m for m in METRICS if m.register == register}

    def narrow(rows: Rows, value: str, params: QueryDict) -> Rows:
        if value not in known:
            raise Unsupported("register.metric", f"这本台账没有“{value[:40]}”这个数字")
        return behind(rows, register, parts_of(known[value]), day_of(params))

    def describe(value: str, params: QueryDict) -> str:
        return f"{metric(value).label}（截至 {day_of(params)}）"

    return Narrowing("metric", "构成数字的行", narrow, also=(_LATEST,), describe=describe)


BEHIND: dict[str, Narrowing] = {sheet.register: _behind(sheet.register) for sheet in SHEETS}


def _one_of(
    name: str, title: str, options: dict[str, tuple[str, Callable[[Rows, date], Rows]]]
) -> Narrowing:
    """A select whose every option is a way to narrow."""

    def narrow(rows: Rows, value: str, params: QueryDict) -> Rows:
        if value not in options:
            raise Unsupported("register.filter", f"不支持的筛选：{title}“{value[:40]}”")
        return options[value][1](rows, day_of(params))

    return Narrowing(
        name, title, narrow, options=tuple((value, word) for value, (word, _) in options.items())
    )


def _with(register: str, *metrics: str) -> Callable[[Rows, date], Rows]:
    return lambda rows, on: behind(rows, register, metrics, on)


def _lacking(register: str, *metrics: str) -> Callable[[Rows, date], Rows]:
    return lambda rows, on: without(rows, register, metrics, on)


def _untreated(rows: Rows, on: date) -> Rows:
    irregular = behind(rows, "contracts", ["contracts.irregular"], on)
    return without(irregular, "contracts", tuple(OUTCOMES.values()), on)


def _breaks(rule: str) -> Callable[[Rows, date], Rows]:
    return lambda rows, on: rows.filter(
        pk__in=standing_findings(on).filter(rule=rule).values("contract")
    )


CONTRACT_NARROWINGS = (
    _one_of(
        "outcome",
        "处置结果",
        {
            "irregular": ("不规范合同", _with("contracts", "contracts.irregular")),
            "none": ("不规范且未处置", _untreated),
            **{m: (word, _with("contracts", m)) for word, m in OUTCOMES.items()},
            "contracts.escalated": ("提级处置", _with("contracts", "contracts.escalated")),
        },
    ),
    _one_of("rule", "问题", {r.code: (f"{r.code} {r.title}", _breaks(r.code)) for r in RULES}),
)


def _loose(of: Callable[[Rows, date], Rows], words: str) -> Narrowing:
    """Rows of households nobody answers for (包户): what the chart's gap opens to."""

    def narrow(rows: Rows, value: str, params: QueryDict) -> Rows:
        if value != "loose":
            raise Unsupported("register.filter", f"不支持的筛选：包户“{value[:40]}”")
        return of(rows, day_of(params))

    return Narrowing("households", "包户", narrow, describe=lambda value, params: words)


LOOSE_CONTRACTS = _loose(loose_contracts, "没有人包户的农户的合同")
LOOSE_CLAIMS = _loose(loose_claims, "没有人包户的农户的欠款")
CLAIM_STATE = _one_of(
    "state",
    "清收情况",
    {
        "none": ("未清收", _lacking("receivables", "receivables.recovered")),
        "some": ("有清收", _with("receivables", "receivables.recovered")),
        "sealed": ("已封存", _with("receivables", "receivables.sealed")),
    },
)
DEBT_STATE = _one_of(
    "state",
    "化解情况",
    {
        "none": ("未化解", _lacking("debts", "debts.resolved")),
        "some": ("有化解", _with("debts", "debts.resolved")),
    },
)


def _lasting(first: int | None, last: int | None) -> Callable[[Rows, date], Rows]:
    """Claims with something left whose last day is so many days off (None: without bound)."""

    def narrow(rows: Rows, on: date) -> Rows:
        rows = rows.filter(left__gt=0, last_day__isnull=False)
        if first is not None:
            rows = rows.filter(last_day__gte=on + timedelta(first))
        return rows if last is None else rows.filter(last_day__lte=on + timedelta(last))

    return narrow


def _overdue(least: int, most: int | None) -> Callable[[Rows, date], Rows]:
    """Rows with something left, overdue for more than `least` and at most `most` years."""

    def narrow(rows: Rows, on: date) -> Rows:
        rows = rows.filter(left__gt=0, due_on__lt=years_after(on, -least))
        return rows if most is None else rows.filter(due_on__gte=years_after(on, -most))

    return narrow


LIMITATION = _one_of(
    "limitation",
    "诉讼时效",
    {
        "alarm": ("预警和红色", _lasting(0, WARNING_DAYS)),
        "red": (f"红色（{RED_DAYS} 天内届满）", _lasting(0, RED_DAYS)),
        "warning": (f"预警（{WARNING_DAYS} 天内届满）", _lasting(RED_DAYS + 1, WARNING_DAYS)),
        "valid": ("有效", _lasting(WARNING_DAYS + 1, None)),
        "expired": ("已届满", _lasting(None, -1)),
        "unknown": ("无法计算", lambda rows, on: rows.filter(left__gt=0, last_day=None)),
    },
)
_AGES: dict[str, tuple[str, Callable[[Rows, date], Rows]]] = {
    "overdue": ("已逾期", _overdue(0, None)),
    "1": ("逾期1年以内", _overdue(0, 1)),
    "2": ("逾期1至2年", _overdue(1, 2)),
    "3": ("逾期2至3年", _overdue(2, 3)),
    "4": ("逾期3年以上", _overdue(3, None)),
    "not_due": ("未到期", lambda rows, on: rows.filter(left__gt=0, due_on__gte=on)),
    "undated": ("没有约定到期日", lambda rows, on: rows.filter(left__gt=0, due_on=None)),
}
CLAIM_AGE = _one_of("age", "账龄", _AGES)
DEBT_AGE = _one_of("age", "账龄", _AGES)
