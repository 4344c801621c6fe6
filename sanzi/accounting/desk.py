"""What the posting gate must know of a book before a voucher enters it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sanzi.kernel.refusals import Invalid, Missing

from .models import Account, Book, Dimension, Period


@dataclass
class Desk:
    """One book laid open: its accounts, its locked months, the years it has."""

    book: Book
    accounts: dict[str, Account]
    periods: dict[int, Period]
    years: list[int]
    dimensions: dict[int, str] = field(default_factory=dict)

    @cached_property
    def split(self) -> frozenset[str]:
        """The accounts whose sub-ledgers are told apart by side."""
        return frozenset(code for code, account in self.accounts.items() if account.is_split)

    @cached_property
    def leaves(self) -> frozenset[str]:
        """The accounts that take lines."""
        return frozenset(
            c for c, account in self.accounts.items() if account.is_leaf and account.is_active
        )

    def account(self, code: str, where: str) -> Account:
        """The leaf account a line may use. Raises Invalid (reliability.md C37)."""
        found = self.accounts.get(code)
        if found is None:
            raise Invalid("voucher.account", f"{where}的科目 {code} 在本账套中不存在，请核对编码")
        if not found.is_leaf:
            raise Invalid("voucher.account", f"{where}的科目 {found} 有下级科目，请选用末级科目")
        if not found.is_active:
            raise Invalid("voucher.account", f"{where}的科目 {found} 已停用，请选用其他科目")
        return found


def lay_open(books: Iterable[int], dimensions: dict[int, set[int]]) -> dict[int, Desk]:
    """Lock these books in order and read what is needed; work grows with the books named."""
    wanted = sorted(set(books))
    locked = Book.objects.filter(pk__in=wanted).order_by("pk").select_for_update(of=("self",))
    found = {book.pk: book for book in locked.select_related("collective")}
    if missing := [pk for pk in wanted if pk not in found]:
        raise Missing("book.missing", f"没有找到账套 {missing[0]}")
    desks = {pk: Desk(book, {}, {}, []) for pk, book in found.items()}
    for account in Account.objects.filter(book__in=wanted):
        desks[account.book_id].accounts[account.code] = account
    for period in Period.objects.filter(book__in=wanted).order_by("period"):
        desk = desks[period.book_id]
        desk.periods[period.period] = period
        year = period.period // 100
        if not desk.years or desk.years[-1] != year:
            desk.years.append(year)
    for pk, ids in dimensions.items():
        desks[pk].dimensions = _kinds(pk, ids)
    return desks


def _kinds(book: int, ids: set[int]) -> dict[int, str]:
    mine: Any = Dimension.objects.filter(book=book, is_active=True)
    if len(ids) < 500:
        mine = mine.filter(pk__in=ids)
    return dict(mine.values_list("pk", "kind"))
