"""Codes of the administrative tree: statistical division codes, cut where the level ends.

The code of a region is the significant prefix of its 12 digits (统计用区划代码, 2+2+2+3+3), so that
every region's code begins with its parent's. Groups below a village add two digits (NY/T 2538).
A level a place does not have is all zeros and is skipped: 441900003 (a street of 东莞) is a child
of 4419, for a city without counties has none to stand between.
"""

from itertools import pairwise
from typing import Literal, get_args

from .refusals import Invalid

Level = Literal["nation", "province", "city", "county", "town", "village", "group"]

LEVELS: tuple[Level, ...] = get_args(Level)

# Where each level's code ends.
_ENDS = (0, 2, 4, 6, 9, 12, 14)
_LEVEL_AT = dict(zip(_ENDS, LEVELS, strict=True))
_STARTS = {end: start for start, end in pairwise(_ENDS)}
_FULL = 12

# Codes of this prefix name no real place; demonstrations and tests use them.
FICTIONAL = "99"

# GB/T 2260, the 34 divisions of the first level.
PROVINCES: dict[str, str] = {
    "11": "北京市",
    "12": "天津市",
    "13": "河北省",
    "14": "山西省",
    "15": "内蒙古自治区",
    "21": "辽宁省",
    "22": "吉林省",
    "23": "黑龙江省",
    "31": "上海市",
    "32": "江苏省",
    "33": "浙江省",
    "34": "安徽省",
    "35": "福建省",
    "36": "江西省",
    "37": "山东省",
    "41": "河南省",
    "42": "湖北省",
    "43": "湖南省",
    "44": "广东省",
    "45": "广西壮族自治区",
    "46": "海南省",
    "50": "重庆市",
    "51": "四川省",
    "52": "贵州省",
    "53": "云南省",
    "54": "西藏自治区",
    "61": "陕西省",
    "62": "甘肃省",
    "63": "青海省",
    "64": "宁夏回族自治区",
    "65": "新疆维吾尔自治区",
    "71": "台湾省",
    "81": "香港特别行政区",
    "82": "澳门特别行政区",
}


def trim(code: str) -> str:
    """The canonical code: 140521101000 and 140521101 are both 140521101.

    Takes a full code or any prefix that ends where a level ends. Raises Invalid for the rest.
    """
    if len(code) not in _LEVEL_AT or not _is_ascii_digits(code):
        raise Invalid("region.code", f"区划代码“{code}”不对，应为12位数字")
    if code and not _is_known_province(code):
        raise Invalid("region.code", f"区划代码“{code}”前两位不是省级代码")
    while code and not code[_STARTS[len(code)] :].strip("0"):
        code = code[: _STARTS[len(code)]]
    return code


def level(code: str) -> Level:
    """The level of a canonical code."""
    if len(code) not in _LEVEL_AT:
        raise Invalid("region.code", f"区划代码“{code}”不对，应为12位数字")
    return _LEVEL_AT[len(code)]


def parent(code: str) -> str | None:
    """The canonical code one level up; None above the nation."""
    return trim(code[: _STARTS[len(code)]]) if code else None


def ancestors(code: str) -> list[str]:
    """Every canonical code above, the nation first; the code itself is not among them."""
    above: list[str] = []
    while (up := parent(code)) is not None:
        above.insert(0, up)
        code = up
    return above


def full(code: str) -> str:
    """The 12 digits forms ask for. A group has 14 and keeps them."""
    return code.ljust(_FULL, "0")


def check_village_code(text: str) -> str | None:
    """Why this is not the 12-digit code of a village; None when it is."""
    if not _is_ascii_digits(text) or not text:
        return "区划代码应为12位数字"
    if len(text) != _FULL:
        return f"区划代码应为12位，现{len(text)}位"
    if not _is_known_province(text):
        return f"区划代码前两位“{text[:2]}”不是省级代码"
    if text[6:9] == "000":
        return "区划代码没有到乡镇（第7至9位为000）"
    if text[9:] == "000":
        return "区划代码只到乡镇，没有到村（末三位为000）"
    return None


def _is_ascii_digits(text: str) -> bool:
    return text.isascii() and (text.isdigit() or not text)


def _is_known_province(code: str) -> bool:
    return code[:2] in PROVINCES or code[:2] == FICTIONAL
