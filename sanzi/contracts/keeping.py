"""Figures of the money effect, kept in step with amendments, dues and payments."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max, Sum

from sanzi.kernel.money import ZERO
from sanzi.metrics.shares import RowShares, replace

from .figures import Agreed, Paid, effect_shares, gains_of, yearly_price
from .models import Allocation, Amendment, Carried, Contract, Due, Ending, GainPlan, Stage
from .wording import AMENDABLE, fold

REGISTER = "effects"  # rows are contracts


def refigure(contracts: Collection[Contract]) -> int:
    """Bring the figures of these contracts' effect up to date; how many shares moved."""
    return replace(REGISTER, shares_of(contracts))


def shares_in(villages: Collection[str]) -> dict[int, RowShares]:
    """The shares of every contract of these villages that has any effect to speak of."""
    touched = Contract.objects.filter(village__in=villages)
    touched = touched.filter(pk__in=Amendment.objects.values("contract")) | touched.filter(
        pk__in=GainPlan.objects.values("contract")
    )
    return shares_of(list(touched))


def shares_of(contracts: Iterable[Contract]) -> dict[int, RowShares]:
    """What each of these contracts adds to the figures of effect."""
    return {one.pk: RowShares(one.village, _shares(one)) for one in contracts}


def _shares(contract: Any) -> list[Any]:
    amendments = list(Amendment.objects.filter(contract=contract).order_by("ordinal"))
    plans = GainPlan.objects.filter(contract=contract).order_by("planned_on", "pk")
    return effect_shares(
        list(plans.values_list("planned_on", "amount")),
        _agreed(contract, amendments),
        _lost(contract),
        [paid for amendment in amendments for paid in _paid(amendment)],
    )


def _agreed(contract: Any, amendments: Iterable[Amendment]) -> list[Agreed]:
    terms = {field: getattr(contract, field) for field in AMENDABLE}
    terms["signed_on"] = contract.signed_on
    found = []
    for one in amendments:
        after = fold(terms, [one.changes])
        before, now = yearly_price(terms), yearly_price(after)
        more = (now or ZERO) - (before or ZERO) if now is not None else ZERO
        found.append(Agreed(one.signed_on, one.gain, more))
        terms = after
    return found


def _lost(contract: Contract) -> tuple[date, Decimal] | None:
    """What of the gain an early end took away: dues withdrawn by it, but for the part kept."""
    ending = Ending.objects.filter(contract=contract).first()
    if ending is None:
        return None
    source = f"{ending._meta.label_lower}:{ending.pk}"
    mine = Due.objects.filter(contract=contract, amendment__isnull=False)
    gone = mine.filter(withdrawn_by=source)
    last = gone.aggregate(last=Max("ordinal"))["last"]
    if last is None:
        return ending.ended_on, ZERO
    # The part of a period that was kept was made after those taken back.
    return ending.ended_on, _gain(gone) - _gain(mine.filter(ordinal__gt=last))


def _gain(dues: Any) -> Decimal:
    sums = dues.aggregate(amount=Sum("amount"), former=Sum("former"))
    return (sums["amount"] or ZERO) - (sums["former"] or ZERO)


def _paid(amendment: Amendment) -> list[Paid]:
    dues = list(Due.objects.filter(amendment=amendment).live().order_by("ordinal"))
    carried = Carried.objects.filter(amendment=amendment).aggregate(sum=Sum("amount"))["sum"]
    payments: dict[int, list[tuple[date, Decimal]]] = defaultdict(list)
    posted = Allocation.objects.filter(due__in=dues, payment__stage=Stage.POSTED)
    found: Any = posted.values_list("due", "payment__received_on", "amount")
    for due, on, amount in found:
        payments[due].append((on, amount))
    gains = gains_of([(due.amount, due.former) for due in dues], carried or ZERO)
    return [
        Paid(due.amount, gain, payments[due.pk])
        for due, gain in zip(dues, gains, strict=True)
        if payments[due.pk]
    ]
