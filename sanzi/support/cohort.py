"""The leaders' class (领头雁研修班): a year's cohort, its seats, lessons, attendance, circulars."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from sanzi.access.models import Person
from sanzi.access.scope import Record, ScopedQuerySet
from sanzi.support.held import Held, HeldQuerySet
from sanzi.support.stages import CohortStage, SeatStage

GROUPS = ("A", "B")


class Cohort(Held):
    """One year's class, in two groups, with what it looks for and which figures are drawn."""

    title = models.CharField("名称", max_length=80)
    year = models.PositiveSmallIntegerField("年度")
    seats_max = models.PositiveSmallIntegerField("名额", default=40)
    starts_on = models.DateField("开班")
    ends_on = models.DateField("结业")
    criteria = models.TextField("选拔条件", default="", blank=True)
    # Ids of the measures drawn every month, in the order of the sheet.
    measures = models.JSONField("每月取数", default=list, encoder=DjangoJSONEncoder)
    stage = models.CharField(
        "状态", max_length=10, choices=CohortStage, default=CohortStage.CHOOSING
    )

    class Meta:
        ordering = ("-year", "-pk")
        constraints = [
            models.UniqueConstraint("region", "year", "title", name="one_cohort_of_a_title")
        ]

    def __str__(self) -> str:
        return f"{self.year} 年{self.title}"


class SeatQuerySet(ScopedQuerySet):
    def of(self, cohort: Cohort) -> "SeatQuerySet":
        """The seats of a cohort the caller has claimed or been scoped to."""
        return self.filter(cohort=cohort)

    def chosen(self) -> "SeatQuerySet":
        return self.filter(stage=SeatStage.CHOSEN)


class Seat(Record):
    """A village secretary recommended for a cohort; chosen, in class A or B, or passed over."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="seats")
    name = models.CharField("姓名", max_length=40)
    duty = models.CharField("职务", max_length=40, default="村党组织书记")
    statement = models.CharField("推荐理由", max_length=500)
    # What the figures said when it was decided: {measure: text}.
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    stage = models.CharField(
        "状态", max_length=12, choices=SeatStage, default=SeatStage.RECOMMENDED
    )
    group = models.CharField("班次", max_length=1, default="", blank=True)
    recommended_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recommended_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_for = models.CharField("选拔意见", max_length=200, default="", blank=True)

    objects = SeatQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint("cohort", "village", name="one_seat_a_village"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("recommended_by")),
                name="nobody_decides_an_own_recommendation",
            ),
            models.CheckConstraint(
                condition=Q(group="") | Q(stage__in=(SeatStage.CHOSEN, SeatStage.LEFT)),
                name="only_the_chosen_have_a_class",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OfCohort(HeldQuerySet):
    """Rows of a cohort: seen and changed with it."""

    held_by = "cohort__region"

    def of(self, cohort: Cohort) -> "OfCohort":
        return self.filter(cohort=cohort)


class Lesson(models.Model):
    """One lesson of a cohort: one of the six kinds, for one class or both."""

    class Kind(models.TextChoices):
        THEORY = "theory", "政治理论"
        SPIRIT = "spirit", "党性锻炼"
        EXTENDED = "extended", "延伸培训"
        EXCHANGE = "exchange", "交叉调研"
        PRACTICE = "practice", "实践锻炼"
        SEMINAR = "seminar", "专题研讨"

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="lessons")
    kind = models.CharField("类型", max_length=10, choices=Kind)
    title = models.CharField("主题", max_length=100)
    held_on = models.DateField("日期")
    place = models.CharField("地点", max_length=80, default="", blank=True)
    teacher = models.CharField("授课（带队）人", max_length=60, default="", blank=True)
    group = models.CharField("班次", max_length=1, default="", blank=True)
    homework = models.CharField("作业", max_length=200, default="", blank=True)
    homework_due_on = models.DateField("作业期限", null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = OfCohort.as_manager()

    class Meta:
        ordering = ("held_on", "pk")
        constraints = [
            models.UniqueConstraint(
                "cohort", "held_on", "title", "group", name="one_lesson_of_a_title"
            ),
            models.CheckConstraint(
                condition=Q(homework="") | Q(homework_due_on__isnull=False),
                name="homework_has_a_limit",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Presence(Record):
    """Whether one participant was at one lesson, and whether the homework came in."""

    class Mark(models.TextChoices):
        PRESENT = "present", "到"
        LATE = "late", "迟到"
        LEAVE = "leave", "请假"
        ABSENT = "absent", "缺勤"

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="presences")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="presences")
    mark = models.CharField("出勤", max_length=8, choices=Mark, default="", blank=True)
    handed_in_on = models.DateField("交作业日", null=True)
    homework = models.TextField("作业内容", default="", blank=True)
    marked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("lesson", "seat", name="one_presence_a_lesson")]

    def __str__(self) -> str:
        return self.get_mark_display()


class Circular(models.Model):
    """A circular (通报) on progress against the year's goals; its values frozen, only added."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="circulars")
    as_of = models.DateField("截至")
    # [{name, village, goal, base, target, value, share, behind}] as text.
    rows: Any = models.JSONField(encoder=DjangoJSONEncoder)
    letter = models.PositiveBigIntegerField()
    issued_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    objects = OfCohort.as_manager()

    class Meta:
        ordering = ("-as_of", "-pk")
        constraints = [models.UniqueConstraint("cohort", "as_of", name="one_circular_a_day")]

    def __str__(self) -> str:
        return f"截至 {self.as_of} 的通报"
