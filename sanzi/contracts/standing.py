"""How each due stands: paid, promised, gone to a claim, still open, and how long overdue."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from sanzi.kernel.money import ZERO

from .models import Accrual, Allocation, Arrear, Due, Stage
from .schedule import overdue_days


@dataclass(frozen=True)
class Standing:
    """One due as of a day; amounts in yuan. `promised` waits for its second hand."""

    due: Due
    paid: Decimal
    promised: Decimal
    claimed: Decimal
    claim_number: str
    is_booked: bool
    late: int

    @property
    def open(self) -> Decimal:
        """What may still be collected here: nothing of it is owed anywhere else."""
        return self.due.amount - self.paid - self.promised - self.claimed

    @property
    def owed(self) -> Decimal:
        """What has not come in and is not owed elsewhere; what is not yet posted is still owed."""
        return self.due.amount - self.paid - self.claimed

    @property
    def is_overdue(self) -> bool:
        return self.late > 0 and self.owed > 0

    @property
    def word(self) -> str:
        """Its state as people say it."""
        if self.claimed:
            return "已转债权"
        if not self.owed:
            return "已收清"
        if self.is_overdue:
            return f"逾期 {self.late} 天"
        return "部分已收" if self.paid else "未到期" if not self.late else "未收"

    @property
    def tone(self) -> str:
        if self.claimed:
            return "plain"
        return "done" if not self.owed else "danger" if self.is_overdue else "running"


def standings(dues: Iterable[Due], as_of: date) -> list[Standing]:
    """How these dues stand, in their order; three queries however many there are."""
    held: Sequence[Due] = list(dues)
    keys = [due.pk for due in held]
    sums: dict[tuple[int, str], Decimal] = defaultdict(lambda: ZERO)
    claims: dict[int, Arrear] = {}
    booked: set[int] = set()
    for some in (keys[at : at + 900] for at in range(0, len(keys), 900)):
        paid = Allocation.objects.filter(due__in=some).values_list("due_id", "payment__stage")
        for due, stage, total in paid.annotate(total=Sum("amount")):
            sums[due, stage] = total
        claims |= {one.due_id: one for one in Arrear.objects.filter(due__in=some)}
        accrued = Accrual.objects.filter(due__in=some, year=0, stage=Stage.POSTED)
        booked |= set(accrued.values_list("due_id", flat=True))
    return [
        Standing(
            due=due,
            paid=sums[due.pk, Stage.POSTED],
            promised=sums[due.pk, Stage.PROPOSED],
            claimed=claims[due.pk].amount if due.pk in claims else ZERO,
            claim_number=claims[due.pk].claim_number if due.pk in claims else "",
            is_booked=due.pk in booked,
            late=overdue_days(due.due_on, as_of),
        )
        for due in held
    ]


def allocate(amount: Decimal, found: Iterable[Standing]) -> list[tuple[Due, Decimal]]:
    """Share money among dues, the oldest first; less than the amount when they take no more."""
    shares = []
    for one in sorted(found, key=lambda one: (one.due.due_on, one.due.ordinal)):
        share = min(amount, one.open)
        if share > 0:
            shares.append((one.due, share))
            amount -= share
    return shares
