"""What the posting gate asks before a voucher may raise a village's loans."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import BigIntegerField, Sum
from django.db.models.functions import Cast, Coalesce
from django.utils.timezone import localdate

from sanzi.kernel.money import ZERO, from_fen, grouped
from sanzi.kernel.refusals import Blocked

from .models import Drawing, Loan


def draw(voucher: int, village: str, amount: Decimal, dated: date, name: str) -> None:
    """Charge a borrowing voucher to an approved loan of its village. Runs inside an action.

    Raises Blocked when no approval has enough left on that day: the loan was never decided and
    approved, and the voucher is not written.
    """
    assert connection.in_atomic_block, "a drawing commits with its voucher"
    approved = Loan.objects.within(village).filter(stage="approved")
    for loan in approved.select_for_update(of=("self",)).order_by("decided_at", "pk"):
        if localdate(loan.decided_at) <= dated and left_of(loan) >= amount:
            Drawing.objects.create(loan=loan, voucher=voucher, amount=amount)
            return
    raise Blocked(
        "loan.unapproved",
        f"{name}增加借款 {grouped(amount)} 元，但村里没有经会议决定、乡镇批准且额度足够的借款审批。"
        "未经批准不得新增债务：请先办理“借款审批”；不是借款的，请改用应付款等科目",
    )


def give_back(voucher: int, by_voucher: int) -> None:
    """A red letter gives back what the voucher it takes back had drawn."""
    for drawing in Drawing.objects.filter(voucher=voucher):
        Drawing.objects.create(loan=drawing.loan, voucher=by_voucher, amount=-drawing.amount)


def left_of(loan: Loan) -> Decimal:
    """What may still be drawn, in yuan; nothing unless approved."""
    if loan.stage != "approved":
        return ZERO
    return loan.amount - drawn_of([loan.pk]).get(loan.pk, ZERO)


def drawn_of(loans: Iterable[int]) -> dict[int, Decimal]:
    """What was drawn on each loan, in yuan; one query."""
    mine = Drawing.objects.filter(loan__in=list(loans)).values_list("loan")
    fen = Cast(Coalesce(Sum("amount"), 0), BigIntegerField())
    return {loan: from_fen(total) for loan, total in mine.annotate(total=fen)}
