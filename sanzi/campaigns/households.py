"""包户: which households the registers know, and which of them nobody answers for.

No register lists a village's households: 村情 has their number, contracts and claims the names of
those that have one. So a gap can be named only of these; of the others only counted.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from sanzi.contracts.models import Contract
from sanzi.receivables.models import Claim
from sanzi.responsibility.models import Assignment, Level
from sanzi.responsibility.queries import held_on, without_anyone
from sanzi.villages.models import Profile

HOUSEHOLD = "农户"


def contracts_of_households(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of contracts those with a household, no end of which is on record."""
    return rows.filter(contractor_kind=HOUSEHOLD, ending=None).exclude(contractor=None)


def claims_on_households(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of claims those on a household that are still owed."""
    return rows.filter(debtor_kind=HOUSEHOLD, left__gt=0).exclude(debtor=None)


def loose_contracts(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    """Of contracts those with a household nobody answers for on a day."""
    return without_anyone(contracts_of_households(rows), "contractor", day)


def loose_claims(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    """Of claims those on a household nobody answers for on a day."""
    return without_anyone(claims_on_households(rows), "debtor", day)


@dataclass
class VillageHouseholds:
    """One village's households: how many there are said to be, are held, are known by name."""

    code: str
    name: str
    # 户数 of 村情; None where it was never told.
    registered: int | None = None
    held: set[str] = field(default_factory=set)
    with_contract: set[str] = field(default_factory=set)
    with_claim: set[str] = field(default_factory=set)

    @property
    def named(self) -> set[str]:
        return self.with_contract | self.with_claim

    @property
    def loose(self) -> list[str]:
        """Households known by name that nobody answers for, in order."""
        return sorted(self.named - self.held)

    @property
    def loose_contracts(self) -> int:
        return len(self.with_contract - self.held)

    @property
    def loose_claims(self) -> int:
        return len(self.with_claim - self.held)


def households_of(
    code: str, villages: Iterable[tuple[str, str]], day: date
) -> list[VillageHouseholds]:
    """The households of a region's villages (code, name) on a day; four queries.

    The caller has been scoped to the region.
    """
    rows = {code: VillageHouseholds(code, name) for code, name in villages}
    told = Profile.objects.within(code).exclude(households=None)
    for village, count in told.values_list("village", "households"):
        if village in rows:
            rows[village].registered = count
    held = held_on(Assignment.objects.within(code).filter(level=Level.HOUSEHOLD), day)
    _put(rows, "held", held.values_list("village", "household"))
    contracts = contracts_of_households(Contract.objects.within(code))
    _put(rows, "with_contract", contracts.values_list("village", "contractor"))
    claims = claims_on_households(Claim.objects.within(code))
    _put(rows, "with_claim", claims.values_list("village", "debtor"))
    return list(rows.values())


def _put(rows: dict[str, VillageHouseholds], name: str, pairs: QuerySet[Any]) -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for village, household in pairs.order_by().distinct():
        found[village].add(household)
    for village, households in found.items():
        if village in rows:
            setattr(rows[village], name, households)


@dataclass(frozen=True)
class Households:
    """Several villages together."""

    rows: Sequence[VillageHouseholds]

    @property
    def registered(self) -> int:
        return sum(row.registered or 0 for row in self.rows)

    @property
    def untold(self) -> int:
        """Villages that never told how many households they have."""
        return sum(row.registered is None for row in self.rows)

    @property
    def held(self) -> int:
        return sum(len(row.held) for row in self.rows)

    @property
    def named(self) -> int:
        return sum(len(row.named) for row in self.rows)

    @property
    def loose(self) -> int:
        return sum(len(row.loose) for row in self.rows)
