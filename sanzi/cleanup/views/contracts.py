"""The list of findings, and one contract with its findings and what to do about them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.cleanup import contract_page
from sanzi.cleanup.actions import judging as actions
from sanzi.cleanup.findings_register import FINDINGS
from sanzi.cleanup.forms import JudgeForm
from sanzi.cleanup.models import Case
from sanzi.cleanup.queries import found_with, outcome_badge
from sanzi.cleanup.timer_page import answered_on, timers_on
from sanzi.cleanup.workflow import JUDGING
from sanzi.contracts.models import Contract
from sanzi.dispositions.models import Disposition
from sanzi.intake.facts import sealed_values
from sanzi.journal.timeline import timeline
from sanzi.metrics.rows import sums_of
from sanzi.web.frame import names_on
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page


@page("registers.view")
def findings(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, FINDINGS)


@page("registers.view")
def contract(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _mine(request, pk))


@page("findings.judge", methods=("POST",))
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return _show(request, _mine(request, pk), form)
    actions.judge(contract_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "cleanup:contract", pk)


def _mine(request: HttpRequest, pk: int) -> Contract:
    mine = Contract.objects.visible_to(person_of(request)).select_related("party")
    found: Contract = get_object_or_404(mine, pk=pk)
    return found


def _show(request: HttpRequest, contract: Any, wrong: JudgeForm | None = None) -> HttpResponse:
    today, person = localdate(), person_of(request)
    found = found_with(contract, today)
    acts = list(
        Disposition.objects.visible_to(person).on("合同", contract.village, contract.number)
    )
    sums = sums_of("contracts", [contract.pk], today).get(contract.pk, {})
    history = timeline(contract, person)
    village = names_on(request, [contract.village]).get(contract.village, contract.village)
    groups, answered = contract_page.groups(contract), answered_on(contract)
    context = {
        "title": contract.title,
        "contract": contract,
        "village": village,
        "answer": contract_page.answer(contract, village, found, sums),
        "outcome": outcome_badge(sums),
        "stages": contract_page.stages(found, acts, history),
        "found": [(one, JUDGING.offers(one, person)) for one in found],
        "timers": timers_on(contract, found, answered, person),
        "answered": answered,
        "may_judge": person.can(JUDGING.steps[0].needs),
        "wrong": wrong,
        "aside": groups[: contract_page.ASIDE],
        "groups": groups[contract_page.ASIDE :],
        "acts": acts,
        "case": Case.objects.visible_to(person).filter(contract=contract).first(),
        "may_open_case": person.can("cases.handle") and any(one.stands for one in found),
        "sealed": sealed_values(contract_page.SHEET, contract),
        "may_reveal": person.can("sealed.reveal"),
        "history": history,
    }
    return show(request, "cleanup/contract.html", context, status=422 if wrong else 200)
