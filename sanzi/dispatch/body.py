"""All a frozen sheet shows, as plain values: written once as text, and read back from it.

Reading one asks no catalogue and no database: labels, formulas, names and the rule are inside.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from sanzi.metrics.catalogue import metric

from .form import FormColumn, Totals, Value

DECIMAL_UNITS = ("元", "率")
Cells = tuple[Value | str, ...]


@dataclass(frozen=True)
class BodyColumn:
    """A column as it was when the sheet was made."""

    group: str
    title: str
    tag: str
    metric: str
    mode: str
    unit: str
    label: str
    formula: str
    # Stored metrics that enter its figure, with their signs: (above, below) the line of a rate.
    above: tuple[tuple[str, int], ...] = ()
    below: tuple[tuple[str, int], ...] = ()

    @property
    def is_change(self) -> bool:
        return self.mode in ("change", "rows")

    @property
    def is_things(self) -> bool:
        return self.mode == "things"

    @property
    def is_figure(self) -> bool:
        return self.mode not in ("things", "words")


@dataclass(frozen=True)
class BodyLine:
    """One region of a sheet."""

    code: str
    name: str
    values: Cells
    rank: int | None = None
    flag: str = ""
    # Of columns that count things, their keys: {metric: [journal key, …]}.
    things: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Body:
    """A whole sheet."""

    head: Mapping[str, Any]
    columns: tuple[BodyColumn, ...]
    lines: tuple[BodyLine, ...]
    total: BodyLine
    sums: Mapping[str, Totals]

    @cached_property
    def rank_at(self) -> int | None:
        """Before which column the rank stands; None on sheets that rank nobody."""
        if not self.head["rule"]:
            return None
        changes = [i for i, column in enumerate(self.columns) if column.is_change]
        return changes[0] if changes else len(self.columns)

    def line(self, code: str) -> BodyLine | None:
        """The line of a region, the total included."""
        return next((one for one in (*self.lines, self.total) if one.code == code), None)

    def column(self, tag: str) -> BodyColumn | None:
        """The column of this tag."""
        return next((one for one in self.columns if one.tag == tag), None)


def column_of(one: FormColumn) -> BodyColumn:
    """A column of a form, with what the catalogue says of its metric today."""
    known = metric(one.metric) if one.is_figure else None
    return BodyColumn(
        group=one.group,
        title=one.title,
        tag=one.tag,
        metric=one.metric,
        mode=one.mode,
        unit=one.unit,
        label=known.label if known else one.title,
        formula=known.formula if known else THINGS[one.metric],
        above=(known.numerator or ()) if known else (),
        below=(known.denominator or ()) if known else (),
    )


# What is counted where no metric is: said on the sheet as a metric's formula is.
THINGS = {
    "replies": "本期收到的对账回函",
    "disputes": "截止日尚未办结的矛盾纠纷",
    "blockers": "截止日尚未办结的需协调事项",
    "reporter": "截止日在任的报账员（经办人）",
}


def written(body: Body) -> str:
    """The sheet as text: the same values give the same bytes."""
    document = {
        **body.head,
        "columns": [_column(one) for one in body.columns],
        "lines": [_line(body.columns, one) for one in body.lines],
        "total": _line(body.columns, body.total),
        "sums": body.sums,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def sums_of(text: str) -> dict[str, Totals]:
    """The sums a sheet was drawn from, without its lines."""
    sums: dict[str, Totals] = json.loads(text)["sums"]
    return sums


def read(text: str) -> Body:
    """The sheet a text holds."""
    document = json.loads(text)
    columns = tuple(_read_column(one) for one in document.pop("columns"))
    lines = tuple(_read_line(columns, one) for one in document.pop("lines"))
    total = _read_line(columns, document.pop("total"))
    sums = document.pop("sums")
    return Body(document, columns, lines, total, sums)


def _column(one: BodyColumn) -> dict[str, Any]:
    return {**vars(one), "above": list(one.above), "below": list(one.below)}


def _read_column(one: dict[str, Any]) -> BodyColumn:
    above, below = (tuple((id, sign) for id, sign in one.pop(side)) for side in ("above", "below"))
    return BodyColumn(**one, above=above, below=below)


def _line(columns: Sequence[BodyColumn], one: BodyLine) -> dict[str, Any]:
    values = [str(v) if isinstance(v, Decimal) else v for v in one.values]
    return {
        "code": one.code,
        "name": one.name,
        "values": values,
        "rank": one.rank,
        "flag": one.flag,
        "things": {name: list(keys) for name, keys in one.things.items()},
    }


def _read_line(columns: Sequence[BodyColumn], one: dict[str, Any]) -> BodyLine:
    values = tuple(_value(c, v) for c, v in zip(columns, one["values"], strict=True))
    return BodyLine(one["code"], one["name"], values, one["rank"], one["flag"], one["things"])


def _value(column: BodyColumn, value: Any) -> Value | str:
    is_decimal = value is not None and column.unit in DECIMAL_UNITS and column.is_figure
    return Decimal(value) if is_decimal else value
