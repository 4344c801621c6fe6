"""A frozen sheet laid out for reading: large type first, the rest in small type below each row."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from sanzi.web.pager import Pager

from .table import ABSENT, DRAWN

# What a group's page shows of each item; the item's own page shows this many at a time.
FEW, MANY = 30, 100


@dataclass(frozen=True)
class Cell:
    """What stands in a cell; figures stand right."""

    text: str
    css: str = ""


@dataclass(frozen=True)
class Row:
    """One row: its main cells, and what is told below them."""

    cells: list[Cell]
    asides: list[tuple[str, str]]


class Item:
    """One item of a frozen sheet."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.code, self.title = told["code"], told["title"]
        self.group, self.state, self.why = told["group"], told["state"], told["why"]
        self.notes = told["notes"]
        self._columns = [(title, kind, aside) for title, kind, aside in told["columns"]]
        self._rows, self._totals = told["rows"], told["totals"]

    @property
    def is_absent(self) -> bool:
        return bool(self.state == ABSENT)

    @property
    def is_empty(self) -> bool:
        return not self.is_absent and not self._rows and not self.notes

    @property
    def count(self) -> int:
        return len(self._rows)

    @property
    def said(self) -> str:
        """How much of it there is: 3 行，收入 1,200.00."""
        if self.is_absent:
            return f"缺：{self.why}"
        if self.state != DRAWN:
            return "本期无"
        sums = [
            f"，{head.text} {cell.text}"
            for head, cell in zip(self.heads, self.totals, strict=False)
            if cell.css == "figure" and cell.text
        ]
        return f"{self.count} 行{sums[-1] if sums else ''}"

    @property
    def heads(self) -> list[Cell]:
        return [Cell(title, _css(kind)) for title, kind, aside in self._columns if not aside]

    @property
    def all_heads(self) -> list[Cell]:
        return [Cell(title, _css(kind)) for title, kind, _ in self._columns]

    @property
    def totals(self) -> list[Cell]:
        pairs = zip(self.all_totals, self._columns, strict=False)
        shown = [cell for cell, (_, _, aside) in pairs if not aside]
        # The word 合计 stands in the first column, which a screen may tell below the row.
        return [Cell(shown[0].text or "合计", shown[0].css), *shown[1:]] if shown else []

    @property
    def all_totals(self) -> list[Cell]:
        if not self._totals:
            return []
        pairs = zip(self._columns, self._totals, strict=True)
        return [Cell(_said(kind, text), _css(kind)) for (_, kind, _), text in pairs]

    def rows(self, start: int = 0, stop: int | None = None) -> list[Row]:
        """Rows for the screen."""
        return [self._row(values) for values in self._rows[start:stop]]

    @property
    def few(self) -> list[Row]:
        return self.rows(0, FEW)

    @property
    def has_more(self) -> bool:
        return self.count > FEW

    @property
    def paper_rows(self) -> list[list[Cell]]:
        """Rows for paper: every column a column."""
        return [
            [Cell(_said(k, v), _css(k)) for (_, k, _), v in zip(self._columns, row, strict=True)]
            for row in self._rows
        ]

    def _row(self, values: Sequence[str]) -> Row:
        cells, asides = [], []
        for (title, kind, aside), value in zip(self._columns, values, strict=True):
            if not aside:
                cells.append(Cell(_said(kind, value), _css(kind)))
            elif value:
                asides.append((title, _said(kind, value)))
        return Row(cells, asides)


def _said(kind: str, value: str) -> str:
    return f"{Decimal(value):,.2f}" if kind in ("money", "area") and value else value


def _css(kind: str) -> str:
    return {"money": "figure", "area": "figure", "date": "date"}.get(kind, "wrap")


class Reading:
    """Which part of a sheet is looked at: its table of contents, a group, or one long item."""

    def __init__(self, content: dict[str, Any], params: QueryDict) -> None:
        self.content, self._params = content, params
        self.items = [Item(told) for told in content["items"]]
        self.groups: dict[str, list[Item]] = {}
        for item in self.items:
            self.groups.setdefault(item.group, []).append(item)

    @property
    def contents(self) -> list[tuple[int, str, list[Item]]]:
        """The groups with their place in the address."""
        return [(n, name, items) for n, (name, items) in enumerate(self.groups.items(), 1)]

    @property
    def group(self) -> tuple[int, str, list[Item]] | None:
        """The group chosen in the address."""
        given = self._params.get("group", "")
        return next((part for part in self.contents if str(part[0]) == given), None)

    @property
    def empty(self) -> list[Item]:
        """What the chosen group has that did not happen: told in one line."""
        return [item for item in self.group[2] if item.is_empty] if self.group else []

    @property
    def item(self) -> Item | None:
        """The long item chosen in the address."""
        given = self._params.get("item", "")
        return next((item for item in self.items if item.code == given and item.count), None)

    @property
    def pager(self) -> Pager:
        assert self.item is not None, "pages are of an item"
        return Pager.over(self.item.rows(), self._params, size=MANY)
