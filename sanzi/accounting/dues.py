"""往来余额: what each counterparty owes or is owed, and how long its open items have stood."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sanzi.kernel.money import ZERO

from .folios import added, folios
from .models import Account, Book, Dimension, SubPage
from .pages import NOTHING, Balance

# Years an item has stood; after three the limitation of action has run (民法典 第188条).
AGES = ("1年以内", "1至2年", "2至3年", "3年以上")
UNDATED = "未分明细"


@dataclass
class Due:
    """One counterparty over some months, in yuan; a debit balance is what it owes."""

    key: int  # 0: lines that name no counterparty
    balance: Balance
    name: str = ""
    # The closing balance by age of the open items it is made of; the rest under UNDATED.
    ages: dict[str, Decimal] = field(default_factory=dict)


def dues(book: Book, codes: Iterable[str], first: int, last: int) -> list[Due]:
    """Every counterparty of these accounts with a balance or movement, the largest first.

    Three queries, however many there are.
    """
    leaves = _leaves(book, codes)
    mine = SubPage.objects.filter(book=book, account__in=leaves)
    by_key: dict[int, list[Any]] = {}
    for (_, key), folio in folios(mine, ("account", "dimension"), first, last).items():
        by_key.setdefault(key, []).append(folio)
    balances = {key: added(found).between(first, last) for key, found in by_key.items()}
    known = {
        d.pk: d for d in Dimension.objects.filter(book=book, kind__in=("counterparty", "item"))
    }
    found = [
        Due(key, balance, known[key].name if key else "（未指明往来单位）")
        for key, balance in balances.items()
        if (not key or (key in known and known[key].kind == "counterparty")) and _is_live(balance)
    ]
    _age(found, known, balances, last_day(last))
    return sorted(found, key=lambda due: (-abs(due.balance.closing), due.name))


def _leaves(book: Book, codes: Iterable[str]) -> list[str]:
    wanted = tuple(codes)
    mine = Account.objects.filter(book=book, is_leaf=True).values_list("code", flat=True)
    return [code for code in mine if code.startswith(wanted)]


def _is_live(balance: Balance) -> bool:
    return any((balance.opening, balance.debit, balance.credit))


def _age(
    found: Sequence[Due],
    known: Mapping[int, Dimension],
    balances: Mapping[int, Balance],
    on: date,
) -> None:
    held = {due.key: due for due in found}
    for key, item in known.items():
        due = held.get(item.parent_id or -1)
        closing = balances.get(key, NOTHING).closing
        if item.kind == "item" and due is not None and closing:
            age = age_of(item.due_on or item.begun_on, on)
            due.ages[age] = due.ages.get(age, ZERO) + closing
    for due in found:
        if rest := due.balance.closing - sum(due.ages.values(), ZERO):
            due.ages[UNDATED] = due.ages.get(UNDATED, ZERO) + rest


def age_of(since: date | None, on: date) -> str:
    """The age of an item by the years since it fell due, or else arose."""
    if since is None:
        return UNDATED
    years = on.year - since.year - ((on.month, on.day) < (since.month, since.day))
    return AGES[min(max(years, 0), len(AGES) - 1)]


def last_day(period: int) -> date:
    """The last day of a month YYYYMM."""
    year, month = divmod(period, 100)
    return date(year, month, monthrange(year, month)[1])


def with_counterparties(book: Book) -> list[Account]:
    """The national accounts analysed by counterparty."""
    mine = Account.objects.filter(book=book, aux__contains="counterparty").order_by("code")
    return [account for account in mine if len(account.code) == 3]
