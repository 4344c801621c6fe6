"""What of claims is in a person's hands: those given to them to collect that are still owed."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from sanzi.access.models import Person
from sanzi.journal.recorder import key
from sanzi.kernel.refusals import Invalid
from sanzi.responsibility.hands import Hand, Move, OpenThing, ids_of

from .collectors import IN_HAND, out_of_reach
from .entrusting import Entrustment

_TAKEN = "交接"


def rows(person: Person, code: str) -> QuerySet[Any]:
    """The claims a person collects."""
    mine = Entrustment.objects.within(code).filter(IN_HAND, collector=person)
    return mine.select_related("claim").order_by("village", "pk")


def told(row: Any) -> OpenThing:
    """By the claim's own key: the handover stands in its history."""
    return OpenThing(key(row.claim), f"清收 {row.claim}", row.village)


def move(keys: Sequence[str], move: Move) -> int:
    """End each on the day and begin the taker's. Raises Invalid: the taker does not collect."""
    mine = list(
        Entrustment.objects.select_for_update(of=("self",))
        .filter(IN_HAND, claim__in=ids_of(keys), collector=move.giver)
        .order_by("pk")
    )
    if out_of_reach(move.taker, [row.village for row in mine], move.on):
        raise Invalid(
            "handover.collector",
            f"移交的债权要有人清收，{move.taker}的岗位不能办理债权清收，请另选接交人",
        )
    for row in mine:
        if move.on < row.from_on:
            raise Invalid("handover.day", f"债权从 {row.from_on} 起才交办，交接日期不能早于这一天")
        row.until, row.ended_for = move.on, _TAKEN
        row.save(update_fields=["until", "ended_for"])
        Entrustment.objects.create(
            village=row.village, claim_id=row.claim_id, collector=move.taker, from_on=move.on,
            given_by=row.given_by, given_at=row.given_at,
        )  # fmt: skip
    return len(mine)


HANDS = (Hand("receivables.entrustment", "清收债权", rows, told, move),)
