"""借款审批: what a village may borrow, decided and approved before a voucher can say so."""

from django.db import models

from sanzi.access.models import Person
from sanzi.access.scope import Record
from sanzi.store.fields import MoneyField, ScaledField
from sanzi.web.register import Tone

from .limits import PURPOSES

STAGES = {
    "proposed": "待批准",
    "approved": "已批准",
    "refused": "未批准",
    "withdrawn": "已撤回",
}
TONES: dict[str, Tone] = {
    "proposed": "running",
    "approved": "done",
    "refused": "danger",
    "withdrawn": "plain",
}


class Loan(Record):
    """A loan asked for; once approved, vouchers draw on it until it is used up."""

    lender = models.CharField("出借方", max_length=100)
    amount = MoneyField("借款金额")
    yearly_rate = ScaledField("年利率", places=6)
    purpose = models.CharField("用途", max_length=10, choices=list(PURPOSES.items()))
    repaid_from = models.CharField("还款来源", max_length=200)
    due_on = models.DateField("还款期限")
    stage = models.CharField("状态", max_length=9, choices=list(STAGES.items()), default="proposed")
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提出时间")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("批准时间", null=True)
    reason = models.CharField("原因", max_length=200, default="", blank=True)
    key = models.CharField(max_length=36, unique=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("proposed_by")),
                name="a_loan_is_approved_by_another",
            )
        ]

    def __str__(self) -> str:
        return f"向{self.lender}借款 {self.amount} 元"

    @property
    def tone(self) -> str:
        return TONES[self.stage]


class Drawing(models.Model):
    """What one voucher drew on a loan; its red letter gives it back. Added, never changed."""

    loan = models.ForeignKey(Loan, models.PROTECT, related_name="drawings")
    # The key of the voucher: the books stand above and are not known here.
    voucher = models.BigIntegerField(db_index=True)
    amount = MoneyField("金额")

    def __str__(self) -> str:
        return f"{self.loan_id} {self.amount}"
