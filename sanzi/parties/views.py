"""Everything one party has to do with the villages, on one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from sanzi.web.pages import page, person_of, show

from . import queries
from .models import Party


@page("registers.view")
def party(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Party.objects.visible_to(person_of(request)), pk=pk)
    dealings = queries.dealings(found, person_of(request), localdate())
    called = queries.called([found], person_of(request)).get(found.pk)
    context = {
        "title": called.name if called else "往来对象",
        "party": found,
        "called": called,
        "answer": queries.answer(found, dealings),
        "dealings": dealings,
    }
    return show(request, "parties/party.html", context)
