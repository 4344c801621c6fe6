"""The posting gate (记账): the one door into the journal. Nothing else writes vouchers or pages."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from sanzi.access.models import Person
from sanzi.borrowing import control
from sanzi.borrowing.limits import LOAN_ACCOUNTS, borrowed
from sanzi.journal.recorder import Trace, record_many
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.store.flow import flowing, insert_spelled, spelling_for

from . import ledger
from .desk import Desk, lay_open
from .entry import MEMO_MAX, Entry, fault_of
from .models import WITHOUT_PAPERS, Kind, Line, Period, Voucher
from .pen import ANALYSED, LINE_COLUMNS, VOUCHER_COLUMNS, VOUCHER_REST, Day, Month, Pen, Words
from .reversal import undoes
from .rows import Posted

# Written without a second person: history from other software, and what arithmetic alone decides.
ALONE = frozenset({Kind.IMPORTED, Kind.OPENING, Kind.CLOSING})
_MAY_BORROW = frozenset({Kind.NORMAL, Kind.CORRECTION})
# So many vouchers are made before their lines are sent off.
_SENT_TOGETHER = 1_000
# Longer batches do not ask beforehand whether an event is booked already.
_ASKED_MAX = 500


def post(entries: Sequence[Entry], *, by: Person, now: datetime) -> list[Posted]:
    """Write vouchers into the books: all of them or none. Runs inside an action.

    Each gets the next number of its book and month, a link in that month's chain of hashes, and
    moves every page it touches in the same transaction. Entries of several books may come together
    (a set-off in all books at once). To undo one, post its red letter (reversal.py).

    Raises Invalid: lines that do not balance, an account that is unknown, no leaf or disabled, a
    dimension of another book, no summary, no papers (reliability.md C36, C37). Raises Blocked: a
    closed month, a source posted before, one person in two incompatible duties (accounting.md 2.2).
    """
    assert transaction.get_connection().in_atomic_block, "a voucher commits with its cause"
    if not entries:
        return []
    named = _dimensions(entries)
    desks = lay_open({entry.book for entry in entries}, named)
    pen = Pen(by, now, spelling_for(len(entries)), analysed=bool(named))
    _write(entries, desks, pen, by)
    _refuse_known_sources(entries)
    _insert_vouchers(entries, pen)
    _charge_loans(entries, pen, desks)
    ledger.turn(pen.turnings(), desks)
    _close_up(pen.months)
    record_many(_traces(pen.months), by=by, at=now)
    return pen.posted


def _charge_loans(entries: Sequence[Entry], pen: Pen, desks: dict[int, Desk]) -> None:
    """No new debt without its decision: a voucher that borrows draws on an approved loan.

    History from other software and what a book opens with are as they were.
    """
    # Where no line is of a loan none is raised, and what is undone had drawn on none.
    if not any(account.startswith(LOAN_ACCOUNTS) for account in pen.accounts()):
        return
    for place, (entry, one) in enumerate(zip(entries, pen.posted, strict=True), start=1):
        if entry.kind == Kind.RED and entry.reverses is not None:
            control.give_back(entry.reverses, one.id)
        elif entry.kind in _MAY_BORROW and _is_loan(entry):
            book = desks[entry.book].book
            if undoes(entry, one.id):
                # What was paid back by mistake is owed again: nothing is borrowed anew.
                assert entry.reverses is not None, "it undoes a voucher"
                control.give_back(entry.reverses, one.id)
            elif amount := borrowed(entry.full_sides, book.scheme):
                name = _name(entry, place, len(entries))
                control.draw(one.id, book.village, amount, entry.dated, name)


def _is_loan(entry: Entry) -> bool:
    return any(side.account[:3] in LOAN_ACCOUNTS for side in entry.full_sides)


def _write(entries: Sequence[Entry], desks: dict[int, Desk], pen: Pen, by: Person) -> None:
    """All entries checked and turned into rows, in order; the first with a fault refuses all.

    Their lines have gone to the database by then, the vouchers not yet.
    """
    # What is allowed for one voucher is allowed for every other with the same of these facts.
    allowed: dict[tuple[Any, ...], Day] = {}
    # Summaries found to be one; of a line's own summary less is asked than of a voucher's.
    known: dict[str, Words] = {}
    of = len(entries)
    with flowing(Line, LINE_COLUMNS, pen.line_rest, pen.lines, pen.spelling, of) as send:
        for place, entry in enumerate(entries, start=1):
            words = known.get(entry.memo)
            if words is None:
                _check_memo(entry.memo, _name(entry, place, of))
                words = known[entry.memo] = pen.words(entry.memo)
            facts = (
                entry.book, entry.dated, entry.kind, entry.prepared_by, entry.reviewed_by,
                entry.cashier, entry.attachments,
            )  # fmt: skip
            day = allowed.get(facts)
            if day is None:
                day = allowed[facts] = _day(entry, desks[entry.book], pen, by, place, of)
            if not pen.write(entry, day, words):
                raise _fault_of_sides(entry, day.desk, _name(entry, place, of))
            if not place % _SENT_TOGETHER:
                send()


def _day(entry: Entry, desk: Desk, pen: Pen, by: Person, place: int, of: int) -> Day:
    """Where this entry goes; refused when its day or its people do not allow it."""
    name = _name(entry, place, of)
    _check_papers(entry, name)
    _check_period(entry, desk, name)
    _check_duties(entry, by, name)
    return pen.day(entry, desk)


def _dimensions(entries: Sequence[Entry]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for entry in entries:
        for side in entry.sides:
            if isinstance(side, tuple):
                continue
            for key in (side.counterparty, side.project, side.object, side.item):
                if key is not None:
                    found[entry.book].add(key)
    return found


def _name(entry: Entry, place: int, of: int) -> str:
    if entry.name:
        return entry.name
    return "凭证" if of == 1 else f"第 {place} 张凭证"


def _check_memo(memo: str, name: str) -> None:
    if len(memo) > MEMO_MAX:
        raise Invalid("voucher.memo", f"{name}的摘要超过 {MEMO_MAX} 个字，请写短一些")
    if not memo or memo.isspace():
        raise Invalid("voucher.memo", f"{name}没有摘要，请写明事由")


def _check_papers(entry: Entry, name: str) -> None:
    if entry.attachments < 1 and entry.kind not in WITHOUT_PAPERS:
        raise Invalid(
            "voucher.papers",
            f"{name}没有附件。除结账和更正凭证外都要附原始凭证，请填写附件张数",
        )


def _check_period(entry: Entry, desk: Desk, name: str) -> None:
    period = desk.periods.get(entry.period)
    if period is None:
        year = entry.dated.year
        raise Blocked(
            "period.missing",
            f"{name}的日期 {entry.dated} 不在账套“{desk.book}”已开的年度内；"
            f"请核对日期，或先为 {year} 年开账",
        )
    if period.state != Period.State.OPEN:
        raise Blocked(
            "period.closed",
            f"{period.title}{period.get_state_display()}，{name}不能再记入该月；"
            "请改用未结账月份的日期，或先按规定反结账",
        )


def _check_duties(entry: Entry, by: Person, name: str) -> None:
    """制单、复核、出纳 are different people (accounting.md 2.2; 会计法 第35条)."""
    alone = entry.kind in ALONE
    if entry.reviewed_by is None and not alone:
        raise Blocked("voucher.duties", f"{name}还没有复核，不能记账")
    if entry.reviewed_by == entry.prepared_by and not alone:
        raise Blocked("voucher.duties", f"{name}的制单人和复核人是同一人，请由另一人复核")
    if entry.cashier is not None:
        for duty, person in (
            ("制单", entry.prepared_by),
            ("复核", entry.reviewed_by),
            ("记账", by.pk),
        ):
            if entry.cashier == person:
                raise Blocked("voucher.duties", f"{name}的出纳不得兼任{duty}，请换人办理")


def _fault_of_sides(entry: Entry, desk: Desk, name: str) -> Invalid:
    """Why the pen stopped at an entry: looked for only now, since nearly none has a fault."""
    if fault := fault_of(entry.full_sides, name):
        return Invalid(*fault)
    for place, side in enumerate(entry.full_sides, start=1):
        where = f"{name}第 {place} 行"
        desk.account(side.account, where)
        for kind in ANALYSED:
            key = getattr(side, kind)
            if key is not None and desk.dimensions.get(key) != kind:
                return Invalid(
                    "voucher.dimension", f"{where}的辅助核算不属于本账套或已停用，请重新选择"
                )
    raise AssertionError(f"{name}: the pen stopped and nobody knows why")


def _refuse_known_sources(entries: Sequence[Entry]) -> None:
    """Asked before they are written, where there are few: the answer names the voucher."""
    if len(entries) > _ASKED_MAX:
        return
    _refuse_twice(entries)
    known = Voucher.objects.filter(source__in=[entry.source for entry in entries]).first()
    if known is not None:
        raise Blocked("voucher.posted_before", f"这笔业务已记入 {known}，不能重复记账")


def _refuse_twice(entries: Sequence[Entry]) -> None:
    if len({entry.source for entry in entries}) < len(entries):
        raise Blocked("voucher.posted_before", "同一笔业务在这一批里出现了两次，请核对后再记账")


def _insert_vouchers(entries: Sequence[Entry], pen: Pen) -> None:
    """The database knows every source: a long batch learns from it rather than asks first."""
    try:
        insert_spelled(Voucher, VOUCHER_COLUMNS, VOUCHER_REST, pen.vouchers, pen.spelling)
    except IntegrityError as error:
        if "source" not in str(error):
            raise
        _refuse_twice(entries)
        raise Blocked(
            "voucher.posted_before", "这一批里有已经记过账的业务，不能重复记账；请核对后再记"
        ) from error


def _close_up(months: Mapping[tuple[int, int], Month]) -> None:
    for month in months.values():
        month.period.vouchers, month.period.head = month.number, month.head
    Period.objects.bulk_update(
        [month.period for _, month in sorted(months.items())], ["vouchers", "head"]
    )


def _traces(months: Mapping[tuple[int, int], Month]) -> Iterator[Trace]:
    """One entry of the operation log for each month of each book, with the head of its chain."""
    for (book, period), month in months.items():
        first, last = month.before + 1, month.number
        span = f"记-{first}" if first == last else f"记-{first} 至 记-{last}"
        yield Trace(
            f"accounting.book:{book}",
            "books.post",
            month.desk.book.village,
            f"记账 {month.period.title} {span}",
            {"period": period, "first": first, "n": last - month.before, "head": month.head},
        )
