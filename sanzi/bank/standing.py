"""An account at a day: what the bank says, what the books say, and what stands between them."""

from calendar import monthrange
from datetime import date
from decimal import Decimal

from django.db.models import Max, Min, Sum

from sanzi.accounting.pages import balances
from sanzi.kernel.money import ZERO

from .flows import Piece, unmatched
from .models import BankAccount, BankLine, MatchedRow, Stage, Statement
from .reconciling import Outstanding, Reconciliation, reconcile


def month_end(period: int) -> date:
    """The last day of a period YYYYMM."""
    year, month = divmod(period, 100)
    return date(year, month, monthrange(year, month)[1])


def covered_until(account: BankAccount) -> date | None:
    """The last day the imported statements answer for; None without any. 2 queries.

    A flow of a later day proves every day before it, for the chain has no gap.
    """
    said = Statement.objects.of(account).filter(stage=Stage.IMPORTED).aggregate(d=Max("to_on"))
    last = BankLine.objects.of(account).aggregate(d=Max("dated"))
    days = [day for day in (said["d"], last["d"]) if day]
    return max(days) if days else None


def bank_balance(account: BankAccount, on: date) -> Decimal:
    """The bank's balance at the end of a day: what it began with and every flow since."""
    flowed = BankLine.objects.of(account).filter(dated__lte=on).aggregate(total=Sum("amount"))
    return account.opening + (flowed["total"] or ZERO)


def book_balance(account: BankAccount, period: int) -> Decimal:
    """The books' balance at the end of a period YYYYMM."""
    page = balances(account.book_id, period, period).get(account.account.code)
    return page.closing if page else ZERO


def standing(account: BankAccount, period: int) -> Reconciliation:
    """The reconciliation of an account at a month's end; work grows with what is outstanding.

    A flow whose counterpart is of a later month was outstanding then, though it is matched now.
    """
    on = month_end(period)
    banks, ours = unmatched(account, on)
    for row in _straddling(account, on):
        (banks if row.is_bank else ours).append(row)
    return reconcile(
        on,
        bank_balance(account, on),
        book_balance(account, period),
        [_outstanding(piece) for piece in ours],
        [_outstanding(piece) for piece in banks],
    )


def _outstanding(piece: Piece) -> Outstanding:
    return Outstanding(piece.dated, piece.amount, piece.memo, piece.title, piece.url)


def _straddling(account: BankAccount, on: date) -> list[Piece]:
    """Rows up to the day whose match holds a row after it."""
    current = MatchedRow.objects.filter(match__bank_account=account, is_current=True)
    spans = current.values("match").annotate(first=Min("dated"), last=Max("dated"))
    matches = spans.filter(first__lte=on, last__gt=on).values("match")
    rows = current.filter(match__in=matches, dated__lte=on)
    rows = rows.select_related("bank_line", "opening_item", "line")
    return [_told(row) for row in rows]


def _told(row: MatchedRow) -> Piece:
    if row.bank_line:
        memo, title = row.bank_line.summary, row.bank_line.counterparty
    elif row.line:
        memo, title = row.line.memo, ""
    else:
        assert row.opening_item is not None, "a matched row is one thing"
        memo, title = row.opening_item.memo, "期初未达"
    return Piece("", row.is_bank, row.dated, row.amount, f"{memo}（次月已对上）", title)
