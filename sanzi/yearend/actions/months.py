"""Closing the months of a book, opening one again, locking them for good."""

from datetime import datetime

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.accounting.models import Book, Period
from sanzi.accounting.periods import open_year
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.yearend.checks import month_name
from sanzi.yearend.closing_up import close, month_of
from sanzi.yearend.models import Reopening, YearStep

REASON_MIN, REASON_MAX = 5, 200


@action("books.close")
def close_month(*, book_id: int, period: int, by: Person, now: datetime) -> Period:
    """Close a month YYYYMM; December closes with the year end. Raises Blocked with the reasons."""
    book = Book.objects.claim(book_id, by)
    if period % 100 == 12:
        raise Blocked("period.december", "12 月随年终结转的最后一步结账，请到“年终结转”办理")
    month = close(book, period, localdate(now), by=by, now=now)
    label = f"结账 {month.title}"
    record(book, "books.close", by=by, at=now, label=label, public={"period": period})
    return month


@action("books.reopen")
def reopen_month(*, book_id: int, period: int, reason: str, by: Person, now: datetime) -> Reopening:
    """Open the last closed month again, before audit; the exception stays on the page for good."""
    reason = reason.strip()
    if not REASON_MIN <= len(reason) <= REASON_MAX:
        raise Invalid("reopen.reason", f"请写明反结账的原因，{REASON_MIN} 到 {REASON_MAX} 个字")
    book = Book.objects.claim(book_id, by)
    month = month_of(book, period)
    if month.state == Period.State.LOCKED:
        raise Blocked("reopen.locked", f"{month.title}已审计锁定，不能反结账；差错请用更正凭证调整")
    if month.state == Period.State.OPEN:
        raise Blocked("reopen.open", f"{month.title}还没有结账，不用反结账")
    later = Period.objects.of(book).filter(period__gt=period).exclude(state=Period.State.OPEN)
    if after := later.order_by("-period").first():
        raise Blocked("reopen.order", f"{after.title}已结账，请先从最后结账的月份反结账")
    made = Reopening.objects.create(
        village=book.village,
        book=book,
        period=period,
        reason=reason,
        closed_by=month.closed_by,
        closed_at=month.closed_at,
        reopened_by=by,
        reopened_at=now,
    )
    month.state, month.closed_at, month.closed_by = Period.State.OPEN, None, None
    month.save(update_fields=["state", "closed_at", "closed_by"])
    if period % 100 == 12:
        _undo_carry(book, period // 100, reason, by, now)
    record(
        book, "books.reopen", by=by, at=now, label=f"反结账 {month.title}",
        public={"period": period, "reason": reason},
    )  # fmt: skip
    return made


def _undo_carry(book: Book, year: int, reason: str, by: Person, now: datetime) -> None:
    """December open again means the year is not carried over any more."""
    taken = book.year_steps.filter(year=year, step="carry", undone_at=None)
    for step in taken.select_for_update(of=("self",)):
        assert isinstance(step, YearStep), "steps of a book are year steps"
        step.undone_by, step.undone_at, step.undone_because = by, now, reason
        step.save(update_fields=["undone_by", "undone_at", "undone_because"])


@action("books.lock")
def lock_through(*, book_id: int, period: int, by: Person, now: datetime) -> list[int]:
    """Lock every closed month up to this one after audit: they are never opened again."""
    book = Book.objects.claim(book_id, by)
    month = month_of(book, period)
    until = Period.objects.of(book).filter(period__lte=period, period__gte=book.begins)
    still_open = until.filter(state=Period.State.OPEN).order_by("period").first()
    if still_open is not None:
        raise Blocked("lock.open", f"{still_open.title}还没有结账，不能锁定到{month.title}")
    fresh = list(until.filter(state=Period.State.CLOSED).values_list("period", flat=True))
    if not fresh:
        raise Blocked("lock.twice", f"{month.title}及以前月份已经锁定")
    until.filter(state=Period.State.CLOSED).update(state=Period.State.LOCKED)
    record(
        book, "books.lock", by=by, at=now, label=f"审计锁定到 {month.title}",
        public={"period": period, "n": len(fresh)},
    )  # fmt: skip
    return sorted(fresh)


@action("books.close")
def open_next_year(*, book_id: int, by: Person, now: datetime) -> list[int]:
    """Open the year after the last one, so that January is kept while December is still settled.

    What the year before leaves is brought forward now and kept true until it is closed.
    """
    book = Book.objects.claim(book_id, by)
    last = Period.objects.of(book).order_by("-period").values_list("period", flat=True)[0]
    today = localdate(now)
    if (today.year, today.month) < divmod(last, 100):
        raise Blocked("year.early", f"{month_name(last)}才能开下一年的账，请到时再办")
    months = open_year(book, last // 100 + 1)
    label = f"开 {last // 100 + 1} 年账"
    record(book, "books.open_year", by=by, at=now, label=label, public={"year": last // 100 + 1})
    return months
