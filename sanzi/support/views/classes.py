"""Cohorts: all, a new one, one with its classes, lessons, goals and circulars."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.access.scope import covers
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Invalid, Refusal
from sanzi.orgs.tree import names_of
from sanzi.support import schooling
from sanzi.support.actions import classes as writes
from sanzi.support.actions import lessons
from sanzi.support.forms import CohortForm, DayForm, LessonForm, SeatForm
from sanzi.support.models import GROUPS, Circular, Cohort, Lesson, Seat
from sanzi.support.registers import figures_register
from sanzi.support.stages import CohortStage, SeatStage
from sanzi.support.workflow import COHORT
from sanzi.web.frame import place
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

from .choosing import own_region, villages_of


@page("support.view")
def cohorts(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    pager = Pager.over(Cohort.objects.visible_to(person), request.GET, size=30)
    names = names_of({one.region for one in pager.rows})
    context = {
        "title": "带头人研修班",
        "rows": [(one, names.get(one.region, one.region)) for one in pager.rows],
        "pager": pager,
        "may_run": person.can("support.run"),
    }
    return show(request, "support/cohorts.html", context)


@page("support.run", methods=("GET", "POST"))
def new_cohort(request: HttpRequest) -> HttpResponse:
    here, is_post = place(request), request.method == "POST"
    form = CohortForm(request.POST if is_post else None, initial={"year": localdate().year})
    refused: Refusal | None = None
    if is_post and form.is_valid():
        try:
            made = writes.found_cohort(
                region=here.code, by=person_of(request), now=now(), **form.cleaned_data
            )
            return onward(request, "support:cohort", made.pk)
        except Refusal as refusal:
            refused = refusal
    status = refused.status if refused else 422 if form.errors else 200
    context = {"title": "新建研修班", "form": form, "refused": refused, "here": here}
    return show(request, "support/new_cohort.html", context, status=status)


def cohort_of(request: HttpRequest, pk: int) -> Cohort:
    found: Cohort = get_object_or_404(Cohort.objects.visible_to(person_of(request)), pk=pk)
    return found


def owned_cohort(request: HttpRequest, pk: int) -> Cohort:
    """A cohort of this person's region or below; 404 for everybody else."""
    mine = Cohort.objects.visible_to(person_of(request))
    found: Cohort = get_object_or_404(mine.owned_by(person_of(request)), pk=pk)
    return found


@page("support.view")
def cohort(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, cohort_of(request, pk))


def _show(request: HttpRequest, found: Cohort, **wrong: Any) -> HttpResponse:
    person, today = person_of(request), localdate()
    pupils = schooling.pupils_of(found, person, today)
    owns = covers(person, found.region)
    may_tell = person.can("support.tell") and found.stage == CohortStage.CHOOSING
    lessons_ = list(Lesson.objects.visible_to(person).of(found))
    waiting = Seat.objects.visible_to(person).of(found).filter(stage=SeatStage.RECOMMENDED)
    context = {
        "title": str(found),
        "cohort": found,
        "region": names_of([found.region]).get(found.region, found.region),
        "groups": [(g, [p for p in pupils if p.seat.group == g]) for g in GROUPS],
        "pupils": pupils,
        "summary": schooling.summary_of(pupils) if pupils else "",
        "late": [p for p in pupils if p.late_homework or p.overdue],
        "lessons": lessons_,
        "kinds": [(k, [one for one in lessons_ if one.kind == k]) for k in Lesson.Kind],
        "circulars": list(Circular.objects.visible_to(person).of(found)),
        "waiting": list(waiting.order_by("village")),
        "may_run": owns and person.can("support.run"),
        "may_decide": owns and person.can("support.confirm")
        and found.stage == CohortStage.CHOOSING,
        "may_recommend": may_tell,
        "offers": COHORT.offers(schooling.cohort_stands(found, person), person) if owns else [],
        "seat_form": SeatForm(villages=_choices(request, found) if may_tell else ()),
        "lesson_form": LessonForm(),
        "day_form": DayForm(initial={"as_of": today}),
        "history": timeline(found, person),
    } | wrong  # fmt: skip
    return show(request, "support/cohort.html", context, status=422 if wrong else 200)


def _choices(request: HttpRequest, found: Cohort) -> list[tuple[str, str]]:
    """The villages one may recommend: of one's own region, within the cohort's."""
    return villages_of(max(own_region(person_of(request)), found.region, key=len))


@page("support.tell", methods=("POST",))
def recommend(request: HttpRequest, pk: int) -> HttpResponse:
    found = cohort_of(request, pk)
    form = SeatForm(request.POST, villages=_choices(request, found))
    if not form.is_valid():
        return _show(request, found, seat_form=form)
    writes.recommend(cohort_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "support:cohort", pk)


@page("support.confirm")
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody recommended, with figures, to be chosen or passed over."""
    return _choose(request, owned_cohort(request, pk))


def _choose(request: HttpRequest, found: Cohort, fault: str = "", status: int = 200) -> Any:
    person = person_of(request)
    there = Seat.objects.visible_to(person).of(found).chosen().count()
    context = {
        "title": f"选定学员：{found}",
        "cohort": found,
        "candidates": schooling.candidates_of(found, person, localdate()),
        "chosen_count": there,
        "left": found.seats_max - there,
        "groups": GROUPS,
        "fault": fault,
    }
    return show(request, "support/choose.html", context, status=status)


@page("support.confirm", methods=("POST",))
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    found = owned_cohort(request, pk)
    given = {
        int(name.removeprefix("seat-")): value
        for name, value in request.POST.items()
        if name.startswith("seat-") and name.removeprefix("seat-").isdigit() and value
    }
    try:
        writes.decide_seats(
            cohort_id=pk, chosen={seat: g for seat, g in given.items() if g != "-"},
            passed_over=[seat for seat, g in given.items() if g == "-"],
            reason=request.POST.get("reason", ""), by=person_of(request), now=now(),
        )  # fmt: skip
    except Refusal as refusal:
        return _choose(request, found, refusal.message, refusal.status)
    return onward(request, "support:cohort", pk)


@page("support.run", methods=("POST",))
def cohort_step(request: HttpRequest, pk: int) -> HttpResponse:
    step = request.POST.get("step", "")
    owned_cohort(request, pk)
    if step not in {one.name for one in COHORT.steps}:
        raise Invalid("cohort.step", "请从页面上的按钮办理")
    writes.take_cohort_step(cohort_id=pk, step=step, by=person_of(request), now=now())
    return onward(request, "support:cohort", pk)


@page("support.run", methods=("POST",))
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = owned_cohort(request, pk), LessonForm(request.POST)
    if not form.is_valid():
        return _show(request, found, lesson_form=form)
    made = lessons.arrange_lesson(
        cohort_id=pk, by=person_of(request), now=now(), **form.cleaned_data
    )
    return onward(request, "support:lesson", made.pk)


@page("support.view")
def figures(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The month's figures of every participant's village, as a register."""
    found = cohort_of(request, pk)
    days = schooling.month_ends(found, localdate())
    asked = request.GET.get("as_of", "")
    chosen = next((day for day in days if day.isoformat() == asked), None)
    as_of = chosen or (days[0] if days else localdate())
    return register_page(request, figures_register(found, as_of, days))


@page("support.run", methods=("POST",))
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = owned_cohort(request, pk), DayForm(request.POST)
    if not form.is_valid():
        return _show(request, found, day_form=form)
    made = lessons.issue_circular(
        cohort_id=pk, by=person_of(request), now=now(), **form.cleaned_data
    )
    return onward(request, "support:circular", made.pk)


@page("support.view")
def circular(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    mine = Circular.objects.visible_to(person).select_related("cohort", "issued_by")
    found = get_object_or_404(mine, pk=pk)
    context = {
        "title": f"{found.cohort}：{found}",
        "circular": found,
        "may_open": covers(person, found.cohort.region),
    }
    return show(request, "support/circular.html", context)
