from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sanzi.debts.figures import KINDS, UNCLASSIFIED, debt_shares
from sanzi.intake.dictionary import sheet
from sanzi.metrics.share import total

BASE = date(2022, 2, 28)

DEBT: dict[str, Any] = {
    "formed_on": date(2010, 1, 1),
    "principal": Decimal("1000.00"),
    "repaid_amount": Decimal("200.00"),
    "balance": None,
}


def act(method: str, amount: str | None, dated: date = date(2022, 5, 1)) -> dict[str, Any]:
    return {"dated": dated, "method": method, "amount": Decimal(amount) if amount else None}


def on(*acts: dict[str, Any], base_on: date | None = BASE, **changes: Any) -> dict[str, int]:
    shares = debt_shares(DEBT | changes, acts, base_on)
    return {
        metric.removeprefix("debts."): value
        for metric, value in total(shares, date(2022, 12, 31)).items()
    }


def test_the_base_is_the_balance_and_without_one_what_is_left_of_the_principal():
    assert on(balance=Decimal("750.50")) == {"count": 1, "locked": 75050}
    assert on() == {"count": 1, "locked": 80000}


@pytest.mark.parametrize(
    ("formed_on", "found"),
    [
        (BASE, {"count": 1, "locked": 80000}),
        (date(2022, 3, 1), {"count": 1, "new": 100000}),
        (None, {"count": 1, "locked": 80000}),
    ],
)
def test_a_debt_formed_after_the_base_day_is_new(formed_on, found):
    assert on(formed_on=formed_on) == found


def test_what_is_paid_on_a_new_debt_is_no_part_of_the_rate():
    assert on(act("现金偿还", "5.00"), formed_on=date(2022, 3, 1)) == {"count": 1, "new": 100000}


@pytest.mark.parametrize(("dated", "resolved"), [(BASE, None), (date(2022, 3, 1), 500)])
def test_what_was_paid_by_the_base_day_is_already_in_the_balance(dated, resolved):
    assert on(act("现金偿还", "5.00", dated)).get("resolved") == resolved


@pytest.mark.parametrize("method", sheet("处置记录").column("method").allowed)
def test_every_way_but_a_letter_resolves(method):
    assert on(act(method, "5.00")).get("resolved") == (None if method == "下函对账" else 500)


def test_without_a_base_day_everything_is_in_the_base():
    found = on(act("核销", "5.00"), base_on=None, formed_on=date(2022, 3, 1))
    assert found == {"count": 1, "locked": 80000, "resolved": 500, "written_off": 500}


@pytest.mark.parametrize("method", sheet("处置记录").column("method").allowed)
def test_every_way_stands_on_one_line_of_the_report(method):
    found = on(act(method, "5.00"))
    lines = set(KINDS.values()) | {UNCLASSIFIED}
    parts = [found[name] for line in lines if (name := line.removeprefix("debts.")) in found]
    assert sum(parts) == found.get("resolved", 0)


def test_what_is_taken_back_is_no_longer_resolved():
    found = on(act("现金偿还", "5.00"), act("现金偿还", "-5.00", date(2022, 6, 1)))
    assert (found["resolved"], found["cash"]) == (0, 0)


def test_an_act_without_an_amount_resolves_nothing():
    assert on(act("核销", None)) == {"count": 1, "locked": 80000}
