"""An office says from which amount its villages' meetings decide before debts are netted."""

from datetime import date, datetime
from decimal import Decimal

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.journal.recorder import record
from sanzi.kernel.money import ZERO
from sanzi.kernel.refusals import Invalid, Missing
from sanzi.netting.models import ResolutionRule

RULE = "thresholds.manage"


@action("thresholds.manage")
def enter_rule(
    *,
    region: str,
    from_on: date,
    amount_min: Decimal | None,
    source: str,
    by: Person,
    now: datetime,
) -> ResolutionRule:
    """Add a row; the shipped default and earlier rows stay for the days before it."""
    if not region or not covers(by, region):
        raise Missing("scope.missing", "没有找到这个地区")
    if amount_min is not None and amount_min <= ZERO:
        raise Invalid("netting.rule", "金额应大于零；不要求决议的请留空")
    if len(source.strip()) < 2:
        raise Invalid("netting.source", "请写明依据")
    made: ResolutionRule = ResolutionRule.objects.create(
        region=region, from_on=from_on, amount_min=amount_min, source=source.strip()[:200],
        entered_by=by, entered_at=now,
    )  # fmt: skip
    record(
        made, "netting.enter_rule", by=by, at=now, village=region, label="登记冲转议事规则",
        public={"subject": str(made)},
    )  # fmt: skip
    return made
