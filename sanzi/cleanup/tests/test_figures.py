from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanzi.cleanup.figures import OUTCOMES, contract_shares
from sanzi.cleanup.rules import Finding
from sanzi.contracts.terms import terms_of
from sanzi.metrics.share import total

from .lawful import LEASE

SIGNED = date(2015, 1, 1)


def finding(since: date | None = None) -> Finding:
    return Finding("P01", "题", "一般", "据", since, "法", "办")


def act(method: str, *day: int) -> dict[str, Any]:
    return {"dated": date(*day), "method": method, "amount": None}


def on(as_of: date, findings=(), remedies=(), **changes: Any) -> dict[str, int]:
    """The contract's figures of a day, without the zeroes."""
    shares = contract_shares(terms_of(LEASE | changes), findings, remedies)
    return {
        metric.removeprefix("contracts."): value
        for metric, value in total(shares, as_of).items()
        if value
    }


def test_a_contract_in_order_is_counted_and_nothing_more():
    assert on(date(2024, 1, 1)) == {"total": 1}
    assert on(date(2014, 12, 31)) == {}


def test_a_contract_without_any_date_is_counted_from_the_beginning():
    assert on(date.min, [finding()], signed_on=None, starts_on=None) == {"total": 1, "irregular": 1}


@pytest.mark.parametrize(("as_of", "irregular"), [(date(2024, 12, 31), 0), (date(2025, 1, 1), 1)])
def test_a_finding_with_a_day_makes_it_irregular_from_that_day(as_of, irregular):
    assert on(as_of, [finding(date(2025, 1, 1))]).get("irregular", 0) == irregular


def test_the_earliest_reason_decides_since_when():
    findings = [finding(date(2020, 1, 1)), finding()]
    assert on(SIGNED, findings)["irregular"] == 1


def test_a_contract_put_right_was_irregular_even_if_no_rule_says_so():
    remedies = [act("完善修订", 2022, 5, 1)]

    assert on(date(2022, 4, 30), remedies=remedies) == {"total": 1}
    assert on(date(2022, 5, 1), remedies=remedies) == {"total": 1, "irregular": 1, "revised": 1}


def test_nothing_counts_before_the_contract_itself():
    remedies = [act("解除撤销", 2010, 1, 1), act("提级处置", 2010, 1, 1)]
    assert on(date(2014, 12, 31), [finding(date(2012, 1, 1))], remedies) == {}


def test_the_latest_outcome_is_the_one_that_counts():
    remedies = [act("司法诉讼", 2022, 3, 1), act("完善修订", 2022, 5, 1)]

    assert on(date(2022, 3, 1), [finding()], remedies)["litigated"] == 1
    later = on(date(2022, 5, 1), [finding()], remedies)
    assert later == {"total": 1, "irregular": 1, "revised": 1}


def test_of_two_outcomes_on_one_day_the_later_entry_counts():
    remedies = [act("完善修订", 2022, 5, 1), act("解除撤销", 2022, 5, 1)]
    assert on(date(2022, 5, 1), [finding()], remedies) == {
        "total": 1,
        "irregular": 1,
        "terminated": 1,
    }


def test_escalating_is_a_route_and_settles_nothing():
    remedies = [act("提级处置", 2022, 3, 1), act("提级处置", 2022, 6, 1)]
    assert on(date(2023, 1, 1), [finding()], remedies) == {
        "total": 1,
        "irregular": 1,
        "escalated": 1,
    }


def test_an_act_that_is_no_remedy_makes_nothing_irregular():
    assert on(date(2023, 1, 1), remedies=[act("公开竞价", 2022, 1, 1)]) == {"total": 1}


def test_a_household_contract_is_on_record_only():
    remedies = [act("完善修订", 2022, 5, 1)]
    found = on(
        date(2023, 1, 1), [finding()], remedies,
        legal_nature="家庭承包", total_amount=Decimal("9000000.00"),
    )  # fmt: skip
    assert found == {"total": 1}


@pytest.mark.parametrize(("amount", "large"), [("5000000.00", 1), ("4999999.99", 0)])
def test_five_million_yuan_is_large(amount, large):
    assert on(SIGNED, total_amount=Decimal(amount)).get("large", 0) == large


@pytest.mark.parametrize(
    ("ends_on", "large"),
    [
        (date(2024, 12, 30), 0),  # Nine whole years of 500,000.
        (date(2024, 12, 31), 1),  # Ten.
        (date(2025, 1, 1), 1),
        (None, 0),
        (date.max, 0),
    ],
)
def test_without_a_total_the_rent_of_the_whole_years_counts(ends_on, large):
    rent = Decimal("500000.00")
    assert on(SIGNED, yearly_amount=rent, ends_on=ends_on).get("large", 0) == large


acts = st.lists(
    st.builds(
        act,
        st.sampled_from([*OUTCOMES, "提级处置", "公开竞价"]),
        st.just(2022),
        st.integers(1, 12),
        st.integers(1, 3),
    )
)


@given(acts, st.integers(1, 12))
def test_a_contract_has_at_most_one_outcome_on_any_day(remedies, month):
    found = on(date(2022, month, 2), [], remedies)
    outcomes = [found.get(metric.removeprefix("contracts."), 0) for metric in OUTCOMES.values()]

    assert sum(outcomes) <= found.get("irregular", 0) <= found["total"] == 1
    assert min(outcomes) >= 0
