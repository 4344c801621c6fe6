"""The rows of the statements' paper forms (sheets/*.csv), by scheme and month. No framework.

A formula is a list of signed terms, each on the normal side of its account as accountants read it
(151 − 152):
    +101      its balance (balance sheet), its movement without closing entries (income statement)
    +113+     the debit balances of its sub-ledgers; +113- the credit balances
    +~322     brought forward at the beginning of the year
    +@311     what was distributed (各项分配) to this account; @all to any; @in came to 未分配收益
    +[cash]   another row above
Source: accounting.md 1.3. Rows nobody has held against the ministry's printed text yet are not
`is_checked`; a correction is a new row in the data, with the month it holds from.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from sanzi.kernel.refusals import Invalid

from .chart import chart

Kind = Literal["title", "row", "interim", "year", "total", "year_total", "grand"]
STATEMENTS = {"balance": "资产负债表", "income": "收益及收益分配表"}

_FOLDER = Path(__file__).parent / "sheets"
_TERM = re.compile(r"([+-])(?:\[([a-z_]+)\]|(~|@)?(in|all|\d{3,9})([+-]?))")


@dataclass(frozen=True)
class Term:
    """One signed term of a formula: another row, or a figure of an account."""

    sign: int
    row: str = ""
    mark: str = ""
    code: str = ""
    split: str = ""


@dataclass(frozen=True)
class RowForm:
    """One row of the paper form; `number` is its 行次, None for a heading."""

    side: str
    kind: Kind
    key: str
    name: str
    level: int
    terms: tuple[Term, ...]
    is_checked: bool
    number: int | None


@dataclass(frozen=True)
class Form:
    """A statement's rows as they are in force from a month on."""

    statement: str
    scheme: str
    valid_from: int
    rows: tuple[RowForm, ...]

    @property
    def title(self) -> str:
        return STATEMENTS[self.statement]


@cache
def form(statement: str, scheme: str, period: int) -> Form:
    """The rows in force in the month YYYYMM. Raises Invalid for a statement nobody knows."""
    if statement not in STATEMENTS:
        raise Invalid("statement.unknown", "没有这张报表，请从报表目录进入")
    chart(scheme)  # Refuses an unknown scheme.
    path = _FOLDER / f"{statement}_{scheme}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    versions = sorted({int(row["valid_from"]) for row in rows})
    version = max((v for v in versions if v <= period), default=versions[0])
    chosen = [row for row in rows if int(row["valid_from"]) == version]
    return Form(statement, scheme, version, tuple(_numbered(chosen)))


def _numbered(rows: Sequence[Mapping[str, str]]) -> list[RowForm]:
    found, number = [], 0
    for row in rows:
        kind: Kind = row["kind"]  # type: ignore[assignment]
        number += kind != "title"
        found.append(
            RowForm(
                row["side"],
                kind,
                row["key"],
                row["name"],
                int(row["level"]),
                _terms(row["formula"]),
                row["checked"] == "1",
                None if kind == "title" else number,
            )
        )
    return found


def _terms(formula: str) -> tuple[Term, ...]:
    found = []
    for word in formula.split():
        match = _TERM.fullmatch(word)
        assert match, f"no term of a formula: {word}"
        sign, row, mark, code, split = match.groups(default="")
        found.append(Term(-1 if sign == "-" else 1, row, mark, code, split))
    return tuple(found)


def sums(of: Form, key: str) -> frozenset[str]:
    """The accounts a row is made of, those of the rows it adds up among them."""
    # What was brought forward or distributed stands in 收益分配, whomever it went to.
    return frozenset("322" if term.mark else term.code for term in terms_of(of, key))


def terms_of(of: Form, key: str) -> list[Term]:
    """The terms of a row over accounts, those of the rows it adds up among them."""
    row = next(row for row in of.rows if row.key == key)
    found = []
    for term in row.terms:
        found += terms_of(of, term.row) if term.row else [term]
    return found
