"""Matters raised to the next level: the list, a new one, one with its steps."""

from dataclasses import replace
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.dispatch.actions import blockers as writes
from sanzi.dispatch.blockers import Blocker
from sanzi.dispatch.forms import BlockerForm, NoteForm
from sanzi.dispatch.registers import BLOCKERS, TONES
from sanzi.dispatch.standing import Standing, above, is_overdue
from sanzi.dispatch.things import things
from sanzi.dispatch.workflow import BLOCKER, SAY
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Forbidden, Invalid, Missing
from sanzi.kernel.regions import level
from sanzi.orgs.tree import names_of
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page


@page("registers.view")
def blockers(request: HttpRequest) -> HttpResponseBase:
    may = person_of(request).can("blockers.raise")
    return register_page(request, BLOCKERS if may else replace(BLOCKERS, actions=()))


@page("blockers.raise")
def new_blocker(request: HttpRequest) -> HttpResponse:
    on = request.GET.get("on", "")[:80]
    if on and on not in things([on], person_of(request)):
        raise Missing("scope.missing", "没有找到所涉及的记录")
    return _new(request, BlockerForm(initial={"on": on, "once": str(uuid4())}))


def _new(request: HttpRequest, form: BlockerForm, status: int = 200) -> HttpResponse:
    person = person_of(request)
    code = person.region_code or ""
    if level(code) not in writes.RAISERS:
        raise Forbidden("blocker.level", "需协调事项由村、乡镇或县提出")
    holder, on = above(code), str(form["on"].value() or "")
    context = {
        "title": "提出需协调事项",
        "form": form,
        "holder": names_of([holder]).get(holder, holder),
        "thing": things([on], person).get(on),
    }
    return show(request, "dispatch/new_blocker.html", context, status=status)


@page("blockers.raise", methods=("POST",))
def raise_one(request: HttpRequest) -> HttpResponse:
    form = BlockerForm(request.POST)
    if not form.is_valid():
        return _new(request, form, status=422)
    made = writes.raise_blocker(by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "dispatch:blocker", made.pk)


@page("registers.view")
def blocker(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    mine = Blocker.objects.visible_to(person).select_related("raised_by", "keeper")
    held: Blocker = get_object_or_404(mine, pk=pk)
    steps = list(held.steps.select_related("by").order_by("pk"))
    names = names_of({held.holder, held.raiser, *(one.holder for one in steps)})
    standing = Standing(held, person.region_code or "", names.get(held.holder, held.holder))
    labels = {step.name: step.label for step in BLOCKER.steps} | {"raise": "提出"}
    context = {
        "title": held.matter,
        "blocker": held,
        "tone": TONES[held.stage],
        "raiser": names.get(held.raiser, held.raiser),
        "holder": names.get(held.holder, held.holder),
        "overdue": is_overdue(held, localdate()),
        "thing": things([held.on], person).get(held.on) if held.on else None,
        "steps": [(one, labels[one.step], names.get(one.holder, one.holder)) for one in steps],
        "offers": BLOCKER.offers(standing, person),
        "says": SAY,
        "may_study": person.can("studies.keep"),
        "history": timeline(held, person),
    }
    return show(request, "dispatch/blocker.html", context)


@page("registers.view", methods=("POST",))
def step(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Blocker.objects.visible_to(person_of(request)), pk=pk)
    form = NoteForm(request.POST)
    if not form.is_valid() or form.cleaned_data["step"] not in {s.name for s in BLOCKER.steps}:
        raise Invalid("blocker.step", "请选择要办的一步；说明最多 2,000 字")
    done = writes.take_step(
        blocker_id=pk, step=form.cleaned_data["step"], note=form.cleaned_data["note"],
        by=person_of(request), now=now(),
    )  # fmt: skip
    return onward(request, "dispatch:blocker", done.pk)
