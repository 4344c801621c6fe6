"""The correcting voucher of an earlier year: what a person says should have stood, as lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sanzi.accounting.entry import Side
from sanzi.accounting.models import Book, Kind, Voucher
from sanzi.kernel.money import ZERO, grouped
from sanzi.kernel.refusals import Blocked, Invalid

from .closing import Held
from .prior_year import RULES, Wrong, correcting
from .standing import Standing


@dataclass(frozen=True)
class WrongLine:
    """A line as it should have been, net yuan, a debit positive; `line` 0 is one that lacked."""

    line: int
    account: str
    should: Decimal


def reason_against(voucher: Voucher, dated: date) -> str | None:
    """Why a voucher is not put right this way, or None."""
    if voucher.kind in (Kind.OPENING, Kind.CLOSING):
        return f"{voucher}是期初或结转凭证，不能单独更正"
    if voucher.dated.year >= dated.year:
        return f"{voucher}是本年凭证，请用红字冲销后重新填制"
    return None


def lines_of(
    voucher: Voucher, book: Book, wrongs: Sequence[WrongLine], dated: date, memo: str
) -> list[Side]:
    """The lines of the correcting voucher. Raises Blocked, Invalid with what to do."""
    if reason := reason_against(voucher, dated):
        raise Blocked("correct.kind", reason)
    standing = Standing(book, dated.year)
    found = _paired(voucher, standing, wrongs)
    gap = sum((wrong.change for wrong in found), ZERO)
    if gap:
        raise Invalid("correct.balance", f"更正后借贷相差 {grouped(abs(gap))} 元，请核对应为的金额")
    closed = standing.of("income", "expense")
    lines = correcting(found, book.scheme, closed, memo)
    if not lines:
        raise Invalid(
            "correct.nothing",
            "没有需要更正的差额；以前年度收支科目之间记错的，年终已一并结转，不再更正",
        )
    rule = RULES[book.scheme]
    placed = {rule.gain: standing.leaf(rule.gain), rule.loss: standing.leaf(rule.loss)}
    return [_placed(side, placed) for side in lines]


def _placed(side: Side, placed: dict[str, str]) -> Side:
    if placed.get(side.account, side.account) == side.account:
        return side
    return Side(placed[side.account], side.debit, side.credit, side.memo)


def _paired(voucher: Voucher, standing: Standing, wrongs: Sequence[WrongLine]) -> list[Wrong]:
    stood = {
        line.pk: Held(
            line.account,
            line.debit - line.credit,
            line.counterparty_id,
            line.project_id,
            line.object_id,
            line.item_id,
        )
        for line in voucher.lines
    }
    found = []
    for wrong in wrongs:
        if wrong.line:
            if wrong.line not in stood:
                raise Invalid("correct.line", "分录与原凭证不符，请从原凭证重新进入")
            found.append(Wrong(stood[wrong.line], wrong.should))
        elif wrong.account not in standing.accounts:
            raise Invalid("correct.account", f"没有可用的末级科目 {wrong.account}，请核对编码")
        else:
            found.append(Wrong(Held(wrong.account, ZERO), wrong.should))
    return found
