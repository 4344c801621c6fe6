"""What a sheet is drawn from, as plain rows. Yuan throughout."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sanzi.disclosure.ledger import Ledger
from sanzi.disclosure.masking import Masks


@dataclass(frozen=True, slots=True)
class Holding:
    """An asset or a resource of the register, with the contract it is let under."""

    number: str
    name: str
    kind: str
    state: str
    amount: Decimal | None  # yuan of an asset, mu of a resource
    tenant: str = ""
    contract: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    yearly: Decimal | None = None


@dataclass
class Sources:
    """What a sheet is drawn from; `ledger` is None where no book covers the span."""

    ledger: Ledger | None
    assets: Sequence[Holding] = ()
    resources: Sequence[Holding] = ()
    # Lines of the approved budget: what, planned income, planned expense in yuan.
    budget: Sequence[tuple[str, Decimal | None, Decimal | None]] = ()
    # What the village told of matters outside the books, by item.
    told: Mapping[str, str] = field(default_factory=dict)
    masks: Masks = field(default_factory=Masks)
    show_officers: bool = True
