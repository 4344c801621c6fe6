"""Service of one letter: written down, taken back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.letters.actions import serving as actions
from sanzi.letters.forms import ServiceForm, TakeBackForm
from sanzi.letters.models import Letter, Service
from sanzi.letters.ways import WAYS
from sanzi.web.pages import onward, page, person_of, show


@page("letters.issue", methods=("GET", "POST"))
def serve(request: HttpRequest, pk: int) -> HttpResponse:
    mine = Letter.objects.visible_to(person_of(request)).select_related("wording", "ending")
    letter = get_object_or_404(mine, pk=pk)
    form = ServiceForm(
        request.POST or None, request.FILES or None, initial={"served_on": localdate()}
    )
    if request.method == "POST" and form.is_valid():
        actions.serve(letter_id=pk, **form.cleaned_data, by=person_of(request), now=now())
        return onward(request, "letters:letter", pk)
    context = {"title": "登记送达", "letter": letter, "form": form, "ways": WAYS}
    return show(request, "letters/serve.html", context, status=_status(form))


@page("letters.issue", methods=("GET", "POST"))
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    mine = Service.objects.visible_to(person_of(request)).select_related("letter")
    service = get_object_or_404(mine, pk=pk)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.take_back(service_id=pk, **form.cleaned_data, by=person_of(request), now=now())
        return onward(request, "letters:letter", service.letter_id)
    context = {"title": "撤回送达记录", "service": service, "form": form}
    return show(request, "letters/take_back.html", context, status=_status(form))


def _status(form: Any) -> int:
    return 422 if form.errors else 200
