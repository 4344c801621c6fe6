"""A book or statement as one table: the same cells on the page, on paper and in xlsx."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from sanzi.web import formats
from sanzi.web.paper import PaperColumn, write_paper

from .statements import Check

Value = Decimal | int | str | date | None
# A level of an account or a row is two Chinese spaces on the form, on paper as in a spreadsheet.
INDENT = "　"


@dataclass(frozen=True)
class Cell:
    """One cell and where its figure comes from."""

    value: Value = None
    url: str = ""
    is_strong: bool = False


@dataclass(frozen=True)
class Row:
    """One line of the form; a strong one is a total."""

    cells: tuple[Cell, ...]
    is_strong: bool = False


class Shown(NamedTuple):
    text: str
    url: str
    css: str
    is_strong: bool
    # A date, or a row's name on a statement: never broken on a narrow screen.
    keeps_whole: bool


@dataclass(frozen=True)
class Table:
    """The paper form: title row, unit row, ruled table, total, signatures."""

    title: str
    issued: str
    columns: tuple[PaperColumn, ...]
    rows: Sequence[Row]
    totals: tuple[Cell, ...] | None = None
    unit: str = "单位：元"
    checks: tuple[Check, ...] = ()
    notes: tuple[str, ...] = field(default=())
    # Its first column counts the lines, so that the second may stand still beside it.
    is_counted: bool = False
    # Who and when, for the name of a file.
    about: str = ""

    @property
    def heads(self) -> list[tuple[str, str, int]]:
        """The upper heading: text, css and width; one of width 0 spans both rows."""
        found = []
        for name, members in groupby(self.columns, lambda column: column.group):
            inside = list(members)
            if name:
                found.append((name, "group", len(inside)))
            else:
                found += [(column.title, _css(column), 0) for column in inside]
        return found

    @property
    def lower_heads(self) -> list[tuple[str, str]]:
        """The lower heading; all of it where nothing is grouped."""
        columns = [c for c in self.columns if c.group] if self.is_grouped else self.columns
        return [(column.title, _css(column)) for column in columns]

    @property
    def is_grouped(self) -> bool:
        return any(column.group for column in self.columns)

    @property
    def shown(self) -> list[list[Shown]]:
        """The lines in print."""
        return [self.shown_cells(row.cells, strong=row.is_strong) for row in self.rows]

    @property
    def shown_totals(self) -> list[Shown]:
        """The foot of the table."""
        return self.shown_cells(self.totals or ())

    def shown_cells(self, cells: Sequence[Cell], *, strong: bool = False) -> list[Shown]:
        """Cells in print; a blank one is no link."""
        return [
            self._shown(column, cell, strong)
            for column, cell in zip(self.columns, cells, strict=True)
        ]

    def _shown(self, column: PaperColumn, cell: Cell, strong: bool) -> Shown:
        text = written(column, cell.value)
        return Shown(
            text,
            cell.url if text else "",
            _css(column, cell.value),
            strong or cell.is_strong,
            column.kind == "date" or (column.kind == "text" and not self.is_counted),
        )

    @property
    def failing(self) -> list[Check]:
        return [check for check in self.checks if not check.holds]


def written(column: PaperColumn, value: Value) -> str:
    """A cell's text. Blank where the form has nothing to say; zero is written."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return formats.money(value)
    return formats.day(value) if isinstance(value, date) else str(value)


def _css(column: PaperColumn, value: Value = None) -> str:
    if column.kind == "money":
        # A red letter is red, and has its minus as well.
        return "figure error" if isinstance(value, Decimal) and value < 0 else "figure"
    if column.title in ("序号", "行次"):
        return "number"
    return "date" if column.kind == "date" else ""


def write_table(path: Path, table: Table) -> None:
    """The table as xlsx: the same columns, rows and totals."""
    write_paper(
        path,
        table.title,
        table.unit,
        table.columns,
        ([cell.value for cell in row.cells] for row in table.rows),
        [cell.value for cell in table.totals] if table.totals else None,
        issued=table.issued,
    )
