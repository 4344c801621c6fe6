"""Contracts as signed, of every kind but household contracts."""

from django.db import models

from sanzi.access.scope import Record
from sanzi.intake.columns import keeps
from sanzi.parties.models import Party


@keeps("合同")
class Contract(Record):
    """One contract of a village; who it is with is a Party shared across registers."""

    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="contracts")

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("village", "number", name="one_contract_per_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"  # type: ignore[attr-defined]
