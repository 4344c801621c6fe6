"""今天要办: one person's tasks."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate

from sanzi.campaigns.desk import piles
from sanzi.campaigns.models import Task
from sanzi.campaigns.reminding.queries import reminder_of
from sanzi.kernel.regions import trim
from sanzi.orgs.tree import names_of
from sanzi.web.pages import page, person_of, show


@page("registers.view")
def my_tasks(request: HttpRequest) -> HttpResponse:
    person, today = person_of(request), localdate()
    told = reminder_of(person, today)
    found = piles(person, today)
    lines = told.lines if told else []
    mine = Task.objects.visible_to(person).in_bulk([line["task"] for line in lines])
    names = names_of({trim(task.village) for task in mine.values()}) if mine else {}
    context = {
        "title": "今天要办",
        "piles": found,
        "overdue": sum(pile.count for pile in found if pile.title == "逾期"),
        "waiting": sum(pile.count for pile in found),
        "told": told,
        "lines": [_told(mine[x["task"]], x, names) for x in lines if x["task"] in mine],
        "may_give": person.can("tasks.give"),
    }
    return show(request, "campaigns/my_tasks.html", context)


def _told(task: Task, line: dict[str, Any], names: dict[str, str]) -> tuple[Any, ...]:
    """One line of the day's reminder: the task, where, on which rung, by how many days."""
    return task, names.get(trim(task.village), ""), line["rung"], line["days"]
