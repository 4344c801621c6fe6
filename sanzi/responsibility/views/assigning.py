"""The chart, the register, one assignment, naming one, pasting many, drawing areas."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate, now

from sanzi.access.models import Person
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Invalid, Refusal
from sanzi.orgs.models import Region
from sanzi.orgs.tree import names_of
from sanzi.responsibility.actions import assigning
from sanzi.responsibility.chart import chart as chart_of
from sanzi.responsibility.chart import gaps_of, homes_gap
from sanzi.responsibility.choosing import choices_of
from sanzi.responsibility.forms import AreaForm, AssignmentForm, EndForm, PasteForm, ReasonForm
from sanzi.responsibility.models import Area, AreaVillage, Assignment
from sanzi.responsibility.pasting import read
from sanzi.responsibility.queries import held_on
from sanzi.responsibility.registers import ASSIGNMENTS
from sanzi.web.frame import place
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

SHOWN = 2_000

# Two forms of the page ask for a reason: each label leads to its own field.
_WHY = "why_%s"


@page("registers.view")
def assignments(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, ASSIGNMENTS)


@page("registers.view")
def chart(request: HttpRequest) -> HttpResponse:
    """The wall chart of a town, or of a village alone; above a town, its towns to choose from."""
    here, person = place(request), person_of(request)
    is_town = len(here.code) >= 9
    villages = list(here.children) if len(here.code) == 9 else [here.region] if is_town else []
    areas = chart_of(here.code, villages) if is_town else []
    context = {
        "title": f"{here}责任包联",
        "here": here,
        "areas": areas,
        "gaps": gaps_of(areas),
        "homes_gap": homes_gap(areas),
        "towns": [] if is_town else here.children,
        "may_assign": person.can("responsibility.assign"),
        "is_town": len(person.region_code or "") <= 9,
    }
    if request.GET.get("format") == "print":
        issued = {"issued": f"{here}　制表日期：{localdate()}", "unit": ""}
        return show(request, "responsibility/chart_paper.html", {**context, **issued})
    return show(request, "responsibility/chart.html", context)


@page("registers.view")
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, pk)


@page("responsibility.assign", methods=("POST",))
def end(request: HttpRequest, pk: int) -> HttpResponse:
    form = EndForm(request.POST)
    if not form.is_valid():
        return _show(request, pk, form=form, status=422)
    assigning.end(assignment_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "responsibility:assignment", pk)


@page("sealed.reveal", methods=("POST",))
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    form = ReasonForm(request.POST, auto_id=_WHY)
    if not form.is_valid():
        return _show(request, pk, status=422, why=form)
    clear = assigning.reveal_phone(
        assignment_id=pk, by=person_of(request), now=now(), **form.cleaned_data
    )
    answer = _show(request, pk, clear=clear)
    answer["Cache-Control"] = "no-store"
    return answer


def _show(
    request: HttpRequest,
    pk: int,
    *,
    form: EndForm | None = None,
    why: ReasonForm | None = None,
    clear: str = "",
    status: int = 200,
) -> HttpResponse:
    person = person_of(request)
    mine = Assignment.objects.visible_to(person).select_related("area", "replaces", "person")
    found: Any = get_object_or_404(mine, pk=pk)
    region = found.town if found.area_id else found.village
    ends = person.can("responsibility.assign") and found.to_on is None
    context = {
        "title": f"{found.get_level_display()}：{found.name}",
        "one": found,
        "place": names_of([region]).get(region, region),
        "successor": Assignment.objects.visible_to(person).filter(replaces=found).first(),
        "form": form or EndForm(),
        "why": why or ReasonForm(auto_id=_WHY),
        "clear": clear,
        "may_end": ends and (not found.is_town_s or len(person.region_code or "") <= 9),
        "may_reveal": person.can("sealed.reveal") and found.phone is not None,
        "history": timeline(found, person),
    }
    return show(request, "responsibility/assignment.html", context, status=status)


@page("responsibility.assign", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    asked = {
        name: request.GET.get(name, "")
        for name in ("level", "village", "group", "household", "area_id")
    }
    form = AssignmentForm(
        request.POST if request.method == "POST" else None,
        villages=_villages(person), areas=_areas(person), people=choices_of(person),
        is_town=len(person.region_code or "") <= 9,
        initial={name: value for name, value in asked.items() if value},
    )  # fmt: skip
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = assigning.assign(by=person, now=now(), **form.cleaned_data)
            return onward(request, "responsibility:assignment", made.pk)
        except Refusal as refusal:
            refused = refusal
    return _form(request, "安排包联", form, refused)


@page("responsibility.assign", methods=("GET", "POST"))
def paste(request: HttpRequest) -> HttpResponse:
    form = PasteForm(request.POST if request.method == "POST" else None)
    refused: Refusal | None = None
    faults: list[Any] = []
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        lines, faults = read(told["table"])
        if not faults:
            try:
                assigning.assign_many(
                    lines=lines, from_on=told["from_on"], key=told["key"], by=person_of(request),
                    now=now(),
                )  # fmt: skip
                return onward(request, f"{reverse('responsibility:assignments')}?held=now")
            except Refusal as refusal:
                refused = refusal
    return _form(request, "粘贴包联表", form, refused, faults)


@page("responsibility.assign", methods=("GET", "POST"))
def areas(request: HttpRequest) -> HttpResponse:
    person, here = person_of(request), place(request)
    if len(here.code) != 9:
        raise Invalid("area.town", "划片由乡镇办理，请先选择一个乡镇")
    lying = held_on(AreaVillage.objects.visible_to(person).within(here.code), localdate())
    area_of = dict(lying.values_list("village", "area__name"))
    villages = [
        (one.code, f"{one.name}（现属{area_of[one.code]}）" if one.code in area_of else one.name)
        for one in here.children
    ]
    asked = request.GET.get("area", "")
    start = {"name": asked, "villages": [code for code, name in area_of.items() if name == asked]}
    form = AreaForm(
        request.POST if request.method == "POST" else None, villages=villages, initial=start
    )
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            assigning.draw_area(town=here.code, by=person, now=now(), **form.cleaned_data)
            return onward(request, f"{reverse('responsibility:chart')}?region={here.code}")
        except Refusal as refusal:
            refused = refusal
    return _form(request, f"{here}划片", form, refused)


def _form(
    request: HttpRequest, title: str, form: Any, refused: Refusal | None, faults: Any = ()
) -> HttpResponse:
    status = refused.status if refused else 422 if form.errors or faults else 200
    context = {"title": title, "form": form, "refused": refused, "faults": faults[:50],
               "more": max(0, len(faults) - 50)}  # fmt: skip
    return show(request, "responsibility/form.html", context, status=status)


def _villages(person: Person) -> list[tuple[str, str]]:
    mine = Region.objects.visible_to(person).filter(level=Region.Level.VILLAGE, valid_to=None)
    return list(mine.order_by("code").values_list("code", "name")[:SHOWN])


def _areas(person: Person) -> list[tuple[int, str]]:
    return list(Area.objects.visible_to(person).filter(to_on=None).values_list("pk", "name"))
