"""What was put by half typed (暂存): one's own list of it, and throwing it away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import now

from sanzi.agency.actions import unfinished as actions
from sanzi.agency.unfinished_register import register
from sanzi.web.pages import onward, page, person_of
from sanzi.web.registers import register_page

from .voucher_form import address_of


@page("books.view")
def unfinished(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, register(address_of))


@page("books.view", methods=("POST",))
def throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    book = actions.throw_away(unfinished_id=pk, by=person_of(request), now=now())
    messages.success(request, "已丢弃暂存的凭证")
    return onward(request, "agency:enter", book.pk)
