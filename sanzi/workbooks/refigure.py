"""After rows changed: findings and figures of what they touch, in the same transaction."""

from collections.abc import Callable, Collection, Iterable
from datetime import date

from sanzi.campaigns.bases import bases_of
from sanzi.cleanup.keeping import refigure_town
from sanzi.debts import keeping as debts
from sanzi.metrics.shares import RowShares, replace
from sanzi.receivables import keeping as receivables
from sanzi.villages import keeping as villages

VILLAGES_AT_ONCE = 200

# Which registers' figures a change in a register moves: a disposition moves what it acts on, a
# village's profile and its ground decide how its contracts are judged.
MOVES: dict[str, tuple[str, ...]] = {
    "villages": ("villages", "contracts"),
    "contracts": ("contracts",),
    "resources": ("contracts",),
    "receivables": ("receivables",),
    "debts": ("debts",),
    "dispositions": ("contracts", "receivables", "debts"),
    "projects": ("projects",),
    "incomes": ("incomes",),
}


def refigure(changed: dict[str, set[str]], today: date) -> int:
    """Recompute what changed: villages by register. Returns how many shares moved."""
    affected: dict[str, set[str]] = {}
    for register, codes in changed.items():
        for moved in MOVES.get(register, ()):
            affected.setdefault(moved, set()).update(codes)
    count = 0
    if "contracts" in affected:
        count += _refigure_contracts({code[:9] for code in affected["contracts"]})
    for register, compute in _computations(affected, today).items():
        for some in _batches(affected.get(register, ())):
            count += replace(register, compute(some))
    return count


def _refigure_contracts(towns: Collection[str]) -> int:
    return sum(refigure_town(town) for town in sorted(towns))


Compute = Callable[[Collection[str]], dict[int, RowShares]]


def _computations(affected: dict[str, set[str]], today: date) -> dict[str, Compute]:
    bases = bases_of((code for codes in affected.values() for code in codes), today)
    return {
        "receivables": lambda codes: receivables.keep_in(codes, bases.of, today),
        "debts": lambda codes: debts.keep_in(codes, bases.of),
        "villages": villages.profile_shares_in,
        "projects": villages.project_shares_in,
        "incomes": villages.income_shares_in,
    }


def _batches(codes: Iterable[str]) -> Iterable[list[str]]:
    ordered = sorted(codes)
    for start in range(0, len(ordered), VILLAGES_AT_ONCE):
        yield ordered[start : start + VILLAGES_AT_ONCE]
