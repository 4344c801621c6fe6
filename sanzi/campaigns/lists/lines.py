"""One line of a task list template, as data: what, for whom, from when, done by what. No framework.

A template is versioned data an office edits; the ones shipped (examples.py) are examples.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from sanzi.kernel.calendar import roll_to_working_day
from sanzi.kernel.refusals import Invalid

LINES_MAX = 60
DAYS_MAX = 1000
LEVELS: dict[str, str] = {"village": "各村", "town": "乡镇"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One task to be given. Days count from the day the list is given."""

    code: str
    category: str
    matter: str
    standard: str = ""
    level: str = "village"
    role: str = ""
    after: int = 0
    days: int = 30
    lead_unit: str = ""
    joint_units: str = ""
    # With a metric: done when it reaches `target` in `unit`.
    metric: str = ""
    target: str = ""
    unit: str = ""
    at_most: bool = False

    @property
    def wanted(self) -> Decimal | None:
        return Decimal(self.target) if self.target else None

    def starts_on(self, given_on: date) -> date:
        return given_on + timedelta(days=self.after)

    def due_on(self, given_on: date) -> date:
        """Its limit; one that falls on a holiday ends the next working day."""
        return roll_to_working_day(given_on + timedelta(days=self.after + self.days))


def checked(
    lines: Iterable[Line], *, categories: Iterable[str], roles: Iterable[str],
    metrics: Iterable[str],
) -> tuple[Line, ...]:  # fmt: skip
    """The lines as they may be kept. Raises Invalid naming the first line that cannot be."""
    found = tuple(lines)
    if not 1 <= len(found) <= LINES_MAX:
        raise Invalid("list.many", f"清单应有 1 到 {LINES_MAX} 条")
    known: set[str] = set()
    allowed = (frozenset(categories), frozenset(roles), frozenset(metrics))
    for number, line in enumerate(found, start=1):
        if fault := _fault(line, known, *allowed):
            raise Invalid("list.line", f"第 {number} 条：{fault}")
        known.add(line.code)
    return found


def _fault(
    line: Line,
    known: set[str],
    categories: frozenset[str],
    roles: frozenset[str],
    metrics: frozenset[str],
) -> str | None:
    if not 1 <= len(line.code) <= 10 or ":" in line.code:
        return "编号应有 1 到 10 个字，不带冒号"
    if line.code in known:
        return f"编号“{line.code}”重复"
    if not 2 <= len(line.matter) <= 300 or len(line.standard) > 300:
        return "事项应有 2 到 300 个字，完成标准最多 300 个字"
    if line.category not in categories or line.level not in LEVELS:
        return "请选择类别和由谁办"
    if line.role and line.role not in roles:
        return "请选择责任岗位"
    if not 0 <= line.after <= DAYS_MAX or not 1 <= line.days <= DAYS_MAX:
        return f"开始应在第 0 到 {DAYS_MAX} 天，办理天数应在 1 到 {DAYS_MAX} 之间"
    if len(line.lead_unit) > 60 or len(line.joint_units) > 120:
        return "牵头单位最多 60 个字，配合单位最多 120 个字"
    return _fault_of_metric(line, metrics)


def _fault_of_metric(line: Line, metrics: frozenset[str]) -> str | None:
    if not line.metric:
        return "没有选指标，就不用填目标值" if line.target else None
    if line.metric not in metrics:
        return "请选择指标"
    try:
        wanted = Decimal(line.target)
    except InvalidOperation:
        return "选了指标，请填写目标值（数字）"
    return None if wanted.is_finite() and wanted >= 0 else "目标值应是不小于零的数"


def to_json(lines: Iterable[Line]) -> list[dict[str, Any]]:
    return [asdict(line) for line in lines]


def from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[Line, ...]:
    return tuple(Line(**line) for line in stored)
