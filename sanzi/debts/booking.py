"""A step out of a debt as a voucher: the book, its leaves, the lines. Read inside the actions."""

from typing import Any

from sanzi.access.models import Person
from sanzi.accounting.dimensions import ensure
from sanzi.accounting.entry import Entry, Side
from sanzi.accounting.models import Account, Book
from sanzi.contracts.ledgers import book_of
from sanzi.kernel.refusals import Blocked

from .models import Resolving
from .ways import ACCOUNTS, STANDS_AT


def has_book(village: str) -> bool:
    """Whether the village keeps any books here."""
    return bool(Book.objects.within(village).exists())


def entry_of(one: Resolving, *, papers: list[str], by: Person) -> Entry | None:
    """The voucher of a step: prepared by who proposed it, reviewed by who confirms it.

    None when the way posts nothing or the village keeps no books. Raises Blocked without an
    account for a line.
    """
    way, village = one.way_row, one.village
    if not way.legs or not has_book(village):
        return None
    book = book_of(village, one.dated)
    memo = f"{way.title}：{one.debt.creditor} {one.debt.number}"[:100]  # type: ignore[attr-defined]
    return Entry(
        book=book.pk,
        dated=one.dated,
        memo=memo,
        sides=sides_of(one, book, memo),
        source=f"debts.resolving:{one.pk}",
        prepared_by=one.proposed_by_id,
        reviewed_by=by.pk,
        attachments=max(len(papers), 1),
        papers=papers,
    )


def sides_of(one: Resolving, book: Book, memo: str = "") -> list[Side]:
    """The lines of the way's template with this book's leaves and counterparties."""
    leaves = list(Account.objects.of(book).filter(is_leaf=True, is_active=True).order_by("code"))
    names = {"creditor": one.debt.creditor, "debtor": one.claim.debtor if one.claim else ""}  # type: ignore[attr-defined]
    held = ensure(book.pk, "counterparty", [name for name in names.values() if name])
    sides = []
    for leg in one.way_row.legs:
        amount = getattr(one.amounts, leg.of)
        if not amount:
            continue
        account = _leaf(leaves, _code(one, leg.account, book.scheme))
        who = held.get(names.get(leg.who, "")) if "counterparty" in account.aux else None
        side = Side(account.code, memo=memo, counterparty=who)
        setattr(side, leg.side, amount)
        sides.append(side)
    return sides


def account_of_debt(debt: Any, book: Book) -> str:
    """The leaf of this book a debt stands at. Raises Blocked without one."""
    leaves = list(Account.objects.of(book).filter(is_leaf=True, is_active=True).order_by("code"))
    return _leaf(leaves, _code_of_debt(debt, book.scheme)).code


def _code_of_debt(debt: Any, scheme: str) -> str:
    code: str = debt.account_code or ACCOUNTS[scheme][STANDS_AT.get(debt.kind, "payable")]
    return code


def _code(one: Resolving, purpose: str, scheme: str) -> str:
    """The account a line is for, as the scheme numbers it; the register's own code goes first."""
    if purpose == "debt":
        return _code_of_debt(one.debt, scheme)
    if purpose == "claim":
        claim: Any = one.claim
        is_insider = claim.debtor_kind in ("农户", "个人")
        return claim.account_code or ACCOUNTS[scheme]["insiders" if is_insider else "outsiders"]
    return ACCOUNTS[scheme][one.money if purpose == "money" else purpose]


def _leaf(leaves: list[Account], code: str) -> Account:
    for account in leaves:
        if account.code.startswith(code):
            return account
    raise Blocked(
        "debt.account", f"账套里没有可用的 {code} 科目，请先在科目表中启用，或更正债务台账的科目"
    )
