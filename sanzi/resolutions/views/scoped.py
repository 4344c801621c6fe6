"""Finding a resolution, and showing it again with what was wrong."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Refusal
from sanzi.orgs.tree import names_of
from sanzi.resolutions import resolution_page
from sanzi.resolutions.course import course_of
from sanzi.resolutions.forms import AnswerForm, FilesForm, ObjectionForm, ReasonForm
from sanzi.resolutions.models import Resolution
from sanzi.resolutions.queries import letters_of, resolutions_for
from sanzi.resolutions.registers import badge_of
from sanzi.resolutions.stages import ENDED
from sanzi.resolutions.things import address_of
from sanzi.resolutions.workflow import RECORD, VERIFY
from sanzi.web.pages import person_of, show

SUBJECTS_SHOWN = 50


def find(request: HttpRequest, pk: int) -> Resolution:
    """A resolution of this person's region, or 404."""
    found: Resolution = get_object_or_404(
        resolutions_for(person_of(request)).select_related("proposed_by"), pk=pk
    )
    return found


def show_resolution(
    request: HttpRequest,
    resolution: Resolution,
    *,
    wrong: forms.Form | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """The page of a resolution, with what was wrong about the last attempt."""
    person, today = person_of(request), localdate()
    course = course_of(resolution, person, today)
    village = names_of([resolution.village]).get(resolution.village, resolution.village)
    sat, hung = resolution_page.papers_of(course)
    subjects = resolution.subjects.order_by("pk")
    is_open = resolution.stage not in ENDED
    context: dict[str, Any] = {
        "title": resolution.title,
        "resolution": resolution,
        "village": village,
        "answer": resolution_page.answer(course, village),
        "badge": badge_of(resolution),
        "track": resolution_page.track(course),
        "offers": resolution_page.split(course.offers),
        "sat": sat,
        "hung": hung,
        "subjects": [(s, address_of(s.on)) for s in subjects[:SUBJECTS_SHOWN]],
        "subject_count": subjects.count(),
        "may_record": is_open and person.can(RECORD),
        "may_send_back": course.posting is not None and person.can(VERIFY),
        "may_object": course.posting is not None and person.can(RECORD),
        "objection_form": wrong if isinstance(wrong, ObjectionForm) else ObjectionForm(),
        "answer_form": wrong if isinstance(wrong, AnswerForm) else AnswerForm(),
        "files_form": wrong if isinstance(wrong, FilesForm) else FilesForm(),
        "reason_form": wrong if isinstance(wrong, ReasonForm) else ReasonForm(),
        "letters": letters_of(resolution),
        "history": timeline(resolution, person),
        "refusal": refusal,
        "is_wrong": wrong is not None,
    }
    status = refusal.status if refusal else 422 if wrong else 200
    return show(request, "resolutions/resolution.html", context, status=status)
