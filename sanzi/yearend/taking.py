"""Taking a step of a year end of a claimed book: asked, written down, in its order."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from sanzi.access.models import Person
from sanzi.accounting.models import Book, Period, Voucher
from sanzi.kernel.refusals import Blocked, Missing

from .models import YearStep
from .steps import BY_NAME, reason_against, reason_against_undoing


def done_steps(book: Book, year: int) -> dict[str, YearStep]:
    """The steps of a year that stand, by name."""
    standing = YearStep.objects.filter(book=book, year=year, undone_at=None)
    return {step.step: step for step in standing.select_related("by")}


def vouchers_of(steps: Mapping[str, YearStep]) -> dict[str, list[Voucher]]:
    """The vouchers each of these steps posted, by name; one query."""
    named = {step.pk: name for name, step in steps.items()}
    links = YearStep.vouchers.through.objects.filter(yearstep__in=named)
    found: dict[str, list[Voucher]] = {}
    for link in links.select_related("voucher").order_by("voucher"):
        found.setdefault(named[link.yearstep_id], []).append(link.voucher)
    return found


def admit(book: Book, year: int, step: str) -> int:
    """Which run of the step this is. Raises Blocked out of its order, in a year that is closed."""
    assert transaction.get_connection().in_atomic_block, "steps are taken inside an action"
    _ask(book, year, step)
    if reason := reason_against(step, done_steps(book, year)):
        raise Blocked("year.order", reason)
    return YearStep.objects.filter(book=book, year=year, step=step).count() + 1


def admit_undoing(book: Book, year: int, step: str) -> YearStep:
    """The step as it was taken. Raises Blocked unless it is the last and the year is not locked."""
    _ask(book, year, step)
    done = done_steps(book, year)
    if reason := reason_against_undoing(step, done):
        raise Blocked("year.order", reason)
    return done[step]


def finish(
    book: Book,
    year: int,
    step: str,
    run: int,
    *,
    words: str = "",
    vouchers: Sequence[int] = (),
    by: Person,
    now: datetime,
) -> YearStep:
    """Write down that a step was taken, with the vouchers it posted."""
    taken = YearStep.objects.create(
        village=book.village, book=book, year=year, step=step, run=run, words=words, by=by, at=now
    )
    taken.vouchers.add(*vouchers)
    return taken


def _ask(book: Book, year: int, step: str) -> None:
    if step not in BY_NAME:
        raise Missing("year.step", "没有这个年终步骤，请从年终结转页面进入")
    december = Period.objects.of(book).filter(period=year * 100 + 12).first()
    if december is None:
        raise Missing("year.missing", f"账套“{book}”没有开 {year} 年的账")
    if december.state == Period.State.LOCKED:
        raise Blocked("year.locked", f"{year} 年已审计锁定，不能再办或撤销年终结转")
    if december.state == Period.State.CLOSED and step != "carry":
        raise Blocked("year.closed", f"{year} 年 12 月已结账；要改动，请先由有权岗位反结账")
