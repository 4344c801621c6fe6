"""Writing checked entries as rows: one pass over their lines, for a year of a town is a minute.

What a line must be is checked here in passing and told by posting.py when it is not so. A month's
movements are tallied by account alone; the pages are looked up once, when the batch is written.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from sanzi.access.models import Person
from sanzi.kernel.refusals import Blocked
from sanzi.store.bulk import moment as stored_moment
from sanzi.store.flow import Row, Spelling

from .desk import Desk
from .entry import Entry, PlainSide, Side
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
    voucher_form,
)
from .turning import Turnings

# The columns of the rows written here: those that differ, and those spelled once for many rows.
VOUCHER_COLUMNS = (
    "id", "number", "memo", "source", "total", "lines_count", "papers_hash", "reverses", "hash",
)  # fmt: skip
VOUCHER_REST = (
    "book", "period", "dated", "kind", "attachments", "prepared_by", "reviewed_by", "posted_by",
    "cashier", "posted_at",
)  # fmt: skip
LINE_COLUMNS = ("id", "book", "account", "debit", "credit")
ANALYSED = ("counterparty", "project", "object", "item")
Named = tuple[int | None, int | None, int | None, int | None]
_NOBODY = (None, None, None, None)
_FEN_A_YUAN = Decimal(100)
# As its _make does it, in half the time.
_posted = partial(tuple.__new__, Posted)


class Words(NamedTuple):
    """A summary as it is written down again and again."""

    memo: str
    quoted: bytes  # as JSON
    word: Any  # spelled
    rest: Any  # of a line that names no dimension, spelled


class Moved(NamedTuple):
    """What an account moved in a bucket, [debit, credit] in fen, and how its code is written."""

    sums: list[int]
    code: bytes
    word: Any  # spelled
    is_split: bool


Tally = dict[str, Moved]


@dataclass(slots=True)
class Month:
    """A month of a book while vouchers are added: its last number and the head of its chain."""

    desk: Desk
    period: Period
    before: int  # the last number that was there already
    number: int
    head: str
    first_key: int  # of voucher 0


@dataclass(slots=True)
class Day:
    """A day of a book, looked up once for all the vouchers of a kind that bear it."""

    month: Month
    desk: Desk
    bucket: int
    tally: Tally
    form: bytes  # of the hashed text
    rest: Any  # of a voucher's row, spelled


class Pen:
    """Writes entries as rows: numbered, chained, and added to the pages they turn.

    Values are spelled as the database takes them (store/flow.py). Where no line of the batch is
    `analysed`, the columns of dimensions are left out.
    """

    def __init__(self, by: Person, now: datetime, spelling: Spelling, analysed: bool) -> None:
        self.by, self.hashed_at, self.stored_at = by.pk, moment(now), stored_moment(now)
        self.spelling = spelling
        self.line_rest = ("memo", *ANALYSED) if analysed else ("memo",)
        self.vouchers: list[Row] = []
        self.lines: list[Row] = []
        self.posted: list[Posted] = []
        self._words: dict[str, Words] = {}
        self.months: dict[tuple[int, int], Month] = {}
        # Without papers, and reversing nothing: as hashed and spelled.
        self._nothing = (b"", spelling.word(""), b"null", spelling.value(None))
        self._turnings = Turnings()
        self._tallies: dict[tuple[int, int, int], Tally] = defaultdict(dict)

    def words(self, memo: str) -> Words:
        """A summary, spelled when it is met for the first time."""
        words = self._words.get(memo)
        if words is None:
            rest = (memo, *_NOBODY)[: len(self.line_rest)]
            words = Words(memo, quoted(memo), self.spelling.word(memo), self.spelling.rest(rest))
            self._words[memo] = words
        return words

    def day(self, entry: Entry, desk: Desk) -> Day:
        """Where vouchers of this entry's day, kind and people go. Its month is open: the caller

        asked.
        """
        book, period, kind, dated = entry.book, entry.period, str(entry.kind), str(entry.dated)
        facts = (
            book, period, dated, kind, entry.attachments, entry.prepared_by, entry.reviewed_by,
            self.by, entry.cashier,
        )  # fmt: skip
        month = self.months.get((book, period))
        if month is None:
            month = self.months[book, period] = _open(desk, desk.periods[period])
        bucket = bucket_of(kind, period)
        tally = self._tallies[book, period // 100, bucket]
        form = voucher_form(*facts, self.hashed_at)
        return Day(month, desk, bucket, tally, form, self.spelling.rest((*facts, self.stored_at)))

    def write(self, entry: Entry, day: Day, words: Words) -> bool:
        """One entry gets its number, its place in the chain and its rows; False when a line of it

        is none. What was noted of it then is never written: the caller refuses the whole batch.
        """
        month, spelling, source = day.month, self.spelling, entry.source
        number = month.number = month.number + 1
        if number > VOUCHERS_MAX:
            title = month.period.title
            raise Blocked("period.full", f"{title}已有 {VOUCHERS_MAX} 张凭证，编号已用完")
        key = month.first_key + number
        total, texts = self._lines(entry, words, day, key)
        if not texts:
            return False
        papers, papers_word, reverses, undone = self._nothing
        if entry.papers:
            papers = papers_hash(entry.papers).encode()
            papers_word = spelling.code(papers.decode())
        if entry.reverses is not None:
            reverses, undone = b"%d" % entry.reverses, spelling.value(entry.reverses)
        lines = b",".join(texts)
        text = day.form % (number, words.quoted, quoted(source), papers, reverses, lines)
        head = month.head = chain(month.head, text)
        self.vouchers.append((
            key, number, words.word, spelling.word(source), total, len(texts), papers_word, undone,
            spelling.code(head), day.rest,
        ))  # fmt: skip
        self.posted.append(_posted((key, entry.book, month.period.period, number, head)))
        return True

    def _lines(
        self, entry: Entry, words: Words, day: Day, voucher: int
    ) -> tuple[int, Sequence[bytes]]:
        """Writes the rows of its lines; answers total in fen and texts, none if one is amiss."""
        book, tally, rows = entry.book, day.tally, self.lines
        key, debits, credits_ = line_key(voucher, 0), 0, 0
        texts: list[bytes] = []
        if not 2 <= len(entry.sides) <= LINES_MAX:
            return 0, ()
        for side in entry.sides:
            key += 1
            own, named = words, None
            if isinstance(side, tuple):
                account, debit, credit = side
            else:
                account, debit, credit = _in_fen(side)
                named = _named(side)
                if side.memo and side.memo != entry.memo:
                    own = self.words(side.memo)
            moved = tally.get(account) or self._begin(tally, account, day.desk)
            # Exactly one side is filled.
            if moved is None or (not debit) is (not credit):
                return 0, ()
            sums, code, word, is_split = moved
            if debit:
                sums[0] += debit
                debits += debit
            else:
                sums[1] += credit
                credits_ += credit
            if named is None:
                if is_split:
                    self._sub(day, book, account, 0, debit, credit)
                texts.append(PLAIN_LINE % (code, debit, credit, own.quoted))
                rows.append((key, book, word, debit, credit, own.rest))
            else:
                if not self._analyse(account, named, day, book, debit, credit):
                    return 0, ()
                texts.append(line_text(account, debit, credit, own.quoted, *named))
                rest = self.spelling.rest((own.memo, *named))
                rows.append((key, book, word, debit, credit, rest))
        # An amount that is no whole number would make the sums something else, too.
        if debits != credits_ or type(debits + credits_) is not int:
            return 0, ()
        return debits, texts

    def _analyse(
        self, account: str, named: Named, day: Day, book: int, debit: int, credit: int
    ) -> bool:
        """Add a line to the pages of its dimensions; False when one is not the book's."""
        for kind, key in zip(ANALYSED, named, strict=True):
            if key is None:
                continue
            if day.desk.dimensions.get(key) != kind:
                return False
            self._sub(day, book, account, key, debit, credit)
        if named[0] is None and account in day.desk.split:
            self._sub(day, book, account, 0, debit, credit)
        return True

    def _sub(self, day: Day, book: int, account: str, key: int, debit: int, credit: int) -> None:
        year = day.month.period.period // 100
        self._turnings.add_sub(book, year, day.bucket, account, key, debit, credit)

    def _begin(self, tally: Tally, account: str, desk: Desk) -> Moved | None:
        """The tally of an account met for the first time; None when it takes no lines."""
        if account not in desk.leaves:
            return None
        moved = tally[account] = Moved(
            [0, 0], account.encode(), self.spelling.word(account), account in desk.split
        )
        return moved

    def accounts(self) -> set[str]:
        """The accounts of all lines written."""
        return {account for tally in self._tallies.values() for account in tally}

    def turnings(self) -> Turnings:
        """What all that was written adds to the pages."""
        for (book, year, bucket), tally in self._tallies.items():
            for account, moved in tally.items():
                debit, credit = moved.sums
                self._turnings.add(book, year, bucket, account, debit, credit, ())
        self._tallies.clear()
        return self._turnings


def _named(side: Side) -> Named | None:
    """What a line is analysed by, if it is."""
    named = (side.counterparty, side.project, side.object, side.item)
    return None if named == _NOBODY else named


def _in_fen(side: Side) -> PlainSide:
    """Account, debit and credit; no amount where both sides are filled or one is finer."""
    filled = side.debit or side.credit
    exact = filled * _FEN_A_YUAN
    fen = int(exact)
    if fen != exact or side.debit and side.credit:
        return side.account, 0, 0
    return (side.account, fen, 0) if side.debit else (side.account, 0, fen)


def _open(desk: Desk, period: Period) -> Month:
    """A month as it stands before this batch."""
    book, month, last = desk.book.pk, period.period, period.vouchers
    head = period.head or genesis(book, month)
    return Month(desk, period, last, last, head, voucher_key(book, month, 0))
