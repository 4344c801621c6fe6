"""What is asked of a voucher that is entered: where its money went, whether it stands already."""

from collections.abc import Sequence

from sanzi.accounting.entry import Side
from sanzi.accounting.models import Book, Kind, Voucher
from sanzi.accounting.reversal import kind_against
from sanzi.kernel.money import ZERO
from sanzi.kernel.refusals import Blocked

from .handling import MONEY
from .models import Draft, VoucherTemplate
from .stages import Stage
from .vouchers import sides_of_draft

_DONE = (Stage.POSTED, Stage.VOIDED)


def flow_of(sides: Sequence[Side]) -> str:
    """收入 or 支出 by what cash and bank gained or lost; 转账 where they gained nothing."""
    money = [side.debit - side.credit for side in sides if side.account.startswith(MONEY)]
    gained = sum(money, ZERO)
    if gained == ZERO:
        return Draft.Flow.TRANSFER
    return Draft.Flow.INCOME if gained > ZERO else Draft.Flow.EXPENSE


def refuse_second_red(voucher: Voucher) -> None:
    """Raise Blocked if a red letter of this voucher is on its way already."""
    on_its_way = Draft.objects.filter(reverses=voucher).exclude(stage__in=_DONE)
    for draft in on_its_way:
        if kind_against(voucher, sides_of_draft(draft)) == Kind.RED:
            stage = draft.get_stage_display()
            raise Blocked("reversal.twice", f"{voucher}的红字冲销已在办理（{stage}），不能再办一次")


def named_once(book: Book, name: str) -> bool:
    """Whether no template of the book bears this name yet, in use or not."""
    return not VoucherTemplate.objects.of(book).filter(name=name).exists()
