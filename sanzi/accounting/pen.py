"""Writing checked entries as rows: one pass over their lines, for a year of a town is a minute.

What a line must be is checked here in passing and told by posting.py when it is not so. A month's
movements are tallied by account alone; the pages are looked up once, when the batch is written.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sanzi.access.models import Person
from sanzi.kernel.refusals import Blocked
from sanzi.store.bulk import moment as stored_moment

from .desk import Desk
from .entry import Entry, Side
from .keys import LINES_MAX, VOUCHERS_MAX, line_key, voucher_key
from .models import Period
from .rows import (
    PLAIN_LINE,
    Posted,
    bucket_of,
    chain,
    genesis,
    line_text,
    moment,
    papers_hash,
    quoted,
    voucher_text,
)
from .turning import Turnings

ANALYSED = ("counterparty", "project", "object", "item")
_FEN_A_YUAN = Decimal(100)

# What one account moved in one bucket: debit and credit in fen.
Tally = dict[str, list[int]]


@dataclass(slots=True)
class Day:
    """A day of a book, looked up once for all the vouchers of a kind that bear it."""

    desk: Desk
    month: Period
    kind: str
    dated: str  # ISO
    bucket: int
    first_key: int  # of voucher 0 of the month
    tally: Tally


class Pen:
    """Writes entries as rows: numbered, chained, and added to the pages they turn."""

    def __init__(self, by: Person, now: datetime) -> None:
        self.by, self.hashed_at, self.stored_at = by.pk, moment(now), stored_moment(now)
        self.vouchers: list[tuple[Any, ...]] = []
        self.lines: list[tuple[Any, ...]] = []
        self.posted: list[Posted] = []
        self._turnings = Turnings()
        self._tallies: dict[tuple[int, int, int], Tally] = defaultdict(dict)

    def day(self, entry: Entry, desk: Desk) -> Day:
        """Where vouchers of this entry's day and kind go. Its month is open: the caller asked."""
        period, kind = entry.period, str(entry.kind)
        bucket = bucket_of(kind, period)
        tally = self._tallies[entry.book, period // 100, bucket]
        first_key = voucher_key(entry.book, period, 0)
        month = desk.periods[period]
        month.head = month.head or genesis(entry.book, period)
        return Day(desk, month, kind, entry.dated.isoformat(), bucket, first_key, tally)

    def write(self, entry: Entry, day: Day) -> bool:
        """One entry gets its number, its place in the chain and its rows; False when a line of it

        is none. What was noted of it then is never written: the caller refuses the whole batch.
        """
        month, papers = day.month, papers_hash(entry.papers) if entry.papers else ""
        number = _next(month)
        book, period, key = entry.book, month.period, day.first_key + number
        entry_text = quoted(entry.memo)
        total, texts = self._lines(entry, entry_text, day, key)
        if not texts:
            return False
        head = month.head = chain(
            month.head,
            voucher_text(
                book, period, number, day.dated, entry_text, day.kind, quoted(entry.source),
                entry.attachments, papers, entry.reverses, entry.prepared_by, entry.reviewed_by,
                self.by, entry.cashier, self.hashed_at, texts,
            ),
        )  # fmt: skip
        self.vouchers.append((
            key, book, period, number, day.dated, entry.memo, day.kind, entry.source, total,
            len(texts), entry.attachments, papers, entry.reverses, entry.prepared_by,
            entry.reviewed_by, self.by, entry.cashier, self.stored_at, head,
        ))  # fmt: skip
        self.posted.append(Posted(key, book, period, number, head))
        return True

    def _lines(
        self, entry: Entry, entry_text: str, day: Day, voucher: int
    ) -> tuple[int, Sequence[str]]:
        """Writes the rows of its lines; answers total in fen and texts, none if one is amiss."""
        book, entry_memo, tally, split = entry.book, entry.memo, day.tally, day.desk.split
        rows, key, debits, credits_ = self.lines, line_key(voucher, 0), 0, 0
        texts: list[str] = []
        if not 2 <= len(entry.sides) <= LINES_MAX:
            return 0, ()
        for side in entry.sides:
            account = side.account
            moved = tally.get(account) or _begin(tally, account, day.desk)
            # Exactly one side is filled, to the whole fen.
            filled = side.debit or side.credit
            exact = filled * _FEN_A_YUAN
            fen = int(exact)
            if moved is None or fen != exact or not fen or side.debit and side.credit:
                return 0, ()
            if side.debit:
                debit, credit = fen, 0
                debits += fen
                moved[0] += fen
            else:
                debit, credit = 0, fen
                credits_ += fen
                moved[1] += fen
            memo, text = side.memo or entry_memo, entry_text
            if memo != entry_memo:
                text = quoted(memo)
            whom, project, thing, item = side.counterparty, side.project, side.object, side.item
            key += 1
            if whom is project is thing is item is None:
                if account in split:
                    self._sub(day, book, account, 0, debit, credit)
                texts.append(PLAIN_LINE % (account, debit, credit, text))
            else:
                if not self._analyse(side, day, book, debit, credit):
                    return 0, ()
                texts.append(line_text(account, debit, credit, text, whom, project, thing, item))
            rows.append((key, book, account, debit, credit, memo, whom, project, thing, item))
        return (debits, texts) if debits == credits_ else (0, ())

    def _analyse(self, side: Side, day: Day, book: int, debit: int, credit: int) -> bool:
        """Add a line to the pages of its dimensions; False when one is not the book's."""
        for kind in ANALYSED:
            key = getattr(side, kind)
            if key is None:
                continue
            if day.desk.dimensions.get(key) != kind:
                return False
            self._sub(day, book, side.account, key, debit, credit)
        if side.counterparty is None and side.account in day.desk.split:
            self._sub(day, book, side.account, 0, debit, credit)
        return True

    def _sub(self, day: Day, book: int, account: str, key: int, debit: int, credit: int) -> None:
        year = day.month.period // 100
        self._turnings.add_sub(book, year, day.bucket, account, key, debit, credit)

    def turnings(self) -> Turnings:
        """What all that was written adds to the pages."""
        for (book, year, bucket), tally in self._tallies.items():
            for account, (debit, credit) in tally.items():
                self._turnings.add(book, year, bucket, account, debit, credit, ())
        self._tallies.clear()
        return self._turnings


def _begin(tally: Tally, account: str, desk: Desk) -> list[int] | None:
    """The tally of an account met for the first time; None when it takes no lines."""
    return tally.setdefault(account, [0, 0]) if account in desk.leaves else None


def _next(month: Period) -> int:
    month.vouchers += 1
    if month.vouchers > VOUCHERS_MAX:
        raise Blocked("period.full", f"{month.title}已有 {VOUCHERS_MAX} 张凭证，编号已用完")
    return month.vouchers
