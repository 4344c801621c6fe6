"""The journal of a set in order, month by month, as plain rows: for whoever reads all of it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, ExpressionWrapper, F

from sanzi.accounting.keys import LINES_MAX, lines_between, vouchers_between
from sanzi.accounting.models import Line, Voucher


class VoucherRow(NamedTuple):
    """A posted voucher; keys instead of objects, its total in fen."""

    key: int
    book: int
    period: int
    number: int
    dated: Any
    memo: str
    kind: str
    source: str
    total: int
    lines_count: int
    attachments: int
    papers_hash: str
    reverses: int | None
    prepared_by: int
    reviewed_by: int | None
    posted_by: int
    cashier: int | None
    posted_at: Any
    hash: str

    @property
    def label(self) -> str:
        """As people say it: 记-12."""
        return f"记-{self.number}"


class LineRow(NamedTuple):
    """A posted line; amounts in fen."""

    key: int
    book: int
    account: str
    debit: int
    credit: int
    memo: str
    counterparty: int | None
    project: int | None
    object: int | None
    item: int | None

    @property
    def voucher(self) -> int:
        """The key of its voucher."""
        return self.key // (LINES_MAX + 1)


_VOUCHER = (
    "pk", "book_id", "period", "number", "dated", "memo", "kind", "source", "fen", "lines_count",
    "attachments", "papers_hash", "reverses_id", "prepared_by_id", "reviewed_by_id",
    "posted_by_id", "cashier_id", "posted_at", "hash",
)  # fmt: skip
_LINE = (
    "pk", "book_id", "account", "debit_fen", "credit_fen", "memo", "counterparty_id", "project_id",
    "object_id", "item_id",
)  # fmt: skip


def vouchers_of(book: int, first: int, last: int) -> Iterator[VoucherRow]:
    """The vouchers of the periods YYYYMM `first` to `last`, in order of their keys."""
    rows = Voucher.objects.filter(pk__range=vouchers_between(book, first, last))
    rows = rows.annotate(fen=_fen("total")).order_by("pk")
    return map(VoucherRow._make, rows.values_list(*_VOUCHER).iterator(chunk_size=5000))


def lines_of(book: int, first: int, last: int) -> Iterator[LineRow]:
    """Their lines, in order of their keys."""
    rows = Line.objects.filter(pk__range=lines_between(book, first, last))
    rows = rows.annotate(debit_fen=_fen("debit"), credit_fen=_fen("credit")).order_by("pk")
    return map(LineRow._make, rows.values_list(*_LINE).iterator(chunk_size=10_000))


def posted(book: int, first: int, last: int) -> Iterator[tuple[VoucherRow, list[LineRow]]]:
    """Vouchers with their lines, by merging both in order. Lines without a voucher are passed."""
    lines = lines_of(book, first, last)
    line = next(lines, None)
    for voucher in vouchers_of(book, first, last):
        mine = []
        while line is not None and line.voucher <= voucher.key:
            if line.voucher == voucher.key:
                mine.append(line)
            line = next(lines, None)
        yield voucher, mine


def _fen(field: str) -> ExpressionWrapper:
    """An amount as stored: a Decimal for each of a million lines would only be turned back."""
    return ExpressionWrapper(F(field), output_field=BigIntegerField())
