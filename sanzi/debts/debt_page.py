"""The steps out of a debt as its page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sanzi.access.models import Person
from sanzi.documents.models import Document
from sanzi.documents.papers import papers_on
from sanzi.journal.recorder import key
from sanzi.kernel.workflow import Offer
from sanzi.resolutions.queries import State, state_of

from .facing import Facing
from .models import Resolving
from .stages import OPEN
from .workflow import RESOLVING, WITH_REASON


@dataclass(frozen=True)
class StepLine:
    """One step: what it is, what may be done with it now, and what it waits for."""

    one: Resolving
    on: Sequence[Offer]
    # Need a reason.
    back: Sequence[Offer]
    papers: Sequence[Document]
    decision: State | None

    @property
    def is_open(self) -> bool:
        return self.one.stage in OPEN


def steps_of(debt: Any, person: Person) -> list[StepLine]:
    """Every step out of a debt, the latest first; papers and decision of the open one only."""
    mine = Resolving.objects.visible_to(person).filter(debt=debt)
    found = mine.select_related(
        "debt", "claim", "audit", "voucher", "red", "proposed_by", "approved_by", "confirmed_by"
    )
    return [_line(one, debt, person) for one in found.order_by("-pk")]


def _line(one: Resolving, debt: Any, person: Person) -> StepLine:
    offers = RESOLVING.offers(Facing(one, person), person)
    is_open, matter = one.stage in OPEN, one.way_row.matter
    return StepLine(
        one,
        [offer for offer in offers if offer.step.name not in WITH_REASON],
        [offer for offer in offers if offer.step.name in WITH_REASON],
        list(papers_on(one)) if is_open else [],
        state_of(key(debt), matter, person) if is_open and matter else None,
    )
