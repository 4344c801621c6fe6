"""The dispatch sheet of one region as the page prints it: every cell a link to its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from sanzi.metrics import links, regions
from sanzi.metrics.catalogue import Unit
from sanzi.web import formats
from sanzi.web.asked import YUAN

from .arranging import Arranged, arranged
from .form import COLUMNS, RANK_AT, FormColumn, Line, lines, needed, values
from .ranking import FLAG_WORDS, FlagRule


class Cell(NamedTuple):
    text: str
    url: str
    css: str


class Title(NamedTuple):
    text: str
    css: str


class Row(NamedTuple):
    """One line in print; `before` and `after` are the cells left and right of the rank."""

    code: str
    name: str
    url: str
    rank: int | None
    flag: str
    tone: str
    before: list[Cell]
    after: list[Cell]


@dataclass(frozen=True)
class Sheet:
    """A region's sheet at a cut-off, its money in 元 or 万元."""

    region: str
    level: str
    as_of: date
    unit: str
    # Its lines' regions, where whoever draws it has read them already.
    spots: Sequence[regions.Spot] | None = None

    @property
    def since(self) -> date:
        """The last period's cut-off, as this region arranges its periods."""
        return self.arranged.biweekly.before(self.as_of)

    @property
    def rule(self) -> FlagRule:
        """How this region flags its lines."""
        return self.arranged.flags

    @cached_property
    def arranged(self) -> Arranged:
        """How this region dispatches; one query."""
        return arranged(self.region)

    @cached_property
    def lines(self) -> list[Line]:
        """The lines in code order; two queries, however many there are."""
        days = (self.as_of, self.since)
        now, before = regions.sums_on(self.region, self.level, days, needed())
        found = self.spots
        if found is None:
            found = regions.regions_in(self.region, self.level)
        # A region that has ended is listed as long as it has figures.
        listed = [(r.code, r.name) for r in found if r.is_living or r.code in now]
        return lines(listed, now, before, self.rule)

    @cached_property
    def total(self) -> tuple[Decimal | int | None, ...]:
        """The region's own figures, from its own roll-ups; one query."""
        return values(*regions.history_of(self.region, (self.as_of, self.since), needed()))

    @property
    def rows(self) -> list[Row]:
        return [self.row(line) for line in self.lines]

    def row(self, line: Line) -> Row:
        cells = self.cells(line.code, line.values)
        return Row(
            code=line.code,
            name=line.name,
            url=links.figures(line.code, self.as_of),
            rank=line.rank,
            flag=FLAG_WORDS[line.flag] if line.flag else "",
            tone={"red": "danger", "yellow": "warn"}.get(line.flag or "", ""),
            before=cells[:RANK_AT],
            after=cells[RANK_AT:],
        )

    @property
    def total_row(self) -> Row:
        cells = self.cells(self.region, self.total)
        url = links.figures(self.region, self.as_of)
        return Row(self.region, "合计", url, None, "", "", cells[:RANK_AT], cells[RANK_AT:])

    def cells(self, code: str, found: Sequence[Decimal | int | None]) -> list[Cell]:
        # Six hundred villages make fourteen thousand cells: their addresses are put together from
        # parts worked out once a column and once a line.
        standing = links.asked(code, self.as_of)
        gained = links.asked(code, self.as_of, self.since)
        return [
            Cell(
                self._text(column, value),
                url + (gained if column.is_change else standing),
                css,
            )
            for (column, url, css), value in zip(self._columns, found, strict=True)
        ]

    @cached_property
    def _columns(self) -> list[tuple[FormColumn, str, str]]:
        return [(column, links.rows_page(column.metric), _css(column)) for column in COLUMNS]

    def cells_for(self, line: Line, metrics: Sequence[str]) -> list[Cell]:
        """The cells of a few standing figures of a line, in the sheet's order."""
        pairs = zip(COLUMNS, self.cells(line.code, line.values), strict=True)
        return [cell for column, cell in pairs if column.metric in metrics and not column.is_change]

    def _text(self, column: FormColumn, value: Decimal | int | None) -> str:
        text = formats.figure(value, self.unit if column.unit == YUAN else column.unit)
        return f"+{text}" if column.is_change and value and value > 0 else text

    @property
    def groups(self) -> list[tuple[str, int]]:
        """The upper heading: each group with the number of its columns; the rank stands alone."""
        found = [
            (self._head(name, members), len(members))
            for name, members in ((n, list(m)) for n, m in groupby(COLUMNS, lambda c: c.group))
        ]
        return [*found[:-1], ("", 1), found[-1]]

    def _head(self, name: str, members: Sequence[FormColumn]) -> str:
        return f"{name}（{self.unit}）" if _units(members) & {YUAN} else name

    @property
    def titles(self) -> tuple[list[Title], list[Title]]:
        """The lower heading, left and right of the rank."""
        found = [Title(column.title, _css(column)) for column in COLUMNS]
        return found[:RANK_AT], found[RANK_AT:]


# Where a group begins, a line is drawn.
_FIRST = {next(members) for _, members in groupby(COLUMNS, lambda column: column.group)}


def _css(column: FormColumn) -> str:
    return "figure first" if column in _FIRST else "figure"


def _units(columns: Sequence[FormColumn]) -> set[Unit]:
    return {column.unit for column in columns}
