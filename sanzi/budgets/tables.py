"""Tables of budgets as plain values: the page, the print and the xlsx show the same cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, NamedTuple

from sanzi.web import formats
from sanzi.web.paper import PaperColumn, write_paper

from .control import Control
from .execution import Executed, Planned, Total, total

NO_RATIO = "—"
INCOME, EXPENSE = "income", "expense"
WORDS = {INCOME: "收入", EXPENSE: "支出"}
_TEXT = {"money": formats.money, "percent": lambda value: formats.rate(value, 2)}


class Cell(NamedTuple):
    """A value as the page writes it."""

    text: str
    css: str
    url: str


@dataclass
class Row:
    """A row of values, one for each column; `source` is whose lines its figures come from."""

    values: Sequence[Any]
    source: Executed | None = None
    tone: str = ""
    is_sum: bool = False


@dataclass
class Table:
    """A table with its title; `links` are the columns whose figures open the account's lines."""

    title: str
    columns: Sequence[PaperColumn]
    rows: list[Row] = field(default_factory=list)
    links: frozenset[str] = frozenset()
    issued: str = ""

    unit = "单位：元"

    @property
    def heads(self) -> list[tuple[str, str]]:
        """The heading: title and class of each column."""
        return [(column.title, _css(column)) for column in self.columns]

    def cells(self, row: Row, url: str) -> list[Cell]:
        """A row as the page writes it; `url` is where its lines are shown."""
        return [
            Cell(
                written(column, value),
                _css(column),
                url if column.title in self.links else "",
            )
            for column, value in zip(self.columns, row.values, strict=True)
        ]

    def write(self, target: str | Path | IO[bytes]) -> int:
        """The same as xlsx, on the paper form."""
        body, last = self.rows, None
        if body and body[-1].is_sum:
            body, last = body[:-1], body[-1].values
        return write_paper(
            target,
            self.title,
            self.unit,
            self.columns,
            (row.values for row in body),
            last,
            issued=self.issued,
        )


def written(column: PaperColumn, value: Any) -> str:
    """A cell as text."""
    if value is None or isinstance(value, str):
        return value or ""
    return _TEXT.get(column.kind, str)(value)


def _css(column: PaperColumn) -> str:
    if column.title == "序号":
        return "number"
    if column.kind in ("money", "percent"):
        return "figure"
    return "whole" if column.title in ("收支", "科目") else ""


LINE = (
    PaperColumn("序号", "integer", width=6),
    PaperColumn("收支", width=7),
    PaperColumn("科目", width=10),
    PaperColumn("预算项目", width=22),
    PaperColumn("核算项目", width=16),
)


def begun(line: Planned) -> list[Any]:
    """The first cells of a line's row; its number comes last."""
    return [None, WORDS[line.direction], line.account, line.name, line.project_name]


def _sum_row(word: str, values: Sequence[Any]) -> Row:
    return Row([None, word, "", "", "", *values], is_sum=True)


def ratio(value: Decimal | None) -> Decimal | str:
    """A ratio, or a dash where nothing was budgeted."""
    return NO_RATIO if value is None else value


def plan_table(title: str, lines: Sequence[Planned], last_year: Mapping[int, Decimal]) -> Table:
    """One version of a budget, each line beside what the year before came to."""
    columns = (
        *LINE,
        PaperColumn("预算数", "money"),
        PaperColumn("上年实际", "money"),
        PaperColumn("控制", width=7),
        PaperColumn("说明", width=24),
    )
    table = Table(title, columns)
    for direction in (INCOME, EXPENSE):
        mine = [(at, line) for at, line in enumerate(lines) if line.direction == direction]
        for at, line in mine:
            word = line.control.label if direction == EXPENSE else ""
            values = [line.amount, last_year.get(at, Decimal("0.00")), word, line.note]
            table.rows.append(Row([*begun(line), *values]))
        sums = [_add(line.amount for _, line in mine), _add(last_year.get(at) for at, _ in mine)]
        table.rows.append(_sum_row(f"{WORDS[direction]}合计", [*sums, "", ""]))
    return numbered(table)


def _add(amounts: Any) -> Decimal:
    return sum((amount or Decimal(0) for amount in amounts), Decimal("0.00"))


def execution_table(title: str, rows: Sequence[Executed]) -> Table:
    """预算执行表: budget, actual, ratio, what is left; overspent and unplanned lines flagged."""
    columns = (
        *LINE,
        PaperColumn("预算数", "money"),
        PaperColumn("执行数", "money"),
        PaperColumn("执行率", "percent"),
        PaperColumn("结余", "money"),
        PaperColumn("控制", width=7),
        PaperColumn("提示", width=10),
    )
    table = Table(title, columns, links=frozenset({"执行数"}))
    for direction in (INCOME, EXPENSE):
        for row in rows:
            if row.line.direction == direction:
                table.rows.append(_executed_row(row))
        table.rows.append(_total_row(total(direction, rows)))
    income, expense = total(INCOME, rows), total(EXPENSE, rows)
    over = [income.amount - expense.amount, income.actual - expense.actual, "", None, "", ""]
    table.rows.append(_sum_row("收支差额", over))
    return numbered(table)


def _executed_row(row: Executed) -> Row:
    flag, tone = flag_of(row)
    control = row.line.control.label if row.is_planned and row.line.direction == EXPENSE else ""
    figures = [row.line.amount, row.actual, ratio(row.ratio), row.left, control, flag]
    return Row([*begun(row.line), *figures], row, tone)


def flag_of(row: Executed) -> tuple[str, str]:
    """What is wrong with a line in one word, and its tone."""
    if not row.is_planned:
        return "预算外", "warn"
    if row.is_overspent:
        return "超预算", "danger" if row.line.control is Control.BLOCK else "warn"
    return "", ""


def _total_row(one: Total) -> Row:
    return _sum_row(
        f"{WORDS[one.direction]}合计", [one.amount, one.actual, ratio(one.ratio), one.left, "", ""]
    )


def months_table(title: str, rows: Sequence[Executed]) -> Table:
    """The same by month."""
    columns = (
        *LINE[:4],
        PaperColumn("预算数", "money", width=13),
        *(PaperColumn(f"{month}月", "money", width=12) for month in range(1, 13)),
        PaperColumn("执行数", "money", width=13),
    )
    table = Table(title, columns, links=frozenset({"执行数"}))
    for direction in (INCOME, EXPENSE):
        mine = [row for row in rows if row.line.direction == direction]
        for row in mine:
            begin = [None, WORDS[direction], row.line.account, _name(row.line)]
            figures = [row.line.amount, *row.months, row.actual]
            table.rows.append(Row([*begin, *figures], row))
        one = total(direction, rows)
        sums = [one.amount, *one.months, one.actual]
        table.rows.append(Row([None, f"{WORDS[direction]}合计", "", "", *sums], is_sum=True))
    return numbered(table)


def _name(line: Planned) -> str:
    """A line's name, with its project where the name does not say it."""
    if not line.project_name or line.project_name in line.name:
        return line.name
    return f"{line.name}（{line.project_name}）"


def numbered(table: Table) -> Table:
    """Number the rows that are no sums, from 1."""
    number = 0
    for row in table.rows:
        if not row.is_sum:
            number += 1
            row.values = [number, *row.values[1:]]
    return table
