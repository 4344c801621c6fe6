"""Statements and the trial balance over all sets of a region and scheme, and what each set adds."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.accounting import asked, books
from sanzi.accounting.book_tables import trial_table
from sanzi.accounting.chart import SCHEMES
from sanzi.accounting.giving import check_size, form_asked, give
from sanzi.accounting.models import Book
from sanzi.accounting.region_tables import parts_table, parts_title
from sanzi.accounting.sheet_forms import STATEMENTS
from sanzi.accounting.shelf import KINDS, end_words, issued_of
from sanzi.accounting.statement_tables import statement_table
from sanzi.orgs.tree import names_of
from sanzi.web.frame import Place, place
from sanzi.web.pager import Pager
from sanzi.web.pages import page, person_of

SIZE = 50


def _months(request: HttpRequest) -> asked.Months:
    today = localdate()
    return asked.months(request, today.year * 100 + today.month, whole_year=False)


def _context(request: HttpRequest, here: Place, of: books.BooksOf) -> dict[str, Any]:
    given = {key: request.GET.get(key, "") for key in ("region", "first", "last", "scheme", "kind")}
    pages = [
        (title, reverse("accounting:region-statement", args=[statement]) + asked.query(**given))
        for statement, title in STATEMENTS.items()
    ]
    trial = reverse("accounting:region-trial") + asked.query(**given)
    return {
        "here": here,
        "of": of,
        "schemes": [(scheme, f"{scheme} 年制度") for scheme in SCHEMES],
        "kinds": KINDS,
        "shelf": [*pages, ("科目余额表", trial)],
    }


def _parts_url(here: Place, of: books.BooksOf, months: asked.Months, **more: object) -> str:
    return reverse("accounting:region-parts") + asked.query(
        region="" if here.is_own else here.code,
        scheme=of.scheme,
        kind=of.kind,
        first=months.first_field,
        last=months.last_field,
        **more,
    )


@page("books.view")
def statement(request: HttpRequest, statement: str) -> HttpResponseBase:
    here = place(request)
    of = asked.books_of(request, here.code)
    months = _months(request)
    filled = books.sheet(of, statement, months.first, months.last)

    def link(key: str, codes: frozenset[str], split: bool, column: int) -> str:
        return _parts_url(here, of, months, what=statement, row=key)

    words = end_words(months.last) if statement == "balance" else months.words
    table = statement_table(filled, issued_of(here, of, words), link, about=_about(here, months))
    context = _context(request, here, of) | {"months": months, "words": words}
    return give(
        request,
        table,
        context | {"is_one_month": statement == "balance"},
        template="accounting/region_table.html",
    )


def _about(here: Place, months: asked.Months) -> str:
    return f"{here}_{asked.dashed(months.last)}_"


@page("books.view")
def trial(request: HttpRequest) -> HttpResponseBase:
    here = place(request)
    of = asked.books_of(request, here.code)
    months = _months(request)
    table = trial_table(
        issued_of(here, of, months.words),
        books.trial(of, months.first, months.last),
        lambda code: _parts_url(here, of, months, what="trial", row=code),
        about=_about(here, months),
    )
    context = _context(request, here, of) | {"months": months, "words": months.words}
    return give(request, table, context, template="accounting/region_table.html")


@page("books.view")
def parts(request: HttpRequest) -> HttpResponseBase:
    """The sets behind one figure of a region, each with its part."""
    here = place(request)
    of = asked.books_of(request, here.code)
    months = _months(request)
    kind = asked.one_of(request, "what", (*STATEMENTS, "trial"), "balance")
    row = request.GET.get("row", "")[:40]
    title = parts_title(of, kind, row, months.last)
    mine = Book.objects.visible_to(person_of(request)).filter(pk__in=of.books.values("pk"))
    mine = mine.order_by("village", "pk")
    form = form_asked(request)
    pager = Pager(request.GET, mine.count(), SIZE)
    check_size(form, pager.count)
    chosen = list(mine[pager.start : pager.stop] if form == "html" else mine)
    table = parts_table(
        title,
        issued_of(here, of, months.words),
        chosen,
        names_of({book.village for book in chosen}),
        (kind, row),
        (months.first, months.last),
        first_number=pager.start + 1 if form == "html" else 1,
        about=_about(here, months),
    )
    context = _context(request, here, of) | {
        "months": months,
        "words": months.words,
        "pager": pager,
        "carried": [("what", kind), ("row", row)],
    }
    return give(request, table, context, template="accounting/region_table.html")
