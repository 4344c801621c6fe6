"""How assets of the register wear in a book: terms that were set, and usual ones to begin with."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import QuerySet

from sanzi.accounting.models import Book
from sanzi.holdings.models import Asset
from sanzi.kernel.money import ZERO

from .cards import FIXED
from .models import WearTerm
from .standing import Standing
from .wear import FEN, Card, Usual, month_after, months_between, usual

# Expense by use (accounting.md 1.6). What 2023 says of public welfare is unchecked.
EXPENSE = {
    "2023": {"经营性": "511", "公益": "514", "管理": "513"},
    "2004": {"经营性": "502", "公益": "551", "管理": "541"},
}
WORN = "152"


def assets_of(book: Book) -> QuerySet[Any]:
    """The fixed assets of the book's village that may wear: valued, in use, no notional yuan."""
    mine: QuerySet[Any] = Asset.objects.filter(
        village=book.village, category__in=FIXED, original_value__gt=Decimal("1.00")
    )
    return mine.exclude(use_status="报废").order_by("number")


def cards_of(book: Book) -> list[Card]:
    """Every asset with terms, as it wears."""
    terms = WearTerm.objects.filter(book=book, asset__in=assets_of(book)).select_related("asset")
    return [card(term) for term in terms.order_by("asset__number")]


def card(term: Any) -> Card:
    """One asset with its terms as plain values."""
    asset = term.asset
    return Card(
        asset.pk,
        f"{asset.number} {asset.name}",
        asset.original_value,
        term.residual,
        term.taken,
        term.starts,
        term.months,
        term.account,
    )


def without_terms(book: Book) -> QuerySet[Any]:
    """The assets nobody has said how they wear."""
    return assets_of(book).exclude(pk__in=WearTerm.objects.filter(book=book).values("asset"))


def account_for(asset: Any, standing: Standing) -> str:
    """Where an asset's wear is an expense, by its use."""
    expense = EXPENSE[standing.book.scheme]
    if asset.operation == "经营性":
        return standing.leaf(expense["经营性"])
    return standing.leaf(expense["公益" if asset.category == "公益设施" else "管理"])


def usual_terms(assets: Iterable[Any], book: Book, by: Any, now: Any) -> list[WearTerm]:
    """Terms by the usual life of each class; an asset without a date is left for a person.

    What was acquired before the books began has worn since: the register's own figure if it has
    one, else a straight line, and the rest of its life from the first month of the books.
    """
    standing = Standing(book, book.begins // 100)
    found = []
    for asset in assets:
        rule = usual().get(asset.category)
        if rule is None or asset.acquired_on is None:
            continue
        starts, months, taken = _begin(asset, rule, book.begins)
        term = WearTerm(
            village=book.village, book=book, asset=asset, starts=starts, months=months,
            residual=_residual(asset, rule), taken=taken, account=account_for(asset, standing),
            set_by=by, set_at=now,
        )  # fmt: skip
        term.place()
        found.append(term)
    return found


def _residual(asset: Any, rule: Usual) -> Decimal:
    amount: Decimal = asset.original_value * rule.residual_rate
    return amount.quantize(FEN, ROUND_HALF_UP)


def _begin(asset: Any, rule: Usual, begins: int) -> tuple[int, int, Decimal]:
    first, life = month_after(asset.acquired_on), rule.years * 12
    if first >= begins:
        return first, life, ZERO
    gone = min(months_between(first, begins) - 1, life)
    to_wear = asset.original_value - _residual(asset, rule)
    worn = (to_wear * gone / life).quantize(FEN, ROUND_HALF_UP)
    taken = worn if asset.depreciation is None else min(asset.depreciation, to_wear)
    return begins, life - gone, taken


def end_of(period: int) -> date:
    """The last day of a month YYYYMM."""
    year, month = divmod(period, 100)
    return date(year, month, monthrange(year, month)[1])
