"""What is written down when a proposal is made, and the state it starts from."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max

from sanzi.dispositions.models import Disposition
from sanzi.kernel.money import to_fen

from .models import Obligation, PrivateMovement
from .qualifying import Item, Pair
from .solving import Owed

# Begins the name of every voucher and movement of a settlement.
SOURCE = "netting.settlement"


@dataclass
class Scope:
    """What of a region's open claims and debts takes part, and why the others do not."""

    pairs: list[Pair]
    out: list[tuple[Item, list[str]]]
    # Names and kinds of parties by key.
    names: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    rows: dict[tuple[str, int], Any] = field(default_factory=dict)
    # The name of the region itself.
    place: str = ""


def last_netting(kind: str, things: Iterable[Any]) -> dict[int, int]:
    """The last movement a netting made on each of these claims or debts, by key; one query."""
    rows = {(thing.village, thing.number): thing.pk for thing in things}
    villages = {village for village, _ in rows}
    moved = Disposition.objects.filter(
        kind=kind, village__in=villages, source__startswith=SOURCE
    ).values("village", "target_number")
    found = dict.fromkeys(rows.values(), 0)
    for one in moved.annotate(last=Max("pk")).order_by():
        pk = rows.get((one["village"], one["target_number"]))
        if pk is not None:
            found[pk] = one["last"]
    return found


def last_private_netting(debts: Iterable[Any]) -> dict[int, int]:
    """The same of debts between private parties, by the key of the movement; one query."""
    found = {debt.pk: 0 for debt in debts}
    moved = PrivateMovement.objects.filter(debt__in=found, source__startswith=SOURCE)
    for one in moved.values("debt").annotate(last=Max("pk")).order_by():
        found[one["debt"]] = one["last"]
    return found


def owed_of(rows: Iterable[Obligation]) -> list[Owed]:
    """Frozen obligations as the solver takes them."""
    return [Owed(r.debtor, r.creditor, to_fen(r.amount), r.age, r.creditor_kind) for r in rows]
