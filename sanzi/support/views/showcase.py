"""The enabling centre inside: what villages offer, who asked, what came of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.documents.papers import papers_on
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Refusal
from sanzi.orgs.tree import names_of
from sanzi.support.actions import inquiries
from sanzi.support.actions import showcase as writes
from sanzi.support.forms import ReasonForm
from sanzi.support.models import Inquiry, Offering
from sanzi.support.queries import inquiry_stands, offering_stands, outcome_of
from sanzi.support.registers import offerings_register
from sanzi.support.showcase_forms import HandleForm, OfferingForm, OfferingTextForm, OutcomeForm
from sanzi.support.stages import OfferingStage
from sanzi.support.workflow import INQUIRY, OFFERING
from sanzi.web.frame import place
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

from .choosing import villages_of

SIZE = 20


@page("support.view")
def showcase(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, offerings_register(person_of(request)))


@page("support.tell", methods=("GET", "POST"))
def new_offering(request: HttpRequest) -> HttpResponse:
    here, is_post = place(request), request.method == "POST"
    form = OfferingForm(
        request.POST if is_post else None, request.FILES or None, villages=villages_of(here.code)
    )
    refused: Refusal | None = None
    if is_post and form.is_valid():
        try:
            made = writes.write_offering(by=person_of(request), now=now(), **form.cleaned_data)
            return onward(request, "support:offering", made.pk)
        except Refusal as refusal:
            refused = refusal
    status = refused.status if refused else 422 if form.errors else 200
    context = {"title": "填写展示", "form": form, "refused": refused, "here": here}
    return show(request, "support/new_offering.html", context, status=status)


def _offering_of(request: HttpRequest, pk: int) -> Offering:
    mine = Offering.objects.visible_to(person_of(request)).select_related(
        "written_by", "keeper", "reviewed_by"
    )
    found: Offering = get_object_or_404(mine, pk=pk)
    return found


@page("support.view")
def offering(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _offering_of(request, pk))


def _show(request: HttpRequest, found: Offering, **wrong: Any) -> HttpResponse:
    person = person_of(request)
    offers = OFFERING.offers(offering_stands(found, person), person)
    leads = Inquiry.objects.visible_to(person).filter(offering=found).order_by("-pk")
    pager = Pager.over(leads, request.GET, size=SIZE)
    may_tell = person.can("support.tell")
    context = {
        "title": str(found),
        "offering": found,
        "village": names_of([found.village]).get(found.village, found.village),
        "papers": list(papers_on(found)),
        "leads": [(one, INQUIRY.offers(inquiry_stands(one, person), person)) for one in pager.rows],
        "pager": pager,
        "outcomes": list(found.outcomes.order_by("-on", "-pk")),
        "brought": outcome_of(found),
        "submit": next((o for o in offers if o.step.name == "submit"), None),
        "reviews": [o for o in offers if o.step.name in ("publish", "return", "withdraw")],
        "may_end": any(o.step.name == "end" for o in offers),
        "may_change": may_tell and found.stage in (OfferingStage.DRAFT, OfferingStage.WITHDRAWN),
        "may_tell": may_tell and found.stage not in (OfferingStage.DRAFT, OfferingStage.SUBMITTED),
        "may_reveal": person.can("sealed.reveal"),
        "text_form": OfferingTextForm(initial=vars(found)),
        "outcome_form": OutcomeForm(initial={"on": localdate()}),
        "reason_form": ReasonForm(),
        "history": timeline(found, person),
    } | wrong
    return show(request, "support/offering.html", context, status=422 if wrong else 200)


@page("support.tell", methods=("POST",))
def change_offering(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _offering_of(request, pk), OfferingTextForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, found, text_form=form)
    writes.change_offering(offering_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "support:offering", pk)


@page("support.tell", methods=("POST",))
def submit_offering(request: HttpRequest, pk: int) -> HttpResponse:
    writes.submit_offering(offering_id=pk, by=person_of(request), now=now())
    return onward(request, "support:offering", pk)


@page("support.publish", methods=("POST",))
def review_offering(request: HttpRequest, pk: int) -> HttpResponse:
    given = request.POST
    writes.review_offering(
        offering_id=_offering_of(request, pk).pk, step=given.get("step", ""),
        reason=given.get("reason", ""), by=person_of(request), now=now(),
    )  # fmt: skip
    return onward(request, "support:offering", pk)


@page("support.tell", methods=("POST",))
def end_offering(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _offering_of(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, found, reason_form=form)
    writes.end_offering(offering_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "support:offering", pk)


@page("support.tell", methods=("POST",))
def tell_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _offering_of(request, pk), OutcomeForm(request.POST)
    if not form.is_valid():
        return _show(request, found, outcome_form=form)
    writes.tell_outcome(offering_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "support:offering", pk)


@page("support.tell", methods=("POST",))
def handle_inquiry(request: HttpRequest, pk: int) -> HttpResponse:
    mine = Inquiry.objects.visible_to(person_of(request)).select_related("offering")
    inquiry = get_object_or_404(mine, pk=pk)
    form = HandleForm(request.POST)
    if not form.is_valid():
        return _show(request, inquiry.offering, handle_form=form)
    inquiries.handle_inquiry(inquiry_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "support:offering", inquiry.offering_id)
