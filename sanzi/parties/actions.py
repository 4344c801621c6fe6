"""Opening a sealed value: whoever looks says why, and the row's history keeps it."""

from datetime import datetime

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import Record
from sanzi.intake.dictionary import Column
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid

REASON_MIN, REASON_MAX = 2, 100


@action("sealed.reveal")
def reveal(
    *,
    table: type[Record],
    row_id: int,
    column: Column,
    reason: str,
    by: Person,
    now: datetime,
) -> str:
    """The clear value of one sealed column of one row; the look and its reason go on record."""
    reason = reason.strip()
    if not REASON_MIN <= len(reason) <= REASON_MAX:
        raise Invalid("reveal.reason", f"请写明用途，{REASON_MIN} 到 {REASON_MAX} 个字")
    row = table.objects.claim(row_id, by)
    sealed = getattr(row, column.field)
    if sealed is None:
        raise Blocked("reveal.empty", f"这一行没有填写“{column.title}”")
    clear: str = sealed.reveal()
    record(
        row,
        "sealed.reveal",
        by=by,
        at=now,
        label="查看原文",
        public={"subject": column.title, "reason": reason},
    )
    return clear
