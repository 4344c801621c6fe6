"""What of cases is in a person's hands: those not struck off that name them as responsible."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from sanzi.access.models import Person
from sanzi.cleanup.models import Case
from sanzi.journal.recorder import key
from sanzi.responsibility.hands import Hand, Move, OpenThing, by_name, ids_of

from .stages import Stage


def rows(person: Person, code: str) -> QuerySet[Any]:
    """Cases whose 责任人 is this person, by name, within the region."""
    mine = Case.objects.within(code).filter(by_name(person, responsible=person.name))
    mine = mine.exclude(stage=Stage.STRUCK)
    return mine.select_related("contract").order_by("pk")


def told(case: Any) -> OpenThing:
    title = f"{case.contract.number} {case.contract.title}"
    return OpenThing(key(case), title, case.village, case.due_on)


def move(keys: Sequence[str], move: Move) -> int:
    """Name the taker as responsible; the steps taken so far stay the giver's."""
    mine = Case.objects.select_for_update(of=("self",)).filter(
        by_name(move.giver, responsible=move.giver.name), pk__in=ids_of(keys)
    )
    pks = [case.pk for case in mine.exclude(stage=Stage.STRUCK)]
    return Case.objects.filter(pk__in=pks).update(responsible=move.taker.name)


HANDS = (Hand("cleanup.case", "清理事项", rows, told, move),)
