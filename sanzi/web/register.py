"""A register (台账) as data: its columns, what it can be narrowed by, where a row leads.

A feature describes its register; the page, the search, the sums, the print and the export are
written once, in `registers` and `register_query`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import QueryDict

from . import formats

Kind = Literal[
    "text",
    "choice",
    "multi",
    "village",
    "money",
    "area",
    "number",
    "integer",
    "year",
    "percent",
    "points",
    "date",
    "boolean",
    "sealed",
    "badge",
]
Tone = Literal["plain", "danger", "warn", "done", "running"]

NUMERIC = frozenset({"money", "area", "number", "integer", "year", "percent", "points"})
# Kinds that have no order or no single stored value to order by.
UNORDERED = frozenset({"sealed", "multi", "badge"})
# The dictionary writes the unit of a number behind its name: 账面余额元, 单价元每亩年.
_UNIT = re.compile(r"(?P<name>.+?)（?(?P<unit>元每亩年|万元|元|亩)）?")


@dataclass(frozen=True)
class Badge:
    """A state in colour and in words."""

    word: str
    tone: Tone = "plain"

    def __str__(self) -> str:
        return self.word


@dataclass(frozen=True)
class RegisterColumn:
    """One column. `field` is the model's field (`a__b` follows a relation) and its address name.

    kind "village" prints the name of the row's village, whatever `field` is called; kind "badge"
    prints a Badge, or several. With `value` the cell is computed from the row, and the column can
    be neither sorted, searched nor summed.
    """

    field: str
    title: str
    kind: Kind = "text"
    width: Literal["narrow", "medium", "wide"] = "medium"
    # Shown until the person chooses columns.
    default: bool = True
    searchable: bool = False
    # Offered as a filter; also the only values the address may name.
    choices: tuple[str, ...] = ()
    total: bool = False
    value: Callable[[Any], Any] | None = None

    def __post_init__(self) -> None:
        stored = self.value is None and self.kind != "badge"
        assert stored or not (self.searchable or self.choices or self.total)
        assert not self.total or self.kind in NUMERIC

    @property
    def source(self) -> str:
        """The model field behind the column."""
        return "village" if self.kind == "village" else self.field

    @property
    def is_sortable(self) -> bool:
        return self.value is None and self.kind not in UNORDERED

    @property
    def is_filter(self) -> bool:
        return bool(self.choices) or (self.kind == "boolean" and self.value is None)

    @property
    def options(self) -> tuple[str, ...]:
        return self.choices or ("是", "否")

    @cached_property
    def _parts(self) -> tuple[str, str]:
        found = _UNIT.fullmatch(self.title) if self.kind in NUMERIC else None
        return (found["name"], found["unit"]) if found else (self.title, "")

    @property
    def name(self) -> str:
        """The title without its unit: 账面余额."""
        return self._parts[0]

    @property
    def heading(self) -> str:
        """The title as people print it, its unit set apart: 账面余额（元）."""
        name, unit = self._parts
        return f"{name}（{unit}）" if unit else name

    @property
    def css(self) -> str:
        if self.kind in NUMERIC:
            return "figure"
        return f"{self.width} date" if self.kind == "date" else self.width

    def read(self, row: Any, names: Mapping[str, str]) -> Any:
        """The cell's value as it is: what goes to paper."""
        if self.kind == "village":
            return names.get(row.village, row.village)
        if self.value is not None:
            return self.value(row)
        found = row
        for step in self.field.split("__"):
            found = getattr(found, step, None)
        return found


_WRITTEN: dict[str, Callable[[Any], str]] = {
    "money": formats.money,
    "area": formats.area,
    "number": formats.number,
    "integer": formats.number,
    "year": str,  # 2022, never 2,022
    "percent": lambda value: formats.rate(value, 2),
    "points": formats.points,
    "date": formats.day,
    "boolean": formats.yes_no,
    "sealed": formats.mask,
    "multi": formats.words,
    "badge": formats.words,
}


def written(column: RegisterColumn, value: Any) -> str:
    """The cell as text. Blank means not filled; zero is written."""
    if value is None:
        return ""
    if isinstance(value, Badge):
        return value.word
    return _WRITTEN.get(column.kind, str)(value)


@dataclass(frozen=True)
class Narrowing:
    """A filter that is not one column: the rows behind a figure, the rows with findings.

    `narrow(rows, value, params)` returns fewer rows, and raises a Refusal for a value it does not
    know; it must not multiply rows (use a subquery, not a join). `also` names further parameters
    it reads. Without `options` it has no select; the page shows `describe(value, params)` as a
    line that can be taken away.
    """

    name: str
    title: str
    narrow: Callable[[Any, str, QueryDict], Any]
    options: tuple[tuple[str, str], ...] = ()
    also: tuple[str, ...] = ()
    describe: Callable[[str, QueryDict], str] | None = None

    def words(self, value: str, params: QueryDict) -> str:
        if self.describe:
            return self.describe(value, params)
        return dict(self.options).get(value, value)


@dataclass(frozen=True)
class Register:
    """One register. `rows` answers with `Model.objects.visible_to(person)`."""

    slug: str
    title: str
    noun: str  # with its measure word: 份合同
    rows: Callable[[Any], QuerySet[Any]]
    columns: tuple[RegisterColumn, ...]
    needs: str = "registers.view"
    narrowings: tuple[Narrowing, ...] = ()
    url: Callable[[Any], str | None] = lambda row: None
    # Fields, or expressions where empty cells must come first on both engines.
    sort: tuple[Any, ...] = ("village",)
    # Called once with the rows about to be printed, to hang what badges need on them in one query.
    decorate: Callable[[Sequence[Any]], None] | None = None
    # A second line of words under the title, from the sums of the whole filtered set.
    answer: Callable[[int, Mapping[str, Any]], str] | None = None
    # Extra links at the top right: (title, address).
    actions: tuple[tuple[str, str], ...] = field(default=())
    # How the first row comes about, told where there is none: "请先导入工作簿".
    empty: str = ""

    def __post_init__(self) -> None:
        names = [column.field for column in self.columns]
        assert len(names) == len(set(names)), "two columns of one register share a name"

    @cached_property
    def by_name(self) -> dict[str, RegisterColumn]:
        return {column.field: column for column in self.columns}

    @property
    def filters(self) -> tuple[RegisterColumn, ...]:
        return tuple(column for column in self.columns if column.is_filter)

    @property
    def searched(self) -> tuple[RegisterColumn, ...]:
        return tuple(column for column in self.columns if column.searchable)

    @property
    def sealed(self) -> tuple[RegisterColumn, ...]:
        return tuple(c for c in self.columns if c.kind == "sealed" and c.value is None)
