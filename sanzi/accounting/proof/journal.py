"""The journal of a set read once from its first line: numbers, chains, sums, and its pages anew."""

from collections.abc import Iterator
from itertools import groupby

from sanzi.accounting.interchange.journal import LineRow, VoucherRow, lines_of, vouchers_of
from sanzi.accounting.keys import FIRST_MONTH, LAST_MONTH
from sanzi.accounting.models import Account, Book, Dimension, Period
from sanzi.accounting.rows import bucket_of, chain, genesis, line_text, moment, quoted, voucher_text
from sanzi.accounting.turning import Turnings
from sanzi.journal.models import Entry

from .faults import Proof
from .voucher import faults_of


class JournalProof:
    """Walks the vouchers of one set and keeps what its pages must say."""

    def __init__(self, book: Book, accounts: dict[str, Account], proof: Proof) -> None:
        self.book, self.proof = book, proof
        self.turnings = Turnings()
        self.leaves = {code for code, account in accounts.items() if account.is_leaf}
        self.split = {code for code, account in accounts.items() if account.is_split}
        self.dimensions: dict[int, str] = dict(Dimension.objects.of(book).values_list("pk", "kind"))
        self.months = {period.period: period for period in Period.objects.of(book)}
        self.years = sorted({month // 100 for month in self.months})
        self.logged = _Logged(book)

    def walk(self) -> None:
        """Read it all once, in order."""
        # Of all the months a key has room for: rows of a month nobody opened are met too.
        found = self._merged()
        for month, vouchers in groupby(found, key=lambda pair: pair[0].period):
            self._month(month, vouchers)
        for period in self.months.values():
            if period.vouchers or period.head:
                self._note(period.title, f"应有凭证 {period.vouchers} 张，实际一张也没有")
        for month, number in self.logged.heads:
            self._note(f"{month} 记-{number}", "操作日志记有这张凭证，账套中没有")

    def _month(self, month: int, vouchers: Iterator[tuple[VoucherRow, list[LineRow]]]) -> None:
        expected, head = 0, genesis(self.book.pk, month)
        for voucher, lines in vouchers:
            expected += 1
            where = f"{month} {voucher.label}"
            if voucher.number != expected:
                self._note(where, f"凭证号不连续：应为 记-{expected}，实为 {voucher.label}")
                expected = voucher.number
            for why in faults_of(voucher, lines, self.leaves, self.dimensions):
                self._note(where, why)
            if chain(head, text_of(voucher, lines)) != voucher.hash:
                self._note(where, "校验值不符：这张凭证、前一张凭证或它们的分录被改动过")
            head = voucher.hash
            if self.logged.heads.pop((month, voucher.number), head) != head:
                self._note(where, "校验值与记账时操作日志所记的不同：该月凭证被重写过")
            self._turn(voucher, lines)
        self._close(month, expected, head)

    def _close(self, month: int, count: int, head: str) -> None:
        period = self.months.pop(month, None)
        if period is None:
            self._note(str(month), f"账套没有开这个月，却有凭证 {count} 张")
            return
        if (period.vouchers, period.head) != (count, head):
            why = f"登记凭证 {period.vouchers} 张，实有 {count} 张，或末号校验值不符"
            self._note(period.title, why)
        logged = self.logged.counts.get(month, 0)
        if logged != count:
            self._note(period.title, f"操作日志记有记账 {logged} 张，实有凭证 {count} 张")

    def _turn(self, voucher: VoucherRow, lines: list[LineRow]) -> None:
        year, bucket = voucher.period // 100, bucket_of(voucher.kind, voucher.period)
        for line in lines:
            named = [key for key in line[6:10] if key is not None]
            if line.counterparty is None and line.account in self.split:
                named.append(0)
            self.turnings.add(
                self.book.pk, year, bucket, line.account, line.debit, line.credit, named
            )

    def _merged(self) -> Iterator[tuple[VoucherRow, list[LineRow]]]:
        """Vouchers with their lines; a line of no voucher is a fault."""
        lines = lines_of(self.book.pk, FIRST_MONTH, LAST_MONTH)
        line = next(lines, None)
        for voucher in vouchers_of(self.book.pk, FIRST_MONTH, LAST_MONTH):
            mine = []
            while line is not None and line.voucher <= voucher.key:
                if line.voucher == voucher.key:
                    mine.append(line)
                else:
                    self._orphan(line)
                line = next(lines, None)
            self.proof.vouchers += 1
            self.proof.lines += len(mine)
            yield voucher, mine
        while line is not None:
            self._orphan(line)
            line = next(lines, None)

    def _orphan(self, line: LineRow) -> None:
        self.proof.lines += 1
        self._note(f"分录 {line.key}", "没有所属的凭证")

    def _note(self, where: str, why: str) -> None:
        self.proof.found(f"{self.book} {where}", f"accounting.book:{self.book.pk}", why)


class _Logged:
    """What the operation log says was posted into a set: by month how many, and heads of chains."""

    def __init__(self, book: Book) -> None:
        self.heads: dict[tuple[int, int], str] = {}
        self.counts: dict[int, int] = {}
        traces = Entry.objects.about(f"accounting.book:{book.pk}").filter(action="books.post")
        for trace in traces.iterator(chunk_size=2000):
            month, n = trace.facts["period"], trace.facts["n"]
            self.heads[month, trace.facts["first"] + n - 1] = trace.facts["head"]
            self.counts[month] = self.counts.get(month, 0) + n


def text_of(voucher: VoucherRow, lines: list[LineRow]) -> bytes:
    """All a voucher's hash covers, as the posting gate wrote it."""
    written = [
        line_text(line.account, line.debit, line.credit, quoted(line.memo), *line[6:10])
        for line in lines
    ]
    v = voucher
    return voucher_text(
        v.book, v.period, v.number, v.dated.isoformat(), quoted(v.memo), v.kind, quoted(v.source),
        v.attachments, v.papers_hash, v.reverses, v.prepared_by, v.reviewed_by, v.posted_by,
        v.cashier, moment(v.posted_at), written,
    )  # fmt: skip
