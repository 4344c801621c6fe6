"""The book a contract's money belongs to, and its leaves there. Read by the money actions."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sanzi.accounting.dimensions import ensure
from sanzi.accounting.models import Account, Book, Period
from sanzi.kernel.refusals import Blocked

from .entries import (
    BANK,
    CASH,
    CODES,
    INCOME,
    INSIDERS,
    LEASED_2004,
    PAYABLE,
    RECEIVABLE,
    WORDS,
    Accounts,
)  # fmt: skip


def book_of(village: str, on: date) -> Book:
    """The books of the village's collective in force on a day. Raises Blocked without any."""
    month = on.year * 100 + on.month
    mine = Book.objects.filter(village=village, begins__lte=month).select_related("collective")
    # Of the economic organisation before the committee's, of the newest scheme before older ones.
    found = sorted(mine, key=lambda b: (b.collective.kind == "collective", b.begins), reverse=True)
    if not found:
        raise Blocked("books.none", f"本村在 {on} 还没有账套，请先在“账簿报表”建账，再办理入账")
    return found[0]


def accounts_of(book: Book, contract: Any, means: str = BANK) -> Accounts:
    """The leaves of this contract's money, its contractor as counterparty. Inside an action.

    Raises Blocked when the book has no leaf for a purpose.
    """
    leaves = list(Account.objects.filter(book=book, is_leaf=True, is_active=True).order_by("code"))
    is_insider = contract.is_member is True or contract.contractor_kind == "农户"
    income = CODES[book.scheme, INCOME]
    if book.scheme == "2004" and contract.category != "资源类":
        income = LEASED_2004
    chosen = {
        "receivable": _receivable(leaves, book.scheme, is_insider),
        "payable": _leaf(leaves, CODES[book.scheme, PAYABLE], PAYABLE),
        "income": _leaf(leaves, income, INCOME),
        "money": _leaf(leaves, CODES[book.scheme, means], means),
    }
    analysed = frozenset(a.code for a in chosen.values() if "counterparty" in a.aux)
    who = None
    if analysed:
        name = contract.contractor[:200]
        who = ensure(book.pk, "counterparty", [name])[name]
    return Accounts(
        **{purpose: account.code for purpose, account in chosen.items()},
        counterparty=who,
        analysed=analysed,
    )


def _receivable(leaves: Iterable[Account], scheme: str, is_insider: bool) -> Account:
    purpose = INSIDERS if is_insider else RECEIVABLE
    return _leaf(leaves, CODES[scheme, purpose], purpose)


def _leaf(leaves: Iterable[Account], code: str, purpose: str) -> Account:
    """The leaf under a national account: the one named for the purpose, or the first."""
    under = [leaf for leaf in leaves if leaf.code.startswith(code)]
    if not under:
        raise Blocked("books.account", f"账套里没有可用的 {code} 科目，请先在科目表中启用")
    named = [leaf for leaf in under if any(word in leaf.name for word in WORDS.get(purpose, ()))]
    return (named or under)[0]


def open_day(book: Book, wanted: date, latest: date) -> date | None:
    """The day to book something of `wanted` on: itself, or the first of the next open month.

    None when no month up to `latest` is open.
    """
    first, last = wanted.year * 100 + wanted.month, latest.year * 100 + latest.month
    months = Period.objects.filter(book=book, period__gte=first, period__lte=last, state="open")
    # Month 0 holds the opening balances of a year.
    months = months.exclude(period__in=[year * 100 for year in range(wanted.year, latest.year + 1)])
    period = months.order_by("period").values_list("period", flat=True).first()
    if period is None:
        return None
    return wanted if period == first else date(period // 100, period % 100, 1)


MEANS = {"bank": BANK, "cash": CASH}
