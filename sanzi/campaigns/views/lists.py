"""Giving tasks: one typed, or a list's lines to many villages; an office's own lists."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate, now

from sanzi.access.models import Post
from sanzi.access.roles import ROLES
from sanzi.access.scope import covers
from sanzi.campaigns.completion import hooks, subject_of, village_of
from sanzi.campaigns.giving import Order
from sanzi.campaigns.lists import actions
from sanzi.campaigns.lists.book import Sheet, sheet_of, sheets_for
from sanzi.campaigns.lists.forms import (
    METRIC_CHOICES,
    ROLE_CHOICES,
    UNIT_CHOICES,
    GiveListForm,
    ListForm,
    TaskForm,
    lines_of,
)
from sanzi.campaigns.lists.lines import LEVELS, Line
from sanzi.campaigns.models import Campaign
from sanzi.campaigns.places import OWN, choices_in, regions_of
from sanzi.campaigns.tasks.stages import CATEGORIES, Judged
from sanzi.kernel.refusals import Invalid, Missing
from sanzi.kernel.regions import ancestors, full, trim
from sanzi.orgs.tree import names_of
from sanzi.web.frame import Place, place
from sanzi.web.pages import onward, page, person_of, show

BLANK = 5


@page("registers.view")
def lists(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    sheets = sheets_for(person)
    names = names_of({sheet.row.region for sheet in sheets if sheet.row})
    context = {
        "title": "任务清单模板",
        "rows": [(s, names.get(s.row.region, "") if s.row else "系统自带示例") for s in sheets],
        "own": sum(sheet.row is not None for sheet in sheets),
        "may_give": person.can("tasks.give"),
    }
    return show(request, "campaigns/lists.html", context)


@page("registers.view")
def sheet(request: HttpRequest, key: str) -> HttpResponse:
    return _sheet(request, sheet_of(key, person_of(request)))


def _sheet(request: HttpRequest, found: Sheet, form: GiveListForm | None = None,
           fault: str = "") -> HttpResponse:  # fmt: skip
    person, here = person_of(request), place(request)
    may_give = person.can("tasks.give") and not found.is_retired
    shown = form or (_give_form(request, found, here) if may_give else None)
    ticked = set(shown["codes"].value() or ()) if form and shown else {x.code for x in found.lines}
    context = {
        "title": found.title,
        "sheet": found,
        "here": here,
        "lines": [(x, LEVELS[x.level], _role(x.role), x.code in ticked) for x in found.lines],
        "form": shown,
        "fault": fault,
        "may_give": may_give,
        "may_edit": may_give and found.row is not None and covers(person, found.row.region),
    }
    status = 422 if form and (form.errors or fault) else 200
    return show(request, "campaigns/list.html", context, status=status)


def _role(code: str) -> str:
    return ROLES[code].title if code in ROLES else ""


def _give_form(request: HttpRequest, found: Sheet, here: Place, data: Any = None) -> GiveListForm:
    return GiveListForm(
        data, places=choices_in(here.code, str(here)), campaigns=_campaigns(request),
        codes=[line.code for line in found.lines],
        initial={"campaign": request.GET.get("campaign", "")},
    )  # fmt: skip


def _campaigns(request: HttpRequest) -> list[Campaign]:
    return list(Campaign.objects.visible_to(person_of(request)).filter(closed_on=None)[:100])


@page("tasks.give", methods=("POST",))
def give(request: HttpRequest, key: str) -> HttpResponse:
    person, here = person_of(request), place(request)
    found = sheet_of(key, person)
    form = _give_form(request, found, here, request.POST)
    if not form.is_valid():
        return _sheet(request, found, form)
    typed = form.cleaned_data
    campaign = next((one for one in _campaigns(request) if one.pk == typed["campaign"]), None)
    try:
        new, known = actions.give_list(
            key=key, codes=set(typed["codes"]), regions=regions_of(typed["places"], person),
            given_on=typed["given_on"], campaign=campaign, by=person, now=now(),
        )  # fmt: skip
    except Invalid as refusal:
        return _sheet(request, found, form, refusal.message)
    told = f"，另有 {known} 项此前已经下达" if known else ""
    messages.success(request, f"已下达 {new} 项任务{told}")
    return onward(request, "registers:register", "tasks")


@page("tasks.give", methods=("GET", "POST"))
def new_task(request: HttpRequest) -> HttpResponse:
    """One task, typed, to one place or many."""
    here = place(request)
    posts = _posts(request, here)
    sent = request.POST if request.method == "POST" else None
    on = (request.GET if sent is None else sent).get("on", "")
    village = village_of(on, person_of(request)) if on else ""
    form = TaskForm(
        sent, places=choices_in(here.code, str(here)), campaigns=_campaigns(request), posts=posts,
        initial={"once": secrets.token_hex(8), "campaign": request.GET.get("campaign", ""),
                 "on": on, "places": [f"{OWN}:{trim(village)}"] if village else []},
    )  # fmt: skip
    if sent is not None and form.is_valid():
        try:
            made = actions.give_tasks(
                orders=_orders(request, form.cleaned_data, posts), by=person_of(request), now=now()
            )
        except Invalid as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已下达 {len(made)} 项任务")
            if len(made) == 1:
                return onward(request, "campaigns:task", made[0].pk)
            return onward(request, "registers:register", "tasks")
    context = {
        "title": "下达任务",
        "here": here,
        "form": form,
        "subject": subject_of(on) if on else None,
    }
    return show(request, "campaigns/new_task.html", context, status=422 if form.errors else 200)


def _posts(request: HttpRequest, here: Place) -> list[Post]:
    """Who could be named: the posts of the place and, of a town, of its villages."""
    if len(here.code) < 9:
        codes = [here.code]
    else:
        codes = [here.code, *(r.code for r in here.children), *ancestors(here.code)[-1:]]
    mine = Post.objects.visible_to(person_of(request)).held_on(localdate())
    mine = mine.filter(region__code__in=codes, person__is_system=False, person__is_active=True)
    return list(mine.select_related("person", "region").order_by("region__code", "pk")[:200])


def _orders(request: HttpRequest, typed: dict[str, Any], posts: list[Post]) -> list[Order]:
    person = person_of(request)
    regions = regions_of(typed["places"], person)
    theirs = [post for post in posts if post.person_id == typed["person"]]
    if theirs and len(regions) > 1:
        raise Invalid("task.person", "给多个地方下达时不能指定到同一个人，请改选责任岗位")
    named = next((post for post in theirs if regions[0].startswith(post.region.code)), None)
    if theirs and named is None:
        raise Invalid("task.person", "责任人的岗位管不到这个地方，看不到这项任务，请另选")
    campaign = next((one for one in _campaigns(request) if one.pk == typed["campaign"]), None)
    if typed["on"] and regions != [trim(village_of(typed["on"], person))]:
        raise Invalid("task.on", "关于这件事项的任务只能下达给它所在的村")
    return [
        Order(
            village=full(region), matter=typed["matter"], category=typed["category"],
            standard=typed["standard"], starts_on=typed["starts_on"], due_on=typed["due_on"],
            role=named.role if named else typed["role"], person=named.person if named else None,
            lead_unit=typed["lead_unit"], joint_units=typed["joint_units"],
            metric=typed["metric"], target=typed["target"], unit=typed["unit"],
            at_most=typed["at_most"],
            judged=_judged(typed), on=typed["on"], campaign=campaign,
            source=f"typed:{typed['once']}",
        )
        for region in regions
    ]  # fmt: skip


def _judged(typed: dict[str, Any]) -> str:
    """By the figure if one is named, else by the row's own state if it has one to look at."""
    if typed["metric"]:
        return Judged.METRIC
    hook = hooks().get(typed["on"].partition(":")[0])
    return Judged.STATE if hook and hook.judge else Judged.EVIDENCE


@page("tasks.give", methods=("GET", "POST"))
def new_list(request: HttpRequest) -> HttpResponse:
    """A list of one's own, from nothing or like another."""
    person = person_of(request)
    like = sheet_of(request.GET["like"], person) if request.GET.get("like") else None
    here = place(request)
    if not here.code:
        raise Invalid("list.region", "清单模板由省以下各级制定，请先选择地区")
    return _edit(request, like, here.code, None)


@page("tasks.give", methods=("GET", "POST"))
def edit_list(request: HttpRequest, key: str) -> HttpResponse:
    """The next version of an office's own list."""
    found = sheet_of(key, person_of(request))
    if found.row is None or not covers(person_of(request), found.row.region):
        raise Missing("scope.missing", "没有找到这份清单模板，或不在您的辖区内")
    return _edit(request, found, found.row.region, found.row.pk)


def _edit(
    request: HttpRequest, found: Sheet | None, region: str, former: int | None
) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    title = found.row.title if found and found.row else found.title if found else ""
    form = ListForm(sent, initial={"title": title, "note": found.note if found else ""})
    lines: list[Line] = (
        lines_of(request.POST) if sent is not None else list(found.lines) if found else []
    )
    fault = ""
    if sent is not None and form.is_valid():
        try:
            made = actions.keep_list(
                region=region, title=form.cleaned_data["title"], note=form.cleaned_data["note"],
                lines=lines, former_id=former, by=person_of(request), now=now(),
            )  # fmt: skip
        except Invalid as refusal:
            fault = refusal.message
        else:
            return onward(request, "campaigns:list", str(made.pk))
    blank = [Line(code="", category=CATEGORIES[0], matter="")] * BLANK
    context = {
        "title": "修改清单模板" if former else "新建清单模板",
        "form": form,
        "fault": fault,
        "lines": [*lines, *blank],
        "former": former,
        "categories": CATEGORIES,
        "levels": LEVELS.items(),
        "roles": ROLE_CHOICES,
        "metrics": METRIC_CHOICES,
        "units": UNIT_CHOICES,
        "back": found.key if found else "",
    }
    status = 422 if fault or form.errors else 200
    return show(request, "campaigns/list_form.html", context, status=status)


@page("tasks.give", methods=("POST",))
def retire_list(request: HttpRequest, key: str) -> HttpResponse:
    found = sheet_of(key, person_of(request))
    if found.row is None:
        raise Missing("scope.missing", "系统自带的示例不能停用")
    actions.retire_list(template_id=found.row.pk, by=person_of(request), now=now())
    return onward(request, "campaigns:lists")
