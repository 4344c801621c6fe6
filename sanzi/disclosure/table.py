"""One published table as plain values: all of it is text once frozen. No framework."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

DRAWN, NOTHING, ABSENT = "drawn", "nothing", "absent"


@dataclass(frozen=True)
class Column:
    """A heading; `money` and `area` stand right; `aside` is told in small type below the row."""

    title: str
    kind: str = "text"
    aside: bool = False


@dataclass(frozen=True)
class Table:
    """What one item shows; without rows `nothing` happened, or it is `absent` because of `why`."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    totals: Sequence[str] = ()
    notes: Sequence[str] = ()
    state: str = DRAWN
    why: str = ""

    def told(self) -> dict[str, Any]:
        """As it is frozen."""
        return {
            "columns": [[c.title, c.kind, c.aside] for c in self.columns],
            "rows": [list(row) for row in self.rows],
            "totals": list(self.totals),
            "notes": list(self.notes),
            "state": self.state,
            "why": self.why,
        }


@dataclass
class Sum:
    """Adds up the money columns of a table while it is drawn."""

    columns: Sequence[Column]
    held: dict[int, Decimal] = field(default_factory=dict)

    def add(self, row: Sequence[Any]) -> list[str]:
        """The row as text; its amounts are counted."""
        for place, (column, value) in enumerate(zip(self.columns, row, strict=True)):
            if column.kind in ("money", "area") and isinstance(value, Decimal):
                self.held[place] = self.held.get(place, Decimal("0.00")) + value
        return [text(value) for value in row]

    def totals(self) -> list[str]:
        """The last row: 合计 and the sums."""
        told = [text(self.held.get(place)) for place in range(len(self.columns))]
        return ["合计", *told[1:]]


def draw(
    columns: Sequence[Column], rows: Iterable[Sequence[Any]], notes: Sequence[str] = ()
) -> Table:
    """A table of these rows with its totals; `nothing` when there are none."""
    kept = Sum(columns)
    found = [kept.add(row) for row in rows]
    if not found:
        return Table(columns, [], notes=notes, state=NOTHING)
    return Table(columns, found, kept.totals() if kept.held else (), notes)


def absent(why: str) -> Table:
    """An item that cannot be shown, and why."""
    return Table((), (), state=ABSENT, why=why)


def text(value: Any) -> str:
    """A value as it is frozen: amounts with two decimals, days as 2024-03-05."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    assert not isinstance(value, float), "floats never touch exact numbers"
    return str(value)
