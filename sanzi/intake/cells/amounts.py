"""Money, areas, counts, rates: exact decimals, never rounded, never guessed."""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from math import isfinite

from sanzi.kernel.money import MONEY_MAX

from .text import folded
from .verdict import Cell, Flaw, Noted, corrected

FEN = Decimal("0.01")
# domain/reliability.md C14: what binary arithmetic leaves behind is not a third decimal.
NOISE = Decimal("1e-9")
# Four units in the last of a double's 53 binary places: what a formula of a few steps leaves.
BINARY_DUST = Decimal(4) / 2**53

AREA_MAX = Decimal("99999999.99")
NUMBER_MAX = Decimal("99999999999.9999")
INTEGER_MAX = 2_147_483_647
# Above this yearly rate a clerk has more likely typed 0.5 for half a per cent.
RATE_UNLIKELY = Decimal("0.36")

# Whole numbers below this, and their hundredths, are told apart by a binary cell.
SAFE = 10**14

_PLAIN = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?|[+-]?\.[0-9]+")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")

# Where a negative amount is a fact and not a slip: an overdraft, a bad year.
NEGATIVE_FIELDS = frozenset(
    {"book_balance", "statement_balance", "operating_income", "investment_income"}
    | {"subsidy_income", "other_income", "operating_expense", "management_expense"}
)

Parse = Callable[[Cell], object]


def _read(cell: Cell, example: str, code: str) -> tuple[Decimal, bool]:
    """The number as it stands and whether it came from a binary cell."""
    if isinstance(cell, (int, float)):
        if not isfinite(cell):
            raise Flaw(code, f"不是数，请填写如 {example} 的数")
        return Decimal(repr(cell)), True
    if not isinstance(cell, str):
        raise Flaw(code, f"是日期或时间，不是数，请填写如 {example} 的数，并把单元格格式设为“数值”")
    text = folded(cell).removeprefix("¥").removeprefix("￥")
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if not _PLAIN.fullmatch(text):
        raise Flaw(code, f"不是数，请只填数字，如 {example}（不写单位、括号或汉字）")
    try:
        return Decimal(text), False
    except InvalidOperation:
        raise Flaw(code, f"不是数，请填写如 {example} 的数") from None


def _exact(value: Decimal, step: Decimal, binary: bool, factor: int) -> Decimal | None:
    """`value × factor` as a multiple of `step`, or None when it is none."""
    scaled = value * factor
    rounded = scaled.quantize(step)
    if rounded == scaled:
        return rounded
    if not binary:
        return None
    noise = max(NOISE * step, abs(scaled) * BINARY_DUST)
    return rounded if abs(rounded - scaled) <= noise else None


def _is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def decimal_parser(
    noun: str, places: int, most: Decimal, *, factor: int = 1, negative: bool = False, code: str
) -> Parse:
    """A parser of `noun` with at most `places` decimals after multiplying by `factor`."""
    step = Decimal(1).scaleb(-places)
    example = "1234.56" if places == 2 else "12.5"

    def parse(cell: Cell) -> Decimal | None:
        # Nearly every cell: a number typed with no more places than it may have.
        if type(cell) is float and factor == 1 and 0 <= cell < SAFE:
            value = Decimal(repr(cell))
            exact = value.quantize(step)
            if exact == value and exact <= most:
                return exact or abs(exact)
        return parse_any(cell)

    def parse_any(cell: Cell) -> Decimal | None:
        if _is_blank(cell):
            return None
        value, binary = _read(cell, example, f"{code}-unreadable")
        if abs(value) * factor > most:
            raise Flaw(f"{code}-range", f"超过上限 {most:,}，请核对小数点和单位")
        exact = _exact(value, step, binary, factor)
        if exact is None:
            raise Flaw(f"{code}-decimals", _too_fine(noun, places, factor))
        if exact < 0 and not negative:
            raise Flaw(f"{code}-negative", f"{noun}不能是负数，请核对")
        return exact or abs(exact)

    return parse


def _too_fine(noun: str, places: int, factor: int) -> str:
    digits = {2: "两", 4: "四"}[places]
    unit = "（换算成元后）" if factor > 1 else ""
    return f"{noun}最多{digits}位小数{unit}，系统不会自行四舍五入，请改为准确的数"


def money_parser(field: str, factor: int = 1) -> Parse:
    """Yuan to the fen; a header in 万元 multiplies by 10,000 first."""
    return decimal_parser(
        "金额", 2, MONEY_MAX, factor=factor, negative=field in NEGATIVE_FIELDS, code="money"
    )


def area_parser() -> Parse:
    """亩 to 0.01."""
    return decimal_parser("面积", 2, AREA_MAX, code="area")


def number_parser() -> Parse:
    return decimal_parser("数值", 4, NUMBER_MAX, code="number")


def integer_parser(field: str) -> Parse:
    """Whole counts; a year may say 2024年."""
    suffix = "年" if field == "year" else ""

    def parse(cell: Cell) -> int | None:
        if _is_blank(cell):
            return None
        if suffix and isinstance(cell, str):
            cell = folded(cell).removesuffix(suffix)
        value, _ = _read(cell, "12", "integer-unreadable")
        if value != value.to_integral_value():
            raise Flaw("integer-decimals", "须是整数，请去掉小数")
        if value < 0:
            raise Flaw("integer-negative", "不能是负数，请核对")
        if value > INTEGER_MAX:
            raise Flaw("integer-range", f"超过上限 {INTEGER_MAX:,}，请核对")
        if suffix and not 1949 <= value <= 2199:
            raise Flaw("year-range", "不是四位年度，请填写如 2024")
        return int(value)

    return parse


def percent_parser() -> Parse:
    """A fraction to six places from `4.35%`, 0.0435 or 4.35 (told)."""

    def parse(cell: Cell) -> Decimal | Noted | None:
        if _is_blank(cell):
            return None
        signed = isinstance(cell, str) and folded(cell).endswith("%")
        bare = folded(str(cell)).removesuffix("%") if signed else cell
        value, binary = _read(bare, "4.35%", "percent-unreadable")
        points = signed or value >= 1
        rate = _exact(value / 100 if points else value, Decimal("0.000001"), binary, 1)
        if rate is None:
            raise Flaw("percent-decimals", "百分率最多四位小数（如 4.3525%），请改为准确的数")
        if not 0 <= rate <= 1:
            raise Flaw("percent-range", "须在 0 到 100% 之间，请核对")
        return _told_rate(rate, points and not signed)

    return parse


def _told_rate(rate: Decimal, was_points: bool) -> Decimal | Noted:
    if was_points:
        percent = f"{(rate * 100).normalize():f}"
        return corrected(rate, "percent-points", f"没有写百分号，已按百分之几读取（{percent}%）")
    if rate > RATE_UNLIKELY:
        why = f"按 {rate:.2%} 读取，高得少见，请核对是否漏写百分号"
        return Noted(rate, "warning", "percent-high", why)
    return rate
