"""A set written out whole: for beancount and hledger to check, or for another set to take over.

Nothing is ever a reason to refuse an export (财会〔2024〕12号 第29、41条).
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TextIO

from sanzi.accounting.models import Account, Book, Dimension, Period
from sanzi.kernel.money import from_fen

from .journal import LineRow, VoucherRow, posted
from .vouchers import COLUMNS, OPENING

# Unfinished produce stands among the assets (accounting.md 1.3: 存货 = 121 + 401).
ROOTS = {
    "asset": "Assets",
    "cost": "Assets",
    "liability": "Liabilities",
    "equity": "Equity",
    "income": "Income",
    "expense": "Expenses",
}
_DIMENSIONS = ("counterparty", "project", "object", "item")
_FORMULA = tuple("=+-@\t\r＝")


@dataclass(frozen=True)
class Writer:
    """A form other software reads: how to write a set in it, and its encoding."""

    write: Callable[[Book, TextIO], int]
    encoding: str = "utf-8"


class _Names:
    """What the keys of a set are called."""

    def __init__(self, book: Book) -> None:
        rows = Account.objects.of(book).order_by("code")
        self.accounts = {a.code: (a.name, ROOTS.get(a.category, "Equity"), a) for a in rows}
        self.dimensions: Mapping[int, str] = dict(
            Dimension.objects.of(book).values_list("pk", "name")
        )

    def path(self, code: str) -> str:
        """Assets:102, as both programs write accounts."""
        _, root, _ = self.accounts.get(code, ("", "Equity", None))
        return f"{root}:{code}"

    def leaves(self) -> Iterator[tuple[str, str, str]]:
        for code, (name, _, account) in self.accounts.items():
            if account.is_leaf:
                yield code, name, account.get_side_display()


def _all(book: Book) -> Iterator[tuple[VoucherRow, list[LineRow]]]:
    months = Period.objects.of(book).order_by("period").values_list("period", flat=True)
    return chain.from_iterable(posted(book.pk, month, month) for month in months)


def _amount(line: LineRow) -> str:
    """Debit positive, as both programs do; a red letter turns the sign."""
    return format(from_fen(line.debit - line.credit), "f")


def _plain(text: str) -> str:
    """One line without what either program takes for its own marks."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def write_beancount(book: Book, out: TextIO) -> int:
    """Every voucher as a transaction; the opening balances are the first. Returns how many."""
    names = _Names(book)
    out.write(f'option "title" {_quoted(f"{book.name}（{book.scheme} 年制度）")}\n')
    out.write('option "operating_currency" "CNY"\n\n')
    begins = date(book.begins // 100, book.begins % 100, 1)
    for code, name, side in names.leaves():
        out.write(f"{begins} open {names.path(code)} CNY\n")
        out.write(f"  name: {_quoted(name)}\n  side: {_quoted(side)}\n")
    count = 0
    for voucher, lines in _all(book):
        count += 1
        out.write(f"\n{voucher.dated} * {_quoted(voucher.label)} {_quoted(voucher.memo)}\n")
        out.write(f"  kind: {_quoted(voucher.kind)}\n  source: {_quoted(voucher.source)}\n")
        for line in lines:
            out.write(f"  {names.path(line.account)}  {_amount(line)} CNY\n")
            if line.memo != voucher.memo:
                out.write(f"    memo: {_quoted(line.memo)}\n")
            for kind in _DIMENSIONS:
                if (key := getattr(line, kind)) is not None:
                    out.write(f"    {kind}: {_quoted(names.dimensions.get(key, str(key)))}\n")
    return count


def _quoted(text: str) -> str:
    return '"' + _plain(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def write_hledger(book: Book, out: TextIO) -> int:
    """The same as an hledger journal, every account and its type declared."""
    names = _Names(book)
    out.write(f"; {_plain(book.name)}（{book.scheme} 年制度）\ncommodity 1000.00 CNY\n\n")
    for root in dict.fromkeys(ROOTS.values()):
        kind = {"Expenses": "X", "Income": "R"}.get(root, root[0])
        out.write(f"account {root}  ; type:{kind}\n")
    for code, name, _ in names.leaves():
        out.write(f"account {names.path(code)}  ; {_comment(name)}\n")
    count = 0
    for voucher, lines in _all(book):
        count += 1
        memo = _comment(voucher.memo).replace("|", "｜")
        out.write(f"\n{voucher.dated} * ({voucher.label}) {memo}\n")
        for line in lines:
            said = [line.memo] if line.memo != voucher.memo else []
            keys = [getattr(line, kind) for kind in _DIMENSIONS]
            said += [names.dimensions.get(key, str(key)) for key in keys if key is not None]
            note = f"  ; {_comment('，'.join(said))}" if said else ""
            out.write(f"    {names.path(line.account)}  {_amount(line)} CNY{note}\n")
    return count


def _comment(text: str) -> str:
    # A colon would make a tag of what stands before it.
    return _plain(text).replace(";", "；").replace(":", "：")


def write_csv(book: Book, out: TextIO) -> int:
    """The columns `books import` reads. Analysis other than by counterparty has no column there."""
    names = _Names(book)
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    count = 0
    for voucher, lines in _all(book):
        count += 1
        label = OPENING if voucher.kind == "opening" else voucher.label
        for line in lines:
            name, _, _ = names.accounts.get(line.account, ("", "", None))
            account = f"{line.account} {name}".strip()
            whom = names.dimensions.get(line.counterparty or 0, "")
            amounts = [format(from_fen(fen), "f") if fen else "" for fen in line[3:5]]
            rows.writerow([voucher.dated, label, _cell(line.memo), account, *amounts, _cell(whom)])
    return count


def _cell(text: str) -> str:
    """Words a spreadsheet would run as a formula get an apostrophe before them."""
    text = _plain(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


WRITERS = {
    "beancount": Writer(write_beancount),
    "hledger": Writer(write_hledger),
    # A spreadsheet takes a file without the mark for GBK.
    "csv": Writer(write_csv, "utf-8-sig"),
}
