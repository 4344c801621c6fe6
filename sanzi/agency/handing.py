"""What of the agency is in a person's hands: reports still being filled in, sheets put by."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from sanzi.access.models import Person
from sanzi.journal.recorder import key
from sanzi.responsibility.hands import Hand, Move, OpenThing, ids_of

from .models import Draft, Unfinished
from .stages import Stage


def reports(person: Person, code: str) -> QuerySet[Any]:
    """Reports this person began or got back, not yet on their way."""
    rows = Draft.objects.within(code).filter(reported_by=person, stage=Stage.DRAFTING)
    return rows.order_by("pk")


def report_told(draft: Any) -> OpenThing:
    return OpenThing(key(draft), f"{draft.dated} {draft.memo}", draft.village)


def move_reports(keys: Sequence[str], move: Move) -> int:
    """The taker goes on filling in and hands in; what is on its way stays whose it was."""
    rows = Draft.objects.select_for_update(of=("self",)).filter(
        pk__in=ids_of(keys), reported_by=move.giver, stage=Stage.DRAFTING
    )
    pks = [draft.pk for draft in rows]
    return Draft.objects.filter(pk__in=pks).update(reported_by=move.taker)


def sheets(person: Person, code: str) -> QuerySet[Any]:
    """Vouchers this person put by half typed."""
    return Unfinished.objects.within(code).filter(kept_by=person).order_by("pk")


def sheet_told(sheet: Any) -> OpenThing:
    return OpenThing(key(sheet), str(sheet), sheet.village)


def move_sheets(keys: Sequence[str], move: Move) -> int:
    """The taker finds them among their own; they are in no book yet."""
    rows = Unfinished.objects.select_for_update(of=("self",)).filter(
        pk__in=ids_of(keys), kept_by=move.giver
    )
    pks = [sheet.pk for sheet in rows]
    return Unfinished.objects.filter(pk__in=pks).update(kept_by=move.taker)


HANDS = (
    Hand("agency.draft", "报账单", reports, report_told, move_reports),
    Hand("agency.unfinished", "暂存的凭证", sheets, sheet_told, move_sheets),
)
