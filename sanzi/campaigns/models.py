"""The campaign: the day its bases were locked, and its tasks."""

from typing import Self

from django.db import models

from sanzi.access.models import Person
from sanzi.access.scope import Record, under
from sanzi.intake.columns import keeps
from sanzi.kernel.refusals import Missing


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


@keeps("任务")
class Task(Record):
    """One line of a task list."""

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("village", "number", name="one_task_per_number")]

    def __str__(self) -> str:
        return self.matter  # type: ignore[attr-defined]
