"""A list of experts pasted from a spreadsheet: read line by line, every fault by its line.

Columns, parted by tabs: 姓名 单位 职称 领域 所在地代码 电话 专长 最多村数. Skills are words with
their level: 合同法务精通、电商营销2; without a level they count as 熟悉.
"""

import re
import unicodedata
from dataclasses import dataclass

from .matching.terms import LEVELS
from .skills import FIELDS, SKILLS

LINES_MAX = 500
COLUMNS = ("姓名", "单位", "职称", "领域", "所在地代码", "电话", "专长", "最多村数")
_BY_TITLE = {title: code for code, (title, _) in SKILLS.items()}
_LEVELS = {**{word: level for level, word in LEVELS.items()}, "1": 1, "2": 2, "3": 3, "": 2}
_FIELD_OF = {title: code for code, title in FIELDS.items()} | {"其他": "other"}
_SKILL = re.compile(rf"(.+?)({'|'.join(LEVELS.values())}|[123])?")


@dataclass(frozen=True)
class RosterRow:
    """One expert as pasted."""

    name: str
    unit: str
    title: str
    field: str
    base: str
    phone: str
    skills: dict[str, int]
    load_max: int


class UnclearRoster(ValueError):
    """What is wrong, line by line."""


def read_roster(text: str) -> list[RosterRow]:
    """The rows of a pasted list; a heading line is passed over. Raises UnclearRoster."""
    lines = [one for one in unicodedata.normalize("NFKC", text).splitlines() if one.strip()]
    if len(lines) > LINES_MAX:
        raise UnclearRoster(f"一次最多 {LINES_MAX} 行，请分几次粘贴")
    rows, faults = [], []
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in line.split("\t")]
        if cells[0] == COLUMNS[0]:
            continue
        try:
            rows.append(_row(cells))
        except UnclearRoster as fault:
            faults.append(f"第 {number} 行：{fault}")
    if faults:
        raise UnclearRoster("；".join(faults[:20]))
    if not rows:
        raise UnclearRoster("没有读到专家，请从表格里复制后粘贴")
    return rows


def _row(cells: list[str]) -> RosterRow:
    name, unit, title, field, base, phone, skills, most = (cells + [""] * 8)[:8]
    if len(name) < 2 or len(unit) < 2:
        raise UnclearRoster("姓名、单位都要填")
    if field not in _FIELD_OF:
        raise UnclearRoster(f"领域“{field[:10]}”应为{'、'.join(FIELDS.values())}之一")
    if base and not (base.isascii() and base.isdigit() and len(base) in (4, 6, 9)):
        raise UnclearRoster(f"所在地“{base[:12]}”应为市 4 位、县 6 位或乡镇 9 位代码")
    if most and not (most.isascii() and most.isdigit() and 1 <= int(most[:3]) <= 9):
        raise UnclearRoster("最多村数应为 1 到 9")
    return RosterRow(
        name[:40], unit[:80], title[:40], _FIELD_OF[field], base, phone[:20], _skills(skills),
        int(most or 1),
    )  # fmt: skip


def _skills(text: str) -> dict[str, int]:
    found = {}
    for word in re.split(r"[、，,;；\s]+", text):
        if not word:
            continue
        match = _SKILL.fullmatch(word)
        title, level = (match[1], match[2] or "") if match else (word, "")
        if title not in _BY_TITLE:
            raise UnclearRoster(f"专长“{word[:12]}”不在清单里（{'、'.join(_BY_TITLE)}）")
        found[_BY_TITLE[title]] = _LEVELS[level]
    if not found:
        raise UnclearRoster("至少填一项专长")
    return found
