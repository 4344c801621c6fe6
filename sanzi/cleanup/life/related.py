"""What stands around a contract: its papers, what it lets, the cases told of matters like it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from sanzi.access.models import Person
from sanzi.cleanup.queries import TITLES, Found
from sanzi.contracts.figures import yearly_price
from sanzi.contracts.likeness import Likeness, Traits, alike
from sanzi.contracts.models import Amendment, Contract, ModelCase
from sanzi.contracts.queries import signed_terms
from sanzi.holdings.models import Asset, Resource
from sanzi.journal.recorder import key
from sanzi.kernel.money import ZERO
from sanzi.letters.models import Letter

LETTERS_SHOWN = 50


@dataclass(frozen=True)
class Related:
    """The papers, the thing let, and the cases this contract can be read beside."""

    letters: Sequence[Letter]
    has_agreement: bool
    object: tuple[str, Resource | Asset] | None
    case: ModelCase | None
    similar: Sequence[tuple[ModelCase, Likeness]]
    may_write: bool
    may_tell: bool


def related_of(contract: Contract, found: Sequence[Found], person: Person) -> Related:
    """What belongs to one contract; five queries. The contract has been scoped."""
    letters = Letter.objects.visible_to(person).filter(on=key(contract)).select_related("ending")
    may_write = person.can("letters.issue")
    told = ModelCase.objects.visible_to(person)
    cases = list(told.filter(Q(contract=contract) | Q(released_at__isnull=False)))
    own = next((one for one in cases if one.contract_id == contract.pk), None)
    return Related(
        letters=list(letters.order_by("-pk")[:LETTERS_SHOWN]),
        has_agreement=may_write and Amendment.objects.filter(contract=contract).exists(),
        object=_object(contract, person),
        case=own,
        similar=_similar(contract, found, cases),
        may_write=may_write,
        may_tell=person.can("contracts.keep"),
    )


def _object(contract: Any, person: Person) -> tuple[str, Resource | Asset] | None:
    """The resource or asset let, with the register it is kept in."""
    if not contract.object_number:
        return None
    wanted = {"village": contract.village, "number": contract.object_number}
    if resource := Resource.objects.visible_to(person).filter(**wanted).first():
        return "resources", resource
    asset = Asset.objects.visible_to(person).filter(**wanted).first()
    return ("assets", asset) if asset else None


def _similar(
    contract: Contract, found: Sequence[Found], told: Iterable[ModelCase]
) -> list[tuple[ModelCase, Likeness]]:
    """Cases told of similar matters, with the reasons; none for a contract without findings."""
    rules = frozenset(one.finding.rule for one in found if one.stands)
    if not rules:
        return []
    cases = {case.pk: case for case in told if case.released_at and case.contract_id != contract.pk}
    mine = Traits(rules, contract.legal_nature, value_of(contract))  # type: ignore[attr-defined]
    likes = alike(
        mine,
        (
            (pk, Traits(frozenset(case.rules.split("、")), case.legal_nature, case.value))
            for pk, case in cases.items()
        ),
        TITLES,
    )
    return [(cases[like.key], like) for like in likes]


def value_of(contract: Any) -> Decimal:
    """A contract's size in yuan: its total, else its yearly price over its term."""
    if contract.total_amount is not None:
        return Decimal(contract.total_amount)
    terms = signed_terms(contract)
    yearly, first, last = yearly_price(terms), terms["starts_on"], terms["ends_on"]
    if yearly is None or not first or not last or last == date.max:
        return yearly or ZERO
    years = Decimal((last - first).days + 1) / Decimal("365.2425")
    return (yearly * max(years, Decimal(1))).quantize(Decimal("0.01"))
