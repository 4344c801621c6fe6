"""Dates as towns write them: 2025年3月1日, 2025.3.1, 2025/3/1, 20250301, or Excel's day number."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from .text import folded
from .verdict import Cell, Flaw, Noted, corrected

EARLIEST = date(1949, 1, 1)
LATEST = date(2199, 12, 31)

# A bare number is believed to be a day number only between 1 January 1955 and the end of 2100.
SERIAL_MIN = 20_090
SERIAL_MAX = 73_415
_EPOCH = date(1899, 12, 30)
# Macintosh workbooks count from 1904-01-01: the same day has a number smaller by this.
DAYS_1904 = 1_462

_FORMS = re.compile(
    r"(?P<y>[0-9]{4})(?:[-/.、](?P<m1>[0-9]{1,2})[-/.、](?P<d1>[0-9]{1,2})"
    r"|年(?P<m2>[0-9]{1,2})月(?P<d2>[0-9]{1,2})[日号]?"
    r"|(?P<m3>[0-9]{2})(?P<d3>[0-9]{2}))(?:T?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.0+)?)?)?"
)
_INCOMPLETE = re.compile(r"[0-9]{4}(?:年(?:[0-9]{1,2}月?)?|[-/.][0-9]{1,2}|)")
_OPEN = frozenset(
    {"长期", "永久", "无固定期限", "不定期", "无期限", "永久有效", "长期有效", "至今"}
)

_HOW = "请填写如 2025-03-01 的完整日期"


def date_parser(field: str, *, is_1904: bool = False) -> Callable[[Cell], date | Noted | None]:
    """Dates of this field; an end may be 长期, which is read as no end and told."""
    may_be_open = field.endswith(("ends_on", "due_on"))

    def parse(cell: Cell) -> date | Noted | None:
        if isinstance(cell, datetime):
            return _from_moment(cell)
        if isinstance(cell, date):
            return _within(cell)
        if isinstance(cell, (int, float)):
            return _from_number(cell, is_1904)
        if not isinstance(cell, str):
            raise Flaw("date-unreadable", f"只有时间没有日期，{_HOW}")
        text = folded(cell)
        if not text:
            return None
        if may_be_open and text in _OPEN:
            return Noted(None, "warning", "date-open", "已按“没有终止日期”读取，请确认合同确无期限")
        return _from_text(text, is_1904)

    return parse


def _from_moment(moment: datetime) -> date | Noted:
    day = _within(moment.date())
    if moment.time() == time(0, 0):
        return day
    return corrected(day, "date-time-dropped", "带有钟点，只取日期")


def _within(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        hint = "；若指长期，终止日期请填“长期”" if day.year >= 9000 else ""
        raise Flaw("date-range", f"不在 {EARLIEST.year} 年到 {LATEST.year} 年之间，请核对{hint}")
    return day


def _from_number(number: float, is_1904: bool) -> date | Noted:
    if number == int(number) and 19490101 <= number <= 21991231:
        return _from_text(str(int(number)), is_1904)
    serial = number + (DAYS_1904 if is_1904 else 0)
    if not SERIAL_MIN <= serial < SERIAL_MAX + 1:
        if 1949 <= number < 2200:
            raise Flaw("date-incomplete", f"只写到年或月，缺少日，{_HOW}")
        raise Flaw("date-serial", f"不是合理的日期序号，{_HOW}")
    day = _EPOCH + timedelta(days=int(serial))
    return corrected(day, "date-from-serial", "是 Excel 日期序号，已换算成日期")


def _from_text(text: str, is_1904: bool) -> date | Noted:
    if found := _FORMS.fullmatch(text):
        parts = found.groupdict()
        month = parts["m1"] or parts["m2"] or parts["m3"]
        day = parts["d1"] or parts["d2"] or parts["d3"]
        try:
            return _within(date(int(parts["y"]), int(month), int(day)))
        except ValueError:
            raise Flaw("date-impossible", f"没有这一天，{_HOW}") from None
    if re.fullmatch(r"[0-9]{5}(?:\.[0-9]+)?", text):
        return _from_number(int(text[:5]), is_1904)
    if _INCOMPLETE.fullmatch(text):
        raise Flaw("date-incomplete", f"只写到年或月，缺少日，{_HOW}")
    raise Flaw("date-unreadable", f"不是能识别的日期，{_HOW}")
