"""今天: the first page, by post."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate

from sanzi.campaigns.desk import to_strike
from sanzi.campaigns.reminding.queries import reminder_of
from sanzi.dashboards import links, queries, town_home
from sanzi.dashboards.homes import Area, ours
from sanzi.dashboards.tiles import DEFAULT, wall_of
from sanzi.dashboards.village_home import tiles
from sanzi.dispatch.desk import desk_of
from sanzi.web import asked
from sanzi.web.frame import Place, place
from sanzi.web.pages import page, person_of, show
from sanzi.workbooks.report import totals_of


@page("home.view")
def home(request: HttpRequest) -> HttpResponse:
    if not person_of(request).can("figures.view"):
        return show(request, "dashboards/home_administrator.html", {"title": "今天"})
    here, as_of = place(request), asked.as_of(request)
    area = Area(person_of(request), here.region, as_of)
    context = {
        "title": "今天",
        "here": here,
        "as_of": as_of,
        "area": area,
        "ours": ours(here.region, here.is_own),
        "told": reminder_of(person_of(request), localdate()),
    }
    if here.region.level == "village":
        context |= _village(request, here, as_of)
        return show(request, "dashboards/home_village.html", context)
    if here.region.level == "town":
        context |= _town(request, here, as_of)
        context["tiles"] = town_home.tiles(area)
        return show(request, "dashboards/home_town.html", context)
    context |= _waiting(request, here) | _tasks(request, here, as_of) | _desk(request, here)
    return show(request, "dashboards/home_area.html", context)


def _village(request: HttpRequest, here: Place, as_of: date) -> dict[str, Any]:
    late, _ = queries.overdue_tasks(person_of(request), here.code, as_of)
    totals = totals_of(here.region, as_of)
    found = tiles(person_of(request), here.code, as_of, totals, late)
    return {"tiles": found} | _desk(request, here)


def _town(request: HttpRequest, here: Place, as_of: date) -> dict[str, Any]:
    return (
        _waiting(request, here)
        | _tasks(request, here, as_of)
        | _desk(request, here)
        | {
            "wall": wall_of(person_of(request), here.code, as_of, DEFAULT),
            "changes": [
                (change, links.thing(change.entry.object) if change.rows == 1 else None)
                for change in queries.recent_changes(person_of(request), here.code)
            ],
        }
    )


def _tasks(request: HttpRequest, here: Place, as_of: date) -> dict[str, Any]:
    """Tasks whose limit has passed, and how many wait for this person to strike them off."""
    person = person_of(request)
    late, tasks = queries.overdue_tasks(person, here.code, as_of)
    may = person.can("tasks.strike")
    return {
        "late": late,
        "tasks": [(task, _place_of(task, here)) for task in tasks],
        "tasks_url": links.register("tasks", region=here.code, state="overdue"),
        "to_strike": to_strike(person, here.code).count() if may else 0,
    }


def _place_of(task: Any, here: Place) -> str:
    """Its village by name, or from further above the town or county it lies in; no query."""
    parts = (task.village, task.town, task.county)
    return next((here.names[code] for code in parts if code in here.names), "")


def _desk(request: HttpRequest, here: Place) -> dict[str, Any]:
    """Raised matters with the place, each with its clock as of today."""
    return {"desk": desk_of(person_of(request), here.code, localdate())}


def _waiting(request: HttpRequest, here: Place) -> dict[str, Any]:
    """Workbooks waiting for a word; only for posts that may look at them."""
    may = person_of(request).can("intake.upload")
    return {"uploads": queries.waiting_uploads(person_of(request), here.code) if may else []}
