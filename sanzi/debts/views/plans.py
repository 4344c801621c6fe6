"""化债计划: villages against their targets; an office's own plan entered and adopted."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.access.models import Person
from sanzi.debts import queries
from sanzi.debts.actions import planning
from sanzi.debts.forms import PlanForm
from sanzi.debts.models import ReductionPlan
from sanzi.debts.plans import BANDS, EXAMPLE, band_told, standings
from sanzi.kernel.money import from_fen
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.metrics.shares import totals_by_region
from sanzi.orgs.models import Region
from sanzi.orgs.tree import names_of
from sanzi.web.frame import chosen_code
from sanzi.web.pages import onward, page, person_of, show

VILLAGES_MAX = 500
PLANS_SHOWN = 20


@page("figures.view")
def plan(request: HttpRequest) -> HttpResponse:
    """Every village of the chosen place against the target of its band."""
    year = _year(request)
    code = chosen_code(request) or person_of(request).region_code or ""
    below = Region.objects.filter(level=Region.Level.VILLAGE, code__startswith=code)
    villages = list(below.order_by("code").values_list("code", flat=True)[:VILLAGES_MAX])
    end = min(date(year, 12, 31), localdate())
    names = ("debts.locked", "debts.resolved", "debts.new")
    found = totals_by_region(villages, end, names)
    sums = {
        village: {m.removeprefix("debts."): from_fen(v) for m, v in row.items()}
        for village, row in found.items()
    }
    years = queries.base_years(sums, end)
    local = queries.plans_over(villages, end)
    own = {village: [band_told(told) for told in one.bands] for village, one in local.items()}
    rows = standings(sums, years, year, local=own)
    called = names_of([row.village for row in rows])
    context = {
        "title": "化债计划",
        "year": year,
        "years": range(year - 2, year + 3),
        "as_of": end,
        "rows": [(row, called.get(row.village, row.village)) for row in rows],
        "behind": sum(not row.is_met for row in rows),
        "bands": BANDS,
        "example": EXAMPLE if any(row.village not in own for row in rows) or not own else "",
        "plans": _shown(person_of(request)),
        "may_enter": person_of(request).can("policies.adopt"),
        "is_cut": len(villages) == VILLAGES_MAX,
    }
    return show(request, "debts/plan.html", context)


def _year(request: HttpRequest) -> int:
    given = request.GET.get("year", "")
    known = given.isascii() and given.isdecimal() and 1990 <= int(given[:4]) <= 2100
    return int(given[:4]) if known else localdate().year


def _shown(person: Person) -> list[dict[str, Any]]:
    """The plans over and below this office, the latest first, with what may be done with each."""
    rows = ReductionPlan.objects.visible_to(person).select_related("entered_by", "adopted_by")
    return [
        {
            "plan": one,
            "bands": [band_told(told) for told in one.bands],
            "may_adopt": not one.adopted_by_id
            and person.can("debts.approve")
            and one.region == person.region_code
            and one.entered_by_id != person.pk,
        }
        for one in rows.order_by("-from_on", "-pk")[:PLANS_SHOWN]
    ]


@page("policies.adopt", methods=("GET", "POST"))
def new_plan(request: HttpRequest) -> HttpResponse:
    """Enter the targets of a paper: bands by size of debt."""
    form = PlanForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            planning.enter_plan(
                name=told["name"], from_on=told["from_on"], bands=told["bands"],
                by=person_of(request), now=now(),
            )  # fmt: skip
        except (Invalid, Blocked) as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "方案已登记，等乡镇分管领导核准后施行")
            return onward(request, "debts:plan")
    context = {"title": "登记化债方案", "form": form}
    return show(request, "debts/new_plan.html", context, status=422 if form.errors else 200)


@page("debts.approve", methods=("POST",))
def adopt_plan(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(ReductionPlan.objects.visible_to(person_of(request)), pk=pk)
    planning.adopt_plan(plan_id=pk, by=person_of(request), now=now())
    return onward(request, "debts:plan")
