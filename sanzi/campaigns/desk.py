"""今天要办: what waits for one person, in the order it presses. A fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from sanzi.access.models import Person
from sanzi.kernel.regions import trim
from sanzi.orgs.tree import names_of
from sanzi.web.register import Badge

from .completion import Subject, Verdict, verdicts
from .queries import NEAREST, my_tasks, open_tasks, tasks_for
from .tasks.models import Task, TaskStep
from .tasks.stages import Stage
from .tasks.task_page import limit_badge, stage_badge, who_answers
from .tasks.workflow import DOING, LOOK, STRIKE

LISTED = 30


@dataclass(frozen=True)
class Row:
    """One task as a list tells it."""

    task: Any
    place: str
    badge: Badge
    limit: Badge | None
    verdict: Verdict | None
    # What it is about, where the list says so.
    subject: Subject | None = None

    @property
    def who(self) -> str:
        return who_answers(self.task)


@dataclass(frozen=True)
class Pile:
    """What waits for one kind of doing; `rows` are the first of `count`."""

    title: str
    hint: str
    count: int
    rows: list[Row]


def to_strike(person: Person, code: str = "") -> QuerySet[Any]:
    """Handed in, and not worked on by this person themselves."""
    own = TaskStep.objects.filter(task=OuterRef("pk"), by=person, step__in=DOING)
    handed = tasks_for(person, code).filter(stage=Stage.HANDED)
    return handed.filter(~Exists(own)).exclude(person=person)


def to_look_back(person: Person, day: date, code: str = "") -> QuerySet[Any]:
    """Struck off, and the day to look whether it stayed so has come."""
    return tasks_for(person, code).filter(stage=Stage.STRUCK, look_back_on__lte=day)


def piles(person: Person, day: date) -> list[Pile]:
    """Everything that waits for this person on a day, empty piles left out."""
    found: list[tuple[str, str, Any]] = [
        ("逾期", "时限已过，先办这些", my_tasks(person).filter(due_on__lt=day)),
        ("三天内到期", "", _soon(my_tasks(person), day)),
        ("其余在办", "", my_tasks(person).filter(Q(due_on__gt=_soon_on(day)) | Q(due_on=None))),
    ]
    if person.can(STRIKE):
        found.append(("等您验收", "自己办过的不在其中", to_strike(person)))
        # What is this person's own to do stands in a pile above: no task is counted twice.
        own = my_tasks(person).values("pk")
        above = open_tasks(person).filter(needs_above=True).exclude(pk__in=own)
        found.append(("下面报上来要解决的问题", "", above))
    if person.can(LOOK):
        found.append(("该回头看了", "看销号以后有没有反弹", to_look_back(person, day)))
    counted = [(title, hint, rows, rows.count()) for title, hint, rows in found]
    held = [
        (title, hint, list(rows.order_by(NEAREST, "pk")[:LISTED]), count)
        for title, hint, rows, count in counted
        if count
    ]
    told = rows_of([task for _, _, tasks, _ in held for task in tasks], day)
    return [Pile(t, h, n, [told[one.pk] for one in tasks]) for t, h, tasks, n in held]


def _soon_on(day: date) -> date:
    return day + timedelta(days=3)


def _soon(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    return rows.filter(due_on__gte=day, due_on__lte=_soon_on(day))


def rows_of(tasks: Sequence[Task], day: date) -> dict[int, Row]:
    """Tasks as lists tell them, by their key: their places and what the system finds of them."""
    names = names_of({trim(task.village) for task in tasks}) if tasks else {}
    found = verdicts([task for task in tasks if task.is_open], day)
    return {
        task.pk: Row(
            task,
            names.get(trim(task.village), task.village),
            stage_badge(task),
            limit_badge(task, day),
            found.get(task.pk),
        )
        for task in tasks
    }
