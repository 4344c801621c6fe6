"""分期计划: equal payments from a day on, and which of them are late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sanzi.kernel.calendar import months_after
from sanzi.kernel.money import ZERO, split
from sanzi.kernel.refusals import Invalid

from .casework import Instalment

MONTHS_MAX = 120
REPAID, CLEARED = "已还", "已结清"


@dataclass(frozen=True)
class Due:
    """One payment of a plan: what of it is cleared, in yuan, and whether its day passed before.

    `by` says in what ways, in their order (clearing.py); only money is called repaid.
    """

    instalment: Instalment
    paid: Decimal
    is_late: bool
    by: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def short(self) -> Decimal:
        """What is missing of it."""
        return self.instalment.amount - self.paid

    @property
    def repaid(self) -> Decimal:
        """What of it came in as money."""
        return self.by.get(REPAID, ZERO)

    @property
    def word(self) -> str:
        """How it was cleared: 已还, 已核销 …; 已结清 when in several ways."""
        return next(iter(self.by)) if len(self.by) == 1 else CLEARED


def put_plan(
    claim: Any, months: int, first_on: date, basis: str, *, every: int = 1, now: datetime
) -> list[Instalment]:
    """Write a plan over what is left, replacing any before it. Runs inside an action.

    `every` months apart: 12 for payments out of the money shared at the year's end.
    """
    left: Any = (claim.left or ZERO) - (claim.put_aside or ZERO)
    if not 1 <= months <= MONTHS_MAX:
        raise Invalid("plan.months", f"分期应为 1 到 {MONTHS_MAX} 期")
    if left <= 0:
        raise Invalid("plan.left", "已没有可以分期的余额")
    Instalment.objects.filter(claim=claim, replaced_at=None).update(replaced_at=now)
    parts: list[Any] = split(left, [1] * months)
    rows = [
        Instalment(
            claim=claim,
            due_on=months_after(first_on, n * every),
            amount=amount,
            basis=basis,
            owed=left,
        )
        for n, amount in enumerate(parts)
        if amount
    ]
    return Instalment.objects.bulk_create(rows)


def followed(
    plan: Sequence[Instalment],
    left: Decimal,
    today: date,
    cleared: Sequence[tuple[str, Decimal]] = (),
) -> list[Due]:
    """The plan against what was cleared since: the earliest payment is filled first.

    `cleared` are the ways the claim was lowered and by how much, in order; the last of them, as
    far as the claim fell since the plan, are those that fill it.
    """
    rest = plan[0].owed - left if plan else ZERO
    parts = _since(cleared, rest)
    found = []
    for one in plan:
        paid = min(max(rest, ZERO), one.amount)
        rest -= paid
        is_late = one.due_on < today and paid < one.amount
        found.append(Due(one, paid, is_late, _taken(parts, paid)))
    return found


def _since(cleared: Sequence[tuple[str, Decimal]], fallen: Decimal) -> list[tuple[str, Decimal]]:
    """The last ways that make up what the claim fell by; what none accounts for comes first."""
    parts: list[tuple[str, Decimal]] = []
    for word, amount in reversed(cleared):
        if fallen <= 0:
            break
        parts.insert(0, (word, min(amount, fallen)))
        fallen -= parts[0][1]
    return [(CLEARED, fallen), *parts] if fallen > 0 else parts


def _taken(parts: list[tuple[str, Decimal]], amount: Decimal) -> dict[str, Decimal]:
    """Take so much off the front of these parts, and say how much of each way it was."""
    by: dict[str, Decimal] = {}
    while amount > 0 and parts:
        word, there = parts.pop(0)
        used = min(there, amount)
        by[word] = by.get(word, ZERO) + used
        amount -= used
        if there > used:
            parts.insert(0, (word, there - used))
    return by


def broken(plan: Sequence[Instalment], left: Decimal, today: date) -> str:
    """The alarm of a plan that is not kept; empty while it is."""
    late = [due for due in followed(plan, left, today) if due.is_late]
    if not late:
        return ""
    missing = sum((due.short for due in late), ZERO)
    return f"分期违约：自 {late[0].instalment.due_on} 起 {len(late)} 期未足额，欠 {missing:,.2f} 元"
