"""督办级次: by which ladder a region's people are told of what is overdue."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from sanzi.campaigns.models import Ladder
from sanzi.campaigns.reminding.actions import set_ladder
from sanzi.campaigns.reminding.forms import LadderForm, rungs_of
from sanzi.campaigns.reminding.ladder import TELLABLE, Rung, from_json
from sanzi.campaigns.reminding.queries import ladders_over
from sanzi.campaigns.reminding.telling import rungs_told
from sanzi.kernel.refusals import Invalid
from sanzi.orgs.tree import names_of
from sanzi.web.frame import place
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show

BLANK, SHOWN = 2, 20


@page("registers.view")
def ladder(request: HttpRequest) -> HttpResponse:
    return _show(request, LadderForm())


def _show(
    request: HttpRequest, form: LadderForm, typed: list[Rung] | None = None, fault: str = ""
) -> HttpResponse:
    person, here = person_of(request), place(request)
    ladders = ladders_over([here.code])
    rungs = ladders.of(here.code)
    made = Ladder.objects.visible_to(person).select_related("made_by").order_by("-pk")
    pager = Pager.over(made, request.GET, size=SHOWN)
    rows = pager.rows
    names = names_of({row.region for row in rows})
    blank: list[Any] = [Rung(0, "", ())] * BLANK
    shown = [*(typed if typed is not None else rungs), *blank]
    context = {
        "title": "督办级次",
        "here": here,
        "rungs": rungs_told(rungs),
        "is_example": not ladders.holds(here.code),
        "pager": pager,
        "versions": [(r, names.get(r.region, r.region), rungs_told(from_json(r.rungs)))
                     for r in rows],
        "rows": [(rung, [(who, word, who in rung.tells) for who, word in TELLABLE.items()])
                 for rung in shown],
        "may_set": person.can("tasks.give") and 0 < len(here.code) <= 9,
        "form": form,
        "fault": fault,
    }  # fmt: skip
    status = 422 if fault or form.errors else 200
    return show(request, "campaigns/ladder.html", context, status=status)


@page("tasks.give", methods=("POST",))
def change_ladder(request: HttpRequest) -> HttpResponse:
    form, rungs = LadderForm(request.POST), rungs_of(request.POST)
    if not form.is_valid():
        return _show(request, form, rungs)
    here = place(request)
    try:
        set_ladder(
            region=here.code, rungs=rungs, reason=form.cleaned_data["reason"],
            by=person_of(request), now=now(),
        )  # fmt: skip
    except Invalid as refusal:
        return _show(request, form, rungs, refusal.message)
    return onward(request, f"{request.path.removesuffix('change/')}?region={here.code}")
