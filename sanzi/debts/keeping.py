"""What the rows and figures of debts are worked out from: their movements."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any

from sanzi.dispositions.balances import left_on, opening_of
from sanzi.dispositions.queries import acts_on
from sanzi.metrics.shares import RowShares, replace
from sanzi.store.bulk import set_columns

from .figures import debt_shares
from .models import Debt

APART = ("base_on", "left")
FIELDS = (
    "id", "village", "number", "formed_on", "principal", "repaid_amount", "balance", *APART,
)  # fmt: skip

BaseOf = Callable[[str], date]


def shares_in(villages: Collection[str], base_of: BaseOf) -> dict[int, RowShares]:
    """The shares of every debt of these villages, by row id; two queries.

    `base_of` gives the day the base of a village was locked.
    """
    acts = acts_on("债务", villages)
    return {debt["id"]: _shares(debt, acts, base_of(debt["village"])) for debt in _debts(villages)}


def keep_in(villages: Collection[str], base_of: BaseOf) -> dict[int, RowShares]:
    """Bring the worked-out columns of whole villages up to date; their shares. Inside an action."""
    acts = acts_on("债务", villages)
    found: dict[int, RowShares] = {}
    stale = []
    for debt in _debts(villages):
        base_on = base_of(debt["village"])
        found[debt["id"]] = _shares(debt, acts, base_on)
        values = _worked_out(debt, acts, base_on)
        if values != tuple(debt[name] for name in APART):
            stale.append((*values, debt["id"]))
    set_columns(Debt, APART, stale)
    return found


def keep(debts: Collection[Debt]) -> None:
    """Bring a few debts, their figures and every roll-up above up to date. Inside an action.

    Three queries and the writes, however many debts; the base is the one the rows carry.
    """
    rows = {debt.pk: debt for debt in debts}
    acts = acts_on("债务", {d.village for d in debts}, {d.number for d in debts})  # type: ignore[attr-defined]
    shares: dict[int, RowShares] = {}
    stale = []
    for debt in Debt.objects.filter(pk__in=rows).order_by("pk").values(*FIELDS):
        shares[debt["id"]] = _shares(debt, acts, debt["base_on"])
        values = _worked_out(debt, acts, debt["base_on"])
        stale.append((*values, debt["id"]))
        for name, value in zip(APART, values, strict=True):
            setattr(rows[debt["id"]], name, value)
    set_columns(Debt, APART, stale)
    replace("debts", shares)


def misplaced_in(villages: Collection[str], base_of: BaseOf) -> Iterator[tuple[int, str]]:
    """Debts whose worked-out columns are not what their movements make: row id, in words."""
    acts = acts_on("债务", villages)
    for debt in _debts(villages):
        true = _worked_out(debt, acts, base_of(debt["village"]))
        if wrong := [n for n, v in zip(APART, true, strict=True) if debt[n] != v]:
            yield debt["id"], "、".join(str(Debt._meta.get_field(n).verbose_name) for n in wrong)  # type: ignore[union-attr]


def _debts(villages: Collection[str]) -> Iterator[dict[str, Any]]:
    mine = Debt.objects.filter(village__in=villages).values(*FIELDS)
    return iter(mine.iterator(chunk_size=5000))


def _shares(debt: Mapping[str, Any], acts: Any, base_on: date | None) -> RowShares:
    mine = acts.get((debt["village"], debt["number"]), [])
    return RowShares(debt["village"], debt_shares(debt, mine, base_on))


def _worked_out(debt: Mapping[str, Any], acts: Any, base_on: date | None) -> tuple[Any, ...]:
    """The values of APART. Movements are never of a later day, so what is left needs none."""
    mine = acts.get((debt["village"], debt["number"]), [])
    opening = opening_of(debt, "repaid_amount")
    return base_on, left_on(date.max, opening, debt["formed_on"], base_on, mine)
