"""Words from a list: one of them, several of them, or yes and no."""

import difflib
import re
from collections.abc import Callable

from .text import check_characters, folded
from .verdict import Cell, Flaw, Noted, corrected

# How towns answer a column whose header asks a question (是否书面) or holds a voucher (凭证: 是).
_ANSWERS: dict[str, dict[str, str]] = {
    "written": {"是": "书面", "否": "口头"},
    "evidence": {"是": "有", "否": "无"},
}
_YES = frozenset({"是", "有", "y", "yes", "true", "√", "✓", "☑", "1"})
_NO = frozenset({"否", "无", "没有", "不是", "n", "no", "false", "×", "✗", "x", "☐", "0"})
_SEPARATORS = re.compile(r"[、,，;；\n]")


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell)
    check_characters(text)
    return folded(text)


def _nearest(text: str, allowed: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(text, allowed, n=3, cutoff=0.3)
    near += [value for value in allowed if value not in near and (value in text or text in value)]
    if near:
        return f"最接近的可选值：{'、'.join(near[:3])}"
    return f"可选值：{'、'.join(allowed)}"


def _off_list(text: str, allowed: tuple[str, ...]) -> Flaw:
    return Flaw("choice-unknown", f"不在可选值之内，请改为其中之一。{_nearest(text, allowed)}")


def choice_parser(field: str, allowed: tuple[str, ...]) -> Callable[[Cell], str | Noted | None]:
    known = {folded(value): value for value in allowed}
    answers = _ANSWERS.get(field, {})

    def parse(cell: Cell) -> str | Noted | None:
        text = _text(cell)
        if not text:
            return None
        if value := known.get(text):
            if value == cell:
                return value
            return corrected(value, "choice-folded", "空格或全角字符已去除")
        if value := answers.get(text):
            return corrected(value, "choice-answered", f"“{text}”已按“{value}”读取")
        raise _off_list(text, allowed)

    return parse


def multi_parser(allowed: tuple[str, ...]) -> Callable[[Cell], tuple[str, ...] | None]:
    """Several allowed values split by 、 , or ; in the order written, each once."""
    known = {folded(value): value for value in allowed}

    def parse(cell: Cell) -> tuple[str, ...] | None:
        raw = str(cell)
        check_characters(raw)
        parts = [part for piece in _SEPARATORS.split(raw) if (part := folded(piece))]
        for part in parts:
            if part not in known:
                hint = f"{_nearest(part, allowed)}；多个值之间用“、”隔开"
                raise Flaw("choice-unknown", f"其中“{part[:20]}”不在可选值之内。{hint}")
        return tuple(dict.fromkeys(known[part] for part in parts)) or None

    return parse


def boolean_parser() -> Callable[[Cell], bool | None]:
    def parse(cell: Cell) -> bool | None:
        text = _text(cell).lower()
        if not text:
            return None
        if text in _YES:
            return True
        if text in _NO:
            return False
        raise Flaw("boolean-unknown", "须填“是”或“否”")

    return parse
