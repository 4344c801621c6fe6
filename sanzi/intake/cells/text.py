"""Words: trimmed, free of characters that no keyboard makes, within the limit."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from sanzi.intake.masking import plain

from .verdict import Cell, Flaw, Noted, corrected

SHORT_MAX = 200
LONG_MAX = 2_000
NUMBER_MAX = 60

# Columns where a town writes sentences.
LONG_FIELDS = frozenset(
    {"remark", "special_clauses", "cause", "boundaries", "security", "agreed_use", "actual_use"}
    | {"matter", "location"}
)

# Excel keeps 15 significant digits: a longer number has already lost its last ones.
DIGITS_EXACT = 10**15

_INVISIBLE = "\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_ODD = re.compile(rf"[\x00-\x1f\x7f\ud800-\udfff\u00a0\u3000{_INVISIBLE}]|^\s|\s$|\s\s")
# Spreadsheets can hold these, exports and PostgreSQL cannot.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DROPPED = re.compile(f"[{_INVISIBLE}]")
_SPACES = re.compile(r"[^\S\n]+")


def folded(text: str) -> str:
    """Half-width, without any space or invisible character: for codes, numbers and headers."""
    if text.isascii() and text.isalnum():
        return text
    return "".join(_DROPPED.sub("", unicodedata.normalize("NFKC", text)).split())


def check_characters(text: str) -> None:
    if found := _FORBIDDEN.search(text):
        point = f"U+{ord(found.group()):04X}"
        raise Flaw("text-characters", f"含不可见的控制字符（{point}），请删除该格内容后重新录入")


def tidied(text: str) -> str:
    """Single spaces, no invisible characters, nothing before or after; line breaks stay."""
    text = _SPACES.sub(" ", _DROPPED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def limit_of(field: str) -> int:
    """The most characters a text column takes."""
    if is_number_field(field):
        return NUMBER_MAX
    return LONG_MAX if field in LONG_FIELDS else SHORT_MAX


def is_number_field(field: str) -> bool:
    """Whether the column holds a business number (编号, 文号) rather than words."""
    return field == "number" or field.endswith("_number")


def _check_length(text: str, limit: int) -> None:
    if len(text) > limit:
        raise Flaw("text-too-long", f"共 {len(text):,} 个字，超过上限 {limit:,} 个字，请精简")


def text_parser(field: str) -> Callable[[Cell], str | Noted | None]:
    """Text of this field; a number in a business-number column is taken as its digits, and told."""
    limit = limit_of(field)
    is_number = is_number_field(field)

    def parse(cell: Cell) -> str | Noted | None:
        if isinstance(cell, str):
            if not _ODD.search(cell):
                if len(cell) > limit:
                    _check_length(cell, limit)
                return cell or None
            check_characters(cell)
            text = tidied(cell)
            _check_length(text, limit)
            if text == cell or not text:
                return text or None
            return corrected(text, "text-trimmed", "首尾或多余的空格、不可见字符已去除")
        return _number_from(cell) if is_number else plain(cell)

    return parse


def _number_from(cell: Cell) -> Noted:
    if isinstance(cell, (date, datetime, time, timedelta)):
        raise Flaw("number-became-date", "编号被 Excel 变成了日期，请把该列设为“文本”后重新录入")
    if not isinstance(cell, (int, float)) or cell != int(cell) or cell < 0:
        raise Flaw("number-not-text", "编号列须为文本，请把该列设为“文本”后重新录入")
    if cell >= DIGITS_EXACT:
        raise Flaw(
            "number-digits-lost", "编号被存成了数字，后几位已丢失；请把该列设为“文本”后重新录入"
        )
    return corrected(
        str(int(cell)),
        "number-from-numeric",
        "编号是数字格，已按所见数字读取；若原有前导 0，请改为文本格重填",
    )
