"""专项行动: campaigns with their phases, aims and targets; the day each town's base was locked."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from sanzi.access.models import Person
from sanzi.access.scope import Record, ScopedQuerySet, reaching, under
from sanzi.kernel.refusals import Missing
from sanzi.store.fields import ScaledField

from .lists.models import TaskTemplate as TaskTemplate
from .reminding.models import Ladder as Ladder
from .reminding.models import Reminder as Reminder
from .tasks.models import Task as Task
from .tasks.models import TaskStep as TaskStep


class BaseQuerySet(models.QuerySet["Base"]):
    def visible_to(self, person: Person) -> Self:
        """The bases of towns in this person's part of the tree."""
        code = person.region_code
        return self.none() if code is None else self.filter(under("town", code))

    def claim(self, pk: int, by: Person) -> "Base":
        """Lock one base for the length of an action. Raises Missing."""
        try:
            return self.visible_to(by).select_for_update(of=("self",)).get(pk=pk)
        except Base.DoesNotExist:
            raise Missing("scope.missing", "没有找到该记录") from None


class Base(models.Model):
    """The day a town's bases were locked: only movements after it make the rates."""

    town = models.CharField(max_length=9, unique=True)
    locked_on = models.DateField("基准日")
    # Derived from the first workbook, or chosen by a person with a reason.
    reason = models.CharField("依据", max_length=200)
    locked_by = models.ForeignKey(Person, models.PROTECT)
    locked_at = models.DateTimeField()

    objects = BaseQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.town} {self.locked_on}"


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, person: Person) -> Self:
        """Those held over this person's region or within it: who takes part may look."""
        code = person.region_code
        return self.none() if code is None else self.filter(reaching("region", code))

    def claim(self, pk: int, by: Person) -> "Campaign":
        """Lock one held by `by`'s region or below: only who holds it changes it. Raises Missing."""
        code = by.region_code
        mine = self.none() if code is None else self.filter(under("region", code))
        found = mine.select_for_update(of=("self",)).filter(pk=pk).first()
        if found is None:
            raise Missing("scope.missing", "没有找到该记录")
        return found


class Campaign(models.Model):
    """One campaign of a region: from when to when, what for, by which base day."""

    # Trimmed: 4 digits a city, 6 a county, 9 a town.
    region = models.CharField("组织地区", max_length=9)
    title = models.CharField("名称", max_length=60)
    goals = models.TextField("目标", max_length=1000)
    # Both days are its own: a hundred-day push ends 99 days after it began.
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    # Aims that are gains count from here; its figures of that day are the start.
    base_on = models.DateField("基准日")
    closed_on = models.DateField("结束归档", null=True)
    summary = models.TextField("总结", max_length=2000, default="", blank=True)
    # Moves with every change of its outline or targets; a form that saw another is refused.
    revision = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("建立时间")

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "-pk")
        indexes = [models.Index(fields=["region", "starts_on"], name="campaigns_by_region")]
        constraints = [
            models.UniqueConstraint("region", "title", name="one_campaign_of_a_title"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="a_campaign_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class Phase(models.Model):
    """阶段: 动员, 摸底, 公示, 整改, 总结, with its days, both included."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="phases")
    ordinal = models.PositiveSmallIntegerField("次序")
    title = models.CharField("阶段", max_length=20)
    starts_on = models.DateField("开始")
    ends_on = models.DateField("结束")

    class Meta:
        ordering = ("campaign", "ordinal")
        constraints = [
            models.UniqueConstraint("campaign", "ordinal", name="one_phase_of_an_ordinal"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="a_phase_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Aim(models.Model):
    """目标指标: a metric of the catalogue and what the whole region is to reach."""

    class Measure(models.TextChoices):
        LEVEL = "level", "达到（截至当日的数）"
        GAIN = "gain", "新增（基准日以来）"
        CEILING = "ceiling", "不超过（截至当日的数）"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="aims")
    ordinal = models.PositiveSmallIntegerField("次序")
    metric = models.CharField("指标", max_length=40)
    measure = models.CharField("口径", max_length=7, choices=Measure)
    # Yuan, a count, or a fraction of one.
    goal = ScaledField("总目标", places=4)

    class Meta:
        ordering = ("campaign", "ordinal")
        constraints = [
            models.UniqueConstraint("campaign", "metric", "measure", name="one_aim_of_a_metric")
        ]

    def __str__(self) -> str:
        return self.metric


class TargetQuerySet(ScopedQuerySet):
    def of(self, campaign: Campaign) -> Self:
        """The targets of a campaign the caller has claimed or been scoped to."""
        return self.filter(aim__campaign=campaign)


class Target(Record):
    """What one village or town is to reach of an aim; a town's stands under its full code."""

    aim = models.ForeignKey(Aim, models.PROTECT, related_name="targets")
    value = ScaledField("目标", places=4)
    # How it came about: typed, pasted, or spread by the share of a figure.
    how: Any = models.JSONField(default=dict)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = TargetQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("aim", "village", name="one_target_a_region")]

    def __str__(self) -> str:
        return f"{self.aim} {self.value}"
