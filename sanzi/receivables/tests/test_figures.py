from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sanzi.intake.dictionary import sheet
from sanzi.metrics.catalogue import METRICS
from sanzi.metrics.share import total
from sanzi.receivables.figures import KINDS, claim_shares

BASE = date(2022, 2, 28)
LATER = date(2022, 12, 31)

CLAIM: dict[str, Any] = {
    "formed_on": date(2010, 1, 1),
    "principal": Decimal("1000.00"),
    "received_amount": Decimal("200.00"),
    "balance": None,
}


def act(method: str, amount: str | None = None, dated: date = date(2022, 5, 1)) -> dict[str, Any]:
    return {"dated": dated, "method": method, "amount": Decimal(amount) if amount else None}


def on(*acts: dict[str, Any], as_of: date = LATER, base_on: date | None = BASE, **changes: Any):
    shares = claim_shares(CLAIM | changes, acts, base_on)
    return {
        metric.removeprefix("receivables."): value for metric, value in total(shares, as_of).items()
    }


def test_the_base_is_the_balance_on_the_books():
    assert on(balance=Decimal("750.50")) == {"count": 1, "locked": 75050}


def test_without_a_balance_it_is_what_is_left_of_the_principal():
    assert on() == {"count": 1, "locked": 80000}


def test_a_claim_paid_in_full_is_no_base():
    assert on(received_amount=Decimal("1200.00")) == {"count": 1}


@pytest.mark.parametrize(
    ("formed_on", "locked"), [(BASE, 80000), (date(2022, 3, 1), None), (None, 80000)]
)
def test_only_claims_formed_by_the_base_day_are_in_the_base(formed_on, locked):
    assert on(formed_on=formed_on).get("locked") == locked


def test_without_a_base_day_everything_is_in_the_base():
    assert on(act("现金偿还", "5.00"), base_on=None, formed_on=date(2022, 3, 1)) == {
        "count": 1, "locked": 80000, "cash": 500, "recovered": 500,
    }  # fmt: skip


@pytest.mark.parametrize(("dated", "cash"), [(BASE, None), (date(2022, 3, 1), 500)])
def test_what_moved_by_the_base_day_is_already_in_the_balance(dated, cash):
    assert on(act("专人清收", "5.00", dated)).get("cash") == cash


def test_what_is_collected_on_a_later_claim_is_no_part_of_the_rate():
    assert on(act("专人清收", "5.00"), formed_on=date(2022, 3, 1)) == {"count": 1}


def test_a_movement_counts_from_its_own_day():
    assert "cash" not in on(act("专人清收", "5.00"), as_of=date(2022, 4, 30))
    assert on(act("专人清收", "5.00"), as_of=date(2022, 5, 1))["cash"] == 500


def test_sealing_is_a_line_of_its_own_and_no_recovery():
    assert on(act("打包封存", "5.00")) == {"count": 1, "locked": 80000, "sealed": 500}


@pytest.mark.parametrize("method", sheet("处置记录").column("method").allowed)
def test_every_way_of_clearing_has_exactly_one_line(method):
    found = on(act(method, "5.00"))
    lines = set(found) - {"count", "locked", "recovered", "notices", "mediated_claims"}

    if method == "下函对账":
        assert lines == set()
    else:
        assert lines == {KINDS.get(method, "receivables.unclassified").split(".")[1]}
        assert found.get("recovered", 0) == (0 if method == "打包封存" else 500)


def test_the_lines_of_recovery_add_up_to_it():
    methods = sheet("处置记录").column("method").allowed
    found = on(*(act(method, "5.00") for method in methods))
    lines = ("cash", "adjusted", "set_off", "written_off", "mediated", "litigated", "unclassified")

    assert found["recovered"] == sum(found[line] for line in lines)


def test_letters_and_mediated_claims_are_counted_whatever_the_base():
    early = date(2021, 1, 1)
    found = on(
        act("下函对账", None, early),
        act("下函对账"),
        act("诉前调解", None, early),
        act("诉前调解", "5.00"),
    )
    assert (found["notices"], found["mediated_claims"], found["mediated"]) == (2, 1, 500)


def test_an_act_without_an_amount_moves_nothing():
    assert on(act("依法追缴"), act("未分项", "0.00")) == {"count": 1, "locked": 80000}


def test_every_line_is_in_the_catalogue():
    assert set(KINDS.values()) <= {metric.id for metric in METRICS}
