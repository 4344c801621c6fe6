"""清理事项: one irregular contract on its way to a lawful end, each step with who, when, why."""

from typing import Any

from django.db import models
from django.db.models import Q

from sanzi.access.models import Person
from sanzi.access.scope import Record
from sanzi.contracts.models import Contract

from .paths import BY_CODE, PATHS
from .paths import Path as Way
from .stages import Level, Stage


class Case(Record):
    """One irregular contract being put right. A struck case may be opened again; it stays one."""

    contract = models.OneToOneField(Contract, models.PROTECT, related_name="case")
    stage = models.CharField("环节", max_length=10, choices=Stage, default=Stage.OPENED)
    level = models.CharField("处置层级", max_length=8, choices=Level, default=Level.VILLAGE)
    path = models.CharField(
        "处置方式", max_length=2, choices=[(p.code, p.title) for p in PATHS], default="", blank=True
    )
    # 大额: its own queue, and a leader's approval.
    is_large = models.BooleanField("大额", default=False)
    # 资源资产类: property of the collective in another's use.
    is_property = models.BooleanField("资源资产类", default=True)
    responsible = models.CharField("责任人", max_length=40, default="", blank=True)
    # The day the ground of the remedy was known: the law's own timers run from it.
    known_on = models.DateField("知悉事由日期", null=True)
    entered_on = models.DateField("进入本环节")
    due_on = models.DateField("办理期限", null=True)
    opened_on = models.DateField("立案日期")
    struck_on = models.DateField("销号日期", null=True)
    reopened = models.PositiveSmallIntegerField("重新立案次数", default=0)
    # Why it was sent back, until it moves again.
    returned_because = models.CharField("退回原因", max_length=200, default="", blank=True)

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["town", "stage", "due_on"], name="cases_by_town_and_stage"),
            models.Index(fields=["village", "stage", "due_on"], name="cases_by_village_and_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.contract}"

    @property
    def way(self) -> Way | None:
        """The way it is put right; None before there is a plan."""
        return BY_CODE.get(self.path)

    @property
    def method(self) -> str:
        """完善修订, 解除撤销 or 司法诉讼."""
        return self.way.method if self.way else ""


class CaseStep(Record):
    """One step somebody took with a case. Only ever added; duties are checked against it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    step = models.CharField("步骤", max_length=12)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.CharField("意见", max_length=500, default="", blank=True)
    # What stood on paper: for 方案 its path, for 实施 what was agreed, by field.
    facts: Any = models.JSONField(default=dict)

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["case", "id"], name="steps_of_a_case"),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.by}"


class Suit(Record):
    """仲裁、诉讼、执行: filed and closed are two days, and two figures."""

    class Kind(models.TextChoices):
        ARBITRATION = "arbitration", "土地承包仲裁"
        SUIT = "suit", "民事诉讼"
        EXECUTION = "execution", "强制执行"

    case = models.ForeignKey(Case, models.PROTECT, related_name="suits")
    kind = models.CharField("程序", max_length=12, choices=Kind)
    court = models.CharField("受理机关", max_length=60)
    number = models.CharField("案号", max_length=60)
    filed_on = models.DateField("立案日期")
    # Both together or neither.
    closed_on = models.DateField("结案日期", null=True)
    outcome = models.CharField("结果", max_length=300, default="", blank=True)
    source = models.OneToOneField(CaseStep, models.PROTECT, related_name="suit")

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | ~Q(outcome=""), name="a_closed_suit_has_an_outcome"
            ),
            models.UniqueConstraint("case", "number", "kind", name="one_suit_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def is_open(self) -> bool:
        return self.closed_on is None
