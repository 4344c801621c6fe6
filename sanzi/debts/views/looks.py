"""Pages that look: registers beside accounts, targets by village, interest worked out again."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.accounting.models import Book
from sanzi.debts import queries
from sanzi.debts.actions import caps as cap_actions
from sanzi.debts.agreeing import agreements
from sanzi.debts.forms import CapForm, InterestForm
from sanzi.debts.interest import CAPS, Flow, percent, recalculate
from sanzi.debts.models import Debt, InterestCap
from sanzi.kernel.money import yuan
from sanzi.kernel.refusals import Invalid
from sanzi.orgs.tree import names_of
from sanzi.web.frame import chosen_code
from sanzi.web.pages import onward, page, person_of, show

VILLAGES_MAX = 500


@page("books.view")
def agreeing(request: HttpRequest) -> HttpResponse:
    """The books of the chosen place, each with a way to its village's comparison."""
    mine = Book.objects.visible_to(person_of(request)).within(chosen_code(request))
    books = list(_current(mine).order_by("village")[:VILLAGES_MAX])
    names = names_of({book.village for book in books})
    context = {
        "title": "台账与账簿核对",
        "books": [(book, names.get(book.village, book.village)) for book in books],
    }
    return show(request, "debts/agreeing.html", context)


@page("books.view")
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """One village: what its registers and its accounts say of each counterparty."""
    book = get_object_or_404(Book.objects.visible_to(person_of(request)), pk=pk)
    village = names_of([book.village]).get(book.village, book.village)
    context = {
        "title": f"{village}台账与账簿核对",
        "book": book,
        "sides": agreements(book, localdate()),
        "today": localdate(),
    }
    return show(request, "debts/agreement.html", context)


def _current(books: QuerySet[Book]) -> QuerySet[Book]:
    """The set in use: one that no other continues."""
    return books.filter(successor=None)


@page("registers.view")
def interest(request: HttpRequest, pk: int) -> HttpResponse:
    """A debt's interest within the cap of the day it was agreed; nothing is kept."""
    found: Any = get_object_or_404(Debt.objects.visible_to(person_of(request)), pk=pk)
    asked = InterestForm(
        request.GET if request.GET.get("principal") else None, initial=_known(found)
    )
    worked, wrong = None, ""
    if asked.is_bound and asked.is_valid():
        try:
            worked = _worked(found, asked.cleaned_data)
        except Invalid as refusal:
            wrong = refusal.message
    context = {
        "title": "重算利息",
        "debt": found,
        "form": asked,
        "worked": worked,
        "excess": worked.excess(found.left or Decimal(0)) if worked else None,
        "wrong": wrong,
    }
    status = 422 if wrong or asked.errors else 200
    return show(request, "debts/interest.html", context, status=status)


def _known(debt: Any) -> dict[str, Any]:
    rate = debt.yearly_rate
    return {
        "principal": debt.principal,
        "rate": (rate * 100).normalize() if rate is not None else None,
        "agreed_on": debt.interest_from_on or debt.formed_on,
        "until": localdate(),
    }


def _worked(debt: Any, told: dict[str, Any]) -> Any:
    rolled = [Flow(day, rolled=amount) for day, amount in _rows(told["rolled"])]
    paid = [Flow(day, paid=amount) for day, amount in _rows(told["paid"])]
    return recalculate(
        told["principal"], told["rate"] / 100, told["agreed_on"], told["until"],
        [*rolled, *paid], queries.caps_over(debt.village),
    )  # fmt: skip


def _rows(text: str) -> list[tuple[date, Decimal]]:
    """Lines of a day and an amount. Raises Invalid that names the line."""
    found = []
    for n, line in enumerate(filter(str.strip, text.splitlines()), start=1):
        day, _, amount = line.strip().partition(" ")
        try:
            found.append((date.fromisoformat(day), yuan(amount.strip().replace(",", ""))))
        except (ValueError, Invalid):
            raise Invalid("interest.line", f"第 {n} 行应写成：2021-12-31 3000") from None
    return found


@page("registers.view")
def caps(request: HttpRequest) -> HttpResponse:
    """The table of caps: shipped rows with their mark, and what offices entered."""
    person = person_of(request)
    context = {
        "title": "利率上限",
        "shipped": [(cap, percent(cap.rate)) for cap in CAPS],
        "entered": [
            (row, percent(row.rate))
            for row in InterestCap.objects.visible_to(person).order_by("from_on", "pk")
        ],
        "may_enter": person.can("policies.adopt"),
    }
    return show(request, "debts/caps.html", context)


@page("policies.adopt", methods=("GET", "POST"))
def new_cap(request: HttpRequest) -> HttpResponse:
    form = CapForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        cap_actions.enter_cap(
            from_on=told["from_on"], rate=told["rate"] / 100, source=told["source"],
            by=person_of(request), now=now(),
        )  # fmt: skip
        return onward(request, "debts:caps")
    context = {"title": "登记利率上限", "form": form}
    return show(request, "debts/new_cap.html", context, status=422 if form.errors else 200)
