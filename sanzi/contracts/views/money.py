"""收租金: the list of dues, a contract's schedule, money received, and its second hand."""

import secrets
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.accounting.models import Book
from sanzi.contracts import collecting
from sanzi.contracts.actions import accruals, payments, schedules
from sanzi.contracts.forms import BecauseForm, CollectForm, ScheduleForm
from sanzi.contracts.models import Due, Payment, Schedule
from sanzi.contracts.planning import plan_of, rule_of
from sanzi.contracts.queries import terms_on
from sanzi.contracts.registers import DUES, PAYMENTS
from sanzi.contracts.schedule import Instalment, instalments
from sanzi.contracts.standing import standings
from sanzi.kernel.money import ZERO
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

from .scoped import about, contract_of

LISTED_MAX = 500


@page("registers.view")
def dues(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, DUES)


@page("registers.view")
def payments_list(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, PAYMENTS)


@page("contracts.keep", methods=("GET", "POST"))
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Set how a contract is paid; the preview shows every instalment before anything is saved."""
    contract = contract_of(request, pk)
    terms = terms_on(contract, date.max)
    kept = Schedule.objects.visible_to(person_of(request)).filter(contract=contract).first()
    if request.method != "POST":
        rule = kept.rule if kept else rule_of(terms)
        form = ScheduleForm(initial=ScheduleForm.shown(rule))
        return _schedule(request, contract, form, _planned(terms, rule, form), 200)
    form = ScheduleForm(request.POST)
    if not form.is_valid():
        return _schedule(request, contract, form, [], 422)
    if "preview" in request.POST:
        found = _planned(terms, form.rule, form)
        return _schedule(request, contract, form, found, 422 if form.errors else 200)
    schedules.set_schedule(contract_id=pk, rule=form.rule, by=person_of(request), now=now())
    messages.success(request, "应收计划已排定")
    return onward(request, "cleanup:contract", pk)


def _planned(terms: Any, rule: Any, form: ScheduleForm) -> list[Instalment]:
    try:
        plan = plan_of(terms, rule)
        return instalments(plan) if plan else []
    except Invalid as refusal:
        if form.is_bound:
            form.add_error(None, refusal.message)
        return []


def _schedule(
    request: HttpRequest, contract: Any, form: ScheduleForm, found: list[Instalment], status: int
) -> HttpResponse:
    context = {
        **about(contract, "应收计划"),
        "form": form,
        "planned": found,
        "total": sum((one.amount for one in found), ZERO),
    }
    return show(request, "contracts/schedule.html", context, status=status)


@page("dues.collect", methods=("GET", "POST"))
def collect(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down money received; the page shows what is open before and after."""
    contract = contract_of(request, pk)
    today, person = localdate(), person_of(request)
    mine = Due.objects.visible_to(person).filter(contract=contract).live().order_by("due_on")
    found = [one for one in standings(mine, today) if one.open > 0]
    if request.method == "GET":
        late = sum((one.open for one in found if one.late or one.due.due_on == today), ZERO)
        first = late or (found[0].open if found else None)
        fresh = {"key": secrets.token_urlsafe(24), "received_on": today, "amount": first}
        form = CollectForm(initial=fresh)
        return _collect(request, contract, form, found, 200)
    form = CollectForm(request.POST)
    if not form.is_valid():
        return _collect(request, contract, form, found, 422)
    payments.collect(contract_id=pk, by=person, now=now(), **form.cleaned_data)
    messages.success(request, "收款已登记，等待复核入账")
    return onward(request, "cleanup:contract", pk)


def _collect(
    request: HttpRequest, contract: Any, form: CollectForm, found: Any, status: int
) -> HttpResponse:
    context = {
        **about(contract, "收租金"),
        "form": form,
        "found": found,
        "open": sum((one.open for one in found), ZERO),
    }
    return show(request, "contracts/collect.html", context, status=status)


@page("books.view")
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for its second hand, and what fell due and is not in the books yet."""
    person = person_of(request)
    paid = collecting.waiting_payments(person)
    accrued = collecting.waiting_accruals(person)
    books = Book.objects.visible_to(person).order_by("village", "name")
    context = {
        "title": "租金入账",
        "payments": list(paid[:LISTED_MAX]),
        "payments_count": paid.count(),
        "accruals": list(accrued[:LISTED_MAX]),
        "accruals_count": accrued.count(),
        "books": list(books[:LISTED_MAX]),
        "today": localdate(),
        "may_post": person.can("books.post"),
        "may_prepare": person.can("books.prepare"),
        "me": person.pk,
        "form": BecauseForm(),
    }
    return show(request, "contracts/desk.html", context)


def _chosen(request: HttpRequest, name: str) -> list[int]:
    return [int(pk) for pk in request.POST.getlist(name) if pk.isdecimal() and len(pk) < 19]


@page("books.post", methods=("POST",))
def post_payments(request: HttpRequest) -> HttpResponse:
    done = payments.post_payments(
        payment_ids=_chosen(request, "payment"), by=person_of(request), now=now()
    )
    messages.success(request, f"已复核入账 {len(done)} 笔收款")
    return onward(request, "contracts:desk")


@page("books.post", methods=("POST",))
def refuse_payment(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Payment.objects.visible_to(person_of(request)), pk=pk)
    payments.refuse_payment(
        payment_id=pk,
        because=request.POST.get("because", ""),
        by=person_of(request),
        now=now(),
    )
    messages.success(request, "已退回，登记人可以重新登记")
    return onward(request, "contracts:desk")


@page("books.prepare", methods=("POST",))
def propose_accruals(request: HttpRequest, book: int) -> HttpResponse:
    done = accruals.propose_accruals(
        book_id=book, until=localdate(), by=person_of(request), now=now()
    )
    if not done:
        raise Blocked("accrual.none", "没有新的到期应收款要入账")
    messages.success(request, f"提出 {len(done)} 笔到期入账，请主管会计复核")
    return onward(request, "contracts:desk")


@page("books.post", methods=("POST",))
def post_accruals(request: HttpRequest) -> HttpResponse:
    chosen, by = _chosen(request, "accrual"), person_of(request)
    if request.POST.get("because"):
        accruals.refuse_accruals(
            accrual_ids=chosen, because=request.POST["because"], by=by, now=now()
        )
        messages.success(request, f"已退回 {len(chosen)} 笔")
        return onward(request, "contracts:desk")
    done = accruals.post_accruals(accrual_ids=chosen, by=by, now=now())
    messages.success(request, f"已复核入账 {len(done)} 笔到期应收款")
    return onward(request, "contracts:desk")
