"""How values are written for people, on pages and on paper.

What was not filled in is written as nothing; zero is written as zero.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.timezone import localtime

_FACTORS = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_CENT = Decimal("0.01")


def money(value: Decimal | int | None, unit: str = "元") -> str:
    """Thousands separated, two decimals, in 元, 万元 or 亿元; the unit stands in the header."""
    if value is None or value == "":
        return ""
    amount = (Decimal(value) / _FACTORS[unit]).quantize(_CENT, ROUND_HALF_UP)
    return f"{amount:,.2f}"


def area(value: Decimal | int | None) -> str:
    """Mu (亩) with two decimals."""
    return money(value)


def rate(value: Decimal | None, places: int = 1) -> str:
    """A decimal fraction as a percentage: Decimal("0.75") is 75.0%."""
    if value is None or value == "":
        return ""
    exact = (Decimal(value) * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{exact:,f}%"


def number(value: Decimal | int | None) -> str:
    """A quantity without trailing zeros."""
    if value is None or value == "":
        return ""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,d}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def points(value: Decimal | None) -> str:
    """Marks with two places: 96.00."""
    return "" if value is None else f"{value:.2f}"


def day(value: date | datetime | None) -> str:
    """2025-03-01; a moment is written with its minute, in local time."""
    if isinstance(value, datetime):
        local = localtime(value) if value.tzinfo else value
        return f"{local:%Y-%m-%d %H:%M}"
    return f"{value:%Y-%m-%d}" if value else ""


def yes_no(value: bool | None) -> str:
    return "" if value is None else ("是" if value else "否")


def words(value: str | Iterable[Any] | None) -> str:
    """Several words in one cell, as the workbook writes them."""
    if value is None or isinstance(value, str):
        return (value or "").replace("|", "、")
    return "、".join(str(part) for part in value)


def mask(value: Any) -> str:
    """A sealed value prints as its own mask; clear text loses its middle. Never the whole."""
    if value is None or value == "":
        return ""
    if hasattr(value, "mask"):
        return str(value.mask)
    text = str(value)
    kept = min(4, len(text) // 3)
    return f"{text[:kept]}{'*' * (len(text) - 2 * kept)}{text[len(text) - kept :]}"


def figure(value: Decimal | int | None, unit: str) -> str:
    """A figure of the metric catalogue by its unit: 元 and 万元 as money, 率 as a percentage."""
    if value is None:
        return "—"
    if unit in _FACTORS:
        return money(value, unit)
    return rate(Decimal(value)) if unit == "率" else number(value)
