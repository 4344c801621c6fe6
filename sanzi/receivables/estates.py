"""遗产: heirs answer for a dead debtor's debts up to what they inherit, and no further.

民法典 第1161条: 继承人以所得遗产实际价值为限清偿被继承人依法应当缴纳的税款和债务; what they pay
beyond of their own will is not barred.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery, Sum

from sanzi.access.models import Person
from sanzi.access.scope import Record
from sanzi.dispositions.models import Disposition
from sanzi.kernel.money import ZERO, grouped
from sanzi.policies.relief import HEIRS
from sanzi.store.fields import MoneyField

from .clearing import SET_OFF, word_of
from .figures import KINDS
from .plans import REPAID

ARTICLE = "民法典第1161条"
# Ways in which heirs give something for a claim; what is written off or waived they do not give.
GIVEN = tuple(method for method in KINDS if word_of(method) in (REPAID, SET_OFF)) + ("未分项",)


class Estate(Record):
    """What the heirs of a debtor inherit, as found on a day; only added, the last one counts."""

    claim = models.ForeignKey("receivables.Claim", models.PROTECT, related_name="estates")
    amount = MoneyField("遗产实际价值")
    dated = models.DateField("认定日期")
    basis = models.CharField("依据", max_length=200)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("登记时间")

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0), name="an_estate_is_never_less_than_none"
            )
        ]

    def __str__(self) -> str:
        return f"遗产 {self.amount}"


def estate_of(claim: Any) -> Estate | None:
    """What is on record of the estate, with what the heirs have `given` since, in yuan; None while
    the debtor lives or nothing is entered."""
    if claim.debtor_status != HEIRS:
        return None
    given = Disposition.objects.filter(
        kind="债权",
        village=claim.village,
        target_number=claim.number,
        method__in=GIVEN,
        dated__gte=OuterRef("dated"),
    )
    sums = given.order_by().values("target_number").annotate(sum=Sum("amount")).values("sum")
    mine = Estate.objects.within(claim.village).filter(claim=claim.pk)
    found: Estate | None = mine.annotate(given=Subquery(sums)).order_by("-pk").first()
    return found


def rest_of(claim: Any) -> Decimal | None:
    """What may still be demanded of the heirs, in yuan; None without an estate on record."""
    estate: Any = estate_of(claim)
    return None if estate is None else max(estate.amount - (estate.given or ZERO), ZERO)


def beyond(claim: Any) -> Decimal:
    """What of a claim lies beyond the estate; yuan."""
    rest = rest_of(claim)
    left: Decimal = claim.left or ZERO
    return ZERO if rest is None else max(left - rest, ZERO)


def against_heirs(more: Decimal) -> str:
    """Why so much may not be demanded, and what to do with it."""
    return (
        f"继承人以所得遗产为限清偿，超出的 {grouped(more)} 元不能要求继承人还（{ARTICLE}）；"
        "请先对超出部分提出核销"
    )


def against_taking(claim: Any, given: Decimal, facts: Mapping[str, Any]) -> str | None:
    """Why the heirs may not be made to give so much, in yuan; None when it is within the estate,
    or what lies beyond is theirs to give of their own will, with its proof named."""
    rest = rest_of(claim)
    if rest is None or given <= rest or str(facts.get("voluntary") or "").strip():
        return None
    return (
        f"遗产还剩 {grouped(rest)} 元，继承人只以所得遗产为限清偿，超出的 {grouped(given - rest)} "
        f"元不能收（{ARTICLE}）；继承人自愿偿还的，写明自愿偿还的依据"
    )
