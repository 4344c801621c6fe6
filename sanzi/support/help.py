"""Who helps whom: every tie of help a village has, what was done, goals and their readings."""

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate

from sanzi.access.models import Person
from sanzi.access.scope import Record, ScopedQuerySet
from sanzi.store.fields import ScaledField
from sanzi.store.sealed import SealedField
from sanzi.support.stages import HelpStage

from .expert import Expert, Matching


class HelpQuerySet(ScopedQuerySet):
    def visible_to(self, person: Person) -> "HelpQuerySet":
        """The help villages in sight receive, and what one's own village gives."""
        code = person.region_code
        received = super().visible_to(person)
        if code is None or len(code) < 12:
            return received
        return self.filter(Q(village=code[:12]) | Q(helper_village=code[:12]))

    def for_pages(self) -> "HelpQuerySet":
        return self.select_related("expert", "proposed_by", "confirmed_by")


class Help(Record):
    """One tie (结对帮扶): who helps this village, in what, from when to when."""

    class Kind(models.TextChoices):
        CITY_UNIT = "city-unit", "市直部门"
        COUNTY_LEADER = "county-leader", "县级领导"
        COUNTY_UNIT = "county-unit", "县直部门"
        TOWN_HEAD = "town-head", "乡镇党政正职"
        STRONG = "strong", "强村带弱村"
        FIRM = "firm", "村企结对"
        UNIT = "unit", "单位定点帮扶"
        EXPERT = "expert", "专家服务"

    kind = models.CharField("方式", max_length=14, choices=Kind)
    helper = models.CharField("帮扶方", max_length=80)
    # The strong village of a pair of villages.
    helper_village = models.CharField(max_length=12, default="", blank=True)
    contact = models.CharField("联系人", max_length=40, default="", blank=True)
    phone = SealedField("联系电话", null=True)
    matter = models.CharField("帮扶内容", max_length=300)
    from_on = models.DateField("开始")
    until_on = models.DateField("截止")
    stage = models.CharField("状态", max_length=10, choices=HelpStage, default=HelpStage.PROPOSED)
    expert = models.ForeignKey(Expert, models.PROTECT, null=True, related_name="helps")
    matching = models.ForeignKey(Matching, models.PROTECT, null=True, related_name="helps")
    points = models.PositiveIntegerField("匹配分", null=True)
    reason = models.TextField("理由", default="", blank=True)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField("确认时间", null=True)
    ended_on = models.DateField("结束日期", null=True)
    ended_for = models.CharField("结束说明", max_length=200, default="", blank=True)

    objects = HelpQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["helper_village"], name="support_help_given"),
        ]
        constraints = [
            models.UniqueConstraint(
                "village", "kind", "helper",
                condition=Q(stage__in=(HelpStage.PROPOSED, HelpStage.ACTIVE)),
                name="one_living_help_of_a_helper",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")),
                name="nobody_confirms_an_own_help",
            ),
            models.CheckConstraint(
                condition=~Q(helper_village=F("village")), name="no_village_helps_itself"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.helper}（{self.get_kind_display()}）"

    @property
    def is_overdue(self) -> bool:
        """Whether its last day has passed and nobody said what came of it."""
        return self.stage == HelpStage.ACTIVE and self.until_on < localdate()

    @property
    def state(self) -> str:
        return "到期未结束" if self.is_overdue else self.get_stage_display()


# 四个一: what each village of the leaders' class has one of (yangquan article).
FOUR_ONES = (Help.Kind.CITY_UNIT, Help.Kind.COUNTY_LEADER, Help.Kind.COUNTY_UNIT,
             Help.Kind.TOWN_HEAD)  # fmt: skip


class Deed(Record):
    """One visit or deed of help: the day, what was done, what comes next. Only ever added."""

    help = models.ForeignKey(Help, models.PROTECT, related_name="deeds")
    done_on = models.DateField("日期")
    what = models.CharField("做了什么", max_length=500)
    next = models.CharField("下一步", max_length=200, default="", blank=True)
    told_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint("help", "done_on", "what", name="one_deed_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.done_on} {self.what}"


class Goal(Record):
    """What a help or a year of study is to bring: a measure, where it stood, where it is to be.

    Values are drawn from the measure, never typed: the base when the goal is set, readings later.
    """

    # The thing it belongs to, as the journal names it.
    on = models.CharField(max_length=60)
    measure = models.CharField("指标", max_length=60)
    base_on = models.DateField("起点日")
    base = ScaledField("起点值", places=4, null=True)
    target = ScaledField("目标值", places=4)
    due_on = models.DateField("期限")
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    dropped_for = models.CharField("撤销理由", max_length=200, default="", blank=True)

    class Meta(Record.Meta):
        indexes = [*Record.Meta.indexes, models.Index(fields=["on"], name="support_goals_of")]
        constraints = [
            models.UniqueConstraint(
                "on", "measure", "due_on", condition=Q(dropped_for=""), name="one_goal_of_a_measure"
            )
        ]

    def __str__(self) -> str:
        return self.measure


class Reading(Record):
    """A goal's figure drawn on a day and kept. Only ever added."""

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="readings")
    as_of = models.DateField("截至")
    value = ScaledField("数值", places=4, null=True)
    note = models.CharField("说明", max_length=200, default="", blank=True)
    drawn_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("goal", "as_of", name="one_reading_a_day")]

    def __str__(self) -> str:
        return f"{self.as_of} {self.value}"
