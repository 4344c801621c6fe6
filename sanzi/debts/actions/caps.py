"""Entering the cap on interest that an office looked up; rows are only added."""

from datetime import date, datetime
from decimal import Decimal

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.debts.models import InterestCap
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Invalid


@action("policies.adopt")
def enter_cap(
    *, from_on: date, rate: Decimal, source: str, by: Person, now: datetime
) -> InterestCap:
    """Enter a cap for the office's own region; it goes before the shipped row of that time."""
    if not Decimal(0) < rate < Decimal(1):
        raise Invalid("cap.rate", "年利率上限应在 0 和 100% 之间")
    if not source.strip():
        raise Invalid("cap.source", "请写明依据")
    cap: InterestCap = InterestCap.objects.create(
        region=by.region_code or "", from_on=from_on, rate=rate, source=source.strip(),
        entered_by=by, entered_at=now,
    )  # fmt: skip
    record(cap, "caps.enter", by=by, at=now, village=cap.region, label=f"登记利率上限：{cap}")
    return cap
