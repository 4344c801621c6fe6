"""注资效果: what a fund of so much would clear of what a plan leaves, to the fen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from sanzi.kernel.money import from_fen
from sanzi.netting.clearing_funds import relief_of
from sanzi.netting.forms import FundForm
from sanzi.netting.keeping import obligations_of
from sanzi.netting.models import Proposal
from sanzi.netting.picture import curve
from sanzi.web.pages import page, person_of, show

SHOWN_MAX = 50


@page("registers.view")
def relief(request: HttpRequest, pk: int) -> HttpResponse:
    """The curve for what this plan leaves, and the answer for one amount."""
    found = get_object_or_404(Proposal.objects.visible_to(person_of(request)), pk=pk)
    form = FundForm(request.GET if "fund" in request.GET else None)
    fund = form.cleaned_data["fund"] if form.is_valid() else None
    told = relief_of(list(obligations_of(found)), fund)
    steps = [(one.times, from_fen(one.fund), from_fen(one.cleared)) for one in told.steps]
    context = {
        "title": f"注资效果：{found.title}",
        "row": found,
        "left": told.left,
        "steps": steps,
        "picture": curve([(fund, cleared) for _, fund, cleared in steps]) if steps else "",
        "form": form,
        "answer": told.funded,
        "paid_to": told.paid_to[:SHOWN_MAX],
        "paid_more": max(len(told.paid_to) - SHOWN_MAX, 0),
    }
    return show(request, "netting/relief.html", context, status=422 if form.errors else 200)
