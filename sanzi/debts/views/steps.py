"""Proposing a way out of a debt, and every step after it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from sanzi.debts.actions import resolving as actions
from sanzi.debts.forms import ProposeForm, StepForm
from sanzi.debts.models import Debt, Resolving
from sanzi.debts.ways import BY_CODE, Way
from sanzi.kernel.refusals import Missing, Refusal
from sanzi.receivables.models import Claim
from sanzi.web.pages import onward, page, person_of, show

CLAIMS_MAX = 300


@page("debts.work", methods=("GET", "POST"))
def propose(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    debt = _mine(request, pk)
    way = _way(code)
    form = ProposeForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        way=way,
        claims=_claims(request, debt, way),
    )
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose(
                debt_id=debt.pk, way=way.code, audit=form.audit, by=person_of(request), now=now(),
                **form.cleaned_data,
            )  # fmt: skip
            return onward(request, "debts:debt", debt.pk)
        except Refusal as refusal:
            refused = refusal
    context = {"title": way.title, "debt": debt, "way": way, "form": form, "refused": refused}
    status = refused.status if refused else 422 if form.errors else 200
    return show(request, "debts/propose.html", context, status=status)


@page("registers.view", methods=("POST",))
def step(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    found = get_object_or_404(Resolving.objects.visible_to(person), pk=pk)
    form = StepForm(request.POST)
    told = form.cleaned_data if form.is_valid() else {"step": "", "reason": ""}
    if told["step"] == "confirm":
        actions.confirm(resolving_id=pk, by=person, now=now())
    elif told["step"] == "reverse":
        actions.reverse(resolving_id=pk, by=person, now=now())
    else:
        actions.take_step(resolving_id=pk, by=person, now=now(), **told)
    return onward(request, "debts:debt", found.debt_id)


def _mine(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(Debt.objects.visible_to(person_of(request)), pk=pk)


def _way(code: str) -> Way:
    if code not in BY_CODE:
        raise Missing("debt.way", "没有这种化解方式")
    return BY_CODE[code]


def _claims(request: HttpRequest, debt: Any, way: Way) -> list[Claim]:
    """The claims a debt may be set off with: on the creditor himself, or on anybody (D06)."""
    if "claim" not in way.asks:
        return []
    mine = Claim.objects.visible_to(person_of(request)).filter(village=debt.village, left__gt=0)
    same = mine.filter(party=debt.party_id)
    found = same if way.code == "D05" else mine.exclude(party=debt.party_id)
    return list(found.order_by("number")[:CLAIMS_MAX])
