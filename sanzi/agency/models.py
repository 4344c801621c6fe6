"""村账乡代管: a matter from the village's report to the posted voucher, step by step."""

from decimal import Decimal
from typing import Any, Self

from django.db import models

from sanzi.access.models import Person
from sanzi.access.scope import Record
from sanzi.accounting.models import Book, Dimension, PartQuerySet, Voucher
from sanzi.store.fields import MoneyField

from .duties import TITLES
from .stages import Stage
from .workflow import NOUNS


class Draft(Record):
    """One matter on its way into the books (报账单 → 凭证草稿). No number until posted."""

    class Flow(models.TextChoices):
        INCOME = "income", "收入"
        EXPENSE = "expense", "支出"
        TRANSFER = "transfer", "转账"

    book = models.ForeignKey(Book, models.PROTECT, related_name="drafts")
    stage = models.CharField("环节", max_length=12, choices=Stage, default=Stage.DRAFTING)
    flow = models.CharField("收支", max_length=8, choices=Flow)
    dated = models.DateField("日期")
    memo = models.CharField("事由", max_length=200)
    amount = MoneyField("金额")
    # Whom the village paid or got it from, in its own words.
    payee = models.CharField("对方", max_length=100, default="", blank=True)
    # Sheets of paper, scanned or not.
    attachments = models.PositiveIntegerField("附件张数", default=0)
    # Cash or bank moved, so that a cashier must sign.
    moves_money = models.BooleanField(default=True)
    # Told in plain words on a phone (记一笔).
    is_note = models.BooleanField(default=False)
    # Begun by the agency itself (折旧、计提): no village reports it, it starts at 制单.
    by_agency = models.BooleanField(default=False)
    reported_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField("报账时间")
    # Why it was sent back, until it is submitted again.
    returned_because = models.CharField("退回原因", max_length=200, default="", blank=True)
    # The posted voucher this one corrects or takes back.
    reverses = models.ForeignKey(Voucher, models.PROTECT, null=True, related_name="+")
    voucher = models.OneToOneField(Voucher, models.PROTECT, null=True, related_name="draft")

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["town", "stage", "id"], name="drafts_by_town_and_stage"),
            models.Index(fields=["village", "stage", "id"], name="drafts_by_village_and_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.dated} {self.memo}"

    @property
    def standing(self) -> "models.QuerySet[Handling]":
        """The steps that stand, in order, with their people: who signs the voucher."""
        current = self.handlings.filter(is_current=True)
        return current.select_related("by", "instead_of").order_by("pk")

    @property
    def source(self) -> str:
        """What the posted voucher names as its origin."""
        return f"agency.draft:{self.pk}"


class DraftLine(models.Model):
    """A line of a draft, as far as it is filled in."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="lines")
    place = models.PositiveSmallIntegerField()
    account = models.CharField(max_length=11)
    debit = MoneyField(default=Decimal("0.00"))
    credit = MoneyField(default=Decimal("0.00"))
    memo = models.CharField(max_length=200, default="", blank=True)
    counterparty = models.ForeignKey(Dimension, models.PROTECT, null=True, related_name="+")
    project = models.ForeignKey(Dimension, models.PROTECT, null=True, related_name="+")
    object = models.ForeignKey(Dimension, models.PROTECT, null=True, related_name="+")
    item = models.ForeignKey(Dimension, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("draft", "place", name="one_line_per_place")]

    def __str__(self) -> str:
        return f"{self.place} {self.account}"


class HandlingQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: Person) -> Self:
        """The handlings of drafts in this person's part of the tree."""
        return self.filter(draft__in=Draft.objects.visible_to(person))


class Handling(models.Model):
    """One step somebody took with a draft. Only ever added; the duties are checked against it."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="handlings")
    step = models.CharField("步骤", max_length=20)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # Whom they stood in for.
    instead_of = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    words = models.CharField("意见", max_length=200, default="", blank=True)
    # False once the draft was sent back before it: the step must be taken again.
    is_current = models.BooleanField(default=True)

    objects = HandlingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.step} {self.by}"

    @property
    def who(self) -> str:
        """As a voucher names them: 冯主管（代郑主管）."""
        return f"{self.by.name}（代{self.instead_of.name}）" if self.instead_of else self.by.name

    @property
    def noun(self) -> str:
        """What was done: 复核."""
        return NOUNS.get(self.step, self.step)


class StandIn(Record):
    """Who acts for whom in one duty (代办), from day to day, with the reason on record."""

    # `village` is the region the absent person's post is in, of whatever level.
    duty = models.CharField("职责", max_length=30, choices=list(TITLES.items()))
    absent = models.ForeignKey(Person, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    from_on = models.DateField("自")
    to_on = models.DateField("至")
    reason = models.CharField("事由", max_length=200)
    arranged_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    arranged_at = models.DateTimeField()
    # Ended before its time.
    ended_at = models.DateTimeField(null=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(absent=models.F("person")), name="nobody_stands_in_for_oneself"
            )
        ]

    def __str__(self) -> str:
        return f"{self.absent} → {self.person}"

    @property
    def told(self) -> str:
        """As the stand-in reads it."""
        return f"{self.to_on:%Y-%m-%d} 前您代{self.absent.name}办理{self.get_duty_display()}"


class Sent(models.Model):
    """A form that was handed in, by its one-time key, and the matter it made."""

    once = models.UUIDField(primary_key=True)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.once} {self.draft_id}"


class Unfinished(Record):
    """A voucher put by half typed (暂存): words as they stand in the grid, of one person's.

    It is no draft: it has no stage, nobody reviews it, and there is no way from it into the books
    but the grid itself.
    """

    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    # The matter whose voucher it is to be, or the posted voucher it corrects.
    matter = models.ForeignKey(Draft, models.PROTECT, null=True, related_name="+")
    corrects = models.ForeignKey(Voucher, models.PROTECT, null=True, related_name="+")
    kept_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField("暂存时间")
    # The one-time key of the form it was typed in.
    once = models.UUIDField()
    memo = models.CharField("摘要", max_length=200, default="", blank=True)
    # {"dated": "", "attachments": "", "rows": [["", "", "", "", ""]]}, as typed.
    sheet = models.JSONField(default=dict)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("kept_by", "once", name="one_sheet_kept_per_form")]

    def __str__(self) -> str:
        return self.memo or "（未写摘要）"


class VoucherTemplate(models.Model):
    """A voucher the agency writes again and again (凭证模板)."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    name = models.CharField("模板名称", max_length=60)
    memo = models.CharField("摘要", max_length=200)
    # [{"account": "102", "side": "debit", "amount": "100.00" or "", "memo": ""}]
    lines = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("book", "name", name="one_template_per_name")]

    def __str__(self) -> str:
        return self.name
