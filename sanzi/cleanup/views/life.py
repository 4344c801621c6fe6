"""What is done to a contract that touches its claims or its findings: amended, its arrears claimed,
its matter told as a case."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.cleanup.amend_form import TermsForm
from sanzi.cleanup.life.related import value_of
from sanzi.cleanup.queries import found_with, outcome_of
from sanzi.cleanup.telling import draft_of
from sanzi.contracts.actions.cases import tell_case
from sanzi.contracts.actions.life import amend_contract
from sanzi.contracts.forms import CaseForm
from sanzi.contracts.models import Amendment, Contract
from sanzi.contracts.queries import terms_on
from sanzi.metrics.rows import sums_of
from sanzi.orgs.tree import names_of
from sanzi.receivables.actions.arrears import claim_arrears
from sanzi.receivables.models import Claim
from sanzi.web.pages import onward, page, person_of, show


@page("contracts.amend", methods=("GET", "POST"))
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a signed addendum: every term as it now reads, to be written over."""
    contract = _mine(request, pk)
    terms = terms_on(contract, date.max)
    claims = _open_claims(request, contract)
    seen = Amendment.objects.visible_to(person_of(request)).filter(contract=contract).count()
    today = localdate()
    fresh = {"seen": seen, "signed_on": today, "effective_on": today}
    form = TermsForm(
        request.POST if request.method == "POST" else None,
        initial=fresh,
        terms=terms,
        claims=claims,
    )
    if form.is_bound and form.is_valid():
        amendment = amend_contract(
            contract_id=pk,
            changes=form.changes,
            carries=form.carries,
            by=person_of(request),
            now=now(),
            **form.own,
        )
        messages.success(request, f"{amendment}已登记，请送另一人备案")
        return onward(request, "cleanup:contract", pk)
    words = "只改动与现行约定不同的条款；原合同保持签订时的样子，改动前后都留存。"
    context = {**_about(contract, "登记补充协议"), "words": words, "form": form, "submit": "登记"}
    return show(request, "contracts/form.html", context, status=422 if form.is_bound else 200)


@page("contracts.keep", methods=("POST",))
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    chosen = [int(due) for due in request.POST.getlist("due") if due.isdecimal() and len(due) < 19]
    claims = claim_arrears(contract_id=pk, due_ids=chosen, by=person_of(request), now=now())
    messages.success(request, f"已转为 {len(claims)} 笔债权，今后在债权台账清收")
    return onward(request, "cleanup:contract", pk)


@page("contracts.keep", methods=("GET", "POST"))
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the contract's matter as a case; a first draft comes from its findings and effect."""
    contract = _mine(request, pk)
    today = localdate()
    found = found_with(contract, today)
    outcome = outcome_of(sums_of("contracts", [pk], today).get(pk, {}))
    form = CaseForm(
        request.POST if request.method == "POST" else None,
        initial=draft_of(contract, found, outcome, today),
    )
    if form.is_bound and form.is_valid():
        told = dict(form.cleaned_data)
        case = tell_case(
            contract_id=pk,
            kind=told.pop("kind"),
            told=told,
            rules="、".join(sorted({one.finding.rule for one in found if one.stands})),
            value=value_of(contract),
            outcome=outcome,
            by=person_of(request),
            now=now(),
        )
        return onward(request, "contracts:case", case.pk)
    words = "承包方、发包方和村名保存时自动隐去；写好后由另一人审阅发布。"
    context = {**_about(contract, "写典型案例"), "words": words, "form": form, "submit": "保存"}
    return show(request, "contracts/form.html", context, status=422 if form.is_bound else 200)


def _mine(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(Contract.objects.visible_to(person_of(request)), pk=pk)


def _about(contract: Any, title: str) -> dict[str, Any]:
    village = names_of([contract.village]).get(contract.village, contract.village)
    return {"title": title, "contract": contract, "village": village}


def _open_claims(request: HttpRequest, contract: Any) -> list[Claim]:
    mine = Claim.objects.visible_to(person_of(request)).filter(
        village=contract.village, contract_number=contract.number, left__gt=0
    )
    return list(mine.order_by("number")[:50])
