"""清收交办: a claim in a collector's hands, from a day until another; only added and ended."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from sanzi.access.models import Person
from sanzi.access.scope import Record


class Entrustment(Record):
    """One claim given to one person to collect. `until` is the first day it is theirs no more.

    A claim is in one person's hands at a time; what has ended the database refuses to change.
    """

    claim = models.ForeignKey("receivables.Claim", models.PROTECT, related_name="entrustments")
    collector = models.ForeignKey(Person, models.PROTECT, related_name="+")
    from_on = models.DateField("接手日期")
    until = models.DateField("移出日期", null=True)
    ended_for = models.CharField("移出原因", max_length=60, default="", blank=True)
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_at = models.DateTimeField("交办时间")

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["collector", "until"], name="entrustments_by_collector"),
        ]
        constraints = [
            models.UniqueConstraint(
                "claim", condition=Q(until=None), name="a_claim_is_in_one_persons_hands"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("from_on")),
                name="an_entrustment_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.from_on}"

    def days(self, today: date) -> int:
        """How long it was, or has been, in these hands."""
        return ((self.until or today) - self.from_on).days
