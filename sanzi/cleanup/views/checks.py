"""三查一访 on a telephone: one contract's cards; the sheets of a region, and how far they are."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate, now

from sanzi.cleanup.actions import checking
from sanzi.cleanup.check_page import cards, found_so_far, said_in
from sanzi.cleanup.check_registers import DISCREPANCIES, SHEETS, progress_rows
from sanzi.cleanup.forms import VisitForm
from sanzi.cleanup.models import CheckSheet
from sanzi.cleanup.queries import sheet_state
from sanzi.cleanup.workflow import CHECKING, OPEN
from sanzi.contracts.models import Contract
from sanzi.documents.kinds import UnfitPaper
from sanzi.kernel.refusals import Invalid
from sanzi.orgs.tree import names_of
from sanzi.web.frame import place
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page


@page("registers.view")
def sheets(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, SHEETS)


@page("registers.view")
def discrepancies(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, DISCREPANCIES)


@page("registers.view")
def progress(request: HttpRequest) -> HttpResponse:
    """How far each village, or each region below, has come."""
    here = place(request)
    rows, total = progress_rows(person_of(request), here)
    context = {"title": "三查一访进度", "here": here, "rows": rows, "total": total}
    return show(request, "cleanup/check_progress.html", context)


@page("registers.view")
def check(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _mine(request, pk))


@page("contracts.check", methods=("POST",))
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    source = request.POST.get("source", "")
    said = {name: str(value) for name, value in request.POST.items()}
    try:
        checking.answer(
            contract_id=pk,
            source=source,
            said=said,
            files=request.FILES.getlist("photos"),
            by=person_of(request),
            now=now(),
        )
    except (Invalid, UnfitPaper) as refusal:
        return _show(request, _mine(request, pk), said, (source, refusal.message), refusal.status)
    return onward(request, f"{reverse('cleanup:check', args=(pk,))}#{source}")


@page("contracts.check", methods=("POST",))
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    form = VisitForm(request.POST)
    if not form.is_valid():
        return _show(request, _mine(request, pk), form=form, status=422)
    checking.visit(contract_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, f"{reverse('cleanup:check', args=(pk,))}#visit")


@page("registers.view", methods=("POST",))
def step(request: HttpRequest, pk: int) -> HttpResponse:
    _mine(request, pk)
    wanted = request.POST.get("step", "")
    if wanted not in {step.name for step in CHECKING.steps}:
        raise Invalid("check.step", "没有这个环节，请刷新后再办")
    checking.take_step(contract_id=pk, step=wanted, by=person_of(request), now=now())
    return onward(request, "cleanup:check", pk)


def _mine(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(Contract.objects.visible_to(person_of(request)), pk=pk)


def _show(
    request: HttpRequest,
    contract: Any,
    typed: dict[str, str] | None = None,
    wrong: tuple[str, str] = ("", ""),
    status: int = 200,
    form: VisitForm | None = None,
) -> HttpResponse:
    person = person_of(request)
    mine = CheckSheet.objects.visible_to(person).filter(contract=contract)
    sheet = mine.select_related("handed_by", "accepted_by").first()
    is_open = sheet is None or sheet.stage == OPEN
    said = said_in(sheet)
    context = {
        "title": f"核查 {contract.number}",
        "contract": contract,
        "village": names_of([contract.village]).get(contract.village, contract.village),
        "sheet": sheet,
        "cards": cards(contract, sheet, person, {**said, **(typed or {})}),
        "visits": list(sheet.visits.select_related("visited_by").order_by("pk")) if sheet else [],
        "found": found_so_far(contract, said),
        "may_write": is_open and person.can("contracts.check"),
        "is_open": is_open,
        "offers": CHECKING.offers(sheet_state(sheet), person) if sheet else [],
        "visit_form": form or VisitForm(initial={"visited_on": localdate()}),
        "wrong_source": wrong[0],
        "wrong": wrong[1],
    }
    return show(request, "cleanup/check.html", context, status=status)
