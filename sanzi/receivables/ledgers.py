"""Where a claim stands in its village's books: the set, the accounts, the counterparty."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sanzi.accounting.dimensions import ensure
from sanzi.accounting.models import Account, Book, Dimension, Period
from sanzi.kernel.refusals import Blocked, Invalid

from .postings import CLAIM_ACCOUNTS, code_for

COUNTERPARTY = Dimension.Kind.COUNTERPARTY.value


def has_book(village: str) -> bool:
    """Whether the village keeps books here at all."""
    return bool(Book.objects.within(village).exists())


def book_for(village: str, dated: date) -> Book:
    """The set that keeps this month: the collective's before the committee's. Raises Blocked."""
    month = dated.year * 100 + dated.month
    kept = Period.objects.filter(book__village=village, period=month)
    found = kept.select_related("book__collective").order_by(
        "book__collective__kind", "-book__scheme"
    )
    for period in found:
        return period.book
    raise Blocked(
        "step.book", f"{dated.year}年{dated.month}月没有账套可以记账；请核对日期，或先为这一年开账"
    )


def leaves_under(book: Book, code: str) -> list[Account]:
    """The accounts under a national one that take lines, itself if it has none below."""
    mine = Account.objects.of(book).filter(code__startswith=code, is_leaf=True, is_active=True)
    return list(mine.order_by("code"))


def leaf(book: Book, code: str) -> str:
    """The first account under a code that takes lines. Raises Invalid."""
    for account in leaves_under(book, code):
        return account.code
    raise Invalid("step.account", f"账套“{book}”没有可用的 {code} 科目，请先在科目表中增设")


def money_accounts(book: Book) -> list[tuple[str, str]]:
    """Where money can come in: bank before cash, as choices of a form."""
    found = [*leaves_under(book, "102"), *leaves_under(book, "101")]
    return [(account.code, f"{account.code} {account.name}") for account in found]


def choices_of_money(village: str) -> list[tuple[str, str]]:
    """The same for a village's latest set; empty where it keeps none."""
    for book in Book.objects.within(village).order_by("collective__kind", "-scheme"):
        return money_accounts(book)
    return []


def accounts_for(
    book: Book, claim: Any, purposes: Sequence[str], facts: dict[str, Any]
) -> dict[str, str]:
    """A leaf of this book for each purpose of a template."""
    return {purpose: _account(book, claim, purpose, facts) for purpose in purposes}


def _account(book: Book, claim: Any, purpose: str, facts: dict[str, Any]) -> str:
    if purpose == "claim":
        code = claim.account_code or CLAIM_ACCOUNTS[1]
        if code[:3] not in CLAIM_ACCOUNTS:
            raise Invalid(
                "step.account", f"债权的科目 {code} 不是应收款或内部往来，请先更正债权台账"
            )
        return leaf(book, code)
    if purpose == "money":
        return str(facts.get("money") or leaf(book, code_for("bank", book.scheme)))
    if purpose == "built":
        return leaf(book, code_for(facts.get("built") or "works", book.scheme))
    return leaf(book, code_for(purpose, book.scheme))


def parties_for(book: Book, claim: Any, facts: dict[str, Any]) -> dict[str, int]:
    """The counterparties of a step: the debtor, and the creditor where one is named."""
    names = {"debtor": claim.debtor, "creditor": str(facts.get("creditor") or "")}
    held = ensure(book.pk, COUNTERPARTY, [name for name in names.values() if name])
    return {who: held[name] for who, name in names.items() if name}
