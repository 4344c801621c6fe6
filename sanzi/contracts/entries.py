"""The vouchers of a contract's money as plain lines, by accounting scheme. No framework.

Falling due: 借 112 or 113 / 贷 income. Coming in: 借 102 or 101 / 贷 the receivable; what comes
before its day is owed back until then (211; 2004: 202). A due for more than a year is spread: it
waits in the same payable and becomes income year by year (domain/accounting.md 1.4, 1.5). Money on
old arrears credits the receivable and is never income again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sanzi.accounting.entry import Side
from sanzi.kernel.money import ZERO

from .schedule import by_calendar_year

RECEIVABLE, INSIDERS, PAYABLE, INCOME, BANK, CASH = (
    "receivable", "insiders", "payable", "income", "bank", "cash",
)  # fmt: skip

# The national account behind each purpose, by scheme: a code alone means nothing.
CODES: dict[tuple[str, str], str] = {
    ("2023", RECEIVABLE): "112",
    ("2023", INSIDERS): "113",
    ("2023", PAYABLE): "211",
    ("2023", INCOME): "501",
    ("2023", BANK): "102",
    ("2023", CASH): "101",
    ("2004", RECEIVABLE): "112",
    ("2004", INSIDERS): "113",
    ("2004", PAYABLE): "202",
    # 发包及上交收入: what contractors pay; a lease of buildings is 经营收入 all the same.
    ("2004", INCOME): "511",
    ("2004", BANK): "102",
    ("2004", CASH): "101",
}
LEASED_2004 = "501"
# Which leaf of several is meant, by a word in its name.
WORDS: dict[str, tuple[str, ...]] = {
    INCOME: ("承包", "发包", "租赁", "租金"),
    PAYABLE: ("预收",),
    RECEIVABLE: ("承包", "租"),
    INSIDERS: ("承包", "租"),
}


@dataclass(frozen=True)
class Accounts:
    """The leaves one contract's money moves on, and the counterparty of those that ask for one."""

    receivable: str
    payable: str
    income: str
    money: str
    counterparty: int | None = None
    # Which of the above are analysed by counterparty.
    analysed: frozenset[str] = frozenset()

    def side(self, account: str, debit: Decimal = ZERO, credit: Decimal = ZERO) -> Side:
        who = self.counterparty if account in self.analysed else None
        return Side(account, debit=debit, credit=credit, counterparty=who)


@dataclass(frozen=True)
class Part:
    """The part of a payment that pays one due; `is_booked`: the receivable is in the books."""

    amount: Decimal
    is_booked: bool


def is_spread(from_on: date, to_on: date) -> bool:
    """Whether a due is for more than a year and so becomes income year by year."""
    return (to_on - from_on).days > 366


def yearly_parts(from_on: date, to_on: date, amount: Decimal) -> list[tuple[int, Decimal]]:
    """What of a due becomes income in each year: all at once unless it is spread."""
    if not is_spread(from_on, to_on):
        return [(from_on.year, amount)]
    return by_calendar_year(from_on, to_on, amount)


def payment_sides(parts: Iterable[Part], accounts: Accounts) -> list[Side]:
    """借 money / 贷 receivable for what is in the books, 贷 payable for what came early."""
    held = list(parts)
    booked = sum((part.amount for part in held if part.is_booked), ZERO)
    early = sum((part.amount for part in held if not part.is_booked), ZERO)
    sides = [accounts.side(accounts.money, debit=booked + early)]
    if booked:
        sides.append(accounts.side(accounts.receivable, credit=booked))
    if early:
        sides.append(accounts.side(accounts.payable, credit=early))
    return sides


def due_sides(
    amount: Decimal, paid_before: Decimal, spread: bool, accounts: Accounts
) -> list[Side]:
    """A due on its day: what came early leaves the payable, the rest is receivable.

    A spread due is owed in full but earned later: it goes to the payable, and what was paid before
    is there already. No lines when there is nothing to write.
    """
    rest = amount - paid_before
    if spread:
        if not rest:
            return []
        return [
            accounts.side(accounts.receivable, debit=rest),
            accounts.side(accounts.payable, credit=rest),
        ]
    sides: Sequence[Side] = [
        accounts.side(accounts.payable, debit=paid_before),
        accounts.side(accounts.receivable, debit=rest),
        accounts.side(accounts.income, credit=amount),
    ]
    return [side for side in sides if side.debit or side.credit]


def year_sides(amount: Decimal, accounts: Accounts) -> list[Side]:
    """A year's share of a spread due: 借 payable / 贷 income."""
    return [
        accounts.side(accounts.payable, debit=amount),
        accounts.side(accounts.income, credit=amount),
    ]
