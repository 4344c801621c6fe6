"""处置记录: what was done to a contract, claim, debt, resource or asset, event by event."""

from django.db import models

from sanzi.access.scope import Record, ScopedQuerySet
from sanzi.intake.columns import keeps


class DispositionQuerySet(ScopedQuerySet):
    def on(self, kind: str, village: str, number: str) -> "DispositionQuerySet":
        """What was done to one thing, in order."""
        found = self.filter(kind=kind, village=village, target_number=number)
        return found.order_by("dated", "pk")


@keeps("处置记录")
class Disposition(Record):
    """One act. `ordinal` tells apart acts alike in everything else: two payments on one day."""

    # Spelt out here because they are keys: short, indexed and never null.
    kind = models.CharField("事项类型", max_length=20)
    target_number = models.CharField("事项编号", max_length=60)
    dated = models.DateField("日期")
    method = models.CharField("环节或方式", max_length=20)
    document_number = models.CharField("文号或凭证号", max_length=100, default="", blank=True)
    ordinal = models.PositiveIntegerField(default=1, editable=False)

    objects = DispositionQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                "kind",
                "village",
                "target_number",
                "dated",
                "method",
                "document_number",
                "ordinal",
                name="one_disposition_per_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dated} {self.method}"
