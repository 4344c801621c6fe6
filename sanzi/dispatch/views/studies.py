"""一事一研判: the list, a new one, one with its steps, its minutes and its task."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.dispatch.actions import studies as writes
from sanzi.dispatch.queries import cited_by
from sanzi.dispatch.registers import STUDIES
from sanzi.dispatch.stages import StudyStage
from sanzi.dispatch.standing import StudyStanding
from sanzi.dispatch.studies import Opinion, Study
from sanzi.dispatch.study_forms import (
    BeginForm,
    DecideForm,
    HoldForm,
    OpinionForm,
    WordsForm,
    WriteForm,
)
from sanzi.dispatch.things import things
from sanzi.dispatch.workflow import STUDY
from sanzi.journal.recorder import key
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Forbidden, Invalid, Missing
from sanzi.kernel.regions import level
from sanzi.orgs.tree import names_of
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

ROWS_MAX = 10


@page("registers.view")
def studies(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, STUDIES)


@page("studies.keep")
def new_study(request: HttpRequest) -> HttpResponse:
    """`?on=` names the rows it is about, several times if need be."""
    on = request.GET.getlist("on")[:ROWS_MAX]
    found = things(on, person_of(request))
    if any(one not in found for one in on):
        raise Missing("scope.missing", "没有找到所涉及的记录")
    matter = found[on[0]].name[:100] if on else ""
    return _new(request, BeginForm(initial={"matter": matter, "on": " ".join(on),
                                            "once": str(uuid4())}))  # fmt: skip


def _new(request: HttpRequest, form: BeginForm, status: int = 200) -> HttpResponse:
    person = person_of(request)
    if level(person.region_code or "") not in writes.OFFICES:
        raise Forbidden("study.office", "一事一研判由乡镇、县或市办理")
    keys = str(form["on"].value() or "").split()
    known = things(keys, person)
    rows = [known[one] for one in keys if one in known]
    context = {"title": "新建一事一研判", "form": form, "rows": rows}
    return show(request, "dispatch/new_study.html", context, status=status)


@page("studies.keep", methods=("POST",))
def begin(request: HttpRequest) -> HttpResponse:
    form = BeginForm(request.POST)
    if not form.is_valid():
        return _new(request, form, status=422)
    given = form.cleaned_data
    made = writes.begin(
        matter=given["matter"], rows=given["on"].split()[:ROWS_MAX], once=given["once"],
        by=person_of(request), now=now(),
    )  # fmt: skip
    return onward(request, "dispatch:study", made.pk)


def _study_of(request: HttpRequest, pk: int) -> Study:
    mine = Study.objects.visible_to(person_of(request))
    named = mine.select_related("minutes", "task", "decided_by", "made_by", "keeper")
    found: Study = get_object_or_404(named, pk=pk)
    return found


@page("registers.view")
def study(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _study_of(request, pk))


def _show(request: HttpRequest, held: Study, wrong: Any = None, name: str = "") -> HttpResponse:
    person = person_of(request)
    known = things(held.rows, person)
    offers = STUDY.offers(StudyStanding(held, person.region_code or ""), person)
    forms = {
        "hold": HoldForm(initial={"held_on": localdate()}),
        "decide": DecideForm(study=held),
        "return": WordsForm(),
        "finish": WordsForm(),
    }
    if wrong is not None and name in forms:
        forms[name] = wrong
    mine = held.office == person.region_code
    decided = held.stage in (StudyStage.DECIDED, StudyStage.DONE)
    context = {
        "title": held.matter,
        "study": held,
        "office": names_of([held.office]).get(held.office, held.office),
        "rows": [known[one] for one in held.rows if one in known],
        "key": key(held),
        "cited": cited_by(key(held), person),
        "offers": [(one, forms[one.step.name]) for one in offers],
        "write_form": _write_form(held, wrong if name == "write" else None)
        if mine and held.stage == StudyStage.DRAFT and person.can("studies.keep")
        else None,
        "opinions": list(held.opinions.all()),
        "opinion_form": _opinion_form(request, held, wrong if name == "adopt" else None)
        if mine and decided and person.can("studies.decide")
        else None,
        "may_cite": mine and held.stage != StudyStage.DONE and person.can("studies.keep"),
        "taken": held.options[held.chosen - 1]["title"] if held.chosen else "",
        "history": timeline(held, person),
    }
    return show(request, "dispatch/study.html", context, status=422 if wrong else 200)


def _write_form(held: Study, wrong: WriteForm | None) -> WriteForm:
    return wrong or WriteForm(initial=WriteForm.initial_of(held))


def _opinion_form(request: HttpRequest, held: Study, given: Any) -> OpinionForm:
    if isinstance(given, OpinionForm):
        return given
    mine = Opinion.objects.visible_to(person_of(request)).in_force().filter(region=held.office)
    known = [(str(one.pk), str(one)) for one in mine[:100]]
    initial = {
        "title": held.matter,
        "text": held.decision,
        "basis": "；".join(one["text"] for one in held.laws)[:1000],
    }
    return OpinionForm(given, known=known, initial=initial)


@page("studies.keep", methods=("POST",))
def write_up(request: HttpRequest, pk: int) -> HttpResponse:
    held, form = _study_of(request, pk), WriteForm(request.POST)
    if not form.is_valid():
        return _show(request, held, form, "write")
    writes.write_up(study_id=pk, by=person_of(request), now=now(), **form.read())
    return onward(request, "dispatch:study", pk)


@page("registers.view", methods=("POST",))
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """One step with its words; the page shows each step's own form."""
    held, name = _study_of(request, pk), request.POST.get("step", "")
    form, write = _form_and_write(held, name, request.POST)
    if not form.is_valid():
        return _show(request, held, form, name)
    given = form.cleaned_data
    if name in ("return", "finish"):
        given = {"reason" if name == "return" else "outcome": given["words"]}
    write(study_id=pk, by=person_of(request), now=now(), **given)
    return onward(request, "dispatch:study", pk)


def _form_and_write(held: Study, name: str, given: Any) -> tuple[Any, Any]:
    if name == "hold":
        return HoldForm(given), writes.hold
    if name == "decide":
        return DecideForm(given, study=held), writes.decide
    if name == "return":
        return WordsForm(given), writes.send_back
    if name == "finish":
        return WordsForm(given), writes.finish
    raise Invalid("study.step", "请选择要办的一步")
