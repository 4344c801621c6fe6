"""处置记录: what was done to a contract, claim, debt, resource or asset, event by event."""

from django.db import models

from sanzi.access.models import Person
from sanzi.access.scope import Record, ScopedQuerySet
from sanzi.accounting.models import Voucher
from sanzi.intake.columns import keeps

# Ways of putting a claim aside: they change what is done with it, never what is owed.
SEALING = "打包封存"
NOTICE = "下函对账"


class DispositionQuerySet(ScopedQuerySet):
    def on(self, kind: str, village: str, number: str) -> "DispositionQuerySet":
        """What was done to one thing, in order."""
        found = self.filter(kind=kind, village=village, target_number=number)
        return found.order_by("dated", "pk")


@keeps("处置记录")
class Disposition(Record):
    """One act, and with that one movement of what it acts on.

    What a workbook brought may be corrected by a later workbook. What an action wrote (`source` is
    not empty) stands for good: the database refuses to change it, and it is put right by its mirror
    image (`reverses`, the same amount negative) with a reason in the remark. `ordinal` tells apart
    acts alike in everything else: two payments on one day.
    """

    APART = frozenset({"source", "voucher_id", "reverses_id", "recorded_by_id", "recorded_at"})

    # Spelt out here because they are keys: short, indexed and never null.
    kind = models.CharField("事项类型", max_length=20)
    target_number = models.CharField("事项编号", max_length=60)
    dated = models.DateField("日期")
    method = models.CharField("环节或方式", max_length=20)
    document_number = models.CharField("文号或凭证号", max_length=100, default="", blank=True)
    ordinal = models.PositiveIntegerField(default=1, editable=False)
    # The event behind it ("receivables.step:17"), so that nothing moves twice; empty: imported.
    source = models.CharField(max_length=120, default="", db_default="", editable=False)
    voucher = models.ForeignKey(
        Voucher, models.PROTECT, null=True, related_name="movements", editable=False
    )
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="reversed_by", editable=False
    )
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(null=True, editable=False)

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
            ),
            models.UniqueConstraint(
                "source", condition=~models.Q(source=""), name="one_movement_per_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dated} {self.method}"
