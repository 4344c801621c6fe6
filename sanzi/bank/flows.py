"""What both sides know of an account's money, as rows that can be laid side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from sanzi.accounting.keys import LINES_MAX, lines_between
from sanzi.accounting.models import Kind, Line, Voucher
from sanzi.kernel.money import to_fen
from sanzi.web.frame import url_of

from .matching.flow import Flow
from .models import BankAccount, BankLine, MatchedRow, OpeningItem

_LAST = 9999_12
# What the two sides call their own opening items among the keys of the engine: negative.
LINE, JOURNAL, ITEM = "b", "j", "o"


@dataclass(frozen=True, slots=True)
class Piece:
    """One flow of either side. `key` is its kind and number: b12, j34, o5."""

    key: str
    is_bank: bool
    dated: date
    amount: Decimal
    memo: str
    title: str = ""
    url: str = ""
    voucher: int = 0
    undoes: int = 0

    @property
    def flow(self) -> Flow:
        """It as the engine sees it; one number space for each side."""
        number = int(self.key[1:])
        text = f"{self.title} {self.memo}" if self.is_bank else self.memo
        return Flow(
            number if self.key[0] != ITEM else -number,
            self.dated,
            to_fen(self.amount),
            text,
            self.voucher,
            self.undoes,
        )


def key_of(number: int, *, is_bank: bool) -> str:
    """The key of a flow the engine names."""
    if number < 0:
        return f"{ITEM}{-number}"
    return f"{LINE if is_bank else JOURNAL}{number}"


def unmatched(account: BankAccount, until: date) -> tuple[list[Piece], list[Piece]]:
    """What neither side's flow has been matched, up to a day: the bank's and ours. 5 queries."""
    items = OpeningItem.objects.of(account).filter(is_matched=False)
    lines = BankLine.objects.of(account).filter(is_matched=False, dated__lte=until)
    by_knower: dict[bool, list[Piece]] = {True: [], False: []}
    for item in items.order_by("dated", "pk"):
        by_knower[item.knower == OpeningItem.Knower.BANK].append(piece_of_item(item))
    banks = by_knower[True] + [piece_of_line(line) for line in lines.order_by("seq")]
    return banks, by_knower[False] + unmatched_lines(account, until)


def piece_of_line(line: BankLine) -> Piece:
    """A flow of a statement."""
    url = url_of("bank:line", pk=str(line.pk)) or ""
    return Piece(
        f"{LINE}{line.pk}", True, line.dated, line.amount, line.summary, line.counterparty, url
    )


def piece_of_item(item: OpeningItem) -> Piece:
    """An opening item, on the side that knew it."""
    is_bank = item.knower == OpeningItem.Knower.BANK
    return Piece(f"{ITEM}{item.pk}", is_bank, item.dated, item.amount, item.memo, "期初未达")


def journal_of(account: BankAccount, first: int, last: int) -> QuerySet[Any]:
    """The lines of its ledger account in the months YYYYMM `first` to `last`."""
    span = lines_between(account.book_id, first, last)
    lines = Line.objects.filter(book=account.book_id, account=account.account.code)
    return lines.filter(pk__range=span).select_related("counterparty")


def unmatched_lines(account: BankAccount, until: date) -> list[Piece]:
    """Lines of the journal from the account's first day on that no match names; 2 queries."""
    taken = MatchedRow.objects.filter(line=OuterRef("pk"), is_current=True)
    since = account.opened_on
    lines = journal_of(account, _month(since), _month(until)).filter(~Exists(taken))
    return [p for p in pieces_of_lines(lines) if since <= p.dated <= until]


def pieces_of_lines(lines: Iterable[Line]) -> list[Piece]:
    """Lines of the journal with the day and number of their vouchers; no opening balances."""
    found = list(lines)
    vouchers = vouchers_of(found)
    return [
        _piece_of(line, voucher)
        for line in found
        if (voucher := vouchers[line.pk // (LINES_MAX + 1)]).kind != Kind.OPENING
    ]


def vouchers_of(lines: Iterable[Line]) -> Mapping[int, Voucher]:
    """The vouchers these lines belong to, by key."""
    keys = {line.pk // (LINES_MAX + 1) for line in lines}
    return Voucher.objects.only("dated", "number", "period", "kind", "reverses").in_bulk(list(keys))


def _piece_of(line: Line, voucher: Voucher) -> Piece:
    who = f" {line.counterparty.name}" if line.counterparty else ""
    return Piece(
        f"{JOURNAL}{line.pk}",
        False,
        voucher.dated,
        line.debit - line.credit,
        f"{line.memo}{who}",
        voucher.title,
        voucher_url(line.book_id, voucher.pk),
        voucher.pk,
        (voucher.reverses_id or 0) if voucher.kind == Kind.RED else 0,
    )


def voucher_url(book: int, voucher: int) -> str:
    """The page of a voucher."""
    return url_of("accounting:voucher", book=str(book), pk=str(voucher)) or ""


def _month(day: date) -> int:
    return day.year * 100 + day.month
