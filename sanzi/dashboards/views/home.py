"""今天: the first page, by post."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from sanzi.dashboards import asked, links, queries
from sanzi.dashboards.homes import Area, ours
from sanzi.dashboards.tiles import DEFAULT, wall_of
from sanzi.dashboards.village_home import tiles
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
    }
    if here.region.level == "village":
        context |= _village(request, here, as_of)
        return show(request, "dashboards/home_village.html", context)
    if here.region.level == "town":
        context |= _town(request, here, as_of)
        return show(request, "dashboards/home_town.html", context)
    return show(request, "dashboards/home_area.html", context | _waiting(request, here))


def _village(request: HttpRequest, here: Place, as_of: date) -> dict[str, Any]:
    late, _ = queries.overdue_tasks(person_of(request), here.code, as_of)
    totals = totals_of(here.region, as_of)
    return {"tiles": tiles(person_of(request), here.code, as_of, totals, late)}


def _town(request: HttpRequest, here: Place, as_of: date) -> dict[str, Any]:
    late, tasks = queries.overdue_tasks(person_of(request), here.code, as_of)
    return _waiting(request, here) | {
        "wall": wall_of(person_of(request), here.code, as_of, DEFAULT),
        "late": late,
        "tasks": tasks,
        "tasks_url": links.register("tasks", region=here.code),
        "changes": [
            (change, links.thing(change.entry.object) if change.rows == 1 else None)
            for change in queries.recent_changes(person_of(request), here.code)
        ],
    }


def _waiting(request: HttpRequest, here: Place) -> dict[str, Any]:
    """Workbooks waiting for a word; only for posts that may look at them."""
    may = person_of(request).can("intake.upload")
    return {"uploads": queries.waiting_uploads(person_of(request), here.code) if may else []}
