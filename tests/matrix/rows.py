"""A workbook with one row of every register for each village, made from the data dictionary.

Every text says whose it is (⟦C-999801001201-…⟧), every number is a prime that no other cell has.
"""

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from sanzi.intake.dictionary import SHEETS, Column

from . import numbers
from .places import VILLAGES

# One person deals with every village under one number, and each spells the name its own way.
SHARED_ID, SHARED_NAME = numbers.resident_id(99), "共有人"
# The shared one's number, spelt wrong: what a workbook with a mistake shows.
WRONG_ID = SHARED_ID[:-1] + ("0" if SHARED_ID[-1] != "0" else "1")

_DAYS = {"starts_on": "2015-03-01", "formed_on": "2015-03-01", "ends_on": "2034-12-31"}
_DAY = "2020-01-01"
_FIXED: dict[str, dict[str, str]] = {
    "contracts": {
        "number": "ht", "legal_nature": "租赁", "written": "口头", "object_number": "zy"
    },
    "receivables": {"number": "zq", "contract_number": "ht"},
    "debts": {"number": "zw", "creditor_id": SHARED_ID},
    "resources": {"number": "zy"},
    "dispositions": {
        "kind": "债权", "target_number": "zq", "method": "专人清收", "dated": "2022-03-01"
    },
    "incomes": {"year": "2022"},
}  # fmt: skip
# The word of a village's own name.
NAME = "name"
_NUMBERS = frozenset({"number", "target_number", "contract_number", "object_number"})
_ASCENDING = ("approval_count", "present_count", "expected_count")
_PLAIN = {"boolean": "是", "percent": "4.35%", "land_class": "0101", "account": "1131"}
_PERSONAL = {
    "party_id": numbers.resident_id,
    "phone": numbers.phone,
    "bank_account": numbers.card,
}
_OUTLINE = "POLYGON((112.{0} 35.1, 112.{0} 35.2, 112.9 35.2, 112.{0} 35.1))"


def canary(village: str, word: str) -> str:
    return f"⟦C-{village}-{word}⟧"


class Village:
    """The cells of one village, each different from every other cell of the world."""

    def __init__(self, code: str, edition: int = 0) -> None:
        self.code = code
        self._serial = VILLAGES.index(code) + 20 * edition
        self._primes = iter(numbers.primes()[self._serial :: 40])
        self._words = count(1)
        self.amounts: set[int] = set()
        self.personal: set[str] = set()

    def row(self, sheet: Any, **changes: str) -> dict[str, str]:
        fixed = {**_FIXED.get(sheet.register, {}), **changes}
        ordered = sorted(sheet.columns, key=lambda c: _rank(c.field))
        return {c.field: self._cell(c, fixed.get(c.field)) for c in ordered}

    def _cell(self, column: Column, fixed: str | None) -> str:
        if column.field in _NUMBERS and (fixed or column.field == "number"):
            return canary(self.code, fixed or "no")
        if fixed is not None:
            return fixed
        if (column.sheet, column.field) == ("村情", "name"):
            return f"{column.title}{canary(self.code, NAME)}"
        return _PLAIN.get(column.type) or self._made(column)

    def _made(self, column: Column) -> str:
        match column.type:
            case "region_code":
                return self.code
            case "choice" | "multi":
                return column.allowed[0]
            case "date":
                return _DAYS.get(column.field, _DAY)
            case "money" | "area" | "number" | "integer":
                self.amounts.add(amount := next(self._primes))
                return str(amount)
            case "credit_code":
                return numbers.credit_code(self._serial + 1)
            case "geometry":
                return _OUTLINE.format(self._serial + 10)
            case "party_id" | "phone" | "bank_account" as kind:
                number = _PERSONAL[kind](self._serial * 7 + len(self.personal))
                self.personal.add(number)
                return number
        return f"{column.title}{canary(self.code, f'{next(self._words):02d}')}"


def _rank(field: str) -> int:
    return _ASCENDING.index(field) if field in _ASCENDING else -1


def sheets(villages: Mapping[str, Village]) -> dict[str, list[dict[str, str]]]:
    """Every register's rows, the villages in the order given."""
    found: dict[str, list[dict[str, str]]] = {}
    for sheet in SHEETS:
        found[sheet.title] = [row for v in villages.values() for row in _rows(v, sheet)]
    return found


def _rows(village: Village, sheet: Any) -> Iterator[dict[str, str]]:
    yield village.row(sheet)
    if sheet.register == "dispositions":
        fixed = {"kind": "合同", "target_number": "ht", "method": "完善修订"}
        yield village.row(sheet, **fixed)
