"""One task: its page, and the steps taken on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.access.models import Person, Post
from sanzi.campaigns.completion import subjects_of
from sanzi.campaigns.models import Task
from sanzi.campaigns.reminding.queries import ladders_over
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Blocked, Invalid, Refusal
from sanzi.kernel.regions import trim
from sanzi.metrics.catalogue import metric
from sanzi.orgs.tree import names_of
from sanzi.web.pages import onward, page, person_of, show

from . import actions, task_page
from .forms import ExtendForm, HandInForm, ReassignForm, ReportForm, StepForm
from .hands import times
from .stages import Stage
from .taskfile import taskfile_of


@page("registers.view")
def task(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _find(request, pk))


def _find(request: HttpRequest, pk: int) -> Task:
    mine = Task.objects.visible_to(person_of(request)).select_related("person", "campaign")
    found: Task = get_object_or_404(mine, pk=pk)
    return found


def _show(
    request: HttpRequest, found: Task, *, refusal: Refusal | None = None, **wrong: Any
) -> HttpResponse:
    person, today = person_of(request), localdate()
    file = taskfile_of(found, person, today)
    village = names_of([trim(found.village)]).get(trim(found.village), found.village)
    moves = [(step.stage, step.at) for step in file.steps]
    offers = task_page.split(file.offers)
    posts = _posts(person, found) if "reassign" in offers.changes else []
    context = {
        "title": str(found),
        "task": found,
        "file": file,
        "village": village,
        "region": trim(found.village),
        "answer": task_page.answer(file, village, ladders_over([found.village]).of(found.village)),
        "badge": task_page.stage_badge(found),
        "track": task_page.track(file),
        "offers": offers,
        "waits_for": task_page.waits_for(found),
        "who": task_page.who_answers(found),
        "subject": subjects_of([found]).get(found.pk),
        "metric": metric(found.metric) if found.metric else None,
        "today": today,
        "handlings": task_page.handlings(file.steps),
        "held": times(moves, now()) if moves else [],
        "history": timeline(found, person),
        "report_form": ReportForm(initial=_report_of(found, len(file.steps))),
        "hand_in_form": HandInForm(),
        "extend_form": ExtendForm(),
        "reassign_form": ReassignForm(posts=posts),
        "may_remove": found.stage == Stage.DOING and person.can("tasks.do"),
        "refusal": refusal,
    } | wrong
    status = refusal.status if refusal else 422 if wrong else 200
    return show(request, "campaigns/task.html", context, status=status)


def _report_of(found: Task, seen: int) -> dict[str, Any]:
    return {
        "progress": found.progress, "problem": found.problem, "needs_above": found.needs_above,
        "seen": seen,
    }  # fmt: skip


def _posts(person: Person, found: Task) -> list[Post]:
    """Who could answer for it: the posts of its village and of its town."""
    codes = {trim(found.village), found.town}
    here = Post.objects.visible_to(person).held_on(localdate()).filter(region__code__in=codes)
    here = here.filter(person__is_system=False, person__is_active=True)
    return list(here.select_related("person", "region").order_by("-region__code", "pk"))


@page("registers.view", methods=("POST",))
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """A step without a form of its own; a refusal is told on the task's page."""
    found, form = _find(request, pk), StepForm(request.POST)
    if not form.is_valid():
        return _show(request, found, step_form=form)
    name, words = form.cleaned_data["step"], form.cleaned_data["words"]
    told: dict[str, Any] = {"task_id": pk, "by": person_of(request), "now": now()}
    plain: dict[str, Callable[[], Any]] = {
        "accept": lambda: actions.accept(**told),
        "strike": lambda: actions.strike(
            words=words, look_back_on=form.cleaned_data["look_back_on"], **told
        ),
        "take_back": lambda: actions.take_back(words=words, **told),
        "drop": lambda: actions.drop(words=words, **told),
        "return": lambda: actions.send_back(step=name, words=words, **told),
        "reopen": lambda: actions.send_back(step=name, words=words, **told),
        "stands": lambda: actions.look_back(step=name, words=words, **told),
        "relapsed": lambda: actions.look_back(step=name, words=words, **told),
    }
    if name not in plain:
        return _show(request, found, step_form=form)
    try:
        plain[name]()
    except (Blocked, Invalid) as refusal:
        return _show(request, _find(request, pk), refusal=refusal)
    return onward(request, "campaigns:task", pk)


@page("tasks.do", methods=("POST",))
def report(request: HttpRequest, pk: int) -> HttpResponse:
    form = ReportForm(request.POST, request.FILES)
    return _taken(request, pk, form, "report_form", actions.report)


@page("tasks.do", methods=("POST",))
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    form = HandInForm(request.POST, request.FILES)
    return _taken(request, pk, form, "hand_in_form", actions.hand_in)


@page("tasks.give", methods=("POST",))
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    return _taken(request, pk, ExtendForm(request.POST), "extend_form", actions.extend)


@page("tasks.give", methods=("POST",))
def reassign(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    posts = _posts(person_of(request), found)
    form = ReassignForm(request.POST, posts=posts)

    def act(**told: Any) -> Any:
        chosen = told.pop("person")
        post = next((one for one in posts if one.person_id == chosen), None)
        return actions.reassign(
            person=post.person if post else None, role=post.role if post else "", **told
        )

    return _taken(request, pk, form, "reassign_form", act)


@page("tasks.do", methods=("POST",))
def remove_paper(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    given = request.POST.get("paper", "")
    try:
        actions.remove_paper(
            task_id=pk, paper_id=int(given) if given.isdecimal() else 0, by=person_of(request),
            now=now(),
        )  # fmt: skip
    except (Blocked, Invalid) as refusal:
        return _show(request, found, refusal=refusal)
    return onward(request, "campaigns:task", pk)


def _taken(
    request: HttpRequest, pk: int, form: Any, name: str, act: Callable[..., Any]
) -> HttpResponse:
    """A step with a form of its own: shown again with what was wrong, or taken."""
    found = _find(request, pk)
    if not form.is_valid():
        return _show(request, found, **{name: form})
    try:
        act(task_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    except (Blocked, Invalid) as refusal:
        return _show(request, _find(request, pk), refusal=refusal)
    messages.success(request, "已记录")
    return onward(request, "campaigns:task", pk)
