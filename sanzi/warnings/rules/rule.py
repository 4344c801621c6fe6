"""What a warning rule is: what is measured, the lines it must not cross, the colour of each line.

Pure. A rule sees rows as plain values and the day; it never reads a table. The colour is the line
that was crossed and nothing else (platforms.md section 3): the mildest line is blue and only ever
goes to the weekly digest, so that most things are no red lamps.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Literal, NamedTuple

from sanzi.kernel.money import ZERO

Lane = Literal["block", "confirm", "warn", "digest"]
LANES: dict[str, str] = {
    "block": "阻断",
    "confirm": "须说明理由",
    "warn": "预警",
    "digest": "周摘要",
}
EXAMPLE = "示例，可修改，非官方依据"
TOPICS = (
    "资金", "结账账簿", "资产资源", "合同", "债权债务", "成员分配", "公开", "产权交易", "收入",
    "办理",
)  # fmt: skip


class Level(IntEnum):
    """How far a line was crossed."""

    BLUE = 1
    YELLOW = 2
    ORANGE = 3
    RED = 4

    @property
    def word(self) -> str:
        """Colour and meaning, so that nobody needs to see the colour."""
        return WORDS[self]


WORDS = {
    Level.BLUE: "蓝·提示",
    Level.YELLOW: "黄·注意",
    Level.ORANGE: "橙·较重",
    Level.RED: "红·严重",
}
COLOUR_RULE = (
    "颜色只看越过了哪一条线：越过第几条线就是什么颜色，与金额大小、由谁办理无关；"
    "蓝·提示只进周摘要，黄·注意、橙·较重、红·严重按预警办理。"
)


class Row(NamedTuple):
    """One row of a register or a book as a rule sees it; `key` is its name in the journal."""

    key: str
    name: str
    amount: Decimal = ZERO  # yuan at stake
    on: date | None = None  # the day that counts: due, ended, formed
    value: Decimal | None = None
    other: Decimal | None = None


class Subject(NamedTuple):
    """What one event can be about: a village, a contract, an account set; `cause` never changes."""

    village: str
    cause: str
    name: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Parameter:
    """A number an office may set: a line of the ladder, or what is too small to look at."""

    name: str
    title: str
    unit: str
    default: Decimal
    least: Decimal = ZERO
    most: Decimal = Decimal(1_000_000_000)
    source: str = EXAMPLE

    @property
    def is_example(self) -> bool:
        return self.source == EXAMPLE


Values = Mapping[str, Decimal]
# The rows that count and what each measures, in the rule's unit.
Measured = list[tuple[Row, Decimal]]
Look = Callable[[Sequence[Row], Values, date], Measured]


class Verdict(NamedTuple):
    """A line was crossed: which one, by what, and the rows that make the number."""

    level: Level
    value: Decimal
    threshold: Decimal
    money: Decimal
    rows: tuple[Row, ...]


_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": lambda value, line: value >= line,
    ">": lambda value, line: value > line,
    "<=": lambda value, line: value <= line,
    "<": lambda value, line: value < line,
}
COMPARED = {">=": "达到", ">": "超过", "<=": "不足或等于", "<": "低于"}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One warning rule. `ladder` goes from the mildest line to the worst, each a parameter."""

    code: str
    title: str
    topic: str
    measures: str  # what is measured, as a phrase before the number
    unit: str
    per: str  # what one event is about
    basis: str
    ladder: tuple[tuple[Level, str], ...]
    parameters: tuple[Parameter, ...]
    look: Look
    todo: str
    compare: Literal[">=", ">", "<=", "<"] = ">="
    # The worst row decides, or their number, or their sum.
    together: Literal["worst", "count", "sum"] = "worst"
    lane: Lane = "warn"
    # It happened and stays so: only an explanation another person accepts ends it.
    is_fact: bool = False
    # What is said instead where the number is below nought: 已届满.
    past: str = ""
    # Seen only by posts that may see clues of misconduct.
    is_restricted: bool = False
    # Whether what was so on a past day can be read from the rows of today.
    replays: bool = True

    def defaults(self) -> dict[str, Decimal]:
        """The numbers this product ships; examples unless a source is named."""
        return {one.name: one.default for one in self.parameters}

    def crossed(self, value: Decimal, values: Values) -> tuple[Level, Decimal] | None:
        """The worst line a value crosses, and where that line lies."""
        compare = _COMPARE[self.compare]
        found = [
            (level, values[name]) for level, name in self.ladder if compare(value, values[name])
        ]
        return max(found, key=lambda pair: pair[0]) if found else None

    def judge(self, subject: Subject, values: Values, on: date) -> Verdict | None:
        """What the rule says of a subject that day; None while no line is crossed."""
        measured = self.look(subject.rows, values, on)
        if self.together == "worst":
            measured = [pair for pair in measured if self.crossed(pair[1], values)]
        if not measured:
            return None
        value = self._value(measured)
        line = self.crossed(value, values)
        if line is None:
            return None
        rows = tuple(row for row, _ in measured)
        return Verdict(line[0], value, line[1], sum((row.amount for row in rows), ZERO), rows)

    def _value(self, measured: Measured) -> Decimal:
        if self.together == "count":
            return Decimal(len(measured))
        numbers = [value for _, value in measured]
        if self.together == "sum":
            return sum(numbers, ZERO)
        return min(numbers) if self.compare in ("<", "<=") else max(numbers)

    def says(self, verdict: Verdict) -> str:
        """The event in one sentence with its numbers."""
        if verdict.value < 0 and self.past:
            return f"{self.past} {spell(-verdict.value)} {self.unit}"
        value, line = spell(verdict.value), spell(verdict.threshold)
        crossed = f"{COMPARED[self.compare]}{verdict.level.word[0]}线"
        return f"{self.measures} {value} {self.unit}，{crossed} {line} {self.unit}"


@dataclass(frozen=True, kw_only=True)
class Gate:
    """A rule that already refuses, or asks for a reason, where the thing is done."""

    code: str
    title: str
    topic: str
    lane: Lane
    basis: str
    where: str  # which step asks, and what it says


@dataclass(frozen=True, kw_only=True)
class Absent:
    """A rule nothing on record can feed; shown so that nobody thinks it watches."""

    code: str
    title: str
    topic: str
    why: str


def spell(number: Decimal) -> str:
    """A number as people write it: 1,234.50, 30, 12.5."""
    if number == number.to_integral_value():
        return f"{int(number):,}"
    text = f"{number:,.2f}"
    return text.rstrip("0").rstrip(".") if text.endswith("0") else text
