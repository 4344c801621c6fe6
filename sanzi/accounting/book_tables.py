"""科目余额表 and 收支明细表 as tables of their paper forms."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from sanzi.kernel.money import ZERO
from sanzi.web.paper import PaperColumn

from .books import Flow, TrialRow, trial_figures, trial_total
from .statements import Check
from .tables import INDENT, Cell, Row, Table

Link = Callable[[str], str]
NUMBER = PaperColumn("序号", "integer", width=6)
_PAIRS = ("期初余额", "本期发生额", "本年累计", "期末余额")


def money(title: str, group: str = "") -> PaperColumn:
    return PaperColumn(title, "money", group=group, width=15)


def sides(group: str) -> tuple[PaperColumn, PaperColumn]:
    return money("借方", group), money("贷方", group)


def trial_table(
    issued: str,
    rows: Sequence[TrialRow],
    link: Link,
    *,
    about: str = "",
    is_whole: bool = True,
) -> Table:
    """科目余额表 with its four pairs and, of the whole set, the proof that each pair is equal."""
    totals = trial_total(rows)
    lines = [
        Row(
            (
                Cell(at),
                Cell(row.code),
                Cell(INDENT * (row.level - 1) + row.name),
                *(Cell(figure, link(row.code)) for figure in trial_figures(row)),
            )
        )
        for at, row in enumerate(rows, start=1)
    ]
    return Table(
        title="科目余额表",
        issued=issued,
        columns=(
            NUMBER,
            PaperColumn("科目编码", width=12),
            PaperColumn("科目名称", width=24),
            *(column for pair in _PAIRS for column in sides(pair)),
        ),
        rows=lines,
        totals=(Cell(), Cell("合计"), Cell(), *(Cell(total) for total in totals)),
        checks=tuple(
            Check(f"{name}：借方合计 = 贷方合计", totals[2 * at], totals[2 * at + 1])
            for at, name in enumerate(_PAIRS)
            if is_whole
        ),
        about=about,
        notes=("合计只加一级科目",),
        is_counted=True,
    )


def flows_table(issued: str, rows: Sequence[Flow], link: Link, *, about: str = "") -> Table:
    """收支明细表: income, then expenses, each with its total, and what is left."""
    lines: list[Row] = []
    left = [ZERO, ZERO]
    for category, name, sign in (("income", "收入", 1), ("expense", "支出", -1)):
        mine = [row for row in rows if row.category == category]
        total = [
            sum((getattr(r, c) for r in mine if r.level == 1), ZERO) for c in ("months", "year")
        ]
        left = [before + sign * value for before, value in zip(left, total, strict=True)]
        lines += [_flow(row, link) for row in mine]
        lines.append(_strong(f"{name}合计", total))
    lines.append(_strong("收支结余", left))
    numbered = [Row((Cell(at), *row.cells), row.is_strong) for at, row in enumerate(lines, start=1)]
    return Table(
        title="收支明细表",
        issued=issued,
        columns=(
            NUMBER,
            PaperColumn("科目编码", width=12),
            PaperColumn("项目", width=28),
            money("本期数"),
            money("本年累计"),
        ),
        rows=numbered[:-1],
        totals=numbered[-1].cells,
        is_counted=True,
        about=about,
    )


def _flow(row: Flow, link: Link) -> Row:
    url = link(row.code)
    name = INDENT * (row.level - 1) + row.name
    return Row((Cell(row.code), Cell(name), Cell(row.months, url), Cell(row.year, url)))


def _strong(name: str, values: Iterable[Decimal]) -> Row:
    return Row((Cell(), Cell(name), *(Cell(value) for value in values)), is_strong=True)
