"""One debt: what is owed, what moved it, and to whom."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from sanzi.dispositions.models import Disposition
from sanzi.intake.facts import group, sealed_values
from sanzi.journal.timeline import timeline
from sanzi.orgs.tree import names_of
from sanzi.web.pages import page, person_of, show

from . import queries
from .models import Debt


@page("registers.view")
def debt(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    found: Any = get_object_or_404(Debt.objects.visible_to(person).select_related("party"), pk=pk)
    acts = Disposition.objects.visible_to(person).on("债务", found.village, found.number)
    kept = queries.movements(found, acts)
    context = {
        "title": f"欠{found.creditor}的债务 {found.number}",
        "row": found,
        "slug": "debts",
        "register_title": "债务台账",
        "village": names_of([found.village]).get(found.village, found.village),
        "answer": queries.answer(found, kept),
        "ledger": kept,
        "moved_word": "化解",
        "groups": [group("债务内容", queries.SHEET, found)],
        "sealed": sealed_values(queries.SHEET, found),
        "may_reveal": person.can("sealed.reveal"),
        "history": timeline(found, person),
    }
    return show(request, "debts/debt.html", context)
