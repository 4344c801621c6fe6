"""Codes with a meaning of their own: regions, identities, telephones, accounts, land."""

import re
from collections.abc import Callable

from sanzi.kernel import codes, land, regions

from .text import DIGITS_EXACT, NUMBER_MAX, check_characters, folded
from .verdict import Cell, Flaw, Noted, Value, corrected

_FOLDED = "全角字符、空格或分隔符已去除"
_ACCOUNT_SHAPE = re.compile(r"[0-9]{8,32}")


def _digits(cell: Cell) -> str:
    """What a whole-number cell shows; "" for anything a code cannot be."""
    if not isinstance(cell, (int, float)) or cell < 0 or cell != int(cell):
        return ""
    return str(int(cell))


def _read(cell: str, fold: Callable[[str], str]) -> str:
    check_characters(cell)
    return fold(cell)


def _told(value: str, cell: Cell) -> str | Noted | None:
    """The value, with a notice when it is not quite what stands in the cell."""
    if value == cell or not value:
        return value or None
    return corrected(value, "code-folded", _FOLDED)


def _fold_code(text: str) -> str:
    return folded(text).upper()


def region_parser() -> Callable[[Cell], str | Noted | None]:
    """A village's 12 digits; they fit a number cell exactly, so that one is taken and told."""

    def parse(cell: Cell) -> str | Noted | None:
        if not isinstance(cell, str):
            value = _digits(cell)
            if reason := regions.check_village_code(value):
                raise Flaw("region-code", f"{reason}；请填统计用区划代码，并把该列设为“文本”")
            why = "区划代码是数字格，12 位未丢失，已按文本读取"
            return corrected(value, "region-from-numeric", why)
        value = _read(cell, _fold_code)
        if value and (reason := regions.check_village_code(value)):
            raise Flaw("region-code", f"{reason}；请填村级统计用区划代码，如 140521101201")
        return _told(value, cell)

    return parse


def identity_parser(
    noun: str, check: Callable[[str], str | None], code: str
) -> Callable[[Cell], str | Noted | None]:
    """An identity number or credit code: only from a text cell, for a number has lost its end."""

    def parse(cell: Cell) -> str | Noted | None:
        if not isinstance(cell, str):
            is_long = int(_digits(cell) or 0) >= DIGITS_EXACT
            lost = "后几位已丢失" if is_long else "不可靠"
            why = f"{noun}被存成了数字，{lost}；请把该列设为“文本”后重新录入"
            raise Flaw(f"{code}-numeric", why)
        value = _read(cell, _fold_code)
        if value and (reason := check(value)):
            raise Flaw(code, f"{reason}，请对照证件改正")
        # The X of an identity number is stored large; that is no correction worth telling.
        return value if value == cell.upper() and value else _told(value, cell)

    return parse


def phone_parser() -> Callable[[Cell], str | Noted | None]:
    def parse(cell: Cell) -> str | Noted | None:
        raw = cell if isinstance(cell, str) else _digits(cell)
        value = _read(raw, lambda text: codes.fold_phone(folded(text)))
        if not value and isinstance(cell, str):
            return None
        if reason := codes.check_phone(value):
            raise Flaw("phone", f"{reason}，请核对")
        if not isinstance(cell, str):
            return corrected(value, "phone-from-numeric", "电话是数字格，已按文本读取")
        return _told(value, cell)

    return parse


def bank_account_parser() -> Callable[[Cell], str | Noted | None]:
    """A bank account number; a card number that fails its check is a warning only."""

    def parse(cell: Cell) -> str | Noted | None:
        if not isinstance(cell, str):
            raise Flaw(
                "bank-account-numeric",
                "账号被存成了数字，后几位可能已丢失；请把该列设为“文本”后重新录入",
            )
        value = _read(cell, lambda text: folded(text).replace("-", ""))
        if not value:
            return None
        if not _ACCOUNT_SHAPE.fullmatch(value):
            raise Flaw("bank-account", "账号应为 8 至 32 位数字，请核对")
        if value.startswith("62") and 16 <= len(value) <= 19 and not codes.luhn_ok(value):
            return Noted(value, "warning", "bank-card-check", "像银行卡号但校验位不对，请核对")
        return _told(value, cell)

    return parse


def land_class_parser() -> Callable[[Cell], str | Noted | None]:
    """A class of GB/T 21010, by its code."""

    def parse(cell: Cell) -> str | Noted | None:
        raw = cell if isinstance(cell, str) else _digits(cell)
        text = _read(raw, folded)
        if not text and isinstance(cell, str):
            return None
        if not isinstance(cell, str) and len(text) in (1, 3):
            # 101 may be 0101 without its zero, or the 2007 standard's own 101.
            why = "地类编码是数字格，前导 0 可能已丢失；请设为“文本”后填 4 位代码"
            raise Flaw("land-class", why)
        if reason := land.check_land_class(text):
            raise Flaw("land-class", f"{reason}；请填 GB/T 21010 的代码，如 0101")
        found = land.find(text)
        value: Value = found.code if found else text
        if value == cell:
            return str(value)
        return corrected(value, "land-class-read", "已按 GB/T 21010 代码读取")

    return parse


def account_parser() -> Callable[[Cell], str | None]:
    """A code (or name) of the chart of accounts; none begins with a zero, so a number is exact."""

    def parse(cell: Cell) -> str | None:
        text = _read(cell, folded) if isinstance(cell, str) else _digits(cell)
        if not text and not isinstance(cell, str):
            raise Flaw("account", "不是会计科目代码，请填如 112 的代码")
        if len(text) > NUMBER_MAX:
            raise Flaw("account", f"超过 {NUMBER_MAX} 个字，请只填科目代码")
        return text or None

    return parse
