"""One lesson with its tick list; one participant with goals, attendance and homework."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.access.scope import covers
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Missing
from sanzi.orgs.tree import names_of
from sanzi.support import schooling
from sanzi.support.actions import aims, classes
from sanzi.support.actions import lessons as writes
from sanzi.support.forms import GoalForm, HomeworkForm, ReadingForm, ReasonForm
from sanzi.support.models import Help, Lesson, Presence, Seat
from sanzi.support.queries import goals_on
from sanzi.support.stages import HelpStage, SeatStage
from sanzi.web.pages import onward, page, person_of, show


def _lesson_of(request: HttpRequest, pk: int) -> Lesson:
    mine = Lesson.objects.visible_to(person_of(request)).select_related("cohort")
    found: Lesson = get_object_or_404(mine, pk=pk)
    return found


@page("support.view")
def lesson(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was there: unmarked counts as present until it is saved, so that one ticks exceptions."""
    found, person = _lesson_of(request, pk), person_of(request)
    seats = Seat.objects.visible_to(person).of(found.cohort).chosen().order_by("group", "village")
    mine = [seat for seat in seats if found.group in ("", seat.group)]
    kept = {one.seat_id: one for one in Presence.objects.visible_to(person).filter(lesson=found)}
    names = schooling.places_of([seat.village for seat in mine])
    owns = covers(person, found.cohort.region)
    context = {
        "title": str(found),
        "lesson": found,
        "rows": [(seat, names.get(seat.village, ""), kept.get(seat.pk)) for seat in mine],
        "marks": Presence.Mark.choices,
        "is_over": found.held_on <= localdate(),
        "came": sum(one.mark in schooling.CAME for one in kept.values()),
        "marked": sum(bool(one.mark) for one in kept.values()),
        "late": [s for s in mine if schooling.is_late(found, kept.get(s.pk), localdate())],
        "may_run": owns and person.can("support.run"),
        "may_hand_in": person.can("support.tell"),
        "homework_form": HomeworkForm(),
        "history": timeline(found, person),
    }
    return show(request, "support/lesson.html", context)


@page("support.run", methods=("POST",))
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    found = _lesson_of(request, pk)
    if not covers(person_of(request), found.cohort.region):
        raise Missing("scope.missing", "没有找到该记录")
    given = {
        int(name.removeprefix("seat-")): value
        for name, value in request.POST.items()
        if name.startswith("seat-") and name.removeprefix("seat-").isdigit()
    }
    writes.mark_presence(lesson_id=pk, marks=given, by=person_of(request), now=now())
    return onward(request, "support:lesson", pk)


def _seat_of(request: HttpRequest, pk: int) -> Seat:
    mine = Seat.objects.visible_to(person_of(request)).select_related(
        "cohort", "recommended_by", "decided_by"
    )
    found: Seat = get_object_or_404(mine, pk=pk)
    return found


@page("support.view")
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _seat_of(request, pk))


def _show(request: HttpRequest, found: Seat, **wrong: Any) -> HttpResponse:
    person, today = person_of(request), localdate()
    is_chosen = found.stage == SeatStage.CHOSEN
    lessons = Lesson.objects.visible_to(person).of(found.cohort).filter(held_on__lte=today)
    kept = {one.lesson_id: one for one in found.presences.all()}
    own = [one for one in lessons if one.group in ("", found.group)]
    helps = Help.objects.visible_to(person).filter(village=found.village, stage=HelpStage.ACTIVE)
    context = {
        "title": found.name,
        "seat": found,
        "cohort": found.cohort,
        "village": names_of([found.village]).get(found.village, found.village),
        "lessons": [
            (one, kept.get(one.pk), schooling.is_late(one, kept.get(one.pk), today))
            for one in own
        ] if is_chosen else [],
        "goals": goals_on(found, today),
        "helps": list(helps.order_by("kind")),
        "may_run": is_chosen and person.can("support.run")
        and covers(person, found.cohort.region),
        "may_tell": is_chosen and person.can("support.tell"),
        "goal_form": GoalForm(
            initial={"base_on": found.cohort.starts_on, "due_on": found.cohort.ends_on}
        ),
        "reading_form": ReadingForm(initial={"as_of": today}),
        "homework_form": HomeworkForm(),
        "reason_form": ReasonForm(),
        "history": timeline(found, person),
    } | wrong  # fmt: skip
    return show(request, "support/seat.html", context, status=422 if wrong else 200)


@page("support.run", methods=("POST",))
def set_goal(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _seat_of(request, pk), GoalForm(request.POST)
    if not form.is_valid():
        return _show(request, found, goal_form=form)
    aims.set_goal(of="seat", thing_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "support:seat", pk)


@page("support.tell", methods=("POST",))
def hand_in(request: HttpRequest, pk: int, lesson: int) -> HttpResponse:
    found, form = _seat_of(request, pk), HomeworkForm(request.POST)
    if not form.is_valid():
        return _show(request, found, homework_form=form)
    writes.hand_in(
        lesson_id=lesson, seat_id=pk, by=person_of(request), now=now(), **form.cleaned_data
    )
    return onward(request, "support:seat", pk)


@page("support.run", methods=("POST",))
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _seat_of(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, found, reason_form=form)
    classes.leave(seat_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "support:seat", pk)
