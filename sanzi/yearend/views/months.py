"""The months of one book: their state, the checklist of one, and what may be done with it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.accounting.models import Book, Period
from sanzi.orgs.tree import names_of
from sanzi.web.pages import onward, page, person_of, show
from sanzi.yearend.actions import months as actions
from sanzi.yearend.facts import bank_facts, gather
from sanzi.yearend.forms import ReasonForm
from sanzi.yearend.looks import blocking, checklist, look_at
from sanzi.yearend.models import Reopening
from sanzi.yearend.places import url_for
from sanzi.yearend.queries import last_month, story


@page("books.view")
def book_page(request: HttpRequest, book: int) -> HttpResponse:
    mine, today = mine_of(request, book), localdate()
    months = Period.objects.visible_to(person_of(request)).filter(
        book=mine, period__gte=mine.begins
    )
    years = sorted({p // 100 for p in months.values_list("period", flat=True)}, reverse=True)
    year = _year(request, years, today.year)
    shown = list(months.filter(period__range=(year * 100, year * 100 + 12)).order_by("period"))
    reopened = Reopening.objects.visible_to(person_of(request)).filter(book=mine)
    first = months.filter(state=Period.State.OPEN).order_by("period").first()
    context = {
        **heading(request, mine),
        "title": f"{mine} 结账",
        "years": years,
        "year": year,
        "months": shown,
        "next": first,
        "late": months.filter(state=Period.State.OPEN, period__lte=last_month(today)).count(),
        "reopenings": reopened.select_related("closed_by", "reopened_by").order_by("-pk")[:50],
        "history": story(mine, person_of(request)),
        "next_year": years[0] + 1,
        "may_open_year": person_of(request).can("books.close")
        and (today.year, today.month) >= (years[0], 12),
    }
    return show(request, "yearend/book.html", context)


@page("books.view")
def month(request: HttpRequest, book: int, period: int) -> HttpResponse:
    return _show(request, mine_of(request, book), period)


@page("books.view")
def bank(request: HttpRequest, book: int, period: int) -> HttpResponse:
    """The bank's own check, on its own: it asks every account and its statements."""
    mine = mine_of(request, book)
    months = Period.objects.visible_to(person_of(request)).filter(
        book=mine, period__gte=mine.begins
    )
    one = get_object_or_404(months, period=period)
    check = look_at("bank", bank_facts(mine, period))
    context = {
        "title": f"{one.title} 银行对账",
        "book": mine,
        "month": one,
        "check": check,
        "url": url_for(check, mine, period),
    }
    return show(request, "yearend/bank.html", context, part="yearend/parts/check.html")


@page("books.close", methods=("POST",))
def close(request: HttpRequest, book: int, period: int) -> HttpResponse:
    actions.close_month(book_id=book, period=period, by=person_of(request), now=now())
    return onward(request, "yearend:month", book, period)


@page("books.reopen", methods=("POST",))
def reopen(request: HttpRequest, book: int, period: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, mine_of(request, book), period, form)
    actions.reopen_month(
        book_id=book, period=period, by=person_of(request), now=now(), **form.cleaned_data
    )
    return onward(request, "yearend:month", book, period)


@page("books.lock", methods=("POST",))
def lock(request: HttpRequest, book: int, period: int) -> HttpResponse:
    actions.lock_through(book_id=book, period=period, by=person_of(request), now=now())
    return onward(request, "yearend:month", book, period)


@page("books.close", methods=("POST",))
def open_year(request: HttpRequest, book: int) -> HttpResponse:
    actions.open_next_year(book_id=book, by=person_of(request), now=now())
    return onward(request, "yearend:book", book)


def mine_of(request: HttpRequest, pk: int) -> Book:
    """A book this person may see; 404 otherwise."""
    mine = Book.objects.visible_to(person_of(request)).select_related("collective")
    found: Book = get_object_or_404(mine, pk=pk)
    return found


def heading(request: HttpRequest, book: Book) -> dict[str, Any]:
    """What every page of a book says at its head."""
    village = names_of([book.village]).get(book.village, book.village)
    return {"book": book, "village": village, "organisation": book.collective.name}


def _year(request: HttpRequest, years: list[int], this: int) -> int:
    given = request.GET.get("year", "")
    if given.isdecimal() and len(given) == 4 and int(given) in years:
        return int(given)
    return this if this in years else years[0]


def _show(
    request: HttpRequest, book: Book, period: int, wrong: ReasonForm | None = None
) -> HttpResponse:
    person = person_of(request)
    months = Period.objects.visible_to(person).filter(book=book, period__gte=book.begins)
    one = get_object_or_404(months.select_related("closed_by"), period=period)
    checks = checklist(gather({book: period}, localdate())[book.pk])
    later = months.filter(period__gt=period).exclude(state=Period.State.OPEN).exists()
    reopened = Reopening.objects.visible_to(person).filter(book=book, period=period)
    is_open, is_closed = one.state == Period.State.OPEN, one.state == Period.State.CLOSED
    context = {
        **heading(request, book),
        "title": f"{one.title} 结账",
        "month": one,
        "checks": [(c, url_for(c, book, period)) for c in checks if c.name != "bank"],
        "stops": len(blocking(checks)),
        "warnings": sum(1 for c in checks if c.state == "warn" and c.name != "bank"),
        "is_open": is_open,
        "year": period // 100,
        "is_december": period % 100 == 12,
        "may_close": is_open and person.can("books.close"),
        "may_reopen": is_closed and person.can("books.reopen"),
        "is_last": not later,
        "may_lock": is_closed and person.can("books.lock"),
        "reopenings": reopened.select_related("closed_by", "reopened_by").order_by("-pk")[:50],
        "form": wrong or ReasonForm(),
    }
    return show(request, "yearend/month.html", context, status=422 if wrong else 200)
