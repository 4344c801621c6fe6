"""What of tasks is in a person's hands: the open ones they are named for, by key or in words."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from sanzi.access.models import Person
from sanzi.journal.recorder import key
from sanzi.responsibility.hands import Hand, Move, OpenThing, by_name, ids_of

from .tasks.models import Task
from .tasks.stages import OPEN


def _named(person: Person) -> Q:
    # A list from a workbook names people in words alone.
    return Q(person=person) | Q(person=None) & by_name(person, responsible=person.name)


def rows(person: Person, code: str) -> QuerySet[Any]:
    """The open tasks that name this person."""
    return Task.objects.within(code).filter(_named(person), stage__in=OPEN).order_by("pk")


def told(task: Any) -> OpenThing:
    return OpenThing(key(task), f"{task.number} {task.matter}", task.village, task.due_on)


def move(keys: Sequence[str], move: Move) -> int:
    """Name the taker for each; who handed a task in stays on record and still may not strike it."""
    mine = Task.objects.select_for_update(of=("self",)).filter(
        _named(move.giver), pk__in=ids_of(keys), stage__in=OPEN
    )
    moved: int = Task.objects.filter(pk__in=[task.pk for task in mine]).update(
        person=move.taker, responsible=move.taker.name
    )
    return moved


HANDS = (Hand("campaigns.task", "任务", rows, told, move),)
