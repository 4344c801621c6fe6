"""Laying down how single payments are watched in a region."""

from datetime import date, datetime
from decimal import Decimal

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.budgets.control import Control
from sanzi.budgets.models import SpendingRule
from sanzi.journal.recorder import record
from sanzi.kernel.money import grouped
from sanzi.kernel.refusals import Invalid, Missing


@action("budgets.approve")
def set_rule(
    *,
    region: str,
    from_on: date,
    report_above: Decimal,
    unplanned: str,
    basis: str,
    by: Person,
    now: datetime,
) -> SpendingRule:
    """Lay down how single payments are watched in a region from a day on."""
    if not covers(by, region):
        raise Missing("scope.missing", "没有找到该地区")
    basis = basis.strip()
    if report_above < 0:
        raise Invalid("rule.amount", "限额不能是负数；每笔都要报告的填 0")
    if unplanned not in (Control.WARN, Control.BLOCK):
        raise Invalid("rule.unplanned", "预算外支出只能选提醒或禁止")
    if not basis or len(basis) > 200:
        raise Invalid("rule.basis", "请写明依据的文件名称和文号，最多 200 个字")
    rule = SpendingRule.objects.create(
        region=region,
        from_on=from_on,
        report_above=report_above,
        unplanned=unplanned,
        basis=basis,
        made_by=by,
        made_at=now,
    )
    label = f"支出规定：自 {from_on} 起单笔超过 {grouped(report_above)} 元须报告"
    record(
        rule, "budgets.rule", by=by, at=now, village=region, label=label, public={"basis": basis}
    )
    return rule
