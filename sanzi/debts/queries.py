"""One debt as its page tells it."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sanzi.dispositions.ledger import Ledger, ledger
from sanzi.intake.dictionary import sheet
from sanzi.kernel.money import grouped
from sanzi.metrics.rows import shares_of_row
from sanzi.web.formats import rate

from .interest import Cap
from .models import Debt, InterestCap, ReductionPlan

SHEET = sheet("债务")


def movements(debt: Debt, acts: Iterable[Any]) -> Ledger:
    """The debt's ledger; one query."""
    return ledger(
        acts,
        shares_of_row("debts", debt.pk),
        locked="debts.locked",
        kind_of=lambda method: "debts.resolved",
    )


def answer(debt: Any, kept: Ledger) -> str:
    """What is owed, what was resolved since the base, and how far that is."""
    said = []
    if kept.locked is None:
        if debt.balance is not None:
            said.append(f"账面 {grouped(debt.balance)} 元")
        said.append("不在锁定基数内，不计入化解率")
    else:
        assert kept.moved is not None
        assert kept.left is not None
        said.append(f"账面 {grouped(kept.locked)} 元")
        said.append(f"基准日后已化解 {grouped(kept.moved)} 元")
        said.append(f"尚欠 {grouped(kept.left)} 元")
        said.append(f"化解率 {rate(kept.rate)}")
    return f"欠{debt.creditor}：{'，'.join(said)}"


def caps_over(village: str) -> list[Cap]:
    """The caps on interest that offices entered for a village, the nearest office last."""
    rows = InterestCap.objects.over(village).order_by("region", "pk")
    return [Cap(row.from_on, row.rate, row.source, unverified=False) for row in rows]


def base_years(villages: Collection[str], otherwise: date) -> dict[str, int]:
    """The year each village's base was locked; one query. The caller has been scoped."""
    found = Debt.objects.filter(village__in=villages, base_on__isnull=False)
    locked = dict(found.order_by().values_list("village", "base_on").distinct())
    return {village: locked.get(village, otherwise).year for village in villages}


def plans_over(villages: Collection[str], on: date) -> dict[str, ReductionPlan]:
    """The adopted plan of each village on a day: the nearest office's, then the latest; one query.

    Villages without one are absent: the example then stands for them.
    """
    codes = {village[:length] for village in villages for length in (0, 2, 4, 6, 9, 12)}
    adopted = ReductionPlan.objects.filter(
        region__in=codes, from_on__lte=on, adopted_at__isnull=False
    )
    rows = sorted(adopted, key=lambda plan: (len(plan.region), plan.from_on))
    return {
        village: plan for plan in rows for village in villages if village.startswith(plan.region)
    }
