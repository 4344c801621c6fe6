"""Rights that die quietly: the list, and what was done about one."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import now

from sanzi.cleanup.actions import answering
from sanzi.cleanup.forms import TimerForm
from sanzi.cleanup.timer_page import DEADLINES
from sanzi.contracts.models import Contract
from sanzi.kernel.refusals import Invalid
from sanzi.web.pages import onward, page, person_of
from sanzi.web.registers import register_page


@page("registers.view")
def deadlines(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, DEADLINES)


@page("contracts.check", methods=("POST",))
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Contract.objects.visible_to(person_of(request)), pk=pk)
    form = TimerForm(request.POST)
    if not form.is_valid():
        fault = next(iter(form.errors.values()))[0]
        raise Invalid("timer.form", f"{fault}。请返回合同页改正后再记")
    answering.answer_timer(contract_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, f"{reverse('cleanup:contract', args=(pk,))}#timers")
