"""From a column of the dictionary to the function that reads its cells."""

from collections.abc import Callable
from datetime import date

from sanzi.intake.dictionary import Column
from sanzi.kernel import codes

from .amounts import (
    area_parser,
    integer_parser,
    money_parser,
    number_parser,
    percent_parser,
)
from .choices import boolean_parser, choice_parser, multi_parser
from .codes import (
    account_parser,
    bank_account_parser,
    identity_parser,
    land_class_parser,
    phone_parser,
    region_parser,
)
from .dates import date_parser
from .shapes import geometry_parser
from .text import text_parser
from .verdict import Cell, Flaw, Noted, Trouble, Value

# Beyond this many different values a column is not worth remembering; it starts afresh.
REMEMBERED_MAX = 16_384


def parse_function(
    column: Column, *, factor: int = 1, is_1904: bool = False, today: date | None = None
) -> Callable[[Cell], object]:
    """Reads one cell of this column: a value, a `Noted` value, or raises `Flaw`."""
    by_type: dict[str, Callable[[], Callable[[Cell], object]]] = {
        "text": lambda: text_parser(column.field),
        "choice": lambda: choice_parser(column.field, column.allowed),
        "multi": lambda: multi_parser(column.allowed),
        "boolean": boolean_parser,
        "money": lambda: money_parser(column.field, factor),
        "area": area_parser,
        "number": number_parser,
        "integer": lambda: integer_parser(column.field),
        "percent": percent_parser,
        "date": lambda: date_parser(column.field, is_1904=is_1904),
        "region_code": region_parser,
        "credit_code": lambda: identity_parser(
            "统一社会信用代码", codes.check_credit_code, "credit-code"
        ),
        "party_id": lambda: identity_parser(
            "证件号", lambda text: codes.check_party_id(text, today=today), "party-id"
        ),
        "phone": phone_parser,
        "bank_account": bank_account_parser,
        "land_class": land_class_parser,
        "account": account_parser,
        "geometry": geometry_parser,
    }
    return by_type[column.type]()


class Reader(dict[Cell, object]):
    """Reads the cells of one column, each different value once.

    `reader[cell]` is a value, or a `Noted` when there is something to tell. A dictionary, because a
    hundred thousand rows repeat themselves and a lookup costs a hundredth of a parse.
    """

    __slots__ = ("_parse", "noted")

    def __init__(self, parse: Callable[[Cell], object]) -> None:
        super().__init__({"": None})
        self._parse = parse
        # Whether anything was ever noted; while it is False nobody need look.
        self.noted = False

    def __missing__(self, cell: Cell) -> object:
        if type(cell) is Trouble:
            value: object = Noted(None, "error", cell.code, cell.why)
        else:
            try:
                value = self._parse(cell)
            except Flaw as flaw:
                value = Noted(None, "error", flaw.code, flaw.why)
        if type(value) is Noted:
            self.noted = True
        if len(self) >= REMEMBERED_MAX:
            self.clear()
            self[""] = None
        self[cell] = value
        return value


__all__ = ["Reader", "Value", "parse_function"]
