"""Whether a set takes vouchers of a day: its months held against those of a file. No framework."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sanzi.accounting.chart import chart

from .vouchers import FileVoucher, Problem

_BEIJING = timedelta(hours=8)
_STATES = {"closed": "已结账", "locked": "已审计锁定"}
_MOVING = ("income", "expense")


@dataclass(frozen=True)
class Months:
    """The first month YYYYMM of a set, and state and number of vouchers of its open years."""

    begins: int
    states: Mapping[int, tuple[str, int]]

    @property
    def years(self) -> list[int]:
        """The years opened."""
        return sorted({period // 100 for period in self.states})


def against(vouchers: Iterable[FileVoucher], months: Months, scheme: str) -> Iterator[Problem]:
    """What the months of the set have against these vouchers."""
    latest = (datetime.now(UTC) + _BEIJING).year + 1
    for voucher in vouchers:
        why = _why_not(voucher, months, latest)
        if not why and voucher.is_opening:
            why = _why_no_opening(voucher, months, scheme)
        if why:
            yield Problem(voucher.lines[0].line, f"{voucher.span}{why}")


def _why_not(voucher: FileVoucher, months: Months, latest: int) -> str:
    if voucher.dated.year > latest:
        return f"的日期 {voucher.dated} 晚于 {latest} 年，请核对年份"
    if voucher.period < months.begins:
        begins = f"{months.begins // 100}年{months.begins % 100}月"
        return f"的日期 {voucher.dated} 早于账套启用期间 {begins}，请核对日期"
    state, _ = months.states.get(voucher.period, ("open", 0))
    if state != "open" and not voucher.is_opening:
        month = f"{voucher.dated.year}年{voucher.dated.month}月"
        return f"不能记入：{month}{_STATES[state]}；请改用未结账月份的日期，或先按规定反结账"
    return ""


def _why_no_opening(voucher: FileVoucher, months: Months, scheme: str) -> str:
    if voucher.period != months.begins:
        return f"应写在账套启用的月份（{months.begins // 100}年{months.begins % 100}月）"
    state, count = months.states.get(months.begins // 100 * 100, ("open", 0))
    if state != "open" or count:
        return "不能记入：本账套的期初余额已经录入；如有差错，请用更正凭证调整"
    accounts = chart(scheme)
    for line in voucher.lines:
        top = accounts.get(line.account[:3])
        # A set that begins within a year brings the year's income and expense along.
        if months.begins % 100 == 1 and top and top.category in _MOVING:
            return f"第 {line.line} 行：科目 {line.account} 是收入或支出科目，年初没有余额"
    return ""


def kind_of(voucher: FileVoucher, scheme: str) -> str:
    """opening, closing or imported.

    Closing entries of a year stand apart, or its statement of income would show nothing: those of
    December that move 本年收益 (321) against income and expense, or on to 收益分配 (322).
    """
    if voucher.is_opening:
        return "opening"
    tops = {line.account[:3] for line in voucher.lines}
    accounts = chart(scheme)
    is_closing = (
        voucher.dated.month == 12
        and "321" in tops
        and all(top in ("321", "322") or accounts[top].category in _MOVING for top in tops)
    )
    return "closing" if is_closing else "imported"
