from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanzi.policies.relief import (
    HEIRS,
    NO_HEIRS,
    THREE_TWO_ONE,
    Debtor,
    Terms,
    Tier,
    fault_of,
    offer,
)

DAY = date(2022, 4, 1)


def settle(owed, day, **debtor):
    found = offer(THREE_TWO_ONE, Decimal(owed), DAY, DAY + timedelta(day), Debtor(**debtor))
    return str(found.cash), str(found.waived)


def test_nine_thousand_eight_hundred_paid_on_the_eighth_day():
    assert settle("9800.00", 8) == ("6860.00", "2940.00")


@pytest.mark.parametrize(
    ("day", "waived"),
    [(0, 30), (10, 30), (11, 20), (20, 20), (21, 10), (30, 10), (31, 0), (-1, 0)],
)
def test_each_tier_ends_with_its_last_day(day, waived):
    assert settle("100.00", day)[1] == (f"{waived}.00" if waived else "0.00")


@pytest.mark.parametrize("word", ["脱贫户", "低保户", "五保户"])
@pytest.mark.parametrize(("day", "waived"), [(11, "30.00"), (30, "30.00"), (31, "0.00")])
def test_households_in_hardship_have_thirty_days(word, day, waived):
    assert settle("100.00", day, standing=[word])[1] == waived


def test_the_dead_without_heirs_owe_nothing_and_heirs_no_more_than_the_estate():
    assert settle("100.00", 99, status=NO_HEIRS) == ("0.00", "100.00")
    assert settle("100.00", 5, status=HEIRS, estate=Decimal("50.00")) == ("50.00", "50.00")
    assert settle("100.00", 5, status=HEIRS, estate=Decimal("70.00")) == ("70.00", "30.00")
    assert settle("100.00", 5, status=HEIRS) == ("70.00", "30.00")


@given(st.decimals("0.01", "99999999", places=2), st.integers(-5, 60))
def test_nothing_is_lost_between_cash_and_waiver(owed, day):
    found = offer(THREE_TWO_ONE, owed, DAY, DAY + timedelta(day), Debtor())
    assert found.cash + found.waived == owed
    assert found.cash > 0
    later = offer(THREE_TWO_ONE, owed, DAY, DAY + timedelta(day + 1), Debtor())
    assert day < 0 or later.waived <= found.waived


@pytest.mark.parametrize(
    "tiers",
    [(), ((10, "1"),), ((10, "0"),), ((10, "0.3"), (10, "0.2")), ((10, "0.2"), (20, "0.3"))],
)
def test_terms_that_make_no_sense_are_refused(tiers):
    assert fault_of(Terms(tuple(Tier(days, Decimal(rate)) for days, rate in tiers)))
