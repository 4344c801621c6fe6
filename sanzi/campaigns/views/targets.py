"""A campaign's villages: how far each has come; their targets typed, pasted or spread."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate, now

from sanzi.campaigns.actions import targets as writes
from sanzi.campaigns.forms import PasteForm, SpreadForm, cells_of
from sanzi.campaigns.models import Aim, Campaign, Target
from sanzi.campaigns.pasting import Column, read
from sanzi.campaigns.places import living
from sanzi.campaigns.reaching import shown_unit
from sanzi.campaigns.registers import targets_register
from sanzi.campaigns.standing import called, lines_by_region, said, standing_of, trimmed
from sanzi.kernel.refusals import Invalid
from sanzi.kernel.regions import full, level
from sanzi.metrics.catalogue import metric
from sanzi.orgs.tree import names_of
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page

from .campaigns import campaign_of, region_of, run_campaign

SHOWN, GRID_MAX = 50, 300
FAULTS_SHOWN = 20


@page("figures.view")
def villages(request: HttpRequest, pk: int) -> HttpResponse:
    """Each village or town of one aim, the furthest behind first."""
    person, today = person_of(request), localdate()
    held = campaign_of(request, pk)
    region, aims = region_of(request, held), list(held.aims.all())
    given = request.GET.get("aim", "")
    aim = next((one for one in aims if str(one.pk) == given), aims[0] if aims else None)
    mine = Target.objects.visible_to(person).within(region).filter(aim=aim)
    lines = lines_by_region(held, aims, list(mine), today) if aim else []
    lines.sort(key=lambda pair: (pair[1].reached.part, pair[0].village))
    pager = Pager.over(lines, request.GET, size=SHOWN)
    shown = [(trimmed(target.village), one) for target, one in pager.rows]
    names = names_of({c for code, _ in shown for c in (code, code[:9])} | {region})
    standing = standing_of(held, aims, {}, region, today)
    context = {
        "title": f"{held}：各地进度",
        "campaign": held,
        "region": region,
        "region_name": names.get(region, region),
        "aim": aim,
        "aims": called(aims),
        "rows": [(code, _called(code, region, names), one) for code, one in shown],
        "pager": pager,
        "clock": standing.clock,
        "met": sum(one.reached.is_met for _, one in lines),
        # A ceiling is kept or broken; it runs behind no clock.
        "behind": sum(
            one.reached.percent is not None and one.reached.part < standing.clock.percent
            for _, one in lines
        ),
    }  # fmt: skip
    return show(request, "campaigns/villages.html", context)


def _called(code: str, region: str, names: dict[str, str]) -> str:
    """A village by its name; seen from above its town, where several share one, by both."""
    town = names.get(code[:9], "") if len(region) < 9 and len(code) == 12 else ""
    return town + names.get(code, code)


@page("figures.view")
def register(request: HttpRequest, pk: int) -> HttpResponseBase:
    held = campaign_of(request, pk)
    return register_page(request, targets_register(held, list(held.aims.all())))


@page("campaigns.run", methods=("GET", "POST"))
def targets(request: HttpRequest, pk: int) -> HttpResponse:
    """The grid of one town's villages, or of the towns; and the ways to fill it."""
    held = run_campaign(request, pk)
    if request.method != "POST":
        return _grid(request, held)
    aims = list(held.aims.all())
    codes = [code for code, _ in _places(request, held)]
    values, faults = cells_of(request.POST, aims, codes)
    if faults:
        return _grid(request, held, faults=faults)
    return _set(request, held, values, "手工填写", _revision(request))


def _revision(request: HttpRequest) -> int:
    given = request.POST.get("revision", "")[:9]
    return int(given) if given.isdecimal() else 0


def _set(
    request: HttpRequest, held: Campaign, values: Any, how: str, revision: int
) -> HttpResponse:
    try:
        changed = writes.set_targets(
            campaign_id=held.pk, revision=revision, values=values, how=how, by=person_of(request),
            now=now(),
        )  # fmt: skip
    except Invalid as refusal:
        return _grid(request, held, faults=[refusal.message])
    messages.success(request, f"已保存，改动 {changed} 个目标")
    region = region_of(request, held)
    return onward(request, f"{request.path.removesuffix('paste/')}?region={region}")


def _places(request: HttpRequest, held: Campaign) -> list[tuple[str, str]]:
    """The rows of the grid: a town's villages; of a larger region its towns."""
    region = region_of(request, held)
    if level(region) in ("town", "village"):
        return living(region, "village")
    return living(region, "town")[:GRID_MAX]


def _grid(request: HttpRequest, held: Campaign, **wrong: Any) -> HttpResponse:
    region, aims, places = region_of(request, held), list(held.aims.all()), _places(request, held)
    codes = [full(code) for code, _ in places]
    mine = Target.objects.visible_to(person_of(request)).filter(aim__in=aims, village__in=codes)
    known = {(t.aim_id, t.village): t.value for t in mine}
    sums = {aim.pk: [known[k] for k in known if k[0] == aim.pk] for aim in aims}
    sent: Any = request.POST if wrong and request.method == "POST" else {}
    context = {
        "title": f"{held}：分解目标",
        "campaign": held,
        "region": region,
        "region_name": names_of([region]).get(region, region),
        "heads": [_head(aim, label, sums[aim.pk]) for aim, label in called(aims)],
        "rows": [(code, name, [_cell(aim, code, known, sent) for aim in aims])
                 for code, name in places],
        "towns": living(held.region, "town") if level(held.region) != "town" else [],
        "spread_form": SpreadForm(aims=aims, initial={"revision": held.revision}),
        "paste_form": PasteForm(initial={"revision": held.revision}),
    } | wrong  # fmt: skip
    context["faults"] = wrong.get("faults", [])[:FAULTS_SHOWN]
    return show(request, "campaigns/targets.html", context, status=422 if wrong else 200)


def _head(aim: Aim, label: str, values: list[Any]) -> dict[str, str]:
    one = metric(aim.metric)
    total = (
        "" if one.is_rate else said(sum(values, start=values[0] * 0) if values else None, one.unit)
    )
    return {
        "label": label, "unit": shown_unit(one.unit), "goal": said(aim.goal, one.unit),
        "total": total,
    }  # fmt: skip


def _cell(aim: Aim, code: str, known: Any, sent: Any) -> tuple[str, str]:
    name = f"t-{aim.pk}-{code}"
    value = known.get((aim.pk, full(code)))
    shown = "" if value is None else said(value, metric(aim.metric).unit).replace(",", "")
    return name, sent.get(name, shown)


@page("campaigns.run", methods=("POST",))
def paste(request: HttpRequest, pk: int) -> HttpResponse:
    held, form = run_campaign(request, pk), PasteForm(request.POST)
    if not form.is_valid():
        return _grid(request, held, paste_form=form)
    columns = [
        Column(aim.pk, label, metric(aim.metric).unit)
        for aim, label in called(list(held.aims.all()))
    ]
    places = [pair for at in ("village", "town") for pair in living(held.region, at)]
    found = read(form.cleaned_data["table"], columns, places)
    if found.faults:
        return _grid(request, held, paste_form=form, faults=found.faults)
    return _set(request, held, found.values, "粘贴导入", form.cleaned_data["revision"])


@page("campaigns.run", methods=("POST",))
def spread(request: HttpRequest, pk: int) -> HttpResponse:
    held = run_campaign(request, pk)
    form = SpreadForm(request.POST, aims=list(held.aims.all()))
    if not form.is_valid():
        return _grid(request, held, spread_form=form)
    typed = form.cleaned_data
    try:
        changed = writes.spread_targets(
            campaign_id=pk, revision=typed["revision"], aim_id=typed["aim"], level=typed["level"],
            weight=typed["weight"], by=person_of(request), now=now(),
        )  # fmt: skip
    except Invalid as refusal:
        return _grid(request, held, faults=[refusal.message])
    messages.success(request, f"已分摊，改动 {changed} 个目标")
    return onward(request, "campaigns:targets", pk)
