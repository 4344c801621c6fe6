"""Closing a month of a claimed book: shared by the monthly close and the last step of a year."""

from datetime import date, datetime

from django.db import transaction

from sanzi.access.models import Person
from sanzi.accounting.models import Book, Period
from sanzi.kernel.refusals import Blocked, Missing

from .checks import month_name
from .facts import gather
from .looks import blocking, checklist


def month_of(book: Book, period: int) -> Period:
    """The month of a claimed book. Raises Missing."""
    found: Period | None = Period.objects.of(book).filter(period=period).first()
    if found is None or not period % 100:
        raise Missing("period.missing", f"账套“{book}”没有 {month_name(period)} 这个会计期间")
    return found


def close(book: Book, period: int, today: date, *, by: Person, now: datetime) -> Period:
    """Close a month after looking at everything once more under the book's lock.

    The posting gate locks the same row first, so no voucher can slip in between. Raises Blocked.
    """
    assert transaction.get_connection().in_atomic_block, "a month closes inside an action"
    month = month_of(book, period)
    if month.state != Period.State.OPEN:
        raise Blocked("period.closed", f"{month.title}{month.get_state_display()}，不用再结账")
    found = blocking(checklist(gather({book: period}, today)[book.pk]))
    if found:
        raise Blocked("period.checks", "；".join(check.sentence for check in found))
    month.state = Period.State.CLOSED
    month.closed_at, month.closed_by = now, by
    month.save(update_fields=["state", "closed_at", "closed_by"])
    return month
