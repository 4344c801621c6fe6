"""What of dispatch is in a person's hands: matters they see to, studies they write or carry out."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from sanzi.access.models import Person
from sanzi.journal.recorder import key
from sanzi.responsibility.hands import Hand, Move, OpenThing, by_name, ids_of

from .blockers import Blocker
from .stages import BlockerStage, StudyStage
from .studies import Study


def _kept(person: Person) -> QuerySet[Blocker]:
    rows: QuerySet[Blocker] = Blocker.objects.filter(keeper=person)
    return rows.exclude(stage=BlockerStage.CLOSED)


def kept(person: Person, code: str) -> QuerySet[Any]:
    """Matters this person sees to that are not closed: at first those they raised."""
    return _kept(person).filter(pk__in=Blocker.objects.within(code)).order_by("pk")


def blocker_told(one: Any) -> OpenThing:
    return OpenThing(key(one), one.matter, one.village, one.due_on)


def move_kept(keys: Sequence[str], move: Move) -> int:
    """The taker sees it through; who raised it stays as it was."""
    rows = _kept(move.giver).select_for_update(of=("self",)).filter(pk__in=ids_of(keys))
    return Blocker.objects.filter(pk__in=[one.pk for one in rows]).update(keeper=move.taker)


def _theirs(person: Person) -> QuerySet[Study]:
    writing = Q(keeper=person, stage__in=(StudyStage.DRAFT, StudyStage.HELD))
    carrying = by_name(person, responsible=person.name) & Q(stage=StudyStage.DECIDED)
    rows: QuerySet[Study] = Study.objects.filter(writing | carrying)
    return rows


def studies(person: Person, code: str) -> QuerySet[Any]:
    """Studies this person writes up, and decisions they are to carry out."""
    return _theirs(person).filter(pk__in=Study.objects.within(code)).order_by("pk")


def study_told(one: Any) -> OpenThing:
    return OpenThing(key(one), f"研判：{one.matter}", one.village, one.due_on)


def move_studies(keys: Sequence[str], move: Move) -> int:
    """The taker writes it up, or is named to carry it out; who began it and the minutes stay."""
    rows = list(_theirs(move.giver).select_for_update(of=("self",)).filter(pk__in=ids_of(keys)))
    decided = [one.pk for one in rows if one.stage == StudyStage.DECIDED]
    written = [one.pk for one in rows if one.stage != StudyStage.DECIDED]
    moved = Study.objects.filter(pk__in=decided).update(responsible=move.taker.name)
    return moved + Study.objects.filter(pk__in=written).update(keeper=move.taker)


HANDS = (
    Hand("dispatch.blocker", "需协调事项", kept, blocker_told, move_kept),
    Hand("dispatch.study", "一事一研判", studies, study_told, move_studies),
)
