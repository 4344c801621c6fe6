"""One claim: what is owed, what moved it, who owes it and under which contract."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.contracts.models import Contract
from sanzi.dispositions.models import Disposition
from sanzi.intake.facts import group, sealed_values
from sanzi.journal.timeline import timeline
from sanzi.receivables import queries
from sanzi.receivables.claim_page import limitation_box, overdue_word
from sanzi.receivables.doors import steps_of, work_of
from sanzi.receivables.models import Claim
from sanzi.receivables.stages import furthest, track_of
from sanzi.receivables.standing import marked
from sanzi.web.frame import names_on
from sanzi.web.pages import page, person_of, show, show_part


@page("registers.view")
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    mine = marked(Claim.objects.visible_to(person).select_related("party"))
    found: Any = get_object_or_404(mine, pk=pk)
    acts = Disposition.objects.visible_to(person).on("债权", found.village, found.number)
    acts = acts.select_related("voucher", "reversed_by")
    kept, is_sealed = queries.movements(found, acts, localdate())
    context = {
        "title": f"对{found.debtor}的债权 {found.number}",
        "row": found,
        "slug": "receivables",
        "register_title": "债权台账",
        "village": names_on(request, [found.village]).get(found.village, found.village),
        "answer": queries.answer(found, kept, is_sealed),
        "ledger": kept,
        "moved_word": "清收",
        "badge": ("已封存", "plain") if is_sealed else None,
        "track": track_of(furthest(found)),
        "limitation": limitation_box(found, localdate()),
        "may_record": person.can("limitation.record"),
        "may_entrust": bool(found.left) and person.can("responsibility.assign"),
        "overdue": overdue_word(found.due_on, localdate()) if found.left else "",
        "contract": _contract(request, found),
        "groups": [group("债权内容", queries.SHEET, found)],
        "sealed": sealed_values(queries.SHEET, found),
        "may_reveal": person.can("sealed.reveal"),
        "history": timeline(found, person),
    }
    return show(request, "receivables/claim.html", context)


@page("registers.view")
def steps(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of a claim's page with the next right steps."""
    claim = _mine(request, pk)
    said = {"steps": steps_of(claim, person_of(request), localdate())}
    return _part(request, claim, "steps", "七环", said)


@page("registers.view")
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of a claim's page with what has been done."""
    claim = _mine(request, pk)
    said = {"work": work_of(claim, localdate())}
    return _part(request, claim, "work", "清收单、计划和文书", said)


def _mine(request: HttpRequest, pk: int) -> Claim:
    found: Claim = get_object_or_404(Claim.objects.visible_to(person_of(request)), pk=pk)
    return found


def _part(
    request: HttpRequest, claim: Claim, name: str, title: str, said: dict[str, Any]
) -> HttpResponse:
    context = {"title": title, "answer": str(claim), **said}
    back = reverse("receivables:claim", args=(claim.pk,))
    return show_part(
        request, f"receivables/parts/{name}.html", context, back_url=back, back_word="返回债权"
    )


def _contract(request: HttpRequest, claim: Any) -> Contract | None:
    """The contract the claim comes from, where the register has it."""
    if not claim.contract_number:
        return None
    mine = Contract.objects.visible_to(person_of(request))
    found: Contract | None = mine.filter(
        village=claim.village, number=claim.contract_number
    ).first()
    return found
