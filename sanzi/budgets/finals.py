"""决算表 and the comparison of versions: budgets and years side by side, in plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sanzi.kernel.money import ZERO
from sanzi.web.paper import PaperColumn

from .execution import Executed, Key, Planned
from .tables import (
    EXPENSE,
    INCOME,
    LINE,
    WORDS,
    Row,
    Table,
    begun,
    flag_of,
    numbered,
    ratio,
)

Amounts = Mapping[Key, Decimal]


def key_of(line: Planned) -> Key:
    """What a line is about, whatever its version."""
    return line.account, line.project


def amounts_of(lines: Sequence[Planned]) -> dict[Key, Decimal]:
    """The amounts of a version by what they are for."""
    return {key_of(line): line.amount for line in lines}


def union(later: Sequence[Planned], earlier: Sequence[Planned]) -> list[Planned]:
    """The later version's lines, and after them, with nothing budgeted, what only the earlier had.

    Income first.
    """
    known = amounts_of(later)
    gone = [replace(line, amount=ZERO) for line in earlier if key_of(line) not in known]
    return sorted([*later, *gone], key=lambda line: line.direction != INCOME)


def final_table(
    title: str, first: Amounts, rows: Sequence[Executed], before: Sequence[Executed]
) -> Table:
    """决算表 of a year: the budget as first approved, as adjusted, what came of it, last year.

    `rows` and `before` are the same lines carried out this year and the year before.
    """
    columns = (
        *LINE,
        PaperColumn("年初预算", "money"),
        PaperColumn("调整后预算", "money"),
        PaperColumn("决算数", "money"),
        PaperColumn("执行率", "percent"),
        PaperColumn("上年决算数", "money"),
        PaperColumn("比上年增减", "money"),
        PaperColumn("提示", width=10),
    )
    table = Table(title, columns, links=frozenset({"决算数"}))
    last = {key_of(row.line): row.actual for row in before}
    known = {key_of(row.line) for row in rows}
    # What only last year had, and no line of this year's budget covers.
    missing = [replace(row, months=(ZERO,) * 12) for row in before if key_of(row.line) not in known]
    shown = [*rows, *missing]
    sums: dict[str, list[Decimal]] = {}
    for direction in (INCOME, EXPENSE):
        mine = [row for row in shown if row.line.direction == direction]
        figures = [_figures(row, first, last) for row in mine]
        for row, numbers in zip(mine, figures, strict=True):
            flag, tone = flag_of(row)
            values = [*begun(row.line), *_spread(numbers), flag]
            table.rows.append(Row(values, row, tone))
        sums[direction] = [sum(column, ZERO) for column in zip(*figures, strict=True)] or [ZERO] * 4
        word = f"{WORDS[direction]}合计"
        table.rows.append(Row([None, word, "", "", "", *_spread(sums[direction]), ""], is_sum=True))
    over = [a - b for a, b in zip(sums[INCOME], sums[EXPENSE], strict=True)]
    spread = _spread(over)
    spread[3] = ""
    table.rows.append(Row([None, "收支差额", "", "", "", *spread, ""], is_sum=True))
    return numbered(table)


def _figures(row: Executed, first: Amounts, last: Amounts) -> list[Decimal]:
    """First budget, adjusted budget, final, last year."""
    key = key_of(row.line)
    return [first.get(key, ZERO), row.line.amount, row.actual, last.get(key, ZERO)]


def _spread(numbers: Sequence[Decimal]) -> list[Any]:
    first, adjusted, final, last = numbers
    part = final / adjusted if adjusted else None
    return [first, adjusted, final, ratio(part), last, final - last]


def comparison_table(
    title: str, names: tuple[str, str], earlier: Sequence[Planned], later: Sequence[Planned]
) -> Table:
    """Two versions of a budget side by side; lines that differ are marked."""
    columns = (
        *LINE,
        PaperColumn(names[0], "money"),
        PaperColumn(names[1], "money"),
        PaperColumn("增减", "money"),
        PaperColumn("变动", width=9),
    )
    table = Table(title, columns)
    old, new = amounts_of(earlier), amounts_of(later)
    lines = union(later, earlier)
    for direction in (INCOME, EXPENSE):
        mine = [line for line in lines if line.direction == direction]
        for line in mine:
            before, after = old.get(key_of(line)), new.get(key_of(line))
            change = (after or ZERO) - (before or ZERO)
            word = _change(before, after)
            values = [*begun(line), before, after, change, word]
            table.rows.append(Row(values, tone="warn" if word else ""))
        total_old = sum((old.get(key_of(line), ZERO) for line in mine), ZERO)
        total_new = sum((new.get(key_of(line), ZERO) for line in mine), ZERO)
        sums = [total_old, total_new, total_new - total_old, ""]
        table.rows.append(Row([None, f"{WORDS[direction]}合计", "", "", "", *sums], is_sum=True))
    return numbered(table)


def _change(before: Decimal | None, after: Decimal | None) -> str:
    if before is None:
        return "新增"
    if after is None:
        return "取消"
    return "" if before == after else ("调增" if after > before else "调减")
