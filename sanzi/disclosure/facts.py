"""Reading what completeness asks, for a page of organisations at once: six queries."""

from collections import defaultdict
from collections.abc import Sequence

from sanzi.accounting.models import Book, Period
from sanzi.budgets.models import Budget
from sanzi.budgets.models import Stage as BudgetStage
from sanzi.holdings.models import Asset, Resource
from sanzi.orgs.models import Collective

from .catalogue import item as item_of
from .completeness import Facts
from .models import Statement
from .span import Span


def books_of(organisations: Sequence[Collective], span: Span) -> dict[int, Book]:
    """The book that keeps these months, by organisation: the latest begun by their end."""
    kept = Book.objects.within("").filter(collective__in=organisations, begins__lte=span.last)
    return {book.collective_id: book for book in kept.order_by("begins")}


def facts_of(organisations: Sequence[Collective], span: Span) -> dict[int, Facts]:
    """By organisation; the caller has scoped them."""
    books = books_of(organisations, span)
    states: dict[int, dict[int, str]] = defaultdict(dict)
    for key, period, state in Period.objects.filter(
        book__in=books.values(), period__in=span.months
    ).values_list("book", "period", "state"):
        states[key][period] = state
    villages = {o.region.code[:12] for o in organisations}
    assets = _villages(Asset, villages)
    resources = _villages(Resource, villages)
    planned = _planned(books, span.year)
    told = statements_of(organisations, span)
    found = {}
    for one in organisations:
        book = books.get(one.pk)
        months = states[book.pk] if book else {}
        village = one.region.code[:12]
        found[one.pk] = Facts(
            is_collective=one.kind == Collective.Kind.COLLECTIVE,
            has_book=book is not None,
            begins=book.begins if book else 0,
            opened=frozenset(months),
            closed=frozenset(m for m, state in months.items() if state != Period.State.OPEN),
            has_budget=book is not None and book.pk in planned,
            has_assets=village in assets,
            has_resources=village in resources,
            told=told.get(one.pk, {}),
        )
    return found


def _villages(register: type[Asset] | type[Resource], villages: set[str]) -> set[str]:
    rows = register.objects.within("").filter(village__in=villages)
    return set(rows.values_list("village", flat=True).distinct().order_by())


def _planned(books: dict[int, Book], year: int) -> set[int]:
    approved = Budget.objects.within("").filter(
        book__in=books.values(), year=year, stage=BudgetStage.APPROVED
    )
    return set(approved.values_list("book", flat=True))


def statements_of(organisations: Sequence[Collective], span: Span) -> dict[int, dict[str, str]]:
    """What villages told, by organisation and item: yearly items all year, others for the span."""
    rows = (
        Statement.objects.within("")
        .filter(organisation__in=organisations, last__gte=span.year * 100 + 1, last__lte=span.last)
        .order_by("pk")
    )
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for row in rows:
        item = item_of(row.item)
        if item and item.may_be_told and (item.rhythm == "year" or row.span == span):
            found[row.organisation_id][row.item] = row.text
    return {
        organisation: {item: text for item, text in told.items() if text}
        for organisation, told in found.items()
    }
