"""A list on a paper said once: its columns are fields of its rows and columns of its table."""

from dataclasses import dataclass

from .blocks import Column, Table
from .form import Field, Kind


@dataclass(frozen=True)
class Cell:
    """One column: its field, its title, what it holds. Money is headed with its unit."""

    name: str
    title: str
    kind: Kind = "text"
    width: int = 2
    required: bool = True
    heading: str = ""

    @property
    def field(self) -> Field:
        return Field(self.name, self.title, self.kind, required=self.required)

    @property
    def column(self) -> Column:
        unit = "（元）" if self.kind == "money" else ""
        return Column(self.name, self.heading or f"{self.title}{unit}", self.width)


class Listed:
    """A list field and the table that prints it: `field` goes to fields, `table()` to blocks."""

    def __init__(self, name: str, title: str, *cells: Cell, required: bool = True) -> None:
        self.name, self.cells = name, cells
        self.field = Field(
            name, title, "list", columns=tuple(cell.field for cell in cells), required=required
        )

    def table(self, *, when: str = "") -> Table:
        """The ruled table, one column for each cell."""
        return Table(self.name, tuple(cell.column for cell in self.cells), when=when)
