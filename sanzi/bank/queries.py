"""What other features may ask of the bank."""

from decimal import Decimal

from sanzi.kernel.money import ZERO

from .models import CASH, BankAccount
from .standing import covered_until, month_end, standing


def difference(book_id: int, period: int) -> Decimal | None:
    """What outstanding flows do not explain between bank and books at a month's end, in yuan.

    Over all bank accounts of a book in use then, each difference counted as positive. None where an
    account has no statement up to that day, or the book has no bank account at all. Guards nothing:
    the caller has claimed the book or been shown it.
    """
    found = ZERO
    accounts = _in_use(book_id, period)
    for account in accounts:
        until = covered_until(account)
        if until is None or until < month_end(period):
            return None
        found += abs(standing(account, period).difference)
    return found if accounts else None


def outstanding(book_id: int, period: int) -> int:
    """How many flows only one side knows at a month's end, over all bank accounts of a book."""
    return sum(standing(account, period).outstanding for account in _in_use(book_id, period))


def _in_use(book_id: int, period: int) -> list[BankAccount]:
    accounts = BankAccount.objects.within("").filter(
        book=book_id, is_active=True, opened_on__lte=month_end(period)
    )
    found = accounts.exclude(account__code__startswith=CASH)
    return list(found.select_related("account", "book"))
