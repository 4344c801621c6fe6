"""任务: one line of a task list, imported or given here, and the steps people took with it."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from sanzi.access.models import Person
from sanzi.access.scope import Record, ScopedQuerySet
from sanzi.intake.columns import keeps

from .stages import OPEN, Judged, Stage


class TaskQuerySet(ScopedQuerySet):
    def open_on(self, day: date) -> Self:
        """Those not yet struck off or dropped at the end of this day."""
        return self.filter(Q(stage__in=OPEN) | Q(closed_on__gt=day))

    def overdue_on(self, day: date) -> Self:
        """Those still open on this day whose time limit passed before it."""
        return self.open_on(day).filter(due_on__lt=day)


def _words(title: str, most: int) -> Any:
    return models.CharField(title, max_length=most, default="", db_default="", blank=True)


@keeps("任务")
class Task(Record):
    """One line of a task list. A workbook brings what the dictionary says; the rest is APART.

    A town's, county's or city's own task stands under its full 12-digit code.
    """

    stage = models.CharField(
        "状态", max_length=10, choices=Stage, default=Stage.GIVEN, db_default=Stage.GIVEN
    )
    campaign = models.ForeignKey(
        "campaigns.Campaign", models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    # The line of a template it was given from: 373@1:Q1.
    template = _words("模板", 60)
    # The row it is about, as the journal names it: receivables.claim:17.
    on = _words("所办事项", 80)
    standard = _words("完成标准", 300)
    # The post that answers for it in its region, and a person if one is named.
    role = _words("责任岗位", 30)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="责任人"
    )
    lead_unit = _words("牵头单位", 60)
    joint_units = _words("配合单位", 120)
    judged = models.CharField(
        "完成认定", max_length=10, choices=Judged, default=Judged.EVIDENCE,
        db_default=Judged.EVIDENCE,
    )  # fmt: skip
    # With METRIC: the figure that must reach `target` in `unit`, or stay at or below it.
    metric = _words("指标", 40)
    at_most = models.BooleanField("不超过", default=False, db_default=False)
    # Hundredths, as the doer tells; where the system computes it, nobody types it.
    progress = models.PositiveSmallIntegerField("进度（%）", default=0, db_default=0)
    problem = _words("问题", 300)
    needs_above = models.BooleanField("需上级解决", default=False, db_default=False)
    # What gave it, once: inspections.finding:3; empty where a person did.
    source = _words("来源", 120)
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField("下达时间", null=True)
    handed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    struck_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    # The day it was struck off or dropped.
    closed_on = models.DateField("销号日期", null=True)
    look_back_on = models.DateField("回头看日期", null=True)
    looked_back_on = models.DateField("已回头看", null=True)
    reopened = models.PositiveSmallIntegerField("重新打开次数", default=0, db_default=0)
    # Why it was sent back, until it moves again.
    returned_because = _words("退回原因", 200)

    objects = TaskQuerySet.as_manager()  # type: ignore[misc]

    # What no workbook brings.
    APART = frozenset(
        {
            "stage", "campaign_id", "template", "on", "standard", "role", "person_id", "lead_unit",
            "joint_units", "judged", "metric", "at_most", "progress", "problem", "needs_above",
            "source", "given_by_id", "given_at", "handed_by_id", "struck_by_id", "closed_on",
            "look_back_on", "looked_back_on", "reopened", "returned_because",
        }
    )  # fmt: skip

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["town", "stage", "due_on"], name="tasks_by_town_and_stage"),
            models.Index(fields=["village", "stage", "due_on"], name="tasks_by_village_and_stage"),
            models.Index(fields=["person", "stage"], name="tasks_by_person"),
            models.Index(fields=["on"], name="tasks_by_thing"),
        ]
        constraints = [
            models.UniqueConstraint("village", "number", name="one_task_per_number"),
            models.UniqueConstraint(
                "village", "source", condition=~Q(source=""), name="one_task_per_source"
            ),
            models.CheckConstraint(
                condition=Q(struck_by=None) | ~Q(struck_by=F("handed_by")),
                name="nobody_strikes_off_what_they_handed_in",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.STRUCK)
                | Q(struck_by__isnull=False, closed_on__isnull=False),
                name="a_struck_task_says_by_whom_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.matter  # type: ignore[attr-defined]

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN

    def days_over(self, day: date) -> int:
        """By how many days its time limit has passed on a day; negative before it."""
        due: date | None = self.due_on  # type: ignore[attr-defined]
        return (day - due).days if due else 0

    def is_overdue(self, day: date) -> bool:
        return self.is_open and self.days_over(day) > 0


class TaskStep(Record):
    """One step somebody took with a task. Only ever added; duties are checked against it."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="steps")
    step = models.CharField("步骤", max_length=12)
    # The stage it led to: time in each hand is measured from these.
    stage = models.CharField("状态", max_length=10, choices=Stage)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.CharField("意见", max_length=500, default="", blank=True)
    facts: Any = models.JSONField(default=dict)

    class Meta(Record.Meta):
        indexes = [*Record.Meta.indexes, models.Index(fields=["task", "id"], name="task_steps")]

    def __str__(self) -> str:
        return f"{self.step} {self.by}"
