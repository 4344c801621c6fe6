"""A kept row in words, column by column, as its detail page prints it."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from sanzi.kernel.land import find
from sanzi.web import formats

from .columns import SEALED_TYPES
from .dictionary import Column, Sheet

_UNITS = {"money": " 元", "area": " 亩"}
_WRITTEN: dict[str, Callable[[Any], str]] = {
    "money": formats.money,
    "area": formats.area,
    "number": formats.number,
    "integer": str,
    "percent": lambda value: formats.rate(value, 2),
    "date": formats.day,
    "boolean": formats.yes_no,
    "party_id": formats.mask,
    "phone": formats.mask,
    "bank_account": formats.mask,
}


class Fact(NamedTuple):
    """A column and what the row says there; empty when it says nothing."""

    title: str
    text: str


class Group(NamedTuple):
    """Facts that are read together; the titles of those not filled in stand apart."""

    title: str
    facts: list[Fact]
    blank: list[str]


class SealedValue(NamedTuple):
    """A sealed column of a row that is filled: its mask, to be opened on purpose."""

    field: str
    title: str
    mask: str


def facts(sheet: Sheet, row: Any, fields: Iterable[str] = ()) -> list[Fact]:
    """What the row says in these columns, or in all of its sheet's; sealed ones as their mask."""
    columns = [sheet.column(field) for field in fields] or sheet.columns
    return [Fact(_title(column), said(column, row)) for column in columns]


def group(title: str, sheet: Sheet, row: Any, fields: Iterable[str] = ()) -> Group:
    """What the row says in these columns, or in all of its sheet's."""
    found = facts(sheet, row, fields)
    return Group(title, [f for f in found if f.text], [f.title for f in found if not f.text])


def said(column: Column, row: Any) -> str:
    """One column of a row in words."""
    value = getattr(row, column.field)
    if value is None or value == "":
        return ""
    if column.type == "land_class":
        land = find(value)
        return f"{value} {land.name}" if land and land.code == value else str(value)
    return f"{_WRITTEN.get(column.type, str)(value)}{_UNITS.get(column.type, '')}"


def _title(column: Column) -> str:
    # The unit stands behind the figure.
    if column.type == "money":
        name, _, per = column.title.partition("元")
        return f"{name}（{per}）" if per else name
    return column.title.removesuffix("亩") if column.type == "area" else column.title


def sealed_values(sheet: Sheet, row: Any) -> list[SealedValue]:
    """The sealed columns of the row that are filled."""
    return [
        SealedValue(column.field, column.title, formats.mask(value))
        for column in sheet.columns
        if column.type in SEALED_TYPES and (value := getattr(row, column.field))
    ]
