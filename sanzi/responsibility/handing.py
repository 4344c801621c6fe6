"""What of responsibility itself is in a person's hands: assignments, and seats in task forces."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from sanzi.access.models import Person
from sanzi.journal.recorder import key
from sanzi.kernel.refusals import Invalid

from .hands import Hand, Move, OpenThing, ids_of
from .models import Assignment, ForceMember

_TAKEN = "交接"


def assignments(person: Person, code: str) -> QuerySet[Any]:
    """The scopes a person answers for."""
    rows = Assignment.objects.within(code).filter(person=person, to_on=None).select_related("area")
    return rows.order_by("level", "village", "pk")


def assignment_told(row: Any) -> OpenThing:
    scope = f"{row.get_level_display()} {row.scope_words}".strip()
    return OpenThing(key(row), scope, row.village)


def move_assignments(keys: Sequence[str], move: Move) -> int:
    """End each the day before and begin the successor's, telephone left to be entered."""
    rows = Assignment.objects.select_for_update(of=("self",)).filter(
        pk__in=ids_of(keys), person=move.giver, to_on=None
    )
    moved = 0
    for row in rows.order_by("pk"):
        _end(row, move)
        Assignment.objects.create(
            level=row.level, village=row.village, area=row.area, group=row.group,
            household=row.household, person=move.taker, name=move.taker.name, title=row.title,
            from_on=move.on, replaces=row, key=f"交接{row.pk}", made_by=move.by, made_at=move.at,
        )  # fmt: skip
        moved += 1
    return moved


def seats(person: Person, code: str) -> QuerySet[Any]:
    """A person's seats in task forces."""
    rows = ForceMember.objects.within(code).filter(person=person, to_on=None)
    return rows.select_related("force").order_by("village", "pk")


def seat_told(row: Any) -> OpenThing:
    return OpenThing(key(row), f"{row.force}{row.get_role_display()}", row.village)


def move_seats(keys: Sequence[str], move: Move) -> int:
    """Leave each seat to the successor."""
    rows = ForceMember.objects.select_for_update(of=("self",)).filter(
        pk__in=ids_of(keys), person=move.giver, to_on=None
    )
    moved = 0
    for row in rows.order_by("pk"):
        _end(row, move)
        ForceMember.objects.create(
            force=row.force, village=row.village, role=row.role, station=row.station,
            duty=row.duty, person=move.taker, name=move.taker.name, title=row.title,
            from_on=move.on, key=f"交接{row.pk}", made_by=move.by, made_at=move.at,
        )  # fmt: skip
        moved += 1
    return moved


def _end(row: Assignment | ForceMember, move: Move) -> None:
    last = move.on - timedelta(days=1)
    if last < row.from_on:
        raise Invalid("handover.day", f"{row.name}从 {row.from_on} 起才负责，交接日期要晚于这一天")
    row.to_on, row.ended_for = last, _TAKEN
    row.save(update_fields=["to_on", "ended_for"])


HANDS = (
    Hand("responsibility.assignment", "包联", assignments, assignment_told, move_assignments),
    Hand("responsibility.seat", "专班职务", seats, seat_told, move_seats),
)
