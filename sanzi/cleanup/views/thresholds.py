"""The county's thresholds: what judges now, a new one tried on what is on record, its way in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.cleanup import reinspecting
from sanzi.cleanup.actions import thresholds as writes
from sanzi.cleanup.forms import ThresholdForm
from sanzi.cleanup.models import Threshold
from sanzi.cleanup.threshold_page import in_force, offers_for, standing
from sanzi.contracts.models import Contract
from sanzi.kernel.refusals import Invalid
from sanzi.web.frame import place
from sanzi.web.pages import onward, page, person_of, show

HISTORY_MAX = 100


@page("registers.view")
def thresholds(request: HttpRequest) -> HttpResponse:
    return _show(request)


@page("thresholds.manage", methods=("POST",))
def lay_down(request: HttpRequest) -> HttpResponse:
    region, form = place(request).code, ThresholdForm(request.POST)
    if form.is_valid():
        try:
            made = writes.lay_down(
                region=region, by=person_of(request), now=now(), **form.cleaned_data
            )
        except Invalid as refusal:
            form.add_error(
                "value" if refusal.code != "threshold.basis" else "basis", refusal.message
            )
        else:
            return onward(request, "cleanup:threshold", made.pk)
    return _show(request, form)


@page("thresholds.manage")
def threshold(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    mine = Threshold.objects.visible_to(person).select_related("made_by", "live_by", "withdrawn_by")
    found = get_object_or_404(mine, pk=pk)
    trial: dict[str, Any] = found.trial or {}
    ids = [pk for pk, *_ in trial.get("listed", [])]
    named = Contract.objects.visible_to(person).in_bulk(ids)
    listed = [(named[pk], how) for pk, _, how in trial.get("listed", []) if pk in named]
    waiting = found.waiting_towns() if found.live_at else []
    context = {
        "title": "认定标准",
        "threshold": found,
        "said": standing(found),
        "trial": trial,
        "listed": listed,
        "beyond": trial.get("gained", 0) + trial.get("lost", 0) - len(listed),
        "waiting": len(waiting),
        "is_working": bool(waiting) and reinspecting.is_working(found.pk),
        "all_towns": found.reinspections.count(),
        "offers": offers_for(found, person, localdate()),
        "may_manage": person.can("thresholds.manage"),
    }
    return show(request, "cleanup/threshold.html", context)


@page("thresholds.manage", methods=("POST",))
def go_live(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    writes.go_live(threshold_id=pk, by=person, now=now())
    reinspecting.start(pk, person.pk)
    return onward(request, "cleanup:threshold", pk)


@page("thresholds.manage", methods=("POST",))
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the inspection again where it stopped."""
    person = person_of(request)
    found = writes.resume(threshold_id=pk, by=person, now=now())
    reinspecting.start(found.pk, person.pk)
    return onward(request, "cleanup:threshold", pk)


@page("thresholds.manage", methods=("POST",))
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    writes.withdraw(threshold_id=pk, by=person_of(request), now=now())
    return onward(request, "cleanup:threshold", pk)


def _show(request: HttpRequest, wrong: ThresholdForm | None = None) -> HttpResponse:
    here, person = place(request), person_of(request)
    mine = Threshold.objects.visible_to(person).select_related("made_by").order_by("-pk")
    context = {
        "title": "认定标准",
        "here": here,
        "rows": in_force(here.code),
        "laid_down": [(one, standing(one)) for one in mine[:HISTORY_MAX]],
        "form": wrong or ThresholdForm(initial={"from_on": localdate()}),
        "may_manage": person.can("thresholds.manage"),
        "may_here": 2 <= len(here.code) <= 6,
    }
    return show(request, "cleanup/thresholds.html", context, status=422 if wrong else 200)
