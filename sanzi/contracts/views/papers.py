"""Papers of a contract: what is asked before one is written; reminders for a whole list."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate, now

from sanzi.contracts import collecting
from sanzi.contracts.actions import papers as actions
from sanzi.contracts.paper_forms import FORMS_BY_CODE, SLUGS, AgreementForm, ExpiryForm
from sanzi.contracts.papers import BY_CODE
from sanzi.kernel.refusals import Missing
from sanzi.letters import runner
from sanzi.letters.actions.runs import begin_run
from sanzi.letters.printing import base_of
from sanzi.web.pages import onward, page, person_of, show

from .scoped import about, contract_of

DAYS = collecting.EXPIRY_LEADS[1]
LISTED_MAX = 500


@page("letters.issue", methods=("GET", "POST"))
def paper(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    code = SLUGS.get(slug)
    if code is None:
        raise Missing("paper.missing", "没有这种文书")
    contract = contract_of(request, pk)
    form = _form(request, code, contract)
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data.get("amendment")
        letter = actions.issue(
            contract_id=pk,
            code=code,
            asked=form.asked,  # type: ignore[attr-defined]
            amendment_id=chosen.pk if chosen else None,
            by=person_of(request),
            now=now(),
        )
        return onward(request, "letters:letter", letter.pk)
    title = BY_CODE[code].title
    words = "编号、日期、落款、大写金额和二维码会自动加上；制发后不能修改，只能作废重发。"
    context = {**about(contract, title), "words": words, "form": form, "submit": "制发"}
    return show(request, "contracts/form.html", context, status=422 if form.is_bound else 200)


def _form(request: HttpRequest, code: str, contract: Any) -> forms.Form:
    kind = FORMS_BY_CODE[code]
    more: dict[str, Any] = {}
    if issubclass(kind, AgreementForm):
        more = {"contract": contract, "person": person_of(request)}
    return kind(request.POST if request.method == "POST" else None, **more)


@page("letters.issue", methods=("GET", "POST"))
def remind(request: HttpRequest) -> HttpResponse:
    """A reminder for each contract that ends within ninety days, those ticked."""
    person = person_of(request)
    running = collecting.running_for(person)
    found = list(collecting.expiring(running, localdate(), DAYS).order_by("last_day")[:LISTED_MAX])
    form = ExpiryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        mine = {contract.pk for contract in found}
        chosen = [int(pk) for pk in request.POST.getlist("contract") if pk.isdecimal()]
        letters = actions.remind_many(
            contract_ids=[pk for pk in chosen if pk in mine],
            contact=form.cleaned_data["contact"],
            by=person,
            now=now(),
        )
        kind = "docx" if request.POST.get("kind") == "docx" else "pdf"
        run = begin_run(
            letter_ids=[letter.pk for letter in letters],
            kind=kind,
            base=base_of(request),
            by=person,
            now=now(),
        )
        runner.start(run, person.pk)
        messages.success(request, f"已制发 {len(letters)} 份到期提醒函，正在连成一个文件")
        return onward(request, "letters:run", run.pk)
    context = {"title": "批量到期提醒", "found": found, "form": form, "days": DAYS}
    return show(request, "contracts/remind.html", context)
