"""清收优惠: the list, one policy with its decision, drafting one, stopping it."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.journal.recorder import key
from sanzi.journal.timeline import timeline
from sanzi.kernel.money import yuan
from sanzi.kernel.refusals import Refusal
from sanzi.orgs.models import Region
from sanzi.orgs.tree import names_of
from sanzi.resolutions.queries import state_of
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

from . import actions
from .forms import PolicyForm
from .models import ReliefPolicy
from .queries import MATTER
from .registers import POLICIES
from .relief import Debtor, offer

SHOWN = yuan("9800")


@page("registers.view")
def policies(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, POLICIES)


@page("registers.view")
def policy(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    mine = ReliefPolicy.objects.visible_to(person).prefetch_related("tiers")
    found = get_object_or_404(mine, pk=pk)
    days = sorted({1, *(tier.days for tier in found.tiers.all())})
    first = found.from_on
    shown = [
        (day, offer(found.terms, SHOWN, first, first + timedelta(day), Debtor())) for day in days
    ]
    context = {
        "title": found.name,
        "policy": found,
        "village": names_of([found.village]).get(found.village, found.village),
        "decision": state_of(key(found), MATTER, person),
        "example": SHOWN,
        "shown": shown,
        "is_over": found.until_on < localdate(),
        "may_end": person.can("policies.adopt") and found.ended_at is None,
        "history": timeline(found, person),
    }
    return show(request, "policies/policy.html", context)


@page("policies.adopt", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    below = Region.objects.filter(
        level=Region.Level.VILLAGE, code__startswith=person.region_code or "-"
    )
    villages = list(below.order_by("code").values_list("code", "name")[:2000])
    form = PolicyForm(request.POST if request.method == "POST" else None, villages=villages)
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draft(by=person, now=now(), **form.facts())
            return onward(request, "policies:policy", made.pk)
        except Refusal as refusal:
            refused = refusal
    status = refused.status if refused else 422 if form.errors else 200
    context = {"title": "起草清收优惠", "form": form, "refused": refused}
    return show(request, "policies/new.html", context, status=status)


@page("policies.adopt", methods=("POST",))
def end(request: HttpRequest, pk: int) -> HttpResponse:
    actions.end(policy_id=pk, by=person_of(request), now=now())
    return onward(request, "policies:policy", pk)
