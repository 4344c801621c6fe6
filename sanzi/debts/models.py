"""债务: what a village owes others."""

from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import models

from sanzi.access.models import Person
from sanzi.access.scope import Record
from sanzi.accounting.models import Voucher
from sanzi.intake.columns import keeps
from sanzi.parties.models import Party
from sanzi.receivables.models import Claim
from sanzi.store.fields import MoneyField, ScaledField

from .stages import OPEN, TITLES, TONES
from .ways import BY_CODE, WAYS, Amounts, Way


class RuledQuerySet(models.QuerySet[Any]):
    """Rows an office enters for its region and all below it."""

    def over(self, village: str) -> "RuledQuerySet":
        """The rows that hold for a village: its own, its town's, county's, city's, province's."""
        return self.filter(region__in=_above(village))

    def visible_to(self, person: Person) -> "RuledQuerySet":
        """The rows of this person's part of the tree and of the regions above it."""
        code = person.region_code
        if code is None:
            return self.none()
        return self.filter(models.Q(region__startswith=code) | models.Q(region__in=_above(code)))


def _above(code: str) -> list[str]:
    """A region and all above it, the nation being empty."""
    return [code[:length] for length in (0, 2, 4, 6, 9, 12) if length <= len(code)]


@keeps("债务")
class Debt(Record):
    """One debt as it stood when the base was locked; dispositions move it from there.

    The columns APART are worked out from movements in the transaction that changes those;
    `sanzi verify` computes them again.
    """

    APART = frozenset({"base_on", "left"})

    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="debts")
    base_on = models.DateField("基准日", null=True, editable=False)
    left = MoneyField("尚欠元", null=True, editable=False)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("village", "number", name="one_debt_per_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.creditor}"  # type: ignore[attr-defined]


class AuditReport(Record):
    """审计报告: what found debts to be false or padded; any number of debts may rest on one."""

    number = models.CharField("审计报告文号", max_length=60)
    firm = models.CharField("审计机构", max_length=80)
    dated = models.DateField("报告日期")
    scope = models.CharField("审计范围", max_length=200)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("登记时间")

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint("village", "number", name="one_audit_report_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.firm} {self.number}"


class Resolving(Record):
    """化解办理: one step out of one debt, proposed by one person and confirmed by another."""

    debt = models.ForeignKey(Debt, models.PROTECT, related_name="steps")
    way = models.CharField("方式", max_length=3, choices=[(w.code, w.title) for w in WAYS])
    amount = MoneyField("化解金额")
    paid = MoneyField("其中付出现金", default=Decimal("0.00"))
    carrying = MoneyField("抵债资产账面净值", default=Decimal("0.00"))
    dated = models.DateField("日期")
    # The claim set off against the debt (D05, D06).
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="+")
    # What the squeezing-out rests on (D11).
    audit = models.ForeignKey(AuditReport, models.PROTECT, null=True, related_name="steps")
    # bank or cash.
    money = models.CharField("付款途径", max_length=4, default="bank")
    basis = models.CharField("依据和说明", max_length=200, default="", blank=True)
    stage = models.CharField(
        "状态", max_length=9, choices=[(str(k), v) for k, v in TITLES.items()], default="proposed"
    )
    voucher = models.ForeignKey(Voucher, models.PROTECT, null=True, related_name="+")
    red = models.ForeignKey(Voucher, models.PROTECT, null=True, related_name="+")
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提出时间")
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField("批准时间", null=True)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField("确认时间", null=True)
    reversal_asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.CharField("原因", max_length=200, default="", blank=True)
    # The form's own number: a double click never proposes twice.
    key = models.CharField(max_length=36, unique=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                "debt", condition=models.Q(stage__in=OPEN), name="one_open_step_per_debt"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None)
                | ~models.Q(confirmed_by=models.F("proposed_by")),
                name="a_debt_step_is_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way_row.title} {self.dated}"

    @cached_property
    def way_row(self) -> Way:
        return BY_CODE[self.way]

    @property
    def amounts(self) -> Amounts:
        return Amounts(self.amount, self.paid, self.carrying)

    @property
    def tone(self) -> str:
        return TONES[self.stage]


class InterestCap(models.Model):
    """利率上限: a row an office entered, beside the shipped ones; the latest of a day counts."""

    # The region it is entered for, and all below it.
    region = models.CharField(max_length=12)
    from_on = models.DateField("订立日期自")
    rate = ScaledField("年利率上限", places=6)
    source = models.CharField("依据", max_length=200)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("登记时间")

    objects: Any = RuledQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.from_on} {self.source}"


class ReductionPlan(models.Model):
    """化债方案: an office's own targets by size of debt, entered by one and adopted by another."""

    region = models.CharField(max_length=12)
    name = models.CharField("方案（文件名称、文号）", max_length=120)
    from_on = models.DateField("施行日期")
    # Band.told, the smallest debt first.
    bands: Any = models.JSONField("各档目标")
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("登记时间")
    adopted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    adopted_at = models.DateTimeField("核准时间", null=True)

    objects: Any = RuledQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("region", "from_on", name="one_reduction_plan_per_day"),
            models.CheckConstraint(
                condition=models.Q(adopted_by=None) | ~models.Q(adopted_by=models.F("entered_by")),
                name="a_reduction_plan_is_adopted_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}，{self.from_on} 起"
