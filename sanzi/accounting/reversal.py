"""Putting a posted voucher right (会计基础工作规范 第51条; accounting.md 2.4).

Within the year: the whole voucher again in red, "注销某月某日某号凭证", and if need be a blue one,
"订正某月某日某号凭证". Of earlier years: one blue correcting voucher. A red letter is a negative
amount on the same side, so that the movements shrink instead of swelling on both sides.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sanzi.kernel.refusals import Blocked

from .entry import Entry, Side, reversed_sides
from .models import Account, Kind, Voucher

# 收益分配—未分配收益, in the chart of 2004.
UNDISTRIBUTED = "32202"
# What arithmetic or the opening of a book wrote is put right by its own route.
_OTHER_ROUTE = {
    Kind.OPENING: "是期初余额，不能冲销；差错请用更正凭证调整",
    Kind.CLOSING: "是年终结转凭证，不能单独冲销；请按反结账办理",
    Kind.RED: "本身是红字冲销凭证，不能再冲销；请补记一张蓝字凭证",
}


def sides_of(voucher: Voucher) -> list[Side]:
    """The lines of a posted voucher as plain values."""
    return [
        Side(
            line.account,
            line.debit,
            line.credit,
            line.memo,
            line.counterparty_id,
            line.project_id,
            line.object_id,
            line.item_id,
        )
        for line in voucher.lines
    ]


def red_memo(voucher: Voucher) -> str:
    """注销3月5日记-12号凭证, as the regulation words it."""
    return f"注销{_name(voucher)}凭证"


def correction_memo(voucher: Voucher, year: int) -> str:
    """订正3月5日记-12号凭证; the year is named when it is an earlier one than `year`."""
    before = "" if voucher.dated.year == year else f"{voucher.dated.year}年"
    return f"订正{before}{_name(voucher)}凭证"


def reason_against(voucher: Voucher, dated: date | None = None) -> tuple[str, str] | None:
    """Why a voucher cannot be taken back in red (on this day): (code, sentence), or None."""
    if why := _OTHER_ROUTE.get(Kind(voucher.kind)):
        return "reversal.kind", f"{voucher}{why}"
    if before := Voucher.objects.filter(reverses=voucher, kind=Kind.RED).first():
        return "reversal.twice", f"{voucher}已由{before}冲销，一张凭证只能冲销一次"
    if dated is None:
        return None
    if dated.year != voucher.dated.year:
        year = voucher.dated.year
        return (
            "reversal.year",
            f"{voucher}是 {year} 年的凭证，红字冲销只限当年；以前年度的差错请编一张蓝字更正凭证",
        )
    if dated < voucher.dated:
        return "reversal.early", f"冲销日期不能早于原凭证日期 {voucher.dated}，请改用之后的日期"
    return None


def red_letter(
    voucher: Voucher,
    *,
    dated: date,
    prepared_by: int,
    reviewed_by: int | None,
    cashier: int | None,
    source: str,
) -> Entry:
    """The entry that takes a voucher back, for the posting gate. Raises Blocked."""
    if reason := reason_against(voucher, dated):
        raise Blocked(*reason)
    memo = red_memo(voucher)
    return Entry(
        book=voucher.book_id,
        dated=dated,
        memo=memo,
        sides=reversed_sides(sides_of(voucher), memo),
        source=source,
        prepared_by=prepared_by,
        reviewed_by=reviewed_by,
        cashier=cashier,
        kind=Kind.RED,
        reverses=voucher.pk,
    )


def undo_letter(
    voucher: Voucher,
    *,
    dated: date,
    prepared_by: int,
    reviewed_by: int | None,
    cashier: int | None,
    source: str,
) -> Entry:
    """The entry that undoes a voucher whole: in red within its year, in blue afterwards.

    Raises Blocked for what cannot be undone at all.
    """
    people: dict[str, Any] = {
        "prepared_by": prepared_by, "reviewed_by": reviewed_by, "cashier": cashier,
    }  # fmt: skip
    if dated.year == voucher.dated.year:
        return red_letter(voucher, dated=dated, source=source, **people)
    if reason := reason_against_undoing(voucher, dated):
        raise Blocked(*reason)
    memo = correction_memo(voucher, dated.year)
    return Entry(
        book=voucher.book_id,
        dated=dated,
        memo=memo,
        sides=_in_blue(voucher, memo),
        source=source,
        kind=Kind.CORRECTION,
        reverses=voucher.pk,
        **people,
    )


def reason_against_undoing(voucher: Voucher, dated: date) -> tuple[str, str] | None:
    """Why a voucher cannot be undone on a day, in red or in blue; None when it can."""
    if dated.year == voucher.dated.year:
        return reason_against(voucher, dated)
    if why := reason_against(voucher):
        return why
    if dated < voucher.dated:
        return "reversal.early", f"更正日期不能早于原凭证日期 {voucher.dated}，请改用之后的日期"
    return None


def undoes(entry: Entry, own: int) -> bool:
    """Whether an entry, posted as voucher `own`, alone undoes an earlier voucher whole in blue."""
    if entry.kind != Kind.CORRECTION or entry.reverses is None:
        return False
    voucher = Voucher.objects.select_related("book").get(pk=entry.reverses)
    if Voucher.objects.filter(reverses=voucher).exclude(pk=own).exists():
        return False
    blue = [_numbers(side) for side in _in_blue(voucher, "")]
    return [_numbers(side) for side in entry.full_sides] == blue


def _in_blue(voucher: Voucher, memo: str) -> list[Side]:
    """The voucher's lines on their other sides (会计基础工作规范 第51条 of an earlier year).

    Its income and expense were closed with that year. Under the scheme of 2004 they go to
    收益分配—未分配收益 (acct 322 第5款); that of 2023 corrects in the period of discovery.
    """
    sides = [
        replace(side, debit=side.credit, credit=side.debit, memo=memo) for side in sides_of(voucher)
    ]
    if voucher.book.scheme != "2004":
        return sides
    closed = set(
        Account.objects.filter(
            book=voucher.book_id, category__in=(Account.Category.INCOME, Account.Category.EXPENSE)
        ).values_list("code", flat=True)
    )
    return [
        replace(side, account=UNDISTRIBUTED) if side.account in closed else side for side in sides
    ]


def kind_against(voucher: Voucher, sides: Sequence[Side]) -> str:
    """What a voucher that names `voucher` is: its red letter, line by line, or a correction."""
    mirror = [_numbers(side) for side in reversed_sides(sides_of(voucher), "")]
    return Kind.RED if [_numbers(side) for side in sides] == mirror else Kind.CORRECTION


def _numbers(side: Side) -> tuple[object, ...]:
    analysed = (side.counterparty, side.project, side.object, side.item)
    return (side.account, side.debit, side.credit, *analysed)


def _name(voucher: Voucher) -> str:
    return f"{voucher.dated.month}月{voucher.dated.day}日{voucher.title}号"
