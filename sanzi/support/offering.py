"""The enabling centre (赋能中心): what villages offer, who asks about it, what came of it."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from sanzi.access.models import Person
from sanzi.access.scope import Record, ScopedQuerySet
from sanzi.store.fields import MoneyField
from sanzi.store.sealed import SealedField
from sanzi.support.stages import InquiryStage, OfferingStage


class OfferingQuerySet(ScopedQuerySet):
    def shown(self) -> "OfferingQuerySet":
        """What anybody may read: published, and not taken down since."""
        return self.filter(stage=OfferingStage.PUBLISHED)


class Offering(Record):
    """A product, an investment offer or an incubated project of a village's collective."""

    class Kind(models.TextChoices):
        PRODUCT = "product", "特色产品"
        INVESTMENT = "investment", "招商项目"
        INCUBATED = "incubated", "孵化项目"

    kind = models.CharField("类别", max_length=10, choices=Kind)
    title = models.CharField("名称", max_length=60)
    summary = models.CharField("一句话介绍", max_length=120)
    details = models.TextField("详细说明", default="", blank=True)
    # As the village words it: 12 元/斤, 面议.
    price = models.CharField("价格或合作方式", max_length=60, default="", blank=True)
    stage = models.CharField(
        "状态", max_length=10, choices=OfferingStage, default=OfferingStage.DRAFT
    )
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    # Keys of whoever had a hand in its words: none of them publishes it.
    hands = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    # Who writes on: whoever wrote it last, until it is handed over (交接).
    keeper = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField("发布时间", null=True)
    returned_for = models.CharField("退回理由", max_length=200, default="", blank=True)
    ended_for = models.CharField("办结情况", max_length=200, default="", blank=True)

    objects = OfferingQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["stage", "kind"], name="support_offerings_shown"),
        ]
        constraints = [
            models.UniqueConstraint("village", "kind", "title", name="one_offering_of_a_title"),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("written_by")),
                name="nobody_publishes_an_own_offering",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class InquiryQuerySet(ScopedQuerySet):
    def of(self, offering: Offering) -> "InquiryQuerySet":
        """The leads of an offering that was claimed, or is shown to anybody."""
        return self.filter(offering=offering)


class Inquiry(Record):
    """A lead (线索) from the public form: who asks is sealed, where it came from is a hash."""

    offering = models.ForeignKey(Offering, models.PROTECT, related_name="inquiries")
    name = SealedField("称呼")
    phone = SealedField("电话")
    text = models.CharField("想了解什么", max_length=300)
    once = models.UUIDField(unique=True)
    sender = models.CharField(max_length=64)
    asked_at = models.DateTimeField("时间")
    stage = models.CharField("状态", max_length=10, choices=InquiryStage, default=InquiryStage.NEW)
    handled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    handled_at = models.DateTimeField(null=True)
    # Who is in talks: whoever handled it last, until it is handed over (交接).
    keeper = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    note = models.CharField("办理情况", max_length=200, default="", blank=True)

    objects = InquiryQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["sender", "asked_at"], name="support_inquiry_flood"),
        ]

    def __str__(self) -> str:
        return f"{self.name} 询问"


class Outcome(Record):
    """What an offering came to: a sale, a contract signed. Only added; a negative takes it back."""

    offering = models.ForeignKey(Offering, models.PROTECT, related_name="outcomes")
    inquiry = models.ForeignKey(Inquiry, models.PROTECT, null=True, related_name="outcomes")
    on = models.DateField("日期")
    amount = MoneyField("金额")
    what = models.CharField("结果", max_length=200)
    told_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                "offering", "on", "amount", "what", name="one_outcome_told_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.amount}"
