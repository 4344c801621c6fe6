"""Land classes: the codes surveys and ledgers use, and how the older become the present ones.

Systems in `land.csv`: GB/T 21010-2017 (four digits), GB/T 21010-2007 (three digits), and the
working classes the two national surveys added to them (TD/T 1055-2019, TD/T 1014-2007), such as
0201K 可调整果园. Where names agree across systems, the present standard's class is meant.

Since 2023 offices also issue 国土空间用地用海分类 codes, whose digits clash with these: 0601 is
工业用地 here and a village road there. A bare four-digit code that both sets have is read as
GB/T 21010; one that only the other set can have (six digits, first level 13 to 24) is refused, and
so is a bare first-level 05 to 12. A code written with its name (0601工业用地) must agree with it.

A three-digit code is the 2007 standard's: 103 is 街巷用地, never 0103 旱地 with its zero lost in a
numeric cell. Whoever reads cells has to refuse a number there.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from .codes import fold_code

Group = Literal["农用地", "建设用地", "未利用地", ""]

PRESENT = "GB/T 21010-2017"


@dataclass(frozen=True)
class LandClass:
    """One class of one system; `group` (三大类) is empty for a first level that spans several."""

    system: str
    code: str
    name: str
    group: Group


# The two code sets agree on the first four first-level classes only.
_SHARED_FIRST_LEVELS = frozenset({"01", "02", "03", "04"})
_FIRST_LEVEL = re.compile(r"0[1-9]|1[0-2]")
_OTHER_SET = re.compile(r"(1[3-9]|2[0-4])([0-9]{2}){0,2}|[0-9]{6}")
_CODE_AND_NAME = re.compile(r"([0-9][0-9A-Z]*)[-:、.]?([^0-9A-Z].*)")

_BY_CODE: dict[str, LandClass] = {}
_BY_NAME: dict[str, LandClass] = {}
_NAMES: dict[str, frozenset[str]] = {}
_BECOMES: dict[str, tuple[str, ...]] = {}


def _load() -> None:
    """Codes are unique across the systems; of equal names the first, the present one, is kept."""
    with Path(__file__).with_name("land.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            land = LandClass(row["system"], row["code"], row["name"], cast(Group, row["group"]))
            names = frozenset(filter(None, (row["name"], row["also"])))
            _BY_CODE[land.code] = land
            _NAMES[land.code] = names
            _BECOMES[land.code] = tuple(filter(None, row["becomes"].split("|")))
            for name in names:
                _BY_NAME.setdefault(name, land)


_load()


def find(text: str) -> LandClass | None:
    """The class a code, a name, or a code with its name means; None when it is none or not sure."""
    return None if check_land_class(text) else _look_up(fold_code(text))


def check_land_class(text: str) -> str | None:
    """Why this is not a land class of GB/T 21010; None when it is."""
    folded = fold_code(text)
    if _FIRST_LEVEL.fullmatch(folded) and folded not in _SHARED_FIRST_LEVELS:
        return f"只有一级类“{folded}”，不同分类标准含义不同，请填4位代码，如 0601"
    land = _look_up(folded)
    if land is not None:
        pair = _CODE_AND_NAME.fullmatch(folded)
        if pair and pair[2] not in _NAMES[land.code]:
            return f"地类代码与名称不符：{land.code}是{land.name}，不是{pair[2]}"
        return None
    if _OTHER_SET.fullmatch(folded):
        return "像国土空间用地用海分类的代码，请换成 GB/T 21010-2017 的4位代码"
    return "不是土地利用现状分类（GB/T 21010）的代码或名称，如 0103 旱地"


def successors(land: LandClass) -> tuple[LandClass, ...]:
    """What the class is called in GB/T 21010-2017.

    Several when the class was divided: somebody who knows the parcel has to choose. None for the
    settlement classes of the second survey (201 to 205), which have no counterpart.
    """
    if land.system == PRESENT:
        return (land,)
    return tuple(_BY_CODE[code] for code in _BECOMES[land.code])


def _look_up(folded: str) -> LandClass | None:
    """By code, else by name, else by the code a name follows."""
    land = _BY_CODE.get(folded) or _BY_NAME.get(folded)
    if land is None and (pair := _CODE_AND_NAME.fullmatch(folded)):
        return _BY_CODE.get(pair[1])
    return land
