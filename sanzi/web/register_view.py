"""A register's page as its template prints it: sums, pages and addresses are worked out here."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from django.http import QueryDict

from . import formats
from .register import Badge, Register, RegisterColumn, written
from .register_query import BLANK, SEARCH_MAX, SIZES, Asked

# Filters that stand in the query bar; the others are folded away.
_IN_BAR = 3


class Cell(NamedTuple):
    text: str
    css: str
    badges: tuple[Badge, ...]


class Line(NamedTuple):
    number: int
    url: str | None
    cells: list[Cell]


class Head(NamedTuple):
    title: str
    css: str
    sort_url: str | None
    direction: str  # ascending, descending or nothing


class Select(NamedTuple):
    name: str
    title: str
    options: list[tuple[str, str, bool]]


def lines(asked: Asked, rows: Sequence[Any], names: Mapping[str, str], *, first: int) -> list[Line]:
    """The rows as text, numbered on from `first`."""
    return [
        Line(
            first + index,
            asked.register.url(row),
            [_cell(column, column.read(row, names)) for column in asked.columns],
        )
        for index, row in enumerate(rows)
    ]


def _cell(column: RegisterColumn, value: Any) -> Cell:
    if column.kind != "badge":
        return Cell(written(column, value), column.css, ())
    badges = value if isinstance(value, (list, tuple)) else (value,)
    return Cell("", column.css, tuple(badge for badge in badges if badge))


class RegisterView:
    """Heads, filters, sums and pages of one view."""

    search_max = SEARCH_MAX

    def __init__(self, asked: Asked, count: int, totals: Mapping[str, Any]) -> None:
        self.asked, self.count, self._totals = asked, count, totals
        self.pages = max(1, -(-count // asked.size))
        self.page = min(asked.page, self.pages)
        self.start = (self.page - 1) * asked.size
        self.stop = min(self.start + asked.size, count)

    @property
    def register(self) -> Register:
        return self.asked.register

    @property
    def answer(self) -> str:
        """The page's first line: how many, and what they come to."""
        if self.register.answer:
            return self.register.answer(self.count, self._totals)
        found = [f"{formats.number(self.count)} {self.register.noun}"]
        for column in self.asked.summed[:2]:
            if (total := self._totals[column.field]) is not None:
                unit = {"money": " 元", "area": " 亩"}.get(column.kind, "")
                found.append(f"{column.name} {written(column, total)}{unit}")
        return "，".join(found)

    def _address(self, **changes: str | None) -> str:
        """This view with some parameters changed; any change but of the page begins at page one."""
        params = self.asked.params.copy()
        empty = [name for name, values in params.lists() if not any(values)]
        for name in ("page", "print", "export", *empty):
            params.pop(name, None)
        for name, value in changes.items():
            if value is None:
                params.pop(name, None)
            else:
                params[name] = value
        return f"?{params.urlencode()}"

    @cached_property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.asked.columns]

    def _head(self, column: RegisterColumn) -> Head:
        if not column.is_sortable:
            return Head(column.heading, column.css, None, "")
        if self.asked.sort == column.field:
            url = self._address(sort=f"-{column.field}")
            return Head(column.heading, column.css, url, "ascending")
        falls = self.asked.sort == f"-{column.field}"
        url = self._address(sort=column.field)
        return Head(column.heading, column.css, url, "descending" if falls else "")

    @cached_property
    def sums(self) -> list[Cell]:
        return [
            Cell(written(column, self._totals.get(column.field)), column.css, ())
            for column in self.asked.columns
        ]

    @cached_property
    def _selects(self) -> list[Select]:
        found = []
        for column in self.register.filters:
            chosen = self.asked.filters.get(column.field, ())
            offered = [(word, word, word in chosen) for word in column.options]
            blank = (BLANK, "（未填）", BLANK in chosen)
            found.append(Select(column.field, column.title, [*offered, blank]))
        for narrowing in self.register.narrowings:
            if narrowing.options:
                now = self.asked.narrowed.get(narrowing.name)
                options = [(value, label, value == now) for value, label in narrowing.options]
                found.append(Select(narrowing.name, narrowing.title, options))
        # What is chosen stands in view, whatever its place in the register.
        return sorted(found, key=lambda select: not any(on for _, _, on in select.options))

    @property
    def bar_selects(self) -> list[Select]:
        return self._selects[:_IN_BAR]

    @property
    def folded_selects(self) -> list[Select]:
        return self._selects[_IN_BAR:]

    @property
    def notes(self) -> list[tuple[str, str]]:
        """Narrowings without a select, in words, each with the address that drops it."""
        return [
            (
                f"{narrowing.title}：{narrowing.words(value, self.asked.params)}",
                self._address(**dict.fromkeys((narrowing.name, *narrowing.also))),
            )
            for narrowing in self.register.narrowings
            if not narrowing.options and (value := self.asked.narrowed.get(narrowing.name))
        ]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Parameters the query form hands on although it has no field for them."""
        selects = {select.name for select in self._selects}
        fields = selects | {"q", "region", "size", "page", "print", "export"}
        return _pairs(self.asked.params, without=fields)

    @property
    def carried_by_chooser(self) -> list[tuple[str, str]]:
        return _pairs(self.asked.params, without={"cols", "page", "print", "export"})

    @property
    def chooser(self) -> list[tuple[str, str, bool]]:
        shown = {column.field for column in self.asked.columns}
        return [(c.field, c.heading, c.field in shown) for c in self.register.columns]

    @property
    def sizes(self) -> list[tuple[int, bool]]:
        sizes = sorted({*SIZES, self.asked.size})
        return [(size, size == self.asked.size) for size in sizes]

    @property
    def previous_url(self) -> str | None:
        return self._address(page=str(self.page - 1)) if self.page > 1 else None

    @property
    def next_url(self) -> str | None:
        return self._address(page=str(self.page + 1)) if self.page < self.pages else None

    @property
    def first_url(self) -> str:
        return self._address()

    @property
    def last_url(self) -> str:
        return self._address(page=str(self.pages))

    @property
    def print_url(self) -> str:
        return self._address(print="1")

    @property
    def export_url(self) -> str:
        return self._address(export="xlsx")

    @property
    def first_number(self) -> int:
        return self.start + 1 if self.count else 0


def _pairs(params: QueryDict, *, without: set[str]) -> list[tuple[str, str]]:
    return [
        (name, value) for name, values in params.lists() for value in values if name not in without
    ]
