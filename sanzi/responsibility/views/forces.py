"""专班: the list of a region, one with its members, founding one, seats given and left."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Refusal
from sanzi.kernel.regions import trim
from sanzi.orgs.tree import names_of
from sanzi.responsibility.actions import forces as writes
from sanzi.responsibility.choosing import choices_of
from sanzi.responsibility.forms import EndForm, ForceForm, MemberForm
from sanzi.responsibility.models import ForceMember, TaskForce
from sanzi.responsibility.queries import answering_for, held_on
from sanzi.responsibility.registers import STATIONS
from sanzi.web.frame import place
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page


@page("registers.view")
def forces(request: HttpRequest) -> HttpResponse:
    person, here = person_of(request), place(request)
    mine = TaskForce.objects.visible_to(person).within(here.code).filter(to_on=None)
    pager = Pager.over(mine.order_by("village", "kind"), request.GET)
    names = names_of({trim(one.village) for one in pager.rows})
    context = {
        "title": f"{here}专班",
        "here": here,
        "rows": [(one, names.get(trim(one.village), one.village)) for one in pager.rows],
        "pager": pager,
        "may_found": person.can("responsibility.assign") and len(person.region_code or "") <= 9,
    }
    return show(request, "responsibility/forces.html", context)


@page("registers.view")
def stations(request: HttpRequest) -> HttpResponseBase:
    return register_page(request, STATIONS)


@page("responsibility.assign", methods=("GET", "POST"))
def new_force(request: HttpRequest) -> HttpResponse:
    person, here = person_of(request), place(request)
    regions = [(one.code, one.name) for one in (here.region, *here.children)]
    form = ForceForm(request.POST if request.method == "POST" else None, regions=regions)
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = writes.found(by=person, now=now(), **form.cleaned_data)
            return onward(request, "responsibility:force", made.pk)
        except Refusal as refusal:
            refused = refusal
    status = refused.status if refused else 422 if form.errors else 200
    context = {"title": "成立专班", "form": form, "refused": refused}
    return show(request, "responsibility/form.html", context, status=status)


@page("registers.view")
def force(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, pk)


@page("responsibility.assign", methods=("POST",))
def join(request: HttpRequest, pk: int) -> HttpResponse:
    held = _mine(request, pk)
    form = MemberForm(request.POST, people=choices_of(person_of(request)), force=held)
    if not form.is_valid():
        return _show(request, pk, form=form, status=422)
    writes.join(force_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "responsibility:force", pk)


@page("responsibility.assign", methods=("GET", "POST"))
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    mine = ForceMember.objects.visible_to(person_of(request)).select_related("force")
    member: ForceMember = get_object_or_404(mine, pk=pk)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        writes.leave(member_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
        return onward(request, "responsibility:force", member.force_id)
    title = f"{member.name}退出{member.force}"
    context = {"title": title, "form": form, "refused": None}
    return show(request, "responsibility/form.html", context, status=422 if form.errors else 200)


def _mine(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(TaskForce.objects.visible_to(person_of(request)), pk=pk)


def _show(
    request: HttpRequest, pk: int, form: MemberForm | None = None, status: int = 200
) -> HttpResponse:
    person, found = person_of(request), _mine(request, pk)
    seats = held_on(ForceMember.objects.visible_to(person).filter(force=found), localdate())
    members: dict[str, list[ForceMember]] = {role: [] for role in ForceMember.Role}
    for seat in seats.order_by("pk"):
        members[seat.role].append(seat)
    code = trim(found.village)
    may_seat = person.can("responsibility.assign") and found.to_on is None
    context = {
        "title": f"{names_of([code]).get(code, code)}{found}",
        "force": found,
        "chain": answering_for(code) if found.kind == TaskForce.Kind.VILLAGE else None,
        "leaders": members["leader"], "deputies": members["deputy"],
        "members": members["member"], "stations": members["station"],
        "may_seat": may_seat,
        "form": (form or MemberForm(people=choices_of(person), force=found)) if may_seat else None,
        "history": timeline(found, person),
    }  # fmt: skip
    return show(request, "responsibility/force.html", context, status=status)
