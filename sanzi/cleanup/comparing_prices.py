"""The contracts a price was compared with, as far as this person may see them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sanzi.access.models import Person
from sanzi.contracts.models import Contract
from sanzi.contracts.prices import Comparable, comparables, first_level

SHOWN_MAX = 20
_FIELDS = (
    "pk", "village", "number", "contractor", "land_class", "legal_nature", "signed_on",
    "starts_on", "pricing", "unit_price", "yearly_amount", "contract_area_mu",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One comparable contract in this person's region."""

    pk: int
    number: str
    contractor: str
    year: int
    price: Decimal


@dataclass(frozen=True)
class Compared:
    """A price, the median of the others, and those of them that may be named."""

    own: Decimal
    median: Decimal
    count: int
    rows: list[Row]
    beyond: int
    more: int

    @property
    def hidden(self) -> int:
        return self.beyond + self.more


def compared(contract: Any, person: Person) -> Compared | None:
    """What this contract's price stands beside; two queries. The contract has been scoped."""
    if not contract.land_class:
        return None
    rows = {
        (row["village"], row["number"]): row
        for row in Contract.objects.filter(
            town=contract.town, land_class__contains=first_level(contract.land_class)
        ).values(*_FIELDS)
    }
    found = comparables(rows.values(), (contract.village, contract.number))
    if found is None:
        return None
    mine = set(
        Contract.objects.visible_to(person).filter(town=contract.town).values_list("pk", flat=True)
    )
    seen = [_row(rows[one.key], one) for one in found.others if rows[one.key]["pk"] in mine]
    nearest = sorted(seen, key=lambda row: abs(row.price - found.median))[:SHOWN_MAX]
    return Compared(
        found.own,
        found.median,
        len(found.others),
        sorted(nearest, key=lambda row: row.price),
        len(found.others) - len(seen),
        len(seen) - len(nearest),
    )


def _row(values: dict[str, Any], one: Comparable) -> Row:
    return Row(values["pk"], values["number"], values["contractor"], one.year, one.price)
