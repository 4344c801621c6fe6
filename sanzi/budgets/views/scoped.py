"""The book or budget a page is about, if it is this person's to see."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from sanzi.accounting.models import Book
from sanzi.budgets.models import Budget
from sanzi.orgs.tree import names_of
from sanzi.web.pages import person_of


def book_of(request: HttpRequest, pk: int) -> Book:
    """A book of this person's region. Raises 404."""
    mine = Book.objects.visible_to(person_of(request)).select_related("collective")
    found: Book = get_object_or_404(mine, pk=pk)
    return found


def budget_of(request: HttpRequest, pk: int) -> Budget:
    """A version of a budget of this person's region. Raises 404."""
    mine = Budget.objects.visible_to(person_of(request))
    mine = mine.select_related("book__collective", "decision", "adjusts", "drafted_by")
    found: Budget = get_object_or_404(mine, pk=pk)
    return found


def about(book: Book, year: int | None = None) -> dict[str, Any]:
    """What the head of every page of a book says: village, organisation, year."""
    village = names_of([book.village]).get(book.village, book.village)
    return {"book": book, "village": village, "year": year}
