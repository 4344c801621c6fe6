"""A table of responsibility copied from a spreadsheet: every cell told by row and column."""

import csv
import re
from dataclasses import dataclass
from datetime import date
from io import StringIO

ROWS_MAX = 2_000
LEVELS = {"片": "area", "村": "village", "组": "group", "户": "household"}
# Heads as they stand in the office's own sheets; the first is the one the page shows.
HEADS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("level", ("层级", "包联层级", "级别")),
    ("area", ("片区", "片", "包片")),
    ("village", ("村", "行政村", "村名")),
    ("group", ("组", "小组", "村民小组")),
    ("household", ("户", "户主", "农户")),
    ("name", ("姓名", "责任人", "包联人")),
    ("title", ("职务", "身份")),
    ("phone", ("电话", "联系电话", "手机")),
    ("from_on", ("起始日期", "起", "开始日期")),
)
COLUMNS = tuple(name for name, _ in HEADS)
TITLES = {name: words[0] for name, words in HEADS}
_BY_HEAD = {word: name for name, words in HEADS for word in words}
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell, and what to do."""

    row: int
    column: str
    words: str

    def __str__(self) -> str:
        return f"第 {self.row} 行“{TITLES.get(self.column, self.column)}”：{self.words}"


@dataclass(frozen=True)
class Line:
    """One row as typed; `number` counts the rows of the paste, its head included."""

    number: int
    level: str
    name: str
    area: str = ""
    village: str = ""
    group: str = ""
    household: str = ""
    title: str = ""
    phone: str = ""
    from_on: date | None = None


def read(text: str) -> tuple[list[Line], list[Fault]]:
    """The lines of a pasted table, and every fault of its cells; blank rows are passed over."""
    order: tuple[str, ...] = COLUMNS
    lines: list[Line] = []
    faults: list[Fault] = []
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter="\t"))
    except csv.Error:
        return [], [Fault(1, "level", "表格里有没有配对的引号，读不出来；请删去引号再粘贴")]
    for number, cells in enumerate(rows, 1):
        cells = [" ".join(cell.split()) for cell in cells]
        if not any(cells):
            continue
        if not lines and not faults and (heads := _heads(cells)):
            order = heads
            continue
        if len(lines) + len(faults) >= ROWS_MAX:
            faults.append(Fault(number, "level", f"一次最多粘贴 {ROWS_MAX:,} 行，请分几次"))
            break
        line, wrong = _line(number, dict(zip(order, cells, strict=False)))
        faults += wrong
        if line:
            lines.append(line)
    return lines, faults


def _heads(cells: list[str]) -> tuple[str, ...]:
    named = tuple(_BY_HEAD.get(cell, "") for cell in cells)
    return named if "level" in named and "name" in named else ()


def _line(number: int, told: dict[str, str]) -> tuple[Line | None, list[Fault]]:
    told = {name: told.get(name, "") for name in COLUMNS}
    level = LEVELS.get(told["level"].removeprefix("包"), "")
    faults = [Fault(number, name, words) for name, words in _wrong(level, told)]
    from_on, unclear = read_day(told["from_on"])
    if unclear:
        faults.append(Fault(number, "from_on", unclear))
    if faults:
        return None, faults
    words = {name: told[name] for name in COLUMNS if name not in ("level", "from_on")}
    return Line(number, level, from_on=from_on, **words), []


def _wrong(level: str, told: dict[str, str]) -> list[tuple[str, str]]:
    """What a level asks for and did not get: (column, what to do)."""
    if not level:
        return [("level", "应填 片、村、组、户 之一")]
    needs = {
        "area": ("area",), "village": ("village",), "group": ("village", "group"),
        "household": ("village", "household"),
    }[level]  # fmt: skip
    found = [(name, f"包{told['level'].removeprefix('包')}的一行要填写这一格") for name in needs
             if not told[name]]  # fmt: skip
    if not told["name"]:
        found.append(("name", "请填写姓名"))
    too_long = [(name, "最多 30 个字") for name in COLUMNS[1:7] if len(told[name]) > 30]
    return found + too_long


def read_day(text: str) -> tuple[date | None, str]:
    """A day as offices write it, or what is unclear about it; an empty cell is neither."""
    if not text:
        return None, ""
    found = _DAY.fullmatch(text)
    if found is None:
        return None, "日期应写成 2026-03-01"
    try:
        return date(*map(int, found.groups())), ""
    except ValueError:
        return None, "没有这一天，请核对"
