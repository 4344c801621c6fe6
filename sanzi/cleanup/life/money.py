"""A contract's money put together for its page: its dues, what came in, what became claims."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sanzi.access.models import Person
from sanzi.contracts.models import Contract, Due, Ending, Payment
from sanzi.contracts.queries import ending_of
from sanzi.contracts.standing import Standing, standings
from sanzi.kernel.money import ZERO
from sanzi.receivables.models import Claim

PAYMENTS_SHOWN = 50


@dataclass(frozen=True)
class Money:
    """Each due as it stands, the payments, and the claims that come from this contract."""

    standings: Sequence[Standing]
    payments: Sequence[Payment]
    claims: Sequence[Claim]
    ending: Ending | None
    may_keep: bool
    may_collect: bool

    @property
    def amount(self) -> Decimal:
        return sum((one.due.amount for one in self.standings), ZERO)

    @property
    def paid(self) -> Decimal:
        return sum((one.paid for one in self.standings), ZERO)

    @property
    def owed(self) -> Decimal:
        return sum((one.owed for one in self.standings), ZERO)

    @property
    def late(self) -> Sequence[Standing]:
        """What is past its day and still owed here."""
        return [one for one in self.standings if one.is_overdue]

    @property
    def late_amount(self) -> Decimal:
        return sum((one.owed for one in self.late), ZERO)


def money_of(contract: Contract, person: Person, today: date) -> Money:
    """The money of one contract; the same seven queries however many dues it has."""
    dues = Due.objects.visible_to(person).filter(contract=contract).live().order_by("due_on")
    held = standings(dues, today)
    return Money(
        standings=held,
        # Rent is paid against what falls due: without a schedule there is none to look for.
        payments=_payments(contract, person) if held else [],
        claims=_claims(contract, person),
        ending=ending_of(contract),
        may_keep=person.can("contracts.keep"),
        may_collect=person.can("dues.collect"),
    )


def _payments(contract: Contract, person: Person) -> list[Payment]:
    mine = Payment.objects.visible_to(person).filter(contract=contract)
    mine = mine.select_related("voucher", "proposed_by", "decided_by").order_by("-pk")
    return list(mine[:PAYMENTS_SHOWN])


def _claims(contract: Contract, person: Person) -> list[Claim]:
    """What is owed under this contract."""
    mine = Claim.objects.visible_to(person)
    here = {"village": contract.village, "contract_number": contract.number}  # type: ignore[attr-defined]
    return list(mine.filter(**here).order_by("number"))
