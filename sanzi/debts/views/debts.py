"""One debt: what is owed, what moved it, to whom, and the steps out of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from sanzi.debts import queries
from sanzi.debts.debt_page import steps_of
from sanzi.debts.models import Debt
from sanzi.debts.ways import WAYS
from sanzi.dispositions.models import Disposition
from sanzi.intake.facts import group, sealed_values
from sanzi.journal.timeline import timeline
from sanzi.web.frame import names_on
from sanzi.web.pages import page, person_of, show


@page("registers.view")
def debt(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    found: Any = get_object_or_404(Debt.objects.visible_to(person).select_related("party"), pk=pk)
    acts = Disposition.objects.visible_to(person).on("债务", found.village, found.number)
    acts = acts.select_related("voucher", "reversed_by")
    kept = queries.movements(found, acts)
    steps = steps_of(found, person)
    context = {
        "title": f"欠{found.creditor}的债务 {found.number}",
        "row": found,
        "slug": "debts",
        "register_title": "债务台账",
        "village": names_on(request, [found.village]).get(found.village, found.village),
        "answer": queries.answer(found, kept),
        "ledger": kept,
        "moved_word": "化解",
        "steps": steps,
        "may_propose": person.can("debts.work") and not any(step.is_open for step in steps),
        "groups": [group("债务内容", queries.SHEET, found)],
        "sealed": sealed_values(queries.SHEET, found),
        "may_reveal": person.can("sealed.reveal"),
        "history": timeline(found, person),
    }
    return show(request, "debts/debt.html", context)


@page("registers.view")
def ways(request: HttpRequest, pk: int) -> HttpResponse:
    """The thirteen ways, each with its condition, proof, decision and posting."""
    found: Any = get_object_or_404(Debt.objects.visible_to(person_of(request)), pk=pk)
    context = {
        "title": "选择化解方式",
        "debt": found,
        "ways": WAYS,
        "may_propose": person_of(request).can("debts.work"),
    }
    return show(request, "debts/ways.html", context)
