"""What the books show for accounts that can be budgeted, month by month, from their pages."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from sanzi.accounting.models import Account, Page, SubPage
from sanzi.kernel.money import ZERO

from .execution import Key, Months

# Money put into lasting things: their accounts may be budgeted too, by scheme. What leaves them
# (a finished work becoming a fixed asset) is no spending taken back, so only debits count.
LASTING = {
    "2023": frozenset({"132", "134", "151", "153", "161", "171"}),
    "2004": frozenset({"131", "132", "151", "154", "161"}),
}
_DEBITS = tuple(f"d{month:02}" for month in range(1, 13))
_CREDITS = tuple(f"c{month:02}" for month in range(1, 13))


def direction_of(scheme: str, code: str, category: str) -> str | None:
    """Whether an account is budgeted as income, as expense, or not at all (None)."""
    if category == Account.Category.INCOME:
        return "income"
    if category in (Account.Category.EXPENSE, Account.Category.COST):
        return "expense"
    return "expense" if code[:3] in LASTING[scheme] else None


def budgeted_accounts(book: int, scheme: str) -> dict[str, Account]:
    """The accounts of a book a line may name, by code; one query."""
    found = Account.objects.filter(book=book).order_by("code")
    return {a.code: a for a in found if direction_of(scheme, a.code, a.category)}


def movements(
    book: int,
    year: int,
    accounts: Mapping[str, Account],
    projects: Iterable[int] = (),
) -> dict[Key, Months]:
    """Each account's year by month, in yuan; and the part of each project. Two queries at most.

    Closing entries stand in a bucket of their own and are left out; red letters are negative.
    """
    pages = Page.objects.filter(book=book, year=year, account__in=accounts)
    found: dict[Key, Months] = {}
    for account, *sides in pages.values_list("account", *_DEBITS, *_CREDITS):
        found[account, None] = _net(accounts[account], sides)
    if wanted := sorted(set(projects)):
        subs = SubPage.objects.filter(book=book, year=year, dimension__in=wanted)
        for account, project, *sides in subs.values_list(
            "account", "dimension", *_DEBITS, *_CREDITS
        ):
            if account in accounts:
                found[account, project] = _net(accounts[account], sides)
    return found


def _net(account: Account, sides: Sequence[Decimal]) -> Months:
    debits, credits_ = sides[:12], sides[12:]
    if account.category == Account.Category.INCOME:
        return tuple(c - d for d, c in zip(debits, credits_, strict=True))
    if account.category == Account.Category.EXPENSE:
        return tuple(d - c for d, c in zip(debits, credits_, strict=True))
    return tuple(d + ZERO for d in debits)
