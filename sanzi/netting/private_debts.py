"""民间欠款: what a villager, a contractor or another unit owes one of the others.

No village's books know of it. One of the two declares it, the other confirms it by a signed paper
or by the link on its letter; only then may it close a circle. It is never changed and never taken
out: what lowers it, and what takes that back, are movements beside it.
"""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from sanzi.access.models import Person
from sanzi.access.scope import Record
from sanzi.letters.models import Letter
from sanzi.parties.models import Party
from sanzi.store.fields import MoneyField
from sanzi.store.sealed import SealedField

TONES = {"declared": "running", "confirmed": "done", "denied": "danger", "cancelled": "plain"}


class PrivateDebt(Record):
    """One debt between two parties, as one of them declared it in a village."""

    class Stage(models.TextChoices):
        DECLARED = "declared", "待对方确认"
        CONFIRMED = "confirmed", "双方已确认"
        DENIED = "denied", "对方不认可"
        CANCELLED = "cancelled", "已注销"

    class Side(models.TextChoices):
        DEBTOR = "debtor", "欠款方"
        CREDITOR = "creditor", "被欠方"

    class Kind(models.TextChoices):
        HOUSEHOLD = "农户", "农户"
        PERSON = "个人", "个人"
        COMPANY = "企业", "企业"
        OTHER = "其他单位", "其他单位"

    # The number of the letter that asks the other side.
    number = models.CharField("编号", max_length=40, default="", blank=True)
    debtor_party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    debtor = models.CharField("欠款方", max_length=100)
    debtor_kind = models.CharField("欠款方类型", max_length=10, choices=Kind)
    debtor_id = SealedField("欠款方证件号", null=True)
    debtor_phone = SealedField("欠款方电话", null=True)
    creditor_party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    creditor = models.CharField("被欠方", max_length=100)
    creditor_kind = models.CharField("被欠方类型", max_length=10, choices=Kind)
    creditor_id = SealedField("被欠方证件号", null=True)
    creditor_phone = SealedField("被欠方电话", null=True)
    amount = MoneyField("欠款（元）")
    # Kept by the movements, in the transaction that adds one.
    left = MoneyField("尚欠（元）")
    formed_on = models.DateField("形成日期")
    due_on = models.DateField("约定归还日期", null=True)
    words = models.CharField("事由", max_length=100)
    evidence = models.CharField("凭据", max_length=100)
    told_by = models.CharField("申报方", max_length=8, choices=Side)
    stage = models.CharField("状态", max_length=9, choices=Stage, default=Stage.DECLARED)
    asked = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+")
    # How the other side answered: its name as signed, when, and who entered its paper.
    signed_as = models.CharField("签名", max_length=40, default="", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.CharField("说明", max_length=200, default="", blank=True)
    # One form is one debt, however often it is sent.
    key = models.CharField(max_length=40, unique=True)
    declared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField("登记时间")

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                "number", condition=~Q(number=""), name="one_private_debt_of_a_number"
            ),
            models.CheckConstraint(
                condition=Q(left__gte=0) & Q(left__lte=F("amount")) & Q(amount__gt=0),
                name="a_private_debt_never_grows",
            ),
            models.CheckConstraint(
                condition=~Q(debtor_party=F("creditor_party")), name="nobody_owes_himself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.debtor}欠{self.creditor}"

    @property
    def tone(self) -> str:
        return TONES[self.stage]

    @property
    def short(self) -> str:
        """Its number without the village's code: 2026-QK-0003."""
        return self.number.partition("-")[2] or self.number

    @property
    def other(self) -> str:
        """Who is asked to confirm: the side that did not declare it."""
        return self.creditor if self.told_by == self.Side.DEBTOR else self.debtor

    @property
    def teller(self) -> str:
        """Who declared it."""
        return self.debtor if self.told_by == self.Side.DEBTOR else self.creditor


class PrivateMovement(Record):
    """What lowered a private debt, and what took that back; only added."""

    class Kind(models.TextChoices):
        NETTED = "netted", "冲转"
        REVERSED = "reversed", "冲回"
        CANCELLED = "cancelled", "注销"

    debt = models.ForeignKey(PrivateDebt, models.PROTECT, related_name="movements")
    kind = models.CharField("变动", max_length=9, choices=Kind)
    # Yuan; lowers what is owed, and raises it again where it is negative.
    amount = MoneyField("减少（元）")
    dated = models.DateField("日期")
    # Names the event once and for all.
    source = models.CharField(max_length=120, unique=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    note = models.CharField("说明", max_length=200, default="", blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间")

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=(Q(reverses=None) & Q(amount__gt=Decimal(0)))
                | (Q(reverses__isnull=False) & Q(amount__lt=Decimal(0))),
                name="a_private_mirror_is_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
