"""A region's campaigns, one campaign, several beside each other."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.campaigns.actions import campaigns as writes
from sanzi.campaigns.forms import (
    METRIC_CHOICES,
    CampaignForm,
    CloseForm,
    ReopenForm,
    aims_of,
    outline_of,
    phases_of,
)
from sanzi.campaigns.models import Aim, Campaign
from sanzi.campaigns.outline import EXAMPLE_DAYS, AimPlan, PhasePlan, example_phases
from sanzi.campaigns.queries import counts_of_campaign
from sanzi.campaigns.reaching import shown_unit
from sanzi.campaigns.standing import (
    called,
    course_of,
    goals_for,
    said,
    same_days,
    shown,
    standing_of,
)
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Invalid, Missing
from sanzi.metrics.catalogue import metric
from sanzi.orgs.tree import names_of
from sanzi.web.frame import Place, place
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show

# Each asks for its own figures: so few that the page stays within twenty queries.
SIZE, COMPARED = 6, 4
BLANK = 3


@page("figures.view")
def campaigns(request: HttpRequest) -> HttpResponse:
    person, today = person_of(request), localdate()
    mine = Campaign.objects.visible_to(person).prefetch_related("aims", "phases")
    open_first = F("closed_on").desc(nulls_first=True)
    pager = Pager.over(mine.order_by(open_first, "-starts_on", "-pk"), request.GET, size=SIZE)
    names = names_of({one.region for one in pager.rows})
    rows = []
    for one in pager.rows:
        region = own_part(one, person)
        aims = list(one.aims.all())
        # For those who take part: their targets are on the campaign's own page.
        goals = {aim.pk: aim.goal for aim in aims} if region == one.region else {}
        rows.append((one, names.get(one.region, ""), standing_of(one, aims, goals, region, today)))
    context = {
        "title": "专项行动",
        "rows": rows,
        "pager": pager,
        "may_run": person.can("campaigns.run"),
    }
    return show(request, "campaigns/campaigns.html", context)


def own_part(campaign: Campaign, person: Person) -> str:
    """The region a person sees a campaign for: all of it, or where they take part."""
    return campaign.region if covers(person, campaign.region) else person.region_code or ""


def campaign_of(request: HttpRequest, pk: int) -> Campaign:
    mine = Campaign.objects.visible_to(person_of(request))
    return get_object_or_404(mine.prefetch_related("aims", "phases"), pk=pk)


def run_campaign(request: HttpRequest, pk: int) -> Campaign:
    """The campaign, for whoever holds it. Raises Missing."""
    held = campaign_of(request, pk)
    if not covers(person_of(request), held.region):
        raise Missing("scope.missing", "没有找到该记录")
    return held


def region_of(request: HttpRequest, held: Campaign) -> str:
    """Of a campaign's regions the one asked for; without asking, all that the person may see."""
    own = own_part(held, person_of(request))
    if not request.GET.get("region"):
        return own
    here: Place = place(request)
    return here.code if here.code.startswith(own) else own


@page("figures.view")
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, campaign_of(request, pk))


def _show(request: HttpRequest, held: Campaign, **wrong: Any) -> HttpResponse:
    person, today = person_of(request), localdate()
    region, aims = region_of(request, held), list(held.aims.all())
    standing = standing_of(held, aims, goals_for(held, aims, region), region, today)
    names = names_of([held.region, region])
    context = {
        "title": str(held),
        "campaign": held,
        "holder": names.get(held.region, held.region),
        "region": region,
        "region_name": names.get(region, region),
        "is_whole": region == held.region,
        "standing": standing,
        "track": _track(held, today),
        "tasks": counts_of_campaign(held, person, today),
        "may_run": person.can("campaigns.run") and covers(person, held.region),
        "may_give": person.can("tasks.give"),
        "holds": covers(person, held.region),
        "close_form": CloseForm(),
        "reopen_form": ReopenForm(),
        "history": timeline(held, person),
    } | wrong
    return show(request, "campaigns/campaign.html", context, status=422 if wrong else 200)


def _track(held: Campaign, today: Any) -> list[dict[str, Any]]:
    def state(phase: Any) -> str:
        if today > phase.ends_on or not held.is_open:
            return "done"
        return "now" if today >= phase.starts_on else "next"

    return [{"phase": phase, "state": state(phase)} for phase in held.phases.all()]


@page("campaigns.run", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    here, today = place(request), localdate()
    if len(here.code) not in (4, 6, 9):
        raise Invalid("campaign.region", "专项行动由乡镇、县或市组织，请先选择地区")
    last = today + timedelta(days=EXAMPLE_DAYS - 1)
    initial = {"starts_on": today, "ends_on": last, "base_on": today}
    sent = request.POST if request.method == "POST" else None
    form, fault = CampaignForm(sent, initial=initial), ""
    if sent is not None and form.is_valid():
        try:
            made = writes.found(
                region=here.code, outline=outline_of(form, request.POST), by=person_of(request),
                now=now(),
            )  # fmt: skip
        except Invalid as refusal:
            fault = refusal.message
        else:
            return onward(request, "campaigns:targets", made.pk)
    phases: Sequence[PhasePlan] = phases_of(request.POST) if sent else example_phases(today)
    aims = aims_of(request.POST) if sent else []
    back = f"?region={here.code}"
    return _form(
        request, form, phases, aims, fault, {"title": "新建专项行动", "here": here, "query": back}
    )


@page("campaigns.run", methods=("GET", "POST"))
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    held = run_campaign(request, pk)
    names = ("title", "goals", "starts_on", "ends_on", "base_on", "revision")
    sent = request.POST if request.method == "POST" else None
    form, fault = CampaignForm(sent, initial={name: getattr(held, name) for name in names}), ""
    if sent is not None and form.is_valid():
        try:
            writes.change(
                campaign_id=pk, revision=form.cleaned_data["revision"] or 0,
                outline=outline_of(form, request.POST), by=person_of(request), now=now(),
            )  # fmt: skip
        except Invalid as refusal:
            fault = refusal.message
        else:
            return onward(request, "campaigns:campaign", pk)
    phases: Any = phases_of(request.POST) if sent else list(held.phases.all())
    aims: Any = aims_of(request.POST) if sent else list(held.aims.all())
    return _form(request, form, phases, aims, fault, {"title": f"修改：{held}", "campaign": held})


def _form(
    request: HttpRequest, form: CampaignForm, phases: Sequence[Any],
    aims: Sequence[AimPlan | Aim], fault: str, around: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    context = around | {
        "form": form,
        "fault": fault,
        "phases": [*phases, *[None] * BLANK],
        "aims": [*((aim, _goal_words(aim)) for aim in aims), *[(None, "")] * BLANK],
        "metrics": METRIC_CHOICES,
        "measures": Aim.Measure.choices,
    }
    status = 422 if fault or form.errors else 200
    return show(request, "campaigns/campaign_form.html", context, status=status)


def _goal_words(aim: AimPlan | Aim) -> str:
    if aim.goal < 0 or aim.metric not in {one for one, _ in METRIC_CHOICES}:
        return ""
    return said(aim.goal, metric(aim.metric).unit).replace(",", "")


@page("campaigns.run", methods=("POST",))
def close(request: HttpRequest, pk: int) -> HttpResponse:
    held, form = run_campaign(request, pk), CloseForm(request.POST)
    if not form.is_valid():
        return _show(request, held, close_form=form)
    writes.close(campaign_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "campaigns:campaign", pk)


@page("campaigns.run", methods=("POST",))
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    held, form = run_campaign(request, pk), ReopenForm(request.POST)
    if not form.is_valid():
        return _show(request, held, reopen_form=form)
    writes.reopen(campaign_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "campaigns:campaign", pk)


@page("figures.view")
def compare(request: HttpRequest) -> HttpResponse:
    """Campaigns of one's own region side by side, on the same days of each."""
    person, today = person_of(request), localdate()
    mine = Campaign.objects.visible_to(person).prefetch_related("aims")
    held = [one for one in mine[:100] if covers(person, one.region)]
    given = request.GET.getlist("with")
    chosen = [one for one in held if str(one.pk) in given][:COMPARED]
    shared = _shared(chosen)
    asked = request.GET.get("metric", "")
    wanted = asked if asked in shared else next(iter(shared), "")
    context = {
        "title": "行动对比",
        "held": [(one, str(one.pk) in given) for one in held],
        "chosen": chosen,
        "shared": list(shared.items()),
        "wanted": wanted,
        "most": COMPARED,
        **(_courses(chosen, wanted, today) if wanted else {}),
    }
    return show(request, "campaigns/compare.html", context)


def _shared(chosen: Sequence[Campaign]) -> dict[str, str]:
    """The aims every chosen campaign has, metric and measure, in the first one's order, named."""
    sets = [{_asked(aim) for aim in one.aims.all()} for one in chosen]
    if not sets:
        return {}
    both = set.intersection(*sets)
    first = [aim for aim in chosen[0].aims.all() if _asked(aim) in both]
    return {_asked(aim): label for aim, label in called(first)}


def _asked(aim: Aim) -> str:
    """An aim in an address: what is gained is not compared with what stands."""
    return f"{aim.metric}:{aim.measure}"


def _courses(chosen: Sequence[Campaign], wanted: str, today: Any) -> dict[str, Any]:
    one, days = metric(wanted.partition(":")[0]), same_days(chosen, today)
    courses = [
        course_of(c, next(a for a in c.aims.all() if _asked(a) == wanted), days, today)
        for c in chosen
    ]
    return {
        "metric": one,
        "unit": shown_unit(one.unit),
        "days": [(day, [_cell(course.get(day), one.unit) for course in courses]) for day in days],
    }


def _cell(found: Any, unit: str) -> tuple[str, str]:
    if found is None:
        return "", ""
    percent = f"{found.percent}%" if found.percent is not None else ""
    return shown(found.value, unit), percent
