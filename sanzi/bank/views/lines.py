"""One flow of a bank: what it was matched with, what it might be, where it can be booked."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from sanzi.bank.actions import matches as actions
from sanzi.bank.choosing import candidates_of, matched_with
from sanzi.bank.flows import piece_of_line
from sanzi.bank.forms import ReasonForm
from sanzi.bank.models import BankLine, Match
from sanzi.bank.proposing import groups_from, voucher_wish
from sanzi.bank.registers import LINES
from sanzi.kernel.refusals import Invalid
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page


@page("books.view")
def lines(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, LINES)


@page("books.view")
def line(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    mine = BankLine.objects.visible_to(person)
    found = get_object_or_404(
        mine.select_related("bank_account__book", "bank_account__account", "statement"), pk=pk
    )
    may_write = person.can("books.prepare")
    account, words = found.bank_account, request.GET.get("q", "").strip()[:100]
    piece = piece_of_line(found)
    context = {
        "title": f"{found.dated} {found.summary}",
        "line": found,
        "amount": abs(found.amount),
        "account": account,
        "book": account.book,
        "words": words,
        "may_match": person.can("books.verify"),
        "match": matched_with(found) if found.is_matched else None,
        "candidates": None if found.is_matched else candidates_of(found, words),
        "wish_url": voucher_wish(account, piece) if may_write and not found.is_matched else "",
        "form": ReasonForm(),
    }
    return show(request, "bank/line.html", context)


@page("books.verify", methods=("POST",))
def match(request: HttpRequest, pk: int) -> HttpResponse:
    mine = BankLine.objects.visible_to(person_of(request))
    found = get_object_or_404(mine, pk=pk)
    keys = request.POST.getlist("key")
    if not keys:
        raise Invalid("match.none", "没有选择与它对应的分录，请先勾选")
    actions.match(
        account_id=found.bank_account_id,
        groups=groups_from([",".join([f"b{found.pk}", *keys])]),
        how=Match.How.CHOSEN,
        by=person_of(request),
        now=now(),
    )
    return onward(request, "bank:line", pk)


@page("books.verify", methods=("POST",))
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Invalid("match.because", "请写明取消勾对的原因，2 到 200 个字")
    account = actions.unmatch(
        match_id=pk, because=form.cleaned_data["because"], by=person_of(request), now=now()
    )
    return onward(request, "bank:matching", account.pk)
