"""The list of findings (问题清单) as a register like any other."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from sanzi.web.errors import Unsupported
from sanzi.web.register import Badge, Narrowing, Register, RegisterColumn

from .models import Finding
from .queries import TITLES, TONES, findings_for
from .rules import RULES
from .workflow import CONFIRMED, OVERRULED, UNJUDGED

_RULINGS = {
    UNJUDGED: Badge("未认定", "running"),
    CONFIRMED: Badge("已确认", "danger"),
    OVERRULED: Badge("已推翻", "done"),
}


def _severity(finding: Finding) -> Badge:
    return Badge(finding.severity, TONES.get(finding.severity, "plain"))


def _ruling(finding: Any) -> Badge:
    return _RULINGS[finding.ruling]


def _by_rule(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value not in TITLES:
        raise Unsupported("register.filter", f"不支持的筛选：问题“{value[:40]}”")
    return rows.filter(rule=value)


def _by_ruling(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value == "standing":
        return rows.exclude(ruling=OVERRULED)
    if value not in _RULINGS:
        raise Unsupported("register.filter", f"不支持的筛选：认定“{value[:40]}”")
    return rows.filter(ruling=value)


FINDINGS = Register(
    slug="findings",
    title="问题清单",
    noun="项问题",
    rows=findings_for,
    columns=(
        RegisterColumn("contract__number", "合同编号", searchable=True),
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("contract__title", "合同名称", width="narrow", searchable=True),
        RegisterColumn("rule", "代码", width="narrow"),
        RegisterColumn("title", "问题", value=lambda finding: TITLES.get(finding.rule, "")),
        # The word is stored, so it filters; the badge shows it in colour.
        RegisterColumn(
            "severity", "程度", kind="choice", width="narrow", choices=tuple(TONES), default=False
        ),
        RegisterColumn("weight", "程度", kind="badge", width="narrow", value=_severity),
        RegisterColumn("evidence", "证据", width="wide", searchable=True),
        RegisterColumn("judged", "认定", kind="badge", width="narrow", value=_ruling),
        RegisterColumn("contract__contractor", "承包方", searchable=True, default=False),
        RegisterColumn("since_on", "起始", kind="date", width="narrow", default=False),
        RegisterColumn("basis", "依据", width="wide", default=False),
        RegisterColumn("remedy", "通常处置", width="wide", default=False),
    ),
    narrowings=(
        Narrowing(
            "by_rule",
            "问题",
            _by_rule,
            options=tuple((rule.code, f"{rule.code} {rule.title}") for rule in RULES),
        ),
        Narrowing(
            "ruling",
            "认定",
            _by_ruling,
            options=(
                ("standing", "未被推翻"),
                *((value, badge.word) for value, badge in _RULINGS.items()),
            ),
        ),
    ),
    url=lambda finding: reverse("cleanup:contract", args=(finding.contract_id,)),
    sort=("village", "contract__number", "rule"),
    empty="合同导入以后自动认定，有问题的列在这里",
)
