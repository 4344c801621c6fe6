"""One claim: what is owed, what moved it, who owes it and under which contract."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from sanzi.contracts.models import Contract
from sanzi.dispositions.models import Disposition
from sanzi.intake.facts import group, sealed_values
from sanzi.journal.timeline import timeline
from sanzi.orgs.tree import names_of
from sanzi.web.pages import page, person_of, show

from . import queries
from .models import Claim


@page("registers.view")
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    found: Any = get_object_or_404(Claim.objects.visible_to(person).select_related("party"), pk=pk)
    acts = Disposition.objects.visible_to(person).on("债权", found.village, found.number)
    kept, is_sealed = queries.movements(found, acts, localdate())
    context = {
        "title": f"对{found.debtor}的债权 {found.number}",
        "row": found,
        "slug": "receivables",
        "register_title": "债权台账",
        "village": names_of([found.village]).get(found.village, found.village),
        "answer": queries.answer(found, kept, is_sealed),
        "ledger": kept,
        "moved_word": "清收",
        "badge": ("已封存", "plain") if is_sealed else None,
        "contract": _contract(request, found),
        "groups": [group("债权内容", queries.SHEET, found)],
        "sealed": sealed_values(queries.SHEET, found),
        "may_reveal": person.can("sealed.reveal"),
        "history": timeline(found, person),
    }
    return show(request, "receivables/claim.html", context)


def _contract(request: HttpRequest, claim: Any) -> Contract | None:
    """The contract the claim comes from, where the register has it."""
    if not claim.contract_number:
        return None
    mine = Contract.objects.visible_to(person_of(request))
    found: Contract | None = mine.filter(
        village=claim.village, number=claim.contract_number
    ).first()
    return found
