"""What a region judges incomes by: tiers, year-end limits, one-off accounts; each from a day on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate, now

from sanzi.income import jumps
from sanzi.income.actions import goals as writes
from sanzi.income.definitions import definition
from sanzi.income.forms import WAN, ApartForm, DatedForm, JumpsForm, TiersForm
from sanzi.income.models import Standard
from sanzi.income.queries import Judged, judged_by, standards_over
from sanzi.income.standards import EXAMPLE
from sanzi.income.tiers import tiers
from sanzi.kernel.money import from_fen
from sanzi.orgs.tree import names_of
from sanzi.web.errors import Unsupported
from sanzi.web.frame import place
from sanzi.web.pages import onward, page, person_of, show

FORMS: dict[str, type[DatedForm]] = {
    Standard.Kind.TIERS: TiersForm,
    Standard.Kind.JUMPS: JumpsForm,
    Standard.Kind.APART: ApartForm,
}


@page("figures.view")
def standards(request: HttpRequest) -> HttpResponse:
    return _show(request)


def _show(request: HttpRequest, status: int = 200, **wrong: DatedForm) -> HttpResponse:
    here, today = place(request), localdate()
    judged = judged_by(here.code, today)
    history = standards_over(here.code)
    names = names_of({one.region for one in history})
    context = {
        "title": "分档和预警标准",
        "here": here,
        "held": judged.tiers,
        "definition": definition(judged.tiers.definition),
        "tiers": tiers(judged.tiers.edges),
        "rules": jumps.rules(judged.limits),
        "accounts": judged.accounts.codes,
        "example": EXAMPLE,
        "set_kinds": {one.kind for one in history if one.from_on <= today},
        "history": [(one, names.get(one.region, "全国")) for one in history],
        "forms": [(kind, Standard.Kind(kind).label, wrong.get(kind) or _form(judged, kind))
                  for kind in FORMS],
        "may_set": person_of(request).can("income.goals")
        and len(here.code) in writes.REGION_LEVELS,
    }  # fmt: skip
    return show(request, "income/standards.html", context, status=status)


def _form(judged: Judged, kind: str) -> DatedForm:
    """A form that begins with what holds."""
    initial: dict[str, Any] = {"from_on": localdate()}
    if kind == Standard.Kind.TIERS:
        held = judged.tiers
        edges = "、".join(f"{(from_fen(edge) / WAN).normalize():f}" for edge in held.edges)
        initial |= {"definition": held.definition, "edges": edges,
                    "counts_one_off": held.counts_one_off}  # fmt: skip
    elif kind == Standard.Kind.JUMPS:
        initial |= judged.limits.content()
    else:
        initial["codes"] = "\n".join(f"{scheme} {code}" for scheme, code in judged.accounts.codes)
    return FORMS[kind](initial=initial)


@page("income.goals", methods=("POST",))
def set_standard(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in FORMS:
        raise Unsupported("income.standard", "没有这种标准，请从“分档和预警标准”进入")
    form = FORMS[kind](request.POST)
    if not form.is_valid():
        return _show(request, 422, **{kind: form})
    here = place(request)
    writes.set_standard(
        region=here.code, kind=kind, content=form.content(),
        from_on=form.cleaned_data["from_on"], reason=form.cleaned_data["reason"],
        by=person_of(request), now=now(),
    )  # fmt: skip
    return onward(request, f"{reverse('income:standards')}?region={here.code}")
