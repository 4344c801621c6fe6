"""巡察: terms with their coverage, rounds, findings with their rectification."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.documents.papers import papers_on
from sanzi.journal.recorder import key
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Refusal
from sanzi.kernel.regions import trim
from sanzi.orgs.tree import names_of
from sanzi.web.frame import place
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

from . import actions
from .coverage import cover, cover_by_town
from .forms import FindingForm, HandOutForm, PlacesForm, RoundForm, TermForm
from .models import Inspected, InspectionFinding, InspectionRound, InspectionTerm
from .queries import places_of, visited_in
from .rectifying import standings
from .registers import FINDINGS

SHOWN = 200


@page("registers.view")
def findings(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, FINDINGS)


@page("registers.view")
def terms(request: HttpRequest) -> HttpResponse:
    person, here = person_of(request), place(request)
    mine = list(InspectionTerm.objects.visible_to(person).prefetch_related("rounds")[:SHOWN])
    names = names_of({one.region for one in mine})
    context = {
        "title": "巡察",
        "here": here,
        "rows": [(one, names.get(one.region, one.region)) for one in mine],
        "may_run": person.can("inspections.run") and len(here.code) == 6,
        "runs": person.can("inspections.run"),
    }
    return show(request, "inspections/terms.html", context)


@page("inspections.run", methods=("GET", "POST"))
def new_term(request: HttpRequest) -> HttpResponse:
    here = place(request)

    def do(told: dict[str, Any]) -> Any:
        made = actions.open_term(region=here.code, by=person_of(request), now=now(), **told)
        return onward(request, "inspections:term", made.pk)

    form = TermForm(request.POST if request.method == "POST" else None)
    return _form(request, f"{here}设立届次", form, do)


@page("registers.view")
def term(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a term has come, town by town, and which places stand out."""
    person, found = person_of(request), _term(request, pk)
    places = places_of(found, person)
    visited = visited_in(found, person)
    names = {one.code: one.name for one in places}
    codes = [one.code for one in places]
    towns = [
        (names.get(town, town), reach, [names[code] for code in reach.left])
        for town, reach in cover_by_town(codes, visited).items()
    ]
    context = {
        "title": f"{found}巡察",
        "term": found,
        "rounds": list(found.rounds.all()),
        "whole": cover(codes, visited),
        "towns": towns,
        "may_run": _runs(person, found.region),
        "history": timeline(found, person),
    }
    if request.GET.get("format") == "print":
        issued = {"issued": f"制表日期：{localdate()}", "unit": "单位：处"}
        return show(request, "inspections/term_paper.html", {**context, **issued})
    return show(request, "inspections/term.html", context)


@page("inspections.run", methods=("GET", "POST"))
def new_round(request: HttpRequest, pk: int) -> HttpResponse:
    found = _term(request, pk)

    def do(told: dict[str, Any]) -> Any:
        made = actions.open_round(term_id=pk, by=person_of(request), now=now(), **told)
        return onward(request, "inspections:round", made.pk)

    form = RoundForm(request.POST if request.method == "POST" else None)
    return _form(request, f"{found}：设立轮次", form, do)


@page("registers.view")
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    person, found = person_of(request), _round(request, pk)
    came = list(Inspected.objects.visible_to(person).filter(round=found).order_by("village"))
    mine = InspectionFinding.objects.visible_to(person).filter(round=found)
    rows = list(mine.order_by("number").defer("evidence", "facts"))
    pager = Pager.over(rows, request.GET)
    standing = standings(rows, person, localdate())
    codes = {trim(one.village) for one in (*came, *pager.rows)}
    names = names_of(codes)
    context = {
        "title": str(found),
        "round": found,
        "came": [(names.get(trim(one.village), one.village), one.on) for one in came],
        "rows": [(one, names.get(trim(one.village), ""), standing[one.pk]) for one in pager.rows],
        "pager": pager,
        "closed": sum(1 for one in standing.values() if one.is_closed),
        "may_run": _runs(person, found.term.region),
        "history": timeline(found, person),
    }
    return show(request, "inspections/round.html", context)


@page("inspections.run", methods=("GET", "POST"))
def come_to(request: HttpRequest, pk: int) -> HttpResponse:
    person, found = person_of(request), _round(request, pk)
    visited = visited_in(found.term, person)
    places = [
        (one.code, f"{one.name}（本届已巡察）" if one.code in visited else one.name)
        for one in places_of(found.term, person)
    ]

    def do(told: dict[str, Any]) -> Any:
        actions.come_to(round_id=pk, by=person, now=now(), **told)
        return onward(request, "inspections:round", pk)

    form = PlacesForm(request.POST if request.method == "POST" else None, places=places)
    return _form(request, f"{found}：登记进驻", form, do)


@page("inspections.run", methods=("GET", "POST"))
def find(request: HttpRequest, pk: int) -> HttpResponse:
    person, found = person_of(request), _round(request, pk)
    came = Inspected.objects.visible_to(person).filter(round=found).order_by("village")
    codes = [trim(code) for code in came.values_list("village", flat=True)]
    names = names_of(codes)

    def do(told: dict[str, Any]) -> Any:
        made = actions.find(round_id=pk, by=person, now=now(), **told)
        return onward(request, "inspections:finding", made.pk)

    posted = request.method == "POST"
    form = FindingForm(
        request.POST if posted else None, request.FILES if posted else None,
        places=[(code, names.get(code, code)) for code in codes],
    )  # fmt: skip
    return _form(request, f"{found}：登记问题", form, do)


@page("inspections.run", methods=("POST",))
def report(request: HttpRequest, pk: int) -> HttpResponse:
    letter = actions.report(round_id=pk, by=person_of(request), now=now())
    return onward(request, "letters:letter", letter.pk)


@page("registers.view")
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, pk)


@page("inspections.run", methods=("POST",))
def hand_out(request: HttpRequest, pk: int) -> HttpResponse:
    _finding(request, pk)
    form = HandOutForm(request.POST)
    if not form.is_valid():
        return _show(request, pk, form=form, status=422)
    actions.hand_out(finding_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "inspections:finding", pk)


@page("clues.view", methods=("POST",))
def read_clue(request: HttpRequest, pk: int) -> HttpResponse:
    clear = actions.read_clue(finding_id=pk, by=person_of(request), now=now())
    answer = _show(request, pk, clear=clear)
    answer["Cache-Control"] = "no-store"
    return answer


def _show(
    request: HttpRequest,
    pk: int,
    form: HandOutForm | None = None,
    clear: str = "",
    status: int = 200,
) -> HttpResponse:
    person, found = person_of(request), _finding(request, pk)
    standing = standings([found], person, localdate())[found.pk]
    code = trim(found.village)
    context = {
        "title": f"{found.number} {found.matter}",
        "finding": found,
        "place": names_of([code]).get(code, code),
        "standing": standing,
        "is_village": not found.village.endswith("000"),
        "papers": list(papers_on(key(found))),
        "clear": clear,
        "may_hand_out": person.can("inspections.run")
        and not found.is_clue
        and standing.task is None,
        "form": form or HandOutForm(),
        "history": timeline(found, person),
    }
    return show(request, "inspections/finding.html", context, status=status)


def _form(request: HttpRequest, title: str, form: Any, do: Any) -> HttpResponse:
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            done: HttpResponse = do(form.cleaned_data)
            return done
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            refused = refusal
    status = refused.status if refused else 422 if form.errors else 200
    context = {"title": title, "form": form, "refused": refused}
    return show(request, "inspections/form.html", context, status=status)


def _term(request: HttpRequest, pk: int) -> InspectionTerm:
    mine = InspectionTerm.objects.visible_to(person_of(request))
    found: InspectionTerm = get_object_or_404(mine, pk=pk)
    return found


def _round(request: HttpRequest, pk: int) -> InspectionRound:
    mine = InspectionRound.objects.visible_to(person_of(request)).select_related("term")
    found: InspectionRound = get_object_or_404(mine, pk=pk)
    return found


def _finding(request: HttpRequest, pk: int) -> Any:
    mine = InspectionFinding.objects.visible_to(person_of(request))
    return get_object_or_404(mine.select_related("round__term", "found_by"), pk=pk)


def _runs(person: Person, region: str) -> bool:
    return person.can("inspections.run") and covers(person, region)
