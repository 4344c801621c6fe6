"""A call for incomes as it stands: what is drawn for a village, who is in, who is late, who may
report. The caller has been scoped to the region.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from .models import Call, Report, Statement
from .parts import PARTS
from .queries import REGISTER, VillageYear, years_in
from .stages import Stage

# What a statement asks: the parts of the accounting system in force since 2024, and 发包及上交.
ASKED = tuple(part for part in PARTS if part.key not in ("tax_refund", "income_tax"))
_TOWN = 9


@dataclass(frozen=True)
class Standing:
    """What the steps of a statement ask about."""

    statement: Statement
    stage: str
    is_reported: bool


def standing(statement: Statement) -> Standing:
    held = reports_of(statement.call).filter(region=statement.town)
    return Standing(statement, statement.stage, held.exists())


def reports_of(call: Call) -> Any:
    """The reports on a call that were not sent back."""
    return Report.objects.filter(call=call, sent_back_at=None)


def lock_call(rows: QuerySet[Any]) -> None:
    """Lock the call of a statement or report, as reporting does: nobody sums up meanwhile.

    The caller has been scoped to the rows, and is inside an action.
    """
    Call.objects.select_for_update().filter(pk__in=rows.values("call")).first()


def drawn_for(call: Call, village: str) -> VillageYear:
    """What the books, or for a whole year the register, say; nothing where neither does."""
    held = years_in(village, call.year, call.month).get(village)
    if held is None or call.quarter and held.origin == REGISTER:
        return VillageYear(village, call.year, "")
    return held


@dataclass(frozen=True)
class Progress:
    """A region's statements on one call."""

    code: str
    asked: int
    filed: int
    returned: int
    late: int
    report: Report | None

    @property
    def is_complete(self) -> bool:
        return self.filed == self.asked


def progress(
    call: Call, statements: Sequence[Statement], codes: Sequence[str], today: date
) -> list[Progress]:
    """Each region of these codes; one query for what was reported."""
    reports = {one.region: one for one in reports_of(call).select_related("set_by")}
    return [_progress(call, statements, code, today, reports.get(code)) for code in codes]


def _progress(
    call: Call, statements: Sequence[Statement], code: str, today: date, report: Report | None
) -> Progress:
    mine = [one for one in statements if one.village.startswith(code)]
    stages = Counter(one.stage for one in mine)
    filed = stages[Stage.FILED]
    late = len(mine) - filed if today > call.due_on else 0
    return Progress(code, len(mine), filed, stages[Stage.RETURNED], late, report)


def reasons_against(call: Call, region: str) -> list[str]:
    """Why a region's sums cannot be reported now; empty when they can. Three queries."""
    below = list(Statement.objects.within(region).filter(call=call).only("village", "stage"))
    reported = set(reports_of(call).values_list("region", flat=True))
    found = []
    if region in reported:
        found.append("已经汇总上报")
    if not below:
        found.append("这个地区没有要报的村")
    if late := sum(one.stage != Stage.FILED for one in below):
        found.append(f"还有 {late} 个村没有报")
    # Whoever has towns below waits for them; a town has villages only.
    towns = {one.village[:_TOWN] for one in below} if len(region) < _TOWN else set()
    if missing := len(towns - reported):
        found.append(f"还有 {missing} 个乡镇没有汇总上报")
    return found


def sums_of(call: Call, region: str) -> tuple[dict[str, int], int]:
    """What the villages of a region told together, by part, in fen; how many they are."""
    below = Statement.objects.within(region).filter(call=call, stage=Stage.FILED)
    told = list(below.values_list("told", flat=True))
    sums: Mapping[str, int] = {p.key: sum(one.get(p.key, 0) for one in told) for p in ASKED}
    return dict(sums), len(told)
