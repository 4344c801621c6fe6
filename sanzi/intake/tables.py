"""A workbook read: tables of typed rows, and which column of the file fed which field."""

from collections.abc import ItemsView, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from .cells.verdict import Value
from .problems import Problem

How = Literal["name", "alias", "unit", "chosen"]


class Values(Mapping[str, Any]):
    """The values of one row by field; every field of the register answers, absent ones with None.

    A hundred thousand dictionaries of fifty fields would cost a quarter of a gigabyte; rows share
    their table's places instead.
    """

    __slots__ = ("_cells", "_places")

    def __init__(self, places: dict[str, int], cells: tuple[Value, ...]) -> None:
        self._places = places
        self._cells = cells

    def __getitem__(self, field: str) -> Any:
        return self._cells[self._places[field]]

    def get(self, field: str, default: Any = None) -> Any:
        place = self._places.get(field)
        return default if place is None else self._cells[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def items(self) -> ItemsView[str, Any]:
        # Places are in the order of the cells; one zip is ten times faster than fifty look-ups.
        return zip(self._places, self._cells, strict=True)  # type: ignore[return-value]

    def __repr__(self) -> str:
        held = {field: value for field, value in self.items() if value is not None}
        return f"Values({held})"


@dataclass(slots=True)
class Row:
    """One row of a register: `sheet` is the dictionary's title, `row` is Excel's number.

    `sound` is False when a cell of the row could not be read or a required one is empty.
    """

    sheet: str
    row: int
    values: Values
    sound: bool = True


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """A column of the file and the field it feeds; amounts are multiplied by `factor`."""

    index: int
    letter: str
    header: str
    field: str
    how: How
    factor: int = 1


@dataclass(slots=True)
class Table:
    """One sheet of the file. `sheet` is the dictionary's title, None when it is no register.

    `unmatched` are headers that fed no field (their cells went to 备注 where the register has one).
    """

    name: str
    sheet: str | None
    title: str
    header_row: int | None
    columns: list[ColumnMatch] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def fields(self) -> frozenset[str]:
        """The fields this sheet speaks of; a field not among them is unknown, not empty."""
        return frozenset(column.field for column in self.columns)


@dataclass(slots=True)
class Workbook:
    tables: list[Table]
    problems: list[Problem]

    def rows_of(self, sheet: str) -> Iterator[Row]:
        """Every row of this register, over all the sheets that hold it."""
        for table in self.tables:
            if table.sheet == sheet:
                yield from table.rows
