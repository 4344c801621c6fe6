"""催办: the ladder a region tells people by, and what was told to whom on which day."""

from datetime import date
from typing import Any, Self

from django.db import models

from sanzi.access.models import Person
from sanzi.access.scope import under
from sanzi.kernel.regions import ancestors


class LadderQuerySet(models.QuerySet["Ladder"]):
    def visible_to(self, person: Person) -> Self:
        """Those of this person's region, of the regions above it and of those within it."""
        code = person.region_code
        if code is None:
            return self.none()
        return self.filter(models.Q(region__in=ancestors(code)) | under("region", code))


class Ladder(models.Model):
    """One version of a region's overdue ladder; the last one made holds. Only ever added."""

    region = models.CharField("地区", max_length=9)
    # [{days, title, tells}], as reminding/ladder.py reads them.
    rungs: Any = models.JSONField("级次")
    reason = models.CharField("理由", max_length=200)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = LadderQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["region", "id"], name="ladders_by_region")]

    def __str__(self) -> str:
        return f"{self.region} {self.made_at:%Y-%m-%d}"


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def of(self, day: date) -> Self:
        """All that was sent on one day: what the sender asks before sending."""
        return self.filter(day=day)

    def visible_to(self, person: Person) -> Self:
        """A person's own reminders; nobody's but one's own."""
        return self.filter(person=person)


class Reminder(models.Model):
    """What one person was reminded of on one day: one reminder a day and person, at most."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    day = models.DateField("日期")
    # [{task, days, rung}]: days over the limit, negative before it.
    lines: Any = models.JSONField("事项")
    sent_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField("发出时间")

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ("-day",)
        constraints = [
            models.UniqueConstraint("person", "day", name="one_reminder_a_day_and_person")
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.day}"
