"""A voucher to come, held against the budget in force when it is prepared (预算控制)."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from sanzi.accounting.entry import Side
from sanzi.accounting.models import Account, Book
from sanzi.budgets.movements import direction_of
from sanzi.budgets.queries import refuse_or_warn
from sanzi.kernel.money import ZERO

from .models import Draft

WORDS_MAX = 200


def budget_words(draft: Draft, sides: Sequence[Side]) -> str:
    """What the budget says against these lines; nothing where it has enough.

    Raises Blocked where a line of the budget forbids to go beyond it. What takes back or corrects a
    posted voucher spends nothing anew and is not asked.
    """
    if draft.reverses_id is not None:
        return ""
    said: dict[str, None] = {}
    for (account, project), amount in _spent(draft.book, sides).items():
        if amount > ZERO:
            words = refuse_or_warn(draft.book_id, account, amount, draft.dated, project=project)
            said |= {words: None} if words else {}
    told = "；".join(said)
    return told if len(told) <= WORDS_MAX else f"{told[: WORDS_MAX - 1]}…"


def _spent(book: Book, sides: Sequence[Side]) -> dict[tuple[str, int | None], Decimal]:
    """What goes to budgeted accounts, by account and project, in yuan."""
    categories = dict(
        Account.objects.of(book)
        .filter(code__in={side.account for side in sides})
        .values_list("code", "category")
    )
    spent: dict[tuple[str, int | None], Decimal] = defaultdict(lambda: ZERO)
    for side in sides:
        category = categories.get(side.account, "")
        if direction_of(book.scheme, side.account, category) == "expense":
            spent[side.account, side.project] += side.debit
    return dict(spent)
