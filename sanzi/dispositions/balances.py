"""What is left of a claim or a debt on any day, from where it was locked and what moved it.

The register keeps the balance as it stood on the base day; what happened by then is in it already.
A row formed after the base begins at the balance it was registered with. Pure arithmetic, in yuan.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sanzi.kernel.money import ZERO

# Nothing is paid by a letter or by putting a claim aside.
UNMOVED = frozenset({"下函对账", "打包封存"})


def opening_of(row: Mapping[str, Any], paid: str) -> Decimal:
    """The balance a row is registered with; where blank, the principal less what `paid` names."""
    balance: Decimal | None = row.get("balance")
    if balance is not None:
        return balance
    return max((row.get("principal") or ZERO) - (row.get(paid) or ZERO), ZERO)


def is_in_base(formed_on: date | None, base_on: date | None) -> bool:
    """Whether it is part of the locked base: formed by that day, or nobody knows when."""
    return base_on is None or formed_on is None or formed_on <= base_on


def left_on(
    as_of: date,
    opening: Decimal,
    formed_on: date | None,
    base_on: date | None,
    acts: Iterable[Mapping[str, Any]],
) -> Decimal:
    """What was owed at the end of a day. Acts: `dated`, `method`, `amount` in yuan or None.

    Before the base day what moved between is added back; before it was formed nothing was owed.
    """
    if formed_on is not None and as_of < formed_on:
        return ZERO
    start = base_on if base_on is not None and is_in_base(formed_on, base_on) else date.min
    left = opening
    for act in acts:
        amount = moved_by(act)
        if start < act["dated"] <= as_of:
            left -= amount
        elif as_of < act["dated"] <= start:
            left += amount
    return left


def moved_by(act: Mapping[str, Any]) -> Decimal:
    """What an act takes off what is owed, in yuan; its mirror image is negative."""
    if act["method"] in UNMOVED:
        return ZERO
    return act.get("amount") or ZERO


def sealed_on(as_of: date, acts: Iterable[Mapping[str, Any]]) -> Decimal:
    """How much stands put aside (打包封存) at the end of a day, in yuan."""
    sealed = (a for a in acts if a["method"] == "打包封存" and a["dated"] <= as_of)
    return sum((act.get("amount") or ZERO for act in sealed), ZERO)
