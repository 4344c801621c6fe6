"""Movements of private debts, and what each still owes: written together, inside an action."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from sanzi.access.models import Person
from sanzi.kernel.money import ZERO, grouped
from sanzi.kernel.refusals import Blocked

from .models import PrivateDebt, PrivateMovement

Kind = PrivateMovement.Kind


def lower(
    debt: PrivateDebt,
    amount: Decimal,
    *,
    kind: str,
    dated: date,
    source: str,
    note: str = "",
    reverses: PrivateMovement | None = None,
    by: Person,
    now: datetime,
) -> PrivateMovement:
    """Take an amount in yuan off a debt that the caller has claimed; a negative one puts it back.

    Raises Blocked when less is owed than would be taken, or when the event is known already.
    """
    assert connection.in_atomic_block, "a movement commits with its cause"
    if PrivateMovement.objects.filter(source=source).exists():
        raise Blocked("netting.known", f"民间欠款 {debt.number} 的这笔变动已经登记过")
    left = debt.left - amount
    if not ZERO <= left <= debt.amount:
        raise Blocked(
            "netting.private",
            f"民间欠款 {debt.number} 尚欠 {grouped(debt.left)} 元，不能减少 {grouped(amount)} 元",
        )
    money: dict[str, Any] = {"amount": amount}
    made = PrivateMovement.objects.create(
        village=debt.village, debt=debt, kind=kind, dated=dated, source=source, note=note[:200],
        reverses=reverses, recorded_by=by, recorded_at=now, **money,
    )  # fmt: skip
    debt.left = left
    debt.save(update_fields=["left"])
    return made


def take_back(
    made: PrivateMovement, debt: PrivateDebt, *, dated: date, reason: str, by: Person, now: datetime
) -> PrivateMovement:
    """The mirror of a movement: what it took off is owed again."""
    back: Decimal = -made.amount
    return lower(
        debt, back, kind=Kind.REVERSED, dated=dated, source=f"{made.source}/red", note=reason,
        reverses=made, by=by, now=now,
    )  # fmt: skip


def movements_of(sources: Iterable[str]) -> dict[str, PrivateMovement]:
    """Movements by the names of their events; one query."""
    found = PrivateMovement.objects.filter(source__in=list(sources))
    return {one.source: one for one in found}
