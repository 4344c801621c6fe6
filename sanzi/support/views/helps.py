"""Who helps whom: over a region, for one village, and one tie with its deeds and goals."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate, now

from sanzi.documents.papers import papers_on_each
from sanzi.journal.recorder import key
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Invalid, Refusal
from sanzi.letters.models import Letter
from sanzi.orgs.tree import names_of
from sanzi.support import helping
from sanzi.support.actions import aims
from sanzi.support.actions import helps as writes
from sanzi.support.actions.experts import close_need as write_close_need
from sanzi.support.actions.experts import tell_need as write_need
from sanzi.support.forms import (
    DecideForm,
    DeedForm,
    EndForm,
    GoalForm,
    HelpForm,
    NeedForm,
    ReadingForm,
    ReasonForm,
)
from sanzi.support.models import Goal, Help, Need, Seat
from sanzi.support.queries import goals_of, goals_on, help_stands, helps_of
from sanzi.support.registers import HELPS
from sanzi.support.stages import HelpStage
from sanzi.support.workflow import HELP
from sanzi.web.frame import Place, place
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

from .choosing import villages_of

SIZE = 50
VILLAGE = 12


@page("support.view")
def helps(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, HELPS)


@page("support.view")
def received(request: HttpRequest) -> HttpResponse:
    """All help one village receives; for a region, its villages with theirs."""
    here = place(request)
    if len(here.code) >= VILLAGE:
        return _village(request, here)
    person = person_of(request)
    pager = Pager.over(villages_of(here.code), request.GET, size=SIZE)
    context = {
        "title": f"{here}：谁帮谁",
        "rows": helping.received_by(pager.rows, person),
        "pager": pager,
        "may_run": person.can("support.run"),
    }
    return show(request, "support/received.html", context)


def _village(request: HttpRequest, here: Place, **wrong: Any) -> HttpResponse:
    person = person_of(request)
    code = here.code[:VILLAGE]
    found = helps_of(code)
    goals = goals_of([key(help) for help in found], localdate())
    needs = Need.objects.visible_to(person).filter(village=code, closed_at=None)
    context = {
        "title": f"{here}：谁在帮我们" if person.region_code == code else f"{here}：谁在帮",
        "code": code,
        "received": helping.received_by([(code, str(here))], person)[0],
        "helps": [(help, goals.get(key(help), [])) for help in found],
        "given": list(Help.objects.visible_to(person).filter(helper_village=code)),
        "needs": list(needs.order_by("-weight", "pk")),
        "need_form": NeedForm(),
        "reason_form": ReasonForm(),
        "may_tell": person.can("support.tell"),
        "may_run": person.can("support.run"),
    } | wrong
    return show(request, "support/village.html", context, status=422 if wrong else 200)


@page("support.tell", methods=("POST",))
def tell_need(request: HttpRequest) -> HttpResponse:
    here, form = place(request), NeedForm(request.POST)
    if len(here.code) < VILLAGE:
        raise Invalid("need.village", "请先选到村，再填报需求")
    if not form.is_valid():
        return _village(request, here, need_form=form)
    write_need(village=here.code, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, _back(here.code))


def _back(code: str) -> str:
    return f"{reverse('support:received')}?region={code}"


@page("support.tell", methods=("POST",))
def close_need(request: HttpRequest, pk: int) -> HttpResponse:
    need = get_object_or_404(Need.objects.visible_to(person_of(request)), pk=pk)
    reason = request.POST.get("reason", "")
    write_close_need(need_id=pk, reason=reason, by=person_of(request), now=now())
    return onward(request, _back(need.village))


@page("support.run", methods=("GET", "POST"))
def new_help(request: HttpRequest) -> HttpResponse:
    here, is_post = place(request), request.method == "POST"
    known = ("kind", "village", "helper_village")
    first = {name: request.GET[name] for name in known if name in request.GET}
    form = HelpForm(
        request.POST if is_post else None, villages=villages_of(here.code), initial=first
    )
    refused: Refusal | None = None
    if is_post and form.is_valid():
        try:
            made = writes.propose_help(by=person_of(request), now=now(), **form.cleaned_data)
            return onward(request, "support:help", made.pk)
        except Refusal as refusal:
            refused = refusal
    status = refused.status if refused else 422 if form.errors else 200
    context = {"title": "提出帮扶", "form": form, "refused": refused, "here": here}
    return show(request, "support/new_help.html", context, status=status)


@page("support.run")
def suggestions(request: HttpRequest) -> HttpResponse:
    """Strong villages for weak ones, each with its reason."""
    here = place(request)
    found = helping.suggested(villages_of(here.code), person_of(request), localdate())
    pager = Pager.over(found, request.GET, size=SIZE)
    context = {"title": f"{here}：强弱村结对建议", "rows": pager.rows, "pager": pager}
    return show(request, "support/suggestions.html", context)


def _help_of(request: HttpRequest, pk: int) -> Help:
    mine = Help.objects.visible_to(person_of(request)).for_pages()
    found: Help = get_object_or_404(mine, pk=pk)
    return found


@page("support.view")
def help_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _help_of(request, pk))


def _show(request: HttpRequest, found: Help, **wrong: Any) -> HttpResponse:
    person = person_of(request)
    deeds = list(found.deeds.select_related("told_by").order_by("-done_on", "-pk"))
    papers = papers_on_each(deeds)
    offers = HELP.offers(help_stands(found, person), person)
    is_active = found.stage == HelpStage.ACTIVE
    letters = Letter.objects.visible_to(person).filter(on=key(found))
    context = {
        "title": str(found),
        "help": found,
        "village": names_of([found.village]).get(found.village, found.village),
        "deeds": [(deed, papers[deed.pk]) for deed in deeds],
        "goals": goals_on(found, localdate()),
        "letters": list(letters.order_by("-pk")),
        "offers": [o for o in offers if o.step.name != "end"],
        "end_offer": next((o for o in offers if o.step.name == "end"), None),
        "may_tell": is_active and person.can("support.tell"),
        "may_run": is_active and person.can("support.run"),
        "may_reveal": person.can("sealed.reveal") and found.phone is not None,
        "deed_form": DeedForm(initial={"done_on": localdate()}),
        "goal_form": GoalForm(initial={"base_on": found.from_on, "due_on": found.until_on}),
        "reading_form": ReadingForm(initial={"as_of": localdate()}),
        "end_form": EndForm(initial={"ended_on": localdate()}),
        "reason_form": ReasonForm(),
        "history": timeline(found, person),
    } | wrong
    return show(request, "support/help.html", context, status=422 if wrong else 200)


@page("support.confirm", methods=("POST",))
def decide_help(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _help_of(request, pk), DecideForm(request.POST)
    if not form.is_valid():
        return _show(request, found, decide_form=form)
    writes.decide_help(help_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "support:help", pk)


@page("support.run", methods=("POST",))
def end_help(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _help_of(request, pk), EndForm(request.POST)
    if not form.is_valid():
        return _show(request, found, end_form=form)
    writes.end_help(help_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "support:help", pk)


@page("support.tell", methods=("POST",))
def tell_deed(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _help_of(request, pk), DeedForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, found, deed_form=form)
    writes.tell_deed(help_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "support:help", pk)


@page("support.run", methods=("POST",))
def set_goal(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _help_of(request, pk), GoalForm(request.POST)
    if not form.is_valid():
        return _show(request, found, goal_form=form)
    aims.set_goal(of="help", thing_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "support:help", pk)


@page("support.run", methods=("POST",))
def drop_goal(request: HttpRequest, pk: int) -> HttpResponse:
    goal = get_object_or_404(Goal.objects.visible_to(person_of(request)), pk=pk)
    reason = request.POST.get("reason", "")
    aims.drop_goal(goal_id=pk, reason=reason, by=person_of(request), now=now())
    return onward(request, *_owner_of(goal))


@page("support.tell", methods=("POST",))
def keep_reading(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    goal = get_object_or_404(Goal.objects.visible_to(person), pk=pk)
    form = ReadingForm(request.POST)
    if not form.is_valid():
        return _about(request, goal, form)
    aims.keep_reading(goal_id=pk, by=person, now=now(), **form.cleaned_data)
    return onward(request, *_owner_of(goal))


def _owner_of(goal: Goal) -> tuple[str, int]:
    """The page of the thing a goal belongs to."""
    kind, _, pk = goal.on.partition(":")
    return ("support:help" if kind == "support.help" else "support:seat"), int(pk)


def _about(request: HttpRequest, goal: Goal, form: ReadingForm) -> HttpResponse:
    name, pk = _owner_of(goal)
    if name != "support:help":
        person = person_of(request)
        seat = get_object_or_404(Seat.objects.visible_to(person), pk=pk)
        return onward(request, "support:seat", seat.pk)
    return _show(request, _help_of(request, pk), reading_form=form)
