"""The data dictionary: each register and column once; templates, importer and pages read it."""

import csv
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

# Register slug and business key (fields) of each sheet, in the order a clerk fills them.
_REGISTERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "村情": ("villages", ("village",)),
    "合同": ("contracts", ("village", "number")),
    "债权": ("receivables", ("village", "number")),
    "债务": ("debts", ("village", "number")),
    "资源": ("resources", ("village", "number")),
    "资产": ("assets", ("village", "number")),
    "资金账户": ("accounts", ("village", "number")),
    # `ordinal` tells apart rows that are alike in everything else: two payments on one day.
    "处置记录": (
        "dispositions",
        ("kind", "target_number", "village", "dated", "method", "document_number", "ordinal"),
    ),
    "增收项目": ("projects", ("village", "number")),
    "年度收入": ("incomes", ("village", "year")),
    "任务": ("tasks", ("village", "number")),
}


@dataclass(frozen=True)
class Column:
    """One column of a register, as a town's office would name it."""

    sheet: str
    title: str
    field: str
    required: bool
    type: str
    allowed: tuple[str, ...]
    aliases: tuple[str, ...]
    meaning: str


@dataclass(frozen=True)
class Sheet:
    """One register: its Chinese title, its slug in code and URLs, its business key and columns."""

    title: str
    register: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @cached_property
    def _by_field(self) -> dict[str, Column]:
        return {column.field: column for column in self.columns}

    def column(self, field: str) -> Column:
        """The column stored under `field`. Raises KeyError when the sheet has none."""
        return self._by_field[field]


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def _read() -> tuple[Sheet, ...]:
    path = Path(__file__).with_name("registers.csv")
    columns: dict[str, list[Column]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            columns.setdefault(line["sheet"], []).append(
                Column(
                    sheet=line["sheet"],
                    title=line["column"],
                    field=line["field"],
                    required=line["required"] == "yes",
                    type=line["type"],
                    allowed=_split(line["allowed"]),
                    aliases=_split(line["aliases"]),
                    meaning=line["meaning"],
                )
            )
    return tuple(
        Sheet(title, register, key, tuple(columns[title]))
        for title, (register, key) in _REGISTERS.items()
    )


SHEETS: tuple[Sheet, ...] = _read()
_BY_TITLE = {entry.title: entry for entry in SHEETS}
_BY_REGISTER = {entry.register: entry for entry in SHEETS}


def sheet(title: str) -> Sheet:
    """The sheet with this Chinese title. Raises KeyError when there is none."""
    return _BY_TITLE[title]


def register(slug: str) -> Sheet:
    """The sheet kept as this register (`contracts`, `receivables`, …). Raises KeyError."""
    return _BY_REGISTER[slug]
