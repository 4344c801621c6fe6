"""A frozen sheet in print: every cell a link to the rows it was made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from sanzi.kernel.regions import full
from sanzi.metrics import links
from sanzi.web import formats
from sanzi.web.asked import WAN, YUAN
from sanzi.web.paper import PaperColumn

from .body import Body, BodyColumn, BodyLine, read
from .form import Value
from .models import Sheet

_TONES = {"红旗": "danger", "黄旗": "warn"}
_KINDS = {"元": "money", "率": "percent"}
_TEN_THOUSAND = Decimal(10_000)


class Cell(NamedTuple):
    text: str
    url: str
    css: str


class Title(NamedTuple):
    text: str
    css: str


class Row(NamedTuple):
    """One line; `before` and `after` are the cells left and right of the rank."""

    name: str
    rank: int | None
    flag: str
    tone: str
    before: list[Cell]
    after: list[Cell]


@dataclass(frozen=True)
class Printed:
    """A sheet with its money in 元 or 万元."""

    sheet: Sheet
    unit: str

    @cached_property
    def body(self) -> Body:
        """What it shows."""
        return read(self.sheet.body)

    @property
    def split(self) -> int:
        """Where the rank stands; behind everything where nobody is ranked."""
        return len(self.body.columns) if self.body.rank_at is None else self.body.rank_at

    @property
    def ranks(self) -> bool:
        """Whether it ranks its lines."""
        return self.body.rank_at is not None

    @cached_property
    def rows(self) -> list[Row]:
        """The lines in their order."""
        return [self._row(line) for line in self.body.lines]

    @cached_property
    def total(self) -> Row:
        """The region's own line."""
        return self._row(self.body.total)

    def _row(self, line: BodyLine) -> Row:
        cells = [
            self._cell(column, line, value, css)
            for (column, css), value in zip(self._columns, line.values, strict=True)
        ]
        tone = _TONES.get(line.flag, "")
        return Row(line.name, line.rank, line.flag, tone, cells[: self.split], cells[self.split :])

    def _cell(self, column: BodyColumn, line: BodyLine, value: Value | str, css: str) -> Cell:
        if isinstance(value, str):
            return Cell(value or "—", "", css)
        unit = self.unit if column.unit == YUAN else column.unit
        text = formats.figure(value, unit)
        if column.is_change and value and value > 0 and self.ranks:
            text = f"+{text}"
        # The line of what the region raised itself has no figures of its own to open.
        is_own = line.code == full(self.body.head["region"])
        url = "" if is_own and not column.is_things else self._url(column, line.code)
        return Cell(text, url, css)

    def _url(self, column: BodyColumn, code: str) -> str:
        asked = {"region": code}
        if column.is_things:
            page = reverse("dispatch:things", args=[self.sheet.pk, column.metric])
            return f"{page}?{urlencode(asked)}"
        asked |= {"as_of": self.body.head["cut_off_on"], "sheet": str(self.sheet.pk)}
        if column.is_change:
            asked["gained"] = "1"
        return f"{links.rows_page(column.metric)}?{urlencode(asked)}"

    @cached_property
    def _columns(self) -> list[tuple[BodyColumn, str]]:
        firsts = [next(members) for _, members in groupby(self.body.columns, lambda c: c.group)]
        return [(c, _css(c, is_first=c in firsts)) for c in self.body.columns]

    @property
    def groups(self) -> list[tuple[str, int]]:
        """The upper heading; the rank stands under no name."""
        found: list[tuple[str, int]] = []
        at = 0
        for name, members in groupby(self.body.columns, lambda c: c.group):
            several = list(members)
            if self.ranks and at == self.split:
                found.append(("", 1))
            found.append((self._head(name, several), len(several)))
            at += len(several)
        return found if not self.ranks or self.split < at else [*found, ("", 1)]

    def _head(self, name: str, members: Sequence[BodyColumn]) -> str:
        return f"{name}（{self.unit}）" if any(c.unit == YUAN for c in members) else name

    @property
    def titles(self) -> list[Title]:
        """The lower heading."""
        return [Title(column.title, css) for column, css in self._columns]

    @property
    def paper_columns(self) -> list[PaperColumn]:
        """The columns of the xlsx; without the rank."""
        return [
            PaperColumn(
                c.title,
                "text" if c.mode == "words" else _KINDS.get(c.unit, "integer"),
                group=self._head(c.group, [o for o in self.body.columns if o.group == c.group]),
                width=9.5,
            )
            for c in self.body.columns
        ]

    def exact(self, line: BodyLine) -> list[Value | str]:
        """The values of a line in the sheet's unit, not rounded."""
        return [
            value / _TEN_THOUSAND
            if isinstance(value, Decimal) and column.unit == YUAN and self.unit == WAN
            else value
            for column, value in zip(self.body.columns, line.values, strict=True)
        ]


def _css(column: BodyColumn, *, is_first: bool) -> str:
    kind = "whole" if column.mode == "words" else "figure"
    return f"{kind} first" if is_first else kind
