"""突击入账: the year-end events of a region's villages, each down to its vouchers."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from sanzi.income import jumps
from sanzi.income.asked import asked_of, villages_in
from sanzi.income.vouchers import jumps_in, place_of
from sanzi.kernel.money import from_fen
from sanzi.web.frame import place
from sanzi.web.pager import Pager
from sanzi.web.pages import page, person_of, show

from .overview import common

SIZE = 50


@page("figures.view")
def events(request: HttpRequest) -> HttpResponse:
    here = place(request)
    asked = asked_of(request, here.code, of_a_december=True)
    judged = asked.judged
    found = jumps_in(here.code, asked.year, asked.definition, judged.limits, judged.tiers.edges)
    names = villages_in(here.code)
    rows = [_row(code, names, one) for code, several in found.items() for one in several]
    pager = Pager.over(rows, request.GET, size=SIZE)
    context = {
        "title": "突击入账预警",
        "here": here,
        "rules": jumps.rules(judged.limits),
        "rows": pager.rows,
        "pager": pager,
        "villages": len(found),
        "is_example": judged.limits == jumps.Limits(),
        "year_end": date(asked.year, 12, 31),
        "opens_books": person_of(request).can("books.view"),
    } | common(request, asked)
    return show(request, "income/jumps.html", context)


def _row(code: str, names: dict[str, str], one: jumps.Jump) -> dict[str, Any]:
    return {
        "code": code,
        "name": names.get(code, code),
        "title": one.title,
        "words": one.words,
        "amount": from_fen(one.amount),
        "vouchers": [(*place_of(key), key) for key in one.vouchers],
    }
