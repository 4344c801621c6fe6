"""The list, a new motion, one resolution, and what is done to it without a form of its own."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.kernel.refusals import Blocked, Invalid, Refusal
from sanzi.orgs.tree import names_of
from sanzi.resolutions.actions import meetings, papers, posting, proposing
from sanzi.resolutions.forms import (
    AnswerForm,
    FilesForm,
    ObjectionForm,
    ProposalForm,
    ReasonForm,
    StepForm,
)
from sanzi.resolutions.matters import BY_CODE, motion
from sanzi.resolutions.models import Meeting, Objection, Posting
from sanzi.resolutions.registers import RESOLUTIONS
from sanzi.resolutions.things import address_of, thing_of
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

from .scoped import find, show_resolution


@page("registers.view")
def resolutions(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, RESOLUTIONS)


@page("resolutions.record", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """A motion about the thing the address names; `also` names more of them."""
    asked = request.POST.getlist("on") or request.GET.getlist("on")
    keys = list(dict.fromkeys(asked))[: proposing.SUBJECTS_MAX + 1]
    things = [(key, thing_of(key, person_of(request))) for key in keys]
    if not things:
        raise Invalid("resolution.on", "请从合同、债权等事项的页面提请决议")
    form = ProposalForm(
        request.POST if request.method == "POST" else None, initial=_initial(request)
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = proposing.propose(
                on=keys[0], also=keys[1:], by=person_of(request), now=now(), **form.cleaned_data
            )
        except (Invalid, Blocked) as refusal:
            form.add_error(None, refusal.message)
        else:
            return onward(request, "resolutions:resolution", made.pk)
    village = things[0][1].village
    context = {
        "title": "提请决议",
        "village": names_of([village]).get(village, village),
        "form": form,
        "things": [(key, str(thing), address_of(key)) for key, thing in things],
        "usual": _usual(form),
    }
    return show(request, "resolutions/new.html", context, status=422 if form.errors else 200)


def _initial(request: HttpRequest) -> dict[str, Any]:
    matter = request.GET.get("matter", "")
    return {"matter": matter} if matter in BY_CODE else {}


def _usual(form: ProposalForm) -> str:
    matter = BY_CODE.get(str(form["matter"].value() or ""))
    return motion(matter, localdate(), "", "…") if matter else ""


@page("registers.view")
def resolution(request: HttpRequest, pk: int) -> HttpResponse:
    return show_resolution(request, find(request, pk))


@page("resolutions.record", methods=("POST",))
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, ReasonForm(request.POST), proposing.withdraw)


@page("resolutions.record", methods=("POST",))
def write_blank(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A sign-in or vote sheet, to be printed before the meeting."""
    find(request, pk)
    letter = papers.write_blank(resolution_id=pk, kind=kind, by=person_of(request), now=now())
    return onward(request, "letters:letter", letter.pk)


@page("resolutions.record", methods=("POST",))
def write_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Meeting.objects.visible_to(person_of(request)), pk=pk)
    letter = papers.write_minutes(meeting_id=pk, by=person_of(request), now=now())
    return onward(request, "letters:letter", letter.pk)


@page("resolutions.record", methods=("POST",))
def write_notice(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Posting.objects.visible_to(person_of(request)), pk=pk)
    letter = papers.write_notice(posting_id=pk, by=person_of(request), now=now())
    return onward(request, "letters:letter", letter.pk)


@page("resolutions.verify", methods=("POST",))
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, StepForm(request.POST), posting.verify)


@page("resolutions.verify", methods=("POST",))
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, ReasonForm(request.POST), posting.send_back)


@page("resolutions.record", methods=("POST",))
def objections(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, ObjectionForm(request.POST), posting.raise_objection)


@page("resolutions.record", methods=("POST",))
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer one objection; the address names the objection."""
    mine = Objection.objects.visible_to(person_of(request)).select_related("posting")
    objection = get_object_or_404(mine, pk=pk)
    form = AnswerForm(request.POST)
    on = objection.posting.resolution_id
    return _do(request, on, form, posting.answer_objection, objection_id=pk)


@page("resolutions.record", methods=("POST",))
def meeting_papers(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(Meeting.objects.visible_to(person_of(request)), pk=pk)
    form = FilesForm(request.POST, request.FILES)
    return _do(request, held.resolution_id, form, meetings.add_papers, meeting_id=pk)


@page("resolutions.record", methods=("POST",))
def photos(request: HttpRequest, pk: int) -> HttpResponse:
    hung = get_object_or_404(Posting.objects.visible_to(person_of(request)), pk=pk)
    form = FilesForm(request.POST, request.FILES)
    del form.fields["kind"]
    return _do(request, hung.resolution_id, form, posting.add_photos, posting_id=pk)


def _do(
    request: HttpRequest, pk: int, form: forms.Form, act: Callable[..., Any], **about: int
) -> HttpResponse:
    """Act with what the form says; a refusal is told on the resolution's own page."""
    found = find(request, pk)
    if not form.is_valid():
        return show_resolution(request, found, wrong=form)
    whom = about or {"resolution_id": pk}
    try:
        act(by=person_of(request), now=now(), **whom, **form.cleaned_data)
    except Refusal as refusal:
        if refusal.status not in (409, 422):
            raise
        return show_resolution(request, find(request, pk), refusal=refusal)
    return onward(request, "resolutions:resolution", pk)
