"""债权: what others owe a village."""

from django.db import models

from sanzi.access.scope import Record
from sanzi.intake.columns import keeps
from sanzi.parties.models import Party


@keeps("债权")
class Claim(Record):
    """One claim as it stood when the base was locked; dispositions move it from there."""

    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="claims")

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("village", "number", name="one_claim_per_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.debtor}"  # type: ignore[attr-defined]
