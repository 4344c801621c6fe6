"""What a workbook may not change any more, because an action stands on it.

A movement an action wrote is put right by its mirror image, and the balance it moved from by
movements: otherwise yesterday's figure would change behind the voucher that was posted for it.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sanzi.dispositions import queries
from sanzi.intake.problems import Problem
from sanzi.intake.tables import Table

if TYPE_CHECKING:
    from .plan import PlannedRow, SheetPlan

# What makes the base of a claim or debt, by the register it is kept in.
_KINDS = {"receivables": "债权", "debts": "债务"}
_BASE = frozenset({"原始本金元", "已收元", "已还本金元", "账面余额元", "形成时间"})


def standing_problems(table: Table, plan: "SheetPlan") -> list[Problem]:
    """The rows of a plan that would change what stands; two queries at most."""
    changed = [planned for planned in plan.rows if planned.changes]
    if not changed:
        return []
    slug = plan.sheet.register
    if slug == "dispositions":
        return list(_of_acts(table, changed))
    return list(_of_bases(table, changed, _KINDS[slug])) if slug in _KINDS else []


def _of_acts(table: Table, changed: "list[PlannedRow]") -> Iterator[Problem]:
    taken_back = queries.taken_back({planned.village for planned in changed})
    for planned in changed:
        if planned.kept["source"]:
            why = "是系统办理时登记的，不能用导入修改；有误请在该债权或债务的页面上冲回后重新登记"
        elif planned.pk in taken_back:
            why = "已经冲回，不能再用导入修改"
        else:
            continue
        yield _refused(table, planned, planned.changes[0].title, "movement-stands", why)


def _of_bases(table: Table, changed: "list[PlannedRow]", kind: str) -> Iterator[Problem]:
    moved = queries.standing(kind, {planned.village for planned in changed})
    for planned in changed:
        titles = [change.title for change in planned.changes if change.title in _BASE]
        if titles and (planned.village, planned.kept["number"]) in moved:
            why = f"这笔{kind}已有办理登记，金额和形成时间不能再用导入修改；有误请登记更正变动"
            yield _refused(table, planned, titles[0], "base-stands", why)


def _refused(table: Table, planned: "PlannedRow", title: str, code: str, why: str) -> Problem:
    row = planned.row.row
    message = f"第 {row} 行“{title}”：{why}"
    return Problem(table.name, row, title, "", code, "error", message)
