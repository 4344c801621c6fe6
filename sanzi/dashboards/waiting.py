"""待办: everything that waits for one person, by kind, each with where it is done."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from sanzi.access.models import Person
from sanzi.agency.desk import waiting_tiles
from sanzi.campaigns.desk import to_strike
from sanzi.campaigns.queries import my_tasks
from sanzi.campaigns.tasks.workflow import STRIKE
from sanzi.dispatch.desk import desk_of
from sanzi.warnings.queries import counted

from .queries import waiting_uploads


@dataclass(frozen=True)
class Wait:
    """So many of one kind wait; `url` is where they are done."""

    title: str
    url: str
    count: int
    hint: str = ""


def waits(person: Person, today: date) -> list[Wait]:
    """What waits for this person in their own region, empty kinds left out; at most ten queries."""
    code = person.region_code or ""
    found = [*_tasks(person, today), *_matters(person, code, today)]
    if person.can("books.view"):
        found += [Wait(t.title, t.url, t.count or 0) for t in waiting_tiles(person, today)]
    if person.can("warnings.view"):
        told = counted(person, code, today)
        found.append(Wait("要处理的预警", reverse("warnings:mine"), told.mine + told.raised))
    if person.can("intake.upload"):
        many = len(waiting_uploads(person, code))
        found.append(Wait("等确认的工作簿", reverse("workbooks:intake"), many))
    return [one for one in found if one.count]


def _tasks(person: Person, today: date) -> list[Wait]:
    page = reverse("campaigns:my-tasks")
    mine = my_tasks(person).aggregate(all=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
    late = f"{mine['late']} 项已过时限" if mine["late"] else ""
    found = [Wait("要办的任务", page, mine["all"], late)]
    if person.can(STRIKE):
        found.append(Wait("等您验收的任务", page, to_strike(person).count()))
    return found


def _matters(person: Person, code: str, today: date) -> list[Wait]:
    page, desk = reverse("dispatch:blockers"), desk_of(person, code, today)
    return [
        Wait("要答复的协调事项", f"{page}?state=waiting", len(desk.to_answer)),
        Wait("答复了、退回来的协调事项", f"{page}?state=open", len(desk.back)),
    ]
