"""A contract's life by hand: its end, its filing, the gain foreseen; and who is to be reminded."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.timezone import localdate, now

from sanzi.contracts import collecting
from sanzi.contracts.actions import life as actions
from sanzi.contracts.forms import EndForm, FileForm, GainForm
from sanzi.contracts.models import Amendment
from sanzi.contracts.registers import AMENDMENTS, EXPIRIES
from sanzi.kernel.money import ZERO
from sanzi.orgs.tree import names_of
from sanzi.web.formats import money
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

from .scoped import about, contract_of


@page("registers.view")
def expiries(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, EXPIRIES)


@page("registers.view")
def amendments(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, AMENDMENTS)


@page("registers.view")
def reminders(request: HttpRequest) -> HttpResponse:
    """What is due soon, overdue, expiring, expired, unfiled or waiting, each with its count."""
    person, today = person_of(request), localdate()
    running, dues = collecting.running_for(person), collecting.dues_for(person)
    late = collecting.overdue(dues, today)
    owed = late.aggregate(sum=Sum("owed"))["sum"] or ZERO
    ends, rents = reverse("contracts:expiries"), reverse("contracts:dues")
    expired = collecting.expired(running, today).count()
    tiles = [
        _tile("已到期未处理", f"{ends}?lead=expired", expired, "收回、续签或腾退", "danger"),
        *(
            _tile(
                f"{days} 天内到期",
                f"{ends}?lead={days}",
                collecting.expiring(running, today, days).count(),
                "先议定去向",
                "warn",
            )
            for days in reversed(collecting.EXPIRY_LEADS)
        ),
        _tile("逾期租金", f"{rents}?state=overdue", late.count(), f"{money(owed)} 元", "danger"),
        _tile(
            f"{collecting.DUE_LEAD} 天内应收",
            f"{rents}?state=coming",
            collecting.coming(dues, today).count(),
            "提前告知承包方",
            "warn",
        ),
        _tile(
            "协议未备案",
            reverse("contracts:amendments") + "?filing=no",
            collecting.unfiled_for(person).count(),
            "送乡镇盖章备案",
            "warn",
        ),
        _tile(
            "收款待复核",
            reverse("contracts:desk"),
            collecting.waiting_payments(person).count(),
            "由另一人复核入账",
            "running",
        ),
    ]
    context = {"title": "合同提醒", "tiles": tiles, "may_write": person.can("letters.issue")}
    return show(request, "contracts/reminders.html", context)


def _tile(title: str, url: str, many: int, hint: str, tone: str) -> dict[str, str]:
    if not many:
        return {"title": title, "url": url, "many": "0", "hint": "没有", "tone": "done"}
    return {"title": title, "url": url, "many": f"{many:,}", "hint": hint, "tone": tone}


@page("contracts.amend", methods=("GET", "POST"))
def end(request: HttpRequest, pk: int) -> HttpResponse:
    def do(told: Mapping[str, Any]) -> str:
        actions.end_contract(contract_id=pk, by=person_of(request), now=now(), **told)
        return "合同终止已登记，标的已转为闲置"

    form = EndForm(
        request.POST if request.method == "POST" else None, initial={"ended_on": localdate()}
    )
    words = "终止之后的应收款会撤回，标的转为闲置；登记后不能撤销。"
    return _form(request, pk, "终止合同", words, form, "登记终止", do)


@page("contracts.file", methods=("GET", "POST"))
def file(request: HttpRequest, pk: int, ordinal: int = 0) -> HttpResponse:
    """File the contract itself (ordinal 0), or one of its amendments."""
    contract = contract_of(request, pk)
    mine = Amendment.objects.visible_to(person_of(request)).filter(contract=contract)
    amendment = mine.filter(ordinal=ordinal).first() if ordinal else None

    def do(told: Mapping[str, Any]) -> str:
        filing = actions.file_contract(
            contract_id=pk,
            amendment_id=amendment.pk if amendment else None,
            by=person_of(request),
            now=now(),
            **told,
        )
        return f"已备案：{filing.number}"

    town = names_of([contract.town]).get(contract.town, "")
    fresh = {"filed_on": localdate(), "stamped_by": f"{town}人民政府" if town else ""}
    form = FileForm(request.POST if request.method == "POST" else None, initial=fresh)
    title = f"{amendment}备案" if amendment else "合同备案"
    return _form(request, pk, title, "备案后编号不再改动。", form, "登记备案", do)


@page("contracts.keep", methods=("GET", "POST"))
def gain(request: HttpRequest, pk: int) -> HttpResponse:
    def do(told: Mapping[str, Any]) -> str:
        actions.plan_gain(contract_id=pk, by=person_of(request), now=now(), **told)
        return "计划增收已登记"

    words = "计划、签订、到账三个数各算各的，从不相加。"
    return _form(
        request,
        pk,
        "计划增收",
        words,
        GainForm(request.POST if request.method == "POST" else None),
        "登记",
        do,
    )


def _form(
    request: HttpRequest,
    pk: int,
    title: str,
    words: str,
    form: forms.Form,
    submit: str,
    do: Callable[[Mapping[str, Any]], str],
) -> HttpResponse:
    contract = contract_of(request, pk)
    if form.is_bound and form.is_valid():
        messages.success(request, do(form.cleaned_data))
        return onward(request, "cleanup:contract", pk)
    context = {**about(contract, title), "words": words, "form": form, "submit": submit}
    return show(request, "contracts/form.html", context, status=422 if form.is_bound else 200)
