"""增收目标: what counts as income, in which tiers; goals; one-off income; the yearly statements."""

from typing import Any, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from sanzi.access.models import Person
from sanzi.access.scope import Record, under
from sanzi.accounting.models import Book, Voucher
from sanzi.kernel.refusals import Missing
from sanzi.kernel.regions import ancestors
from sanzi.store.fields import MoneyField

from .definitions import DEFINITIONS
from .parts import INCOME_PARTS
from .stages import Hand, Stage

_DEFINITIONS = [(one.code, one.label) for one in DEFINITIONS]


class RegionalQuerySet(models.QuerySet[Any]):
    """Rows of a region that is no village: seen by it, by all below and by all above."""

    def visible_to(self, person: Person) -> Self:
        """What holds over this person's region, and what lies within it."""
        code = person.region_code
        if code is None:
            return self.none()
        return self.filter(Q(region__in=[*ancestors(code), code]) | under("region", code))

    def governing(self, code: str) -> Self:
        """Those set for a region or for one above it. The caller has been scoped to the region."""
        return self.filter(region__in=[*ancestors(code), code])

    def claim(self, pk: int, by: Person) -> Any:
        """Lock one of `by`'s own region or below: only who set it changes it. Raises Missing."""
        code = by.region_code
        mine = self.none() if code is None else self.filter(under("region", code))
        found = mine.select_for_update(of=("self",)).filter(pk=pk).first()
        if found is None:
            raise Missing("scope.missing", "没有找到该记录")
        return found


class Regional(models.Model):
    """Set by a region's office for all below."""

    # Trimmed: 4 digits a city, 6 a county, 9 a town.
    region = models.CharField("地区", max_length=12, blank=True)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField("登记时间")

    objects = RegionalQuerySet.as_manager()

    class Meta:
        abstract = True


class Standard(Regional):
    """What a region judges incomes by from a day on; only ever added, the latest holds."""

    class Kind(models.TextChoices):
        TIERS = "tiers", "收入分档"
        JUMPS = "jumps", "突击入账预警"
        APART = "apart", "一次性收入科目"

    kind = models.CharField("类别", max_length=6, choices=Kind)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    from_on = models.DateField("起用日期")
    reason = models.CharField("依据", max_length=200)

    class Meta:
        indexes = [models.Index(fields=["region", "kind", "from_on"], name="income_standards")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.from_on} 起）"


class Goal(Regional):
    """So many villages of a region, or all, with so much income under one definition by a day."""

    title = models.CharField("名称", max_length=60)
    definition = models.CharField("收入口径", max_length=20, choices=_DEFINITIONS)
    threshold = MoneyField("每村应达到")
    # Empty: every village.
    wanted = models.PositiveIntegerField("应达到的村数", null=True)
    by_on = models.DateField("完成时限")
    counts_one_off = models.BooleanField("一次性收入计入", default=False)
    reason = models.CharField("依据", max_length=200, default="", blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_for = models.CharField("撤销理由", max_length=200, default="", blank=True)

    class Meta:
        ordering = ("-by_on", "pk")
        indexes = [models.Index(fields=["region", "by_on"], name="income_goals")]
        constraints = [
            models.CheckConstraint(condition=Q(threshold__gt=0), name="a_goal_asks_for_income"),
            models.UniqueConstraint(
                "region", "title", "by_on", condition=Q(withdrawn_at=None), name="one_goal_a_title"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def year(self) -> int:
        """The year whose income is meant."""
        return self.by_on.year


class OneOff(Record):
    """Income that will not come again, shown apart: marked by one person, confirmed by another.

    Of a line of a voucher, or, where a village keeps no books here, of the year's register row.
    """

    class Kind(models.TextChoices):
        OLD_CLAIMS = "old_claims", "清收以前年度欠款"
        LAND = "land", "征地补偿"
        SALE = "sale", "处置资产"
        DONATION = "donation", "捐赠、奖励"
        WAIVED = "waived", "无需支付的应付款"
        OTHER = "other", "其他一次性收入"

    year = models.PositiveSmallIntegerField("年度")
    part = models.CharField(
        "收入项目", max_length=20, choices=[(part.key, part.label) for part in INCOME_PARTS]
    )
    amount = MoneyField("金额")
    kind = models.CharField("性质", max_length=12, choices=Kind)
    reason = models.CharField("理由", max_length=200)
    book = models.ForeignKey(Book, models.PROTECT, null=True, related_name="+")
    voucher = models.ForeignKey(Voucher, models.PROTECT, null=True, related_name="+")
    line = models.BigIntegerField(null=True)
    stage = models.CharField("状态", max_length=10, choices=Hand, default=Hand.PROPOSED)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提出时间")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("复核时间", null=True)
    decided_for = models.CharField("复核意见", max_length=200, default="", blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                "line", condition=~Q(stage="refused"), name="a_line_is_marked_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="a_mark_has_two_hands",
            ),
            models.CheckConstraint(
                condition=Q(line=None, voucher=None, book=None)
                | Q(line__isnull=False, voucher__isnull=False, book__isnull=False),
                name="a_mark_is_of_a_line_or_a_row",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} 年{self.get_kind_display()}"


class Call(Regional):
    """收入台账填报: one year or quarter, asked of every village of a region by a day."""

    year = models.PositiveSmallIntegerField("年度")
    # 0 asks for the whole year.
    quarter = models.PositiveSmallIntegerField("季度", default=0)
    due_on = models.DateField("截止日期")

    class Meta:
        ordering = ("-year", "-quarter", "pk")
        constraints = [
            models.UniqueConstraint("region", "year", "quarter", name="one_call_a_quarter"),
            models.CheckConstraint(condition=Q(quarter__lte=4), name="a_year_has_four_quarters"),
        ]

    def __str__(self) -> str:
        span = f"{self.year} 年前 {self.quarter} 季度" if self.quarter else f"{self.year} 年度"
        return f"{span}收入台账"

    @property
    def month(self) -> int:
        """The last month it asks about: a quarter's statement adds up the year so far."""
        return self.quarter * 3 or 12


class Statement(Record):
    """One village's answer to a call; its figures are frozen when it hands them in."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="statements")
    stage = models.CharField("状态", max_length=10, choices=Stage, default=Stage.WAITING)
    # {part: fen} as drawn from books or register when handed in, and where that was.
    drawn = models.JSONField(default=dict)
    origin = models.CharField("数据来源", max_length=10, default="", blank=True)
    # {part: fen} as the village says; where it differs from what was drawn it explains.
    told = models.JSONField(default=dict)
    explanation = models.CharField("差异说明", max_length=500, default="", blank=True)
    filed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    filed_at = models.DateTimeField("上报时间", null=True)
    returned_for = models.CharField("退回理由", max_length=200, default="", blank=True)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("call", "village", name="one_statement_a_call")]

    def __str__(self) -> str:
        return str(self.call)

    @property
    def is_filed(self) -> bool:
        return self.stage == Stage.FILED


class Report(Regional):
    """A town's or county's report on a call: the sums of all below, once all below are in."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="reports")
    # {part: fen}; villages counted.
    sums = models.JSONField()
    villages = models.PositiveIntegerField("村数")
    sent_back_at = models.DateTimeField(null=True)
    sent_back_for = models.CharField("退回理由", max_length=200, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "call", "region", condition=Q(sent_back_at=None), name="one_report_a_region"
            )
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.call_id}"
