"""Finding the header row of a sheet, the register it is, and the field of each column."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .cells.text import folded
from .cells.verdict import Cell
from .dictionary import SHEETS, Column, Sheet
from .masking import plain
from .scan import column_letter
from .tables import ColumnMatch, How

# How far down a header may be, below a title, a unit line and remarks.
HEADER_ROWS = 30
RECOGNISED_MIN = 2

UNITS = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}

# What a sheet's name may say instead of the register's own title.
_SHEET_WORDS: dict[str, tuple[str, ...]] = {
    "村情": ("村情", "村基本情况", "基本情况", "村概况", "村级情况"),
    "合同": ("合同", "承包合同", "合同台账"),
    "债权": ("债权", "应收", "应收款", "欠款"),
    "债务": ("债务", "应付", "负债"),
    "资源": ("资源", "地块", "土地资源", "新增资源"),
    "资产": ("资产", "固定资产", "经营性资产"),
    "资金账户": ("资金账户", "资金", "账户", "银行账户", "货币资金"),
    "处置记录": ("处置记录", "处置", "处置台账", "清理记录"),
    "增收项目": ("增收项目", "增收", "项目"),
    "年度收入": ("年度收入", "收入", "收支", "年度收支"),
    "任务": ("任务", "任务清单", "任务台账"),
}

# Columns every register has: they do not tell one from another.
_COMMON = frozenset({"number", "village", "name", "remark"})

# A count of the rows on paper says nothing of them.
_COUNTERS = frozenset({"序号", "行号", "顺序号", "序"})

_RANKS: dict[How, int] = {"chosen": 0, "name": 1, "alias": 2, "unit": 3}
_MARKS = re.compile(r"[*＊:：()\[\]【】（）\"“”'‘’]")
_BRACKET = re.compile(r"[(\[【]([^)\]】]*)[)\]】]")
_TRAILING_UNIT = re.compile(r"[,，/、_-]?(?:单位[::]?)?(亿元|百万元|万元|千元|元|亩|%)$")
_UNIT_LINE = re.compile(r"单位[::]?[^,,;;。]*?(亿元|百万元|万元|千元|元)")
_UNUSABLE_UNITS = re.compile(r"平方米|㎡|m2|平米|公顷|平方公里|平方千米|ha$")

Choices = Mapping[tuple[str, str], str | None]


@dataclass(slots=True)
class Heading:
    """The header of one sheet, understood. Rows are Excel's own numbers."""

    sheet: Sheet | None
    header_row: int
    data_row: int
    labels: dict[int, str]
    columns: list[ColumnMatch] = field(default_factory=list)
    # Columns whose header means a field that another column already feeds: index -> field.
    doubled: dict[int, str] = field(default_factory=dict)
    # Columns a person has chosen to leave out.
    ignored: set[int] = field(default_factory=set)
    # Columns whose unit cannot be converted exactly: index -> unit.
    unusable: dict[int, str] = field(default_factory=dict)
    unit_line: str = ""

    @property
    def unmatched(self) -> dict[int, str]:
        used = {column.index for column in self.columns} | self.ignored
        return {index: label for index, label in self.labels.items() if index not in used}

    @property
    def counters(self) -> set[int]:
        """Columns that merely number the rows."""
        return {i for i, label in self.unmatched.items() if fold_header(label) in _COUNTERS}

    @property
    def missing(self) -> list[Column]:
        found = {column.field for column in self.columns}
        columns = self.sheet.columns if self.sheet else ()
        return [column for column in columns if column.required and column.field not in found]


def fold_header(text: str) -> str:
    """A header without spaces, brackets, stars and width: 合同面积（亩） is 合同面积亩."""
    return _MARKS.sub("", folded(text)).lower()


def _readings(label: str) -> list[tuple[str, How]]:
    """What the header may be called, the most literal reading first."""
    text = folded(label)
    whole = fold_header(text)
    outside = fold_header(_BRACKET.sub("", text))
    inside = [fold_header(part) for part in _BRACKET.findall(text)]
    without_unit = _TRAILING_UNIT.sub("", whole)
    readings: list[tuple[str, How]] = [(whole, "name")]
    readings += [(reading, "unit") for reading in (without_unit, outside) if reading]
    readings += [(_TRAILING_UNIT.sub("", outside), "unit")]
    readings += [(reading, "alias") for reading in inside if len(reading) > 1]
    return [reading for reading in readings if reading[0]]


class _Names:
    """Every name of a register's columns: titles, then aliases, then both without unit."""

    def __init__(self, sheet: Sheet) -> None:
        self._fields: dict[str, tuple[str, How]] = {}
        for column in sheet.columns:
            self._learn(column.title, column.field, "name")
        for column in sheet.columns:
            for alias in column.aliases:
                self._learn(alias, column.field, "alias")
        for column in sheet.columns:
            for name in (column.title, *column.aliases):
                self._learn(_TRAILING_UNIT.sub("", fold_header(name)), column.field, "unit")

    def _learn(self, name: str, field: str, how: How) -> None:
        self._fields.setdefault(fold_header(name), (field, how))

    def find(self, label: str) -> tuple[str, How] | None:
        for reading, way in _readings(label):
            if found := self._fields.get(reading):
                return found[0], max(found[1], way, key=_RANKS.__getitem__)
        return None


_NAMES = {sheet.title: _Names(sheet) for sheet in SHEETS}


def named_sheets(name: str) -> list[Sheet]:
    """The registers whose words the sheet's name holds, by the longest of those words."""
    text = folded(name)
    lengths = {
        title: max((len(word) for word in words if word in text), default=0)
        for title, words in _SHEET_WORDS.items()
    }
    longest = max(lengths.values())
    return [sheet for sheet in SHEETS if longest and lengths[sheet.title] == longest]


def _labels(row: Sequence[Cell]) -> dict[int, str]:
    labels: dict[int, str] = {}
    for index, cell in enumerate(row):
        if cell != "" and (text := " ".join(plain(cell).split())):
            labels[index] = text
    return labels


def _joined(upper: dict[int, str], lower: dict[int, str], width: int) -> dict[int, str]:
    """Two header rows as one: a group head stands over every column until the next one."""
    labels: dict[int, str] = {}
    group = ""
    for index in range(width):
        group = upper.get(index, group)
        below = lower.get(index)
        if below is None:
            if index in upper:
                labels[index] = upper[index]
        else:
            labels[index] = group + below if group and group != below else below
    return labels


class _Finder:
    """Looks at the first rows of one sheet through the eyes of each register."""

    def __init__(self, name: str, rows: Sequence[Sequence[Cell]], choices: Choices) -> None:
        self._name = name
        self._choices = {label: field for (sheet, label), field in choices.items() if sheet == name}
        width = max((len(row) for row in rows), default=0)
        singles = [_labels(row) for row in rows]
        # Each candidate: labels, the number of rows the header takes, and its first row.
        self._candidates = [(labels, 1, at) for at, labels in enumerate(singles) if labels]
        self._candidates += [
            (_joined(upper, lower, width), 2, at)
            for at, (upper, lower) in enumerate(zip(singles, singles[1:], strict=False))
            if len(upper) >= 2 and len(lower) >= 2
        ]

    def heading(self, sheet: Sheet, named: bool, forced: bool = False) -> Heading | None:
        """The best header row for this register, or None when none is good enough."""
        best: Heading | None = None
        for labels, height, at in self._candidates:
            found = self._match(sheet, labels, height, at)
            if best is None or len(found.columns) > len(best.columns):
                best = found
        if best is None or not self._is_enough(best, sheet, named, forced):
            return None
        return best

    @staticmethod
    def _is_enough(heading: Heading, sheet: Sheet, named: bool, forced: bool) -> bool:
        if forced:
            return bool(heading.columns)
        if named:
            return len(heading.columns) >= RECOGNISED_MIN
        required = sum(column.required for column in sheet.columns)
        present = required - len(heading.missing)
        telling = [column for column in heading.columns if column.field not in _COMMON]
        return len(telling) >= RECOGNISED_MIN and present * 2 >= required

    def _match(self, sheet: Sheet, labels: dict[int, str], height: int, at: int) -> Heading:
        heading = Heading(sheet, at + height, at + height + 1, labels)
        taken: dict[str, tuple[int, int]] = {}
        found: dict[int, tuple[str, How]] = {}
        for index, label in labels.items():
            match = self._field(sheet, label, heading, index)
            if match is None:
                continue
            found[index] = match
            rank = (_RANKS[match[1]], index)
            if match[0] not in taken or rank < taken[match[0]]:
                taken[match[0]] = rank
        for index, (name, how) in found.items():
            if taken[name][1] != index:
                heading.doubled[index] = name
            elif index not in heading.unusable:
                letter = column_letter(index)
                heading.columns.append(ColumnMatch(index, letter, labels[index], name, how))
        return heading

    def _field(
        self, sheet: Sheet, label: str, heading: Heading, index: int
    ) -> tuple[str, How] | None:
        if label in self._choices:
            chosen = self._choices[label]
            if chosen is None:
                heading.ignored.add(index)
                return None
            if any(column.field == chosen for column in sheet.columns):
                return chosen, "chosen"
        found = _NAMES[sheet.title].find(label)
        if found is not None:
            kind = sheet.column(found[0]).type
            unit = _UNUSABLE_UNITS.search(folded(label)) if kind in ("area", "money") else None
            if unit:
                heading.unusable[index] = unit.group()
        return found

    def guess(self) -> Heading | None:
        """The most likely header of a sheet that is no register known: its first row of words."""
        for labels, height, at in self._candidates:
            if height == 1 and len(labels) >= RECOGNISED_MIN:
                return Heading(None, at + 1, at + 2, labels)
        return None


def find_heading(
    name: str,
    rows: Sequence[Sequence[Cell]],
    *,
    choices: Choices,
    sheet: Sheet | None = None,
) -> Heading | None:
    """Which register this sheet is and what its columns are, from its name and its first rows.

    `choices` are a person's corrections by (sheet name, header); `sheet` is a person's own answer
    to which register it is. A Heading without a sheet is a guess to be shown to a person.
    """
    finder = _Finder(name, rows[:HEADER_ROWS], choices)
    if sheet is not None:
        found = finder.heading(sheet, named=True, forced=True)
        return _with_units(found, rows) if found else finder.guess()
    named = named_sheets(name)
    for sheets, is_named in ((named, True), (SHEETS, False)):
        headings = [h for entry in sheets if (h := finder.heading(entry, named=is_named))]
        if headings:
            best = max(headings, key=lambda h: (len(h.columns), -len(h.missing)))
            return _with_units(best, rows)
    return finder.guess()


def _with_units(heading: Heading, rows: Sequence[Sequence[Cell]]) -> Heading:
    """Give each column of money its factor: from its own header, else from the line above."""
    assert heading.sheet is not None, "only a recognised sheet has units"
    heading.unit_line = _unit_line(rows[: heading.header_row])
    for place, column in enumerate(heading.columns):
        entry = heading.sheet.column(column.field)
        if entry.type == "money" and (factor := _factor(column, entry, heading.unit_line)) != 1:
            heading.columns[place] = ColumnMatch(
                column.index, column.letter, column.header, column.field, column.how, factor
            )
    return heading


def _unit_line(rows: Sequence[Sequence[Cell]]) -> str:
    for row in rows:
        for cell in row:
            if isinstance(cell, str) and (found := _UNIT_LINE.search(folded(cell))):
                return found.group(1)
    return ""


def own_unit(label: str) -> str:
    """The unit of money a header itself names, "" when it names none."""
    text = folded(label)
    for part in [*_BRACKET.findall(text), fold_header(text)]:
        if found := re.search(r"(亿元|百万元|万元|千元|元)(?!.*元)", part):
            return found.group(1)
    return ""


def is_price(entry: Column) -> bool:
    """Whether the column is a price per 亩, which is written in 元 whatever the sheet is in."""
    return "每亩" in entry.title


def _factor(column: ColumnMatch, entry: Column, unit_line: str) -> int:
    unit = own_unit(column.header)
    if not unit and not is_price(entry):
        unit = unit_line
    return UNITS.get(unit, 1)
