"""Open and overdue tasks of a person or a region: what other features may read."""

import re
from datetime import date
from typing import Any

from django.db.models import Count, F, Model, Q, QuerySet

from sanzi.access.models import Person
from sanzi.journal.recorder import key

from .models import Campaign
from .tasks.models import Task, TaskQuerySet
from .tasks.stages import OPEN, Stage

# The nearest limit first; what has none comes last, on both engines.
NEAREST = F("due_on").asc(nulls_last=True)


def tasks_for(person: Person, code: str = "") -> TaskQuerySet:
    """The tasks this person may see within a region (trimmed code; "" is all of their own)."""
    found = Task.objects.visible_to(person).within(code)
    assert isinstance(found, TaskQuerySet)
    return found


def open_tasks(person: Person, code: str = "") -> TaskQuerySet:
    """Those neither struck off nor dropped."""
    return tasks_for(person, code).filter(stage__in=OPEN)


def overdue_tasks(person: Person, code: str, as_of: date) -> TaskQuerySet:
    """Those still open at the end of a day, whose time limit passed before it."""
    return tasks_for(person, code).overdue_on(as_of)


def tasks_about(thing: Model | str, person: Person) -> QuerySet[Task]:
    """The tasks about one row, the open ones first, the nearest limit first; one query."""
    # Said aloud: the two engines put what has no day at different ends.
    open_first = F("closed_on").asc(nulls_first=True)
    return tasks_for(person).filter(on=key(thing)).order_by(open_first, NEAREST, "pk")


def tasks_from(sources: list[str], person: Person) -> dict[str, Task]:
    """The task each source gave, by source; one query. The caller's own sources."""
    return {task.source: task for task in tasks_for(person).filter(source__in=sources)}


def of_unit(rows: QuerySet[Any], name: str) -> QuerySet[Any]:
    """Of tasks those a unit leads or cooperates in, named among others as people write them."""
    word = rf"(^|[、，,；;\s]){re.escape(name)}($|[、，,；;\s])"
    joint = Q(joint_units__contains=name) & Q(joint_units__regex=word)
    return rows.filter(Q(lead_unit=name) | joint)


def counts_of_unit(name: str, person: Person, code: str, as_of: date) -> dict[str, int]:
    """A unit's tasks within a region: all, open, overdue, struck; one query."""
    rows = of_unit(tasks_for(person, code), name).exclude(stage=Stage.DROPPED).order_by()
    counted: dict[str, int] = rows.aggregate(
        all=Count("pk"),
        open=Count("pk", filter=Q(stage__in=OPEN)),
        overdue=Count("pk", filter=Q(stage__in=OPEN, due_on__lt=as_of)),
        struck=Count("pk", filter=Q(stage=Stage.STRUCK)),
    )
    return counted


def owned_by(person: Person) -> Q:
    """Tasks that are this person's to do: named, or their post's in their own region."""
    named = Q(person=person)
    if person.post is None:
        return named
    unnamed = Q(person=None) & Q(village=person.post.region.full_code)
    return named | unnamed & (Q(role=person.post.role) | Q(role=""))


def my_tasks(person: Person) -> TaskQuerySet:
    """The open tasks that wait for this person's own work."""
    mine = open_tasks(person).filter(stage__in=(Stage.GIVEN, Stage.DOING))
    return mine.filter(owned_by(person))


def counts_of_campaign(campaign: Campaign, person: Person, as_of: date) -> dict[str, int]:
    """A campaign's tasks within a person's region: all, open, overdue, handed in, struck."""
    rows = tasks_for(person).filter(campaign=campaign).exclude(stage=Stage.DROPPED).order_by()
    counted: dict[str, int] = rows.aggregate(
        all=Count("pk"),
        open=Count("pk", filter=Q(stage__in=OPEN)),
        overdue=Count("pk", filter=Q(stage__in=OPEN, due_on__lt=as_of)),
        handed=Count("pk", filter=Q(stage=Stage.HANDED)),
        struck=Count("pk", filter=Q(stage=Stage.STRUCK)),
    )
    return counted
