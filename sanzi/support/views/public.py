"""The enabling centre for everybody: what is published, and a form to ask. No sign-in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now

from sanzi.access.address import address_of
from sanzi.kernel.refusals import Refusal
from sanzi.support.actions.inquiries import inquire
from sanzi.support.asking import shown_offering
from sanzi.support.models import Offering
from sanzi.support.queries import public_offerings
from sanzi.support.schooling import places_of
from sanzi.support.showcase_forms import InquiryForm
from sanzi.web.pager import Pager
from sanzi.web.pages import ANYONE, page

_FRESH = "private, max-age=60"
SIZE = 24


@page(ANYONE)
def board(request: HttpRequest) -> HttpResponse:
    """Everything published, by kind."""
    kind = request.GET.get("kind", "")
    chosen = kind if kind in Offering.Kind.values else ""
    pager = Pager.over(public_offerings(chosen), request.GET, size=SIZE)
    names = places_of([one.village for one in pager.rows])
    context = {
        "title": "村级集体经济赋能中心",
        "rows": [(one, names.get(one.village, "")) for one in pager.rows],
        "pager": pager,
        "kinds": Offering.Kind.choices,
        "chosen": chosen,
    }
    response = render(request, "support/public/board.html", context)
    response["Cache-Control"] = _FRESH
    return response


@page(ANYONE, methods=("GET", "POST"))
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """One published offering with the form to ask about it."""
    found = shown_offering(pk)
    form = InquiryForm(request.POST if request.method == "POST" else None)
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            inquire(
                offering_id=pk, address=address_of(request), by=None, now=now(),
                **form.cleaned_data,
            )  # fmt: skip
            return redirect("support:thanks", pk)
        except Refusal as refusal:
            refused = refusal
    status = refused.status if refused else 422 if form.is_bound else 200
    context = {
        "title": found.title,
        "offering": found,
        "place": places_of([found.village]).get(found.village, ""),
        "form": form,
        "refused": refused,
    }
    return render(request, "support/public/offering.html", context, status=status)


@page(ANYONE)
def thanks(request: HttpRequest, pk: int) -> HttpResponse:
    found = shown_offering(pk)
    context = {"title": "已经收到", "offering": found}
    return render(request, "support/public/thanks.html", context)
