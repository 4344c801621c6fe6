"""A settlement as vouchers: one for each village with books, debts against claims, no result.

The lines are those of a three-party set-off (receivables/postings.py), several of each in one
voucher: 借 应付款（对方） / 贷 应收款（对方） (domain/accounting.md 1.5).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sanzi.accounting.dimensions import ensure
from sanzi.accounting.entry import Entry, Side
from sanzi.accounting.models import Book
from sanzi.debts.booking import account_of_debt
from sanzi.kernel.money import grouped
from sanzi.receivables.ledgers import COUNTERPARTY, accounts_for, book_for, has_book
from sanzi.receivables.postings import TEMPLATES

from .models import Obligation

EFFECT = TEMPLATES["three_party"].effect


def by_village(rows: Iterable[Obligation]) -> dict[str, list[tuple[Any, Decimal]]]:
    """The claims and debts a settlement lowers, by village, each with how much, in yuan."""
    found: dict[str, list[tuple[Any, Decimal]]] = {}
    for row in rows:
        for thing in row.things:
            found.setdefault(thing.village, []).append((thing, row.cancelled))
    return dict(sorted(found.items()))


def entries_of(
    rows: Sequence[Obligation], dated: date, *, number: str, source: str, **hands: Any
) -> tuple[dict[str, Entry], list[str]]:
    """A voucher for each village that keeps books, and the villages that keep none.

    Raises Blocked or Invalid when a book has no month or no account for it.
    """
    found: dict[str, Entry] = {}
    without = []
    for village, parts in by_village(rows).items():
        if not has_book(village):
            without.append(village)
            continue
        book = book_for(village, dated)
        total = sum((amount for thing, amount in parts if _is_debt(thing)), Decimal(0))
        memo = f"多方冲转 {number} 债权债务各减少 {grouped(total)} 元"
        found[village] = Entry(
            book=book.pk, dated=dated, memo=memo, sides=_sides(book, parts, memo),
            source=f"{source}/{village}", name=f"{book.name}的冲转凭证", **hands,
        )  # fmt: skip
    return found, without


def _is_debt(thing: Any) -> bool:
    return hasattr(thing, "creditor")


def _sides(book: Book, parts: Sequence[tuple[Any, Decimal]], memo: str) -> list[Side]:
    names = [thing.creditor if _is_debt(thing) else thing.debtor for thing, _ in parts]
    held = ensure(book.pk, COUNTERPARTY, names)
    debits, credits = [], []
    for (thing, amount), name in zip(parts, names, strict=True):
        if _is_debt(thing):
            code = account_of_debt(thing, book)
            debits.append(Side(code, debit=amount, memo=memo, counterparty=held[name]))
        else:
            code = accounts_for(book, thing, ["claim"], {})["claim"]
            credits.append(Side(code, credit=amount, memo=memo, counterparty=held[name]))
    return [*debits, *credits]
