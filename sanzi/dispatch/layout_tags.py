"""The tags an office writes into its own layout of a sheet, and what each prints.

{{标题}} {{截止日}} …            once
{{村.名称}} {{村.清收累计}} …    in one row, which is repeated for every line
{{合计.清收累计}} …              the region's own figures
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sanzi.metrics.catalogue import metric
from sanzi.web import formats
from sanzi.web.asked import WAN, YUAN

from .body import THINGS
from .form import FORMS, FormColumn, Value

# What a line may be called in front of the dot: all mean the same.
LINES = ("村", "乡镇", "镇", "县", "行")
TOTAL = "合计"
ONCE = (
    "标题",
    "地区",
    "截止日",
    "上期截止日",
    "金额单位",
    "生成人",
    "生成时间",
    "排名规则",
    "说明",
    "版次",
)
OF_A_LINE = ("序号", "名称", "名次", "红黄旗")

Cell = Value | str


@dataclass(frozen=True)
class Tag:
    """One tag with what it stands for; `metric` is its name, empty for words."""

    name: str
    title: str
    metric: str = ""
    formula: str = ""


def tags_of(kind: str) -> list[Tag]:
    """Every tag of a kind of sheet; a figure names its metric and formula."""
    once = [Tag(name, name) for name in ONCE]
    lines = [Tag(f"村.{name}", name) for name in OF_A_LINE]
    return [*once, *lines, *(_tag(column) for column in FORMS[kind])]


def _tag(column: FormColumn) -> Tag:
    title = f"{column.group}{column.title}"
    if not column.is_figure:
        return Tag(f"村.{column.tag}", title, "", THINGS[column.metric])
    named = metric(column.metric)
    return Tag(f"村.{column.tag}", title, named.label, named.formula)


def known(kind: str) -> tuple[frozenset[str], frozenset[str]]:
    """Names that stand alone, and names behind the dot."""
    return frozenset(ONCE), frozenset({*OF_A_LINE, *(column.tag for column in FORMS[kind])})


@dataclass(frozen=True)
class Told:
    """What a sheet says to a layout: words told once, the total, and each line, by tag."""

    once: Mapping[str, str]
    total: Mapping[str, Cell]
    lines: Sequence[Mapping[str, Cell]]


def in_words(value: Cell, unit: str, money: str) -> str:
    """A value inside a text."""
    if isinstance(value, str):
        return value
    return formats.figure(value, money if unit == YUAN else unit)


def exact(value: Cell, unit: str, money: str) -> Cell:
    """A value in a cell of its own: a number in the sheet's unit, not rounded."""
    if isinstance(value, Decimal) and unit == YUAN and money == WAN:
        return value / Decimal(10_000)
    return value
