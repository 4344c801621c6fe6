"""需协调事项: what a village or town cannot solve itself, raised to the next level with a clock."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from sanzi.access.models import Person
from sanzi.access.scope import Record, ScopedQuerySet
from sanzi.kernel.regions import trim

from .stages import BlockerStage


class BlockerQuerySet(ScopedQuerySet):
    def open_on(self, day: date) -> Self:
        """Raised by the end of a day and not closed by then."""
        return self.filter(raised_on__lte=day).filter(Q(closed_on=None) | Q(closed_on__gt=day))

    def waiting(self) -> Self:
        """Those somebody above has to answer."""
        return self.filter(stage__in=(BlockerStage.RAISED, BlockerStage.ACCEPTED))


class Blocker(Record):
    """One matter raised; a town raises under its 12-digit code. What was done is its steps."""

    class Kind(models.TextChoices):
        DISPUTE = "dispute", "矛盾纠纷"
        COORDINATION = "coordination", "需协调事项"

    kind = models.CharField("类别", max_length=12, choices=Kind)
    matter = models.CharField("事项", max_length=100)
    detail = models.TextField("情况和请求", max_length=2000)
    # The row it is about, as the journal calls it; empty: none.
    on = models.CharField("涉及", max_length=80, default="", blank=True)
    stage = models.CharField(
        "状态", max_length=10, choices=BlockerStage, default=BlockerStage.RAISED
    )
    # Trimmed code of the region whose answer is awaited, or was given.
    holder = models.CharField("由谁答复", max_length=9)
    due_on = models.DateField("答复期限")
    raised_on = models.DateField("提出日期")
    closed_on = models.DateField("办结日期", null=True)
    answer = models.TextField("答复", max_length=2000, default="", blank=True)
    raised_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # Who sees it to its end: whoever raised it, until it is handed over (交接).
    keeper = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # One form sent twice raises one matter.
    once = models.CharField(max_length=36, unique=True)

    objects = BlockerQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["holder", "stage"], name="blockers_by_holder"),
        ]

    def __str__(self) -> str:
        return self.matter

    @property
    def raiser(self) -> str:
        """Trimmed code of whoever raised it."""
        return trim(self.village)


class BlockerStep(Record):
    """One thing done about a matter. Only ever added."""

    blocker = models.ForeignKey(Blocker, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=10)
    # Who had to act when it was done, and who has to act after it.
    holder = models.CharField(max_length=9)
    due_on = models.DateField(null=True)
    note = models.TextField(max_length=2000, default="", blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(Record.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.step} {self.at}"
