"""账实核对: what a village's registers say is owed, beside what its accounts say, by counterparty.

Claims stand on 112 and 113, debts on the payable and loan accounts of the scheme. Off-book claims
are no part of it. A village without books is said to have none: nothing is compared with nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sanzi.accounting.dues import dues
from sanzi.accounting.models import Book
from sanzi.kernel.money import ZERO
from sanzi.receivables.models import Claim

from .models import Debt

CLAIM_CODES = ("112", "113")
DEBT_CODES = {"2023": ("201", "211", "221"), "2004": ("201", "202", "221")}


@dataclass(frozen=True)
class Line:
    """One counterparty: what the register says is left, what the account says, in yuan."""

    name: str
    register: Decimal
    account: Decimal
    rows: Sequence[Any]

    @property
    def gap(self) -> Decimal:
        """Register less account; zero when they agree."""
        return self.register - self.account


@dataclass(frozen=True)
class Agreement:
    """One side of a village: what agrees, what does not, the largest gap first."""

    title: str
    lines: Sequence[Line]

    @property
    def gaps(self) -> list[Line]:
        found = [line for line in self.lines if line.gap]
        return sorted(found, key=lambda line: (-abs(line.gap), line.name))

    @property
    def agreed(self) -> int:
        return sum(1 for line in self.lines if not line.gap)

    @property
    def register(self) -> Decimal:
        return sum((line.register for line in self.lines), ZERO)

    @property
    def account(self) -> Decimal:
        return sum((line.account for line in self.lines), ZERO)


def agreements(book: Book, today: date) -> list[Agreement]:
    """Claims and debts of a book's village against its accounts; eight queries."""
    claims = Claim.objects.within(book.village).filter(left__isnull=False).exclude(book="账外")
    debts = Debt.objects.within(book.village).filter(left__isnull=False)
    owed = _balances(book, CLAIM_CODES, today)
    owing = {name: -balance for name, balance in _balances(book, _codes(book), today).items()}
    # 113 shows in one figure what a household owes and is owed; a credit there is no claim.
    owed = {name: balance for name, balance in owed.items() if balance > 0}
    owing = {name: balance for name, balance in owing.items() if balance}
    return [
        Agreement("债权", _lines(claims, "debtor", owed)),
        Agreement("债务", _lines(debts, "creditor", owing)),
    ]


def _codes(book: Book) -> tuple[str, ...]:
    return DEBT_CODES[book.scheme]


def _balances(book: Book, codes: tuple[str, ...], today: date) -> dict[str, Decimal]:
    month = today.year * 100 + today.month
    found = dues(book, codes, today.year * 100 + 1, month)
    return {due.name: due.balance.closing for due in found}


def _lines(rows: Iterable[Any], field: str, accounts: dict[str, Decimal]) -> list[Line]:
    by_name: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_name[getattr(row, field)].append(row)
    names = sorted({*by_name, *accounts})
    found = []
    for name in names:
        mine = by_name.get(name, [])
        left = sum((row.left for row in mine), ZERO)
        if left or accounts.get(name):
            found.append(Line(name, left, accounts.get(name, ZERO), mine))
    return found
