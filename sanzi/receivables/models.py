"""债权: what others owe a village, and what happened to the time it can be enforced in."""

from django.db import models

from sanzi.access.models import Person
from sanzi.access.scope import Record
from sanzi.documents.models import Document
from sanzi.intake.columns import keeps
from sanzi.parties.models import Party
from sanzi.store.fields import MoneyField

from .limitation.facts import KINDS

# What the clock knows, what it may start from, and two words about earlier events.
EVENT_KINDS = {
    **KINDS,
    "grace_end": "催收时给的宽限期届满",
    "refused_on": "第一次被要求时拒绝履行",
    "ended": "程序终结",
    "withdrawn": "撤回登记",
}


@keeps("债权")
class Claim(Record):
    """One claim as it stood when the base was locked; dispositions move it from there.

    The columns APART are worked out from movements and limitation events in the transaction that
    changes those, so that a register of any size reads them; `sanzi verify` computes them again.
    """

    APART = frozenset({"base_on", "left", "put_aside", "last_day", "clocked_on"})

    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="claims")
    base_on = models.DateField("基准日", null=True, editable=False)
    left = MoneyField("尚欠元", null=True, editable=False)
    # Of what is left, how much is sealed (打包封存).
    put_aside = MoneyField("已封存元", null=True, editable=False)
    # Until when it can be enforced, as worked out on `clocked_on`; null: nothing to start from.
    last_day = models.DateField("时效届满日", null=True, editable=False)
    clocked_on = models.DateField(null=True, editable=False)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint("village", "number", name="one_claim_per_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.debtor}"  # type: ignore[attr-defined]


class LimitationEvent(Record):
    """Something that happened to the time a claim can be enforced in: added, never changed.

    `about` names an earlier event: the procedure that `ended`, or the entry `withdrawn` as wrong.
    """

    class Proof(models.TextChoices):
        SIGNED = "signed", "债务人签字、盖章或捺印"
        DELIVERED = "delivered", "有送达、受理或到账证明"
        NONE = "none", "没有证据"

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="events")
    kind = models.CharField("事项", max_length=20, choices=list(EVENT_KINDS.items()))
    dated = models.DateField("日期")
    evidence = models.CharField("证据", max_length=10, choices=Proof, default=Proof.NONE)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    note = models.CharField("说明", max_length=200, default="", blank=True)
    about = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    # What another part of the system recorded, once ("receivables.step:17"); empty: by hand.
    source = models.CharField(max_length=120, default="", blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                "source", condition=~models.Q(source=""), name="one_limitation_event_per_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dated} {self.get_kind_display()}"


from .casework import (  # noqa: E402,F401 - tables of the steps; Django looks for them here
    CaseClaim,
    Clue,
    Instalment,
    MediationCase,
    Milestone,
    Package,
    Proposal,
    Pursuit,
    Reply,
)
from .entrusting import Entrustment  # noqa: E402,F401
from .estates import Estate  # noqa: E402,F401
