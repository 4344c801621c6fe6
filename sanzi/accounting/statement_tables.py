"""Statements as tables of the paper form, every figure a link to the lines behind it."""

from collections.abc import Callable, Sequence

from sanzi.web.paper import PaperColumn

from .statements import Line, Sheet, sums, terms_of
from .tables import INDENT, Cell, Row, Table

# Where a figure leads: its row's key, the accounts behind it, whether sides are told apart there.
Link = Callable[[str, frozenset[str], bool, int], str]

UNCHECKED = "＊"
_ALL_UNCHECKED = "本表行次和取数公式尚未与财政部发布的格式逐字核对，可按公布文本更正"
_SOME_UNCHECKED = f"带{UNCHECKED}的行尚未与财政部发布的格式核对"
_BOLD = frozenset({"total", "year_total", "grand"})


def statement_table(sheet: Sheet, issued: str, link: Link, *, about: str = "") -> Table:
    """The statement as its form lays it out: two sides for the balance sheet, one below another
    for 收益及收益分配表."""
    right = sheet.side("right")
    unchecked = [line for line in sheet.lines if not line.form.is_checked]
    marks = 0 < len(unchecked) < len(sheet.lines)
    left = [_cells(sheet, line, link, marks) for line in sheet.side("left")]
    columns = _columns("资产" if right else "项目", sheet.columns)
    if right:
        columns += _columns("负债和所有者权益", sheet.columns)
        rows = _side_by_side(left, [_cells(sheet, line, link, marks) for line in right])
    else:
        rows = [Row(tuple(cells)) for cells in left]
    note = _SOME_UNCHECKED if marks else _ALL_UNCHECKED
    return Table(
        title=sheet.form.title,
        issued=issued,
        columns=columns,
        rows=rows[:-1],
        totals=rows[-1].cells,
        checks=sheet.checks,
        notes=(note,) if unchecked else (),
        about=about,
    )


def _columns(name: str, figures: Sequence[str]) -> tuple[PaperColumn, ...]:
    return (
        PaperColumn(name, width=30),
        PaperColumn("行次", "integer", width=6),
        *(PaperColumn(figure, "money", width=17) for figure in figures),
    )


def _side_by_side(left: list[list[Cell]], right: list[list[Cell]]) -> list[Row]:
    """Both sides from the top, their grand totals on the last line."""
    blank = [Cell()] * len(left[0])
    height = max(len(left), len(right))
    sides = [[*side[:-1], *[blank] * (height - len(side)), side[-1]] for side in (left, right)]
    return [Row((*a, *b)) for a, b in zip(*sides, strict=True)]


def _cells(sheet: Sheet, line: Line, link: Link, marks: bool) -> list[Cell]:
    row = line.form
    mark = UNCHECKED if marks and not row.is_checked else ""
    strong = row.kind in _BOLD
    name = Cell(INDENT * row.level + row.name + mark, "", strong)
    if row.kind == "title":
        return [name, Cell(), *(Cell() for _ in line.values)]
    codes = sums(sheet.form, row.key)
    split = any(term.split for term in terms_of(sheet.form, row.key)) and len(codes) < 3
    return [
        name,
        Cell(row.number),
        *(
            Cell(value, link(row.key, codes, split, at) if value is not None else "", strong)
            for at, value in enumerate(line.values)
        ),
    ]
