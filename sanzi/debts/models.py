"""债务: what a village owes others."""

from django.db import models

from sanzi.access.scope import Record
from sanzi.intake.columns import keeps
from sanzi.parties.models import Party


@keeps("债务")
class Debt(Record):
    """One debt as it stood when the base was locked; dispositions move it from there."""

    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="debts")

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("village", "number", name="one_debt_per_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.creditor}"  # type: ignore[attr-defined]
