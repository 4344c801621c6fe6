"""Random movements on a claim and a debt against a model of a dozen lines."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import transaction

from sanzi.debts import movements as of_debts
from sanzi.kernel.refusals import Refusal
from sanzi.metrics.shares import totals
from sanzi.receivables import movements as of_claims
from sanzi.workbooks.verification import verify
from tests.world import NOON, SHANGTIAN

TODAY, BASE = date(2026, 3, 2), date(2022, 2, 28)
WAYS = {"claim": ("专人清收", "抵顶", "冲销", "打包封存"), "debt": ("现金偿还", "减免", "抵顶")}


@dataclass
class Model:
    """What is owed, what is sealed, and what every day took."""

    left: Decimal
    sealed: Decimal
    taken: list[tuple[date, Decimal]] = field(default_factory=list)

    def take(self, method: str, amount: Decimal, day: date) -> bool:
        """Whether the movement is possible; then it is made."""
        if method == "打包封存":
            if self.sealed + amount > self.left:
                return False
            self.sealed += amount
            return True
        if amount > self.left or self.sealed > self.left - amount:
            return False
        self.left -= amount
        self.taken.append((day, amount))
        return True


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("which", ["claim", "debt"])
def test_whatever_happens_balance_figures_and_days_agree_with_the_model(
    brought: Any, chen: Any, which: str, seed: int
) -> None:
    chance, thing = Random(seed), brought[which]
    feature: Any = of_claims if which == "claim" else of_debts
    model = Model(thing.left, getattr(thing, "put_aside", None) or Decimal(0))
    before = {BASE: totals(SHANGTIAN, TODAY)}
    opened, made = model.left, []
    for n in range(25):
        if made and chance.random() < 0.25:
            act = made.pop(chance.randrange(len(made)))
            with transaction.atomic():
                feature.reverse(
                    thing, act, dated=TODAY, reason="登记有误", source=f"r{n}", by=chen, now=NOON
                )
            if act.method == "打包封存":
                model.sealed -= act.amount
            else:
                model.left += act.amount
                model.taken.append((TODAY, -act.amount))
            continue
        method = chance.choice(WAYS[which])
        amount = Decimal(chance.randrange(1, 120_000)) / 100
        day = BASE + timedelta(chance.randrange(1, 1400))
        possible = model.take(method, amount, day)
        try:
            with transaction.atomic():
                made.append(
                    feature.move(thing, method, amount, day, source=f"m{n}", by=chen, now=NOON)
                )
            assert possible
        except Refusal:
            assert not possible
    thing.refresh_from_db()
    assert thing.left == model.left
    metric = "receivables.recovered" if which == "claim" else "debts.resolved"
    moved = totals(SHANGTIAN, TODAY)[metric] - before[BASE].get(metric, 0)
    assert moved == sum(amount for _, amount in model.taken) * 100
    for day in (date(2023, 6, 1), date(2024, 6, 1), TODAY):
        off = sum((amount for on, amount in model.taken if on <= day), Decimal(0))
        assert feature.balance_of(thing, day) == opened - off
    assert verify(TODAY) == []
