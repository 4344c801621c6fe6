"""Accounts: the list, one account with its statements, registering and amending."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate, now

from sanzi.accounting.models import Book
from sanzi.bank.actions import accounts as actions
from sanzi.bank.forms import (
    AccountForm,
    AmendForm,
    OpeningItemForm,
    StatementForm,
    holdings_of,
    leaves_of,
    starting,
)
from sanzi.bank.models import BankAccount, BankLine, OpeningItem, Statement
from sanzi.bank.registers import ACCOUNTS, BOOKS
from sanzi.bank.standing import bank_balance, covered_until
from sanzi.journal.timeline import timeline
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

from .scoped import about, account_of


@page("books.view")
def accounts(request: HttpRequest) -> HttpResponseBase:
    links = [("全部流水", reverse("bank:lines"))]
    if person_of(request).can("books.manage"):
        links.append(("登记账户", reverse("bank:books")))
    return register_page(request, replace(ACCOUNTS, actions=tuple(links)))


@page("books.manage")
def books(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, BOOKS)


@page("books.manage", methods=("GET", "POST"))
def register(request: HttpRequest, book: int) -> HttpResponse:
    person = person_of(request)
    mine = get_object_or_404(Book.objects.visible_to(person), pk=book)
    known = BankAccount.objects.visible_to(person).filter(village=mine.village)
    form = AccountForm(
        request.POST or None,
        leaves=leaves_of(mine, set(known.values_list("account", flat=True))),
        holdings=holdings_of(mine, set(known.values_list("holding", flat=True))),
        initial={"opened_on": f"{mine.begins // 100}-{mine.begins % 100:02}-01"},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = actions.register_account(
            book_id=mine.pk,
            account_id=given.pop("account"),
            holding_id=given.pop("holding"),
            **given,
            by=person,
            now=now(),
        )
        return onward(request, "bank:account", made.pk)
    context = {"title": "登记账户", "book": mine, "form": form}
    return show(request, "bank/register.html", context, status=422 if form.errors else 200)


@page("books.view")
def account(request: HttpRequest, pk: int) -> HttpResponse:
    found = account_of(request, pk)
    return _show(request, found, StatementForm())


def _show(request: HttpRequest, found: BankAccount, form: StatementForm) -> HttpResponse:
    person = person_of(request)
    statements = Statement.objects.visible_to(person).filter(bank_account=found)
    lines = BankLine.objects.visible_to(person).filter(bank_account=found)
    context = about(found) | {
        "title": found.name,
        "form": form,
        "item_form": OpeningItemForm(),
        "pager": Pager.over(list(statements.defer("found", "chosen")), request.GET),
        "balance": bank_balance(found, localdate()),
        "until": covered_until(found),
        "free": lines.filter(is_matched=False).count(),
        "items": OpeningItem.objects.visible_to(person).filter(bank_account=found),
        "may_import": person.can("books.cash"),
        "may_match": person.can("books.verify"),
        "may_manage": person.can("books.manage"),
        "history": timeline(found, person),
    }
    return show(request, "bank/account.html", context, status=422 if form.errors else 200)


@page("books.manage", methods=("GET", "POST"))
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    found = account_of(request, pk)
    form = AmendForm(request.POST or None, initial=starting(found))
    if request.method == "POST" and form.is_valid():
        actions.amend_account(
            account_id=pk,
            **form.cleaned_data,
            is_active="close" not in request.POST,
            by=person_of(request),
            now=now(),
        )
        return onward(request, "bank:account", pk)
    context = about(found) | {"title": f"修改 {found.name}", "form": form}
    return show(request, "bank/amend.html", context, status=422 if form.errors else 200)


@page("books.manage", methods=("POST",))
def add_item(request: HttpRequest, pk: int) -> HttpResponse:
    found = account_of(request, pk)
    form = OpeningItemForm(request.POST)
    if not form.is_valid():
        context = about(found) | {"title": "期初未达账项", "form": form}
        return show(request, "bank/item.html", context, status=422)
    actions.add_opening_item(account_id=pk, **form.cleaned_data, by=person_of(request), now=now())
    return onward(request, "bank:account", pk)


@page("books.manage", methods=("POST",))
def remove_item(request: HttpRequest, pk: int) -> HttpResponse:
    found = actions.remove_opening_item(item_id=pk, by=person_of(request), now=now())
    return onward(request, "bank:account", found.pk)
