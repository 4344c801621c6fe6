"""What an amendment may change, how a term is written down for good, and the terms of a day.

An amendment keeps each change as text, before and after, so that it reads the same in fifty years;
here is the way there and back. No framework.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sanzi.intake.dictionary import sheet
from sanzi.kernel.refusals import Invalid

SHEET = sheet("合同")
COLUMNS = {column.field: column for column in SHEET.columns}

# What a later agreement may read otherwise. Identity, sealed numbers and what the clean-up itself
# notes are no terms; what was paid is known from payments.
AMENDABLE: tuple[str, ...] = (
    "title", "issuer", "issuer_kind", "contractor", "contractor_kind", "object_number", "location",
    "boundaries", "land_class", "contract_area_mu", "measured_area_mu", "agreed_use", "starts_on",
    "ends_on", "pricing", "unit_price", "yearly_amount", "total_amount", "payment_mode",
    "legal_nature", "written", "procedure", "met_on", "expected_count", "present_count",
    "approval_count", "is_open_bid", "deal_number", "township_approval", "archive_number", "sublet",
    "special_clauses",
)  # fmt: skip
# What decides how much falls due when.
PRICED = frozenset(
    {
        "starts_on",
        "ends_on",
        "unit_price",
        "yearly_amount",
        "total_amount",
        "contract_area_mu",
        "payment_mode",
        "pricing",
    }
)

_DECIMALS = frozenset({"money", "area", "number", "percent"})

Change = tuple[str | None, str | None]


@dataclass(frozen=True)
class Altered:
    """One term that reads otherwise: its title, before and after as people read it."""

    field: str
    title: str
    before: str
    after: str


def written(value: Any) -> str | None:
    """A value as kept in an amendment; None for what is absent."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def read(field: str, text: str | None) -> Any:
    """The value behind a kept text; absent texts are empty, everything else None.

    Raises Invalid for what cannot be this column's value.
    """
    column = COLUMNS[field]
    if text is None:
        return "" if column.type in ("text", "choice", "land_class") else None
    try:
        if column.type == "date":
            return date.fromisoformat(text)
        if column.type in _DECIMALS:
            return _two_places(column.title, Decimal(text))
        if column.type == "integer":
            return int(text)
    except (ValueError, InvalidOperation):
        raise Invalid("terms.format", f"“{column.title}”填写有误：{text[:40]}") from None
    if column.type == "boolean":
        return text == "是"
    if column.type == "choice" and text not in column.allowed:
        raise Invalid("terms.choice", f"“{column.title}”请选：{'、'.join(column.allowed)}")
    return text


def _two_places(title: str, value: Decimal) -> Decimal:
    if not value.is_finite() or value < 0 or value != value.quantize(Decimal("0.01")):
        raise Invalid("terms.format", f"“{title}”须为不小于零、最多两位小数的数字")
    return value.quantize(Decimal("0.01"))


def fold(signed: Mapping[str, Any], changes: Iterable[Mapping[str, Change]]) -> dict[str, Any]:
    """The terms after these amendments, in order: as signed, then each change over it."""
    terms = dict(signed)
    for one in changes:
        for field, (_, after) in one.items():
            terms[field] = read(field, after)
    return terms


def altered(changes: Mapping[str, Change]) -> list[Altered]:
    """The changes as people read them, in the order of the register's columns."""
    return [
        Altered(field, COLUMNS[field].title, before or "（未约定）", after or "（取消）")
        for field in AMENDABLE
        if field in changes
        for before, after in [changes[field]]
    ]
