from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanzi.debts.interest import Cap, Flow, cap_on, recalculate
from sanzi.kernel.refusals import Invalid

START, END = date(2021, 1, 1), date(2022, 1, 1)


def yuan(text):
    return Decimal(text)


@pytest.mark.parametrize(
    ("agreed_on", "rate"),
    [
        (date(2015, 9, 1), "0.24"), (date(2020, 8, 19), "0.24"), (date(2020, 8, 20), "0.154"),
        (date(2021, 12, 19), "0.154"), (date(2021, 12, 20), "0.152"),
    ],
)  # fmt: skip
def test_the_cap_is_that_of_the_day_the_loan_was_agreed(agreed_on, rate):
    cap = cap_on(agreed_on)
    assert cap.rate == yuan(rate)
    assert cap.unverified


def test_a_time_nobody_entered_asks_to_be_looked_up():
    with pytest.raises(Invalid, match="请查证后先登记"):
        cap_on(date(2015, 8, 31))


def test_an_entered_row_goes_before_the_shipped_one():
    own = Cap(date(2020, 8, 20), yuan("0.16"), "公告", unverified=False)
    assert cap_on(date(2021, 1, 1), [own]) is own
    assert cap_on(date(2010, 1, 1), [Cap(date(2009, 1, 1), yuan("0.21"), "公告")]).rate == yuan(
        "0.21"
    )


def test_interest_above_the_cap_falls_to_the_cap():
    found = recalculate(yuan("10000"), yuan("0.30"), START, END)
    assert (found.principal, found.interest) == (yuan("10000"), yuan("1540.00"))
    assert "超过上限" in found.said[0]


def test_interest_within_the_cap_stands_as_agreed():
    assert recalculate(yuan("10000"), yuan("0.10"), START, END).interest == yuan("1000.00")


def test_rolled_up_interest_is_principal_only_as_far_as_it_kept_within_the_cap():
    roll = Flow(END, rolled=yuan("3000"))
    found = recalculate(yuan("10000"), yuan("0.30"), START, date(2023, 1, 1), [roll])
    assert found.rejected == yuan("1460.00")
    # The whole never exceeds the first principal with interest at the cap for all the time.
    assert found.payable == yuan("13080.00")
    assert any("第27条" in sentence for sentence in found.said)


def test_money_pays_interest_first_and_the_excess_of_the_books_is_named():
    found = recalculate(yuan("10000"), yuan("0.10"), START, END, [Flow(END, paid=yuan("1500"))])
    assert (found.principal, found.interest) == (yuan("9500.00"), yuan("0.00"))
    assert found.excess(yuan("12000")) == yuan("2500.00")
    assert found.excess(yuan("9500")) == 0


def test_days_out_of_order_are_refused():
    with pytest.raises(Invalid):
        recalculate(yuan("1"), yuan("0.1"), END, START)
    with pytest.raises(Invalid):
        recalculate(yuan("1"), yuan("0.1"), START, END, [Flow(date(2023, 1, 1), paid=yuan("1"))])


_amounts = st.decimals("0", "100000", places=2)
_flows = st.builds(
    lambda days, rolled, paid: Flow(date.fromordinal(START.toordinal() + days), rolled, paid),
    st.integers(0, 365),
    _amounts,
    _amounts,
)


@given(st.decimals("1", "1000000", places=2), st.decimals("0", "2", places=4),
       st.lists(_flows, max_size=5))  # fmt: skip
def test_nobody_owes_more_than_principal_and_interest_at_the_cap(principal, rate, flows):
    found = recalculate(principal, rate, START, END, flows)
    paid = sum((flow.paid for flow in flows), Decimal(0))
    most = principal + principal * found.cap.rate
    assert Decimal(0) <= found.payable <= max(most - paid, Decimal(0)) + Decimal("0.01")
    assert found.principal >= 0
    assert found.interest >= 0
