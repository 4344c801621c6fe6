"""A card as stored and as typed: the ways of scoring by name, their terms as a short text.

`line` "0.5→0.95", `steps` "100000=50%；1000000=100%", `deducted` "5", `added` "0.5",
`judged` "100".
What is stored can be read without this program; what is typed is refused by row with what to do.
No framework.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .scorecard import Band, Card, Indicator, Veto, faults_of
from .scoring import Added, Deducted, Judged, Line, Scoring, Steps, plain

PANEL, TYPED, METRIC = "panel", "typed", "metric:"
ROWS_MAX = 200
_NUMBER = re.compile(r"-?[0-9]{1,13}(\.[0-9]{1,6})?%?")
_CODE = re.compile(r"[A-Za-z0-9.\-_]{1,20}")
_FULL = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")


class UnclearTerms(ValueError):
    """Terms that are not of their way; the message says how they are written."""


@dataclass(frozen=True)
class Way:
    """One way of scoring as people choose it."""

    name: str
    label: str
    example: str
    read: Callable[[str], Scoring]


def _number(text: str) -> Decimal:
    text = text.strip().replace(",", "")
    if not _NUMBER.fullmatch(text):
        raise UnclearTerms(f"“{text[:20]}”不是数字")
    return Decimal(text[:-1]) / 100 if text.endswith("%") else Decimal(text)


def _positive(text: str) -> Decimal:
    value = _number(text)
    if value <= 0:
        raise UnclearTerms("应大于 0")
    return value


def _line(terms: str) -> Scoring:
    ends = re.split(r"→|->|~|至", terms)
    if len(ends) != 2:
        raise UnclearTerms("应写成 0.5→0.95：左边得 0 分，右边得满分")
    zero_at, full_at = map(_number, ends)
    if zero_at == full_at:
        raise UnclearTerms("两端不能相等")
    return Line(zero_at, full_at)


def _steps(terms: str) -> Scoring:
    steps = []
    for part in filter(None, re.split(r"[；;\n]", terms)):
        at, _, share = part.partition("=")
        if not share:
            raise UnclearTerms("应写成 100000=50%；1000000=100%")
        steps.append((_number(at), _number(share)))
    if not steps or [at for at, _ in steps] != sorted({at for at, _ in steps}):
        raise UnclearTerms("各档应从低到高，不能重复")
    if any(not 0 <= share <= 1 for _, share in steps):
        raise UnclearTerms("每档的比例应在 0% 到 100% 之间")
    return Steps(tuple(steps))


WAYS: dict[str, Way] = {
    way.name: way
    for way in (
        Way("line", "按比例", "0.5→0.95", _line),
        Way("steps", "分档", "100000=50%；1000000=100%", _steps),
        Way("deducted", "每个扣", "5", lambda terms: Deducted(_positive(terms))),
        Way("added", "每个加", "0.5", lambda terms: Added(_positive(terms))),
        Way("judged", "评委打分", "100", lambda terms: Judged(_positive(terms))),
    )
}


@dataclass(frozen=True)
class Row:
    """One indicator as typed or stored: text in every cell."""

    code: str
    module: str
    title: str
    full: str
    source: str
    way: str
    terms: str
    missing: str = "zero"
    is_bonus: bool = False


@dataclass(frozen=True)
class Sheet:
    """A whole card as typed or stored."""

    title: str
    rows: Sequence[Row]
    vetoes: Sequence[tuple[str, str, str]] = ()  # code, title, most
    bands: Sequence[tuple[str, str]] = ()  # at, title
    bonus_most: str = "0"
    tie_break: Sequence[str] = ()


def card_of(sheet: Sheet, metrics: Mapping[str, str]) -> Card:
    """The card of a sheet. Raises ValueError with every fault, by row (metrics: id to label)."""
    faults: list[str] = []
    indicators = []
    for place, row in enumerate(sheet.rows, start=1):
        wrong = list(_faults_of(row, metrics))
        faults += [f"第 {place} 行{fault}" for fault in wrong]
        if not wrong:
            indicators.append(_indicator(row))
    if faults:
        raise ValueError("；".join(faults))
    card = Card(
        title=sheet.title,
        indicators=tuple(indicators),
        vetoes=tuple(Veto(code, title, Decimal(most)) for code, title, most in sheet.vetoes),
        bands=tuple(Band(Decimal(at), title) for at, title in sheet.bands),
        bonus_most=Decimal(sheet.bonus_most or "0"),
        tie_break=tuple(sheet.tie_break),
    )
    if faults := faults_of(card):
        raise ValueError("；".join(faults))
    return card


def _faults_of(row: Row, metrics: Mapping[str, str]) -> list[str]:
    found = []
    if not _CODE.fullmatch(row.code):
        found.append(f"“编号”应为 1 到 20 位字母、数字，如 A1，现为“{row.code[:20]}”")
    if not row.title.strip():
        found.append("“指标”没有填写")
    if not _FULL.fullmatch(row.full) or not Decimal(row.full):
        found.append(f"“分值”应为大于 0 的数，最多两位小数，现为“{row.full[:10]}”")
    if row.source not in (PANEL, TYPED) and row.source.removeprefix(METRIC) not in metrics:
        found.append("“取数”请从列表中选择")
    if (row.way == "judged") != (row.source == PANEL):
        found.append("“计分方式”为评委打分的，“取数”也应为评委打分，反之亦然")
    if row.way not in WAYS:
        found.append("“计分方式”请从列表中选择")
    else:
        try:
            WAYS[row.way].read(row.terms)
        except UnclearTerms as wrong:
            found.append(f"“计分参数”{wrong}")
    return found


def _indicator(row: Row) -> Indicator:
    return Indicator(
        code=row.code,
        title=row.title.strip(),
        module=row.module.strip(),
        full=Decimal(row.full),
        scoring=WAYS[row.way].read(row.terms),
        source=row.source,
        missing="spread" if row.missing == "spread" else "zero",
        is_bonus=row.is_bonus,
    )


def read_bands(text: str) -> tuple[tuple[str, str], ...]:
    """`90=五星；80=四星`. Raises UnclearTerms."""
    found: list[tuple[str, str]] = []
    for part in filter(None, (one.strip() for one in re.split(r"[；;\n]", text))):
        at, _, title = part.partition("=")
        if not title.strip():
            raise UnclearTerms("应写成 90=五星；80=四星")
        found.append((plain(_number(at)), title.strip()[:20]))
    return tuple(found)


def read_vetoes(text: str) -> tuple[tuple[str, str, str], ...]:
    """`弄虚作假=0`, one a line; their codes are v1, v2 … Raises UnclearTerms."""
    found: list[tuple[str, str, str]] = []
    for part in filter(None, (one.strip() for one in text.splitlines())):
        title, _, most = part.rpartition("=")
        if not title.strip():
            raise UnclearTerms("应写成 弄虚作假=0，每行一项")
        found.append((f"v{len(found) + 1}", title.strip()[:60], plain(_number(most))))
    return tuple(found)


def to_json(sheet: Sheet) -> dict[str, Any]:
    """A sheet as it is stored."""
    return {
        "title": sheet.title,
        "rows": [vars(row) for row in sheet.rows],
        "vetoes": [list(veto) for veto in sheet.vetoes],
        "bands": [list(band) for band in sheet.bands],
        "bonus_most": sheet.bonus_most,
        "tie_break": list(sheet.tie_break),
    }


def from_json(stored: Mapping[str, Any]) -> Sheet:
    """The stored sheet."""
    return Sheet(
        title=stored["title"],
        rows=tuple(Row(**row) for row in stored["rows"]),
        vetoes=tuple((code, title, most) for code, title, most in stored["vetoes"]),
        bands=tuple((at, title) for at, title in stored["bands"]),
        bonus_most=stored["bonus_most"],
        tie_break=tuple(stored["tie_break"]),
    )


def changes(old: Sheet, new: Sheet) -> list[str]:
    """What a new year's card changed against the one it was copied from, in sentences."""
    before = {row.code: row for row in old.rows}
    after = {row.code: row for row in new.rows}
    said = [f"新增“{row.title}”{row.full} 分" for code, row in after.items() if code not in before]
    said += [f"取消“{row.title}”{row.full} 分" for code, row in before.items() if code not in after]
    for code, row in after.items():
        if code in before:
            said += _changes_of(before[code], row)
    if old.bonus_most != new.bonus_most:
        said.append(f"加分上限由 {old.bonus_most} 分改为 {new.bonus_most} 分")
    if tuple(old.bands) != tuple(new.bands):
        said.append("等级分数线有改动")
    if tuple(old.vetoes) != tuple(new.vetoes):
        said.append("一票否决项有改动")
    return said


_NAMES = (
    ("title", "名称"), ("full", "分值"), ("source", "取数"), ("way", "计分方式"),
    ("terms", "计分参数"), ("missing", "缺项处理"),
)  # fmt: skip


def _changes_of(old: Row, new: Row) -> list[str]:
    return [
        f"“{new.title}”的{name}由“{getattr(old, field)}”改为“{getattr(new, field)}”"
        for field, name in _NAMES
        if getattr(old, field) != getattr(new, field)
    ]


def total_of(rows: Sequence[Row]) -> str:
    """The marks of what is no bonus added up, to print under the grid."""
    full = [Decimal(r.full) for r in rows if not r.is_bonus and _FULL.fullmatch(r.full)]
    return plain(sum(full, Decimal(0)))
