"""The parts of a contract's page that it fetches when it has loaded: each few enough queries."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.cleanup.check_page import check_part
from sanzi.cleanup.comparing_prices import compared
from sanzi.cleanup.life.money import money_of
from sanzi.cleanup.life.related import related_of
from sanzi.cleanup.life.terms import terms_of
from sanzi.cleanup.models import Finding
from sanzi.cleanup.queries import found_with, outcome_badge
from sanzi.contracts.models import Contract
from sanzi.metrics.rows import sums_of
from sanzi.web.pages import page, person_of, show_part

PRICED = ("P04", "P17")


@page("registers.view")
def checked(request: HttpRequest, pk: int) -> HttpResponse:
    """What the check sheet says, and the prices a finding compares with."""
    contract, person = _mine(request, pk), person_of(request)
    priced = Finding.objects.visible_to(person).filter(contract=contract, rule__in=PRICED)
    said = {
        "compared": compared(contract, person) if priced.exists() else None,
        **check_part(contract, person),
    }
    return _part(request, contract, "checked", "三查一访", said)


@page("registers.view")
def terms(request: HttpRequest, pk: int) -> HttpResponse:
    """What was agreed later, how it ended, what it brought."""
    contract = _mine(request, pk)
    said = {"terms": terms_of(contract, person_of(request), localdate())}
    return _part(request, contract, "terms", "条款和协议", said)


@page("registers.view")
def money(request: HttpRequest, pk: int) -> HttpResponse:
    """What falls due, what came in, and the claims."""
    contract = _mine(request, pk)
    said = {"money": money_of(contract, person_of(request), localdate())}
    return _part(request, contract, "money", "应收和收款", said)


@page("registers.view")
def related(request: HttpRequest, pk: int) -> HttpResponse:
    """Papers, the thing let, cases alike."""
    contract, today = _mine(request, pk), localdate()
    found = found_with(contract, today)
    said = {
        "related": related_of(contract, found, person_of(request)),
        "outcome": outcome_badge(sums_of("contracts", [pk], today).get(pk, {})),
    }
    return _part(request, contract, "related", "文书和案例", said)


def _mine(request: HttpRequest, pk: int) -> Contract:
    found: Contract = get_object_or_404(Contract.objects.visible_to(person_of(request)), pk=pk)
    return found


def _part(
    request: HttpRequest, contract: Any, name: str, title: str, said: dict[str, Any]
) -> HttpResponse:
    context = {"title": title, "answer": contract.title, "contract": contract, **said}
    back = reverse("cleanup:contract", args=(contract.pk,))
    return show_part(
        request, f"cleanup/parts/{name}.html", context, back_url=back, back_word="返回合同"
    )
