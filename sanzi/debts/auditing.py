"""The audit report a squeezing-out rests on: entered once, named by every debt it found false."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.kernel.refusals import Blocked, Invalid

from .models import AuditReport
from .ways import BY_CODE

SHORT = 2


@dataclass(frozen=True)
class Told:
    """A report as a form tells it."""

    number: str = ""
    firm: str = ""
    dated: date | None = None
    scope: str = ""

    @property
    def lacking(self) -> list[str]:
        """What is missing, by the names people know."""
        said = {"文号": self.number, "审计机构": self.firm, "审计范围": self.scope}
        found = [name for name, words in said.items() if len(words.strip()) < SHORT]
        return found if self.dated else [*found, "报告日期"]


def report_of(
    way: str, debt: Any, told: Told, step_on: date, *, by: Person, now: datetime
) -> AuditReport | None:
    """The report a way asks for, entered when it is new; None where the way asks for none.

    Raises Invalid for what is missing or dated after the step, Blocked when the number is known
    with another firm or day. Runs inside an action that holds the debt.
    """
    if "audit" not in BY_CODE[way].asks:
        return None
    if told.lacking:
        raise Invalid("debt.audit", f"剔除水分须凭审计报告，请填写{'、'.join(told.lacking)}")
    assert told.dated is not None, "asked for above"
    if told.dated > min(step_on, localdate(now)):
        raise Invalid("debt.audit", f"审计报告日期 {told.dated} 晚于办理日期，请核对")
    number, firm = told.number.strip(), told.firm.strip()
    known = AuditReport.objects.within(debt.village).filter(number=number).first()
    if known is None:
        return AuditReport.objects.create(
            village=debt.village, number=number, firm=firm, dated=told.dated,
            scope=told.scope.strip(), entered_by=by, entered_at=now,
        )  # fmt: skip
    if (known.firm, known.dated) != (firm, told.dated):
        raise Blocked(
            "debt.audit",
            f"文号 {number} 已登记为{known.firm} {known.dated} 的报告，请核对机构和日期",
        )
    return known
