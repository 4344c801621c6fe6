"""P02, P03, P09: how long a contract may run, and what happens at its end."""

from datetime import date
from decimal import Decimal

import pytest

from sanzi.cleanup.rules import inspect
from sanzi.contracts.terms import Policy, terms_of

from .lawful import LAND, LEASE, codes, only

TRANSFER = LAND | {"legal_nature": "土地经营权流转"}
RESERVE = LAND | {"legal_nature": "机动地短期发包"}
CONSTRUCTION = LEASE | {"legal_nature": "建设用地出让出租"}
EARLY = {"procedure": None, "met_on": None}


def term(starts_on: date, ends_on: date) -> dict[str, date]:
    return {"signed_on": starts_on, "starts_on": starts_on, "ends_on": ends_on}


@pytest.mark.parametrize(
    ("ends_on", "irregular"),
    [
        (date(2034, 12, 31), False),  # The last day of the twentieth year.
        (date(2035, 1, 1), False),  # Some offices write the anniversary instead.
        (date(2035, 1, 2), True),
    ],
)
def test_a_lease_may_run_twenty_years_to_the_day(ends_on, irregular):
    assert ("P02" in codes(ends_on=ends_on)) is irregular


@pytest.mark.parametrize(
    ("ends_on", "irregular"), [(date(2036, 2, 28), False), (date(2036, 3, 1), True)]
)
def test_a_lease_from_a_leap_day_ends_with_a_february(ends_on, irregular):
    leap = term(date(2016, 2, 29), ends_on)
    assert ("P02" in codes(**leap)) is irregular


def test_a_lease_of_fifty_years_says_what_is_void_and_what_to_give_back():
    finding = only(
        **term(date(2005, 1, 1), date(2054, 12, 31)),
        payment_mode="一次性",
        total_amount=Decimal("500000.00"),
        met_on=None,
    )
    assert finding.rule == "P02"
    assert finding.basis == "合同法第二百一十四条"
    assert finding.evidence == (
        "租期2005-01-01至2054-12-31，租赁最长20年，合法期限止于2024-12-31，其后30年的约定无效"
        "；一次性收取的500,000.00元中300,000.00元对应无效期限"
    )


def test_the_same_fifty_years_are_in_order_for_waste_land():
    assert codes(LAND, **term(date(2005, 1, 1), date(2054, 12, 31)), met_on=None) == []


@pytest.mark.parametrize(
    ("ends_on", "length"),
    [
        (date(2035, 1, 31), "1个月"),
        (date(2037, 6, 30), "2年6个月"),
        (date(2037, 7, 1), "2年6个月"),
        (date(2037, 7, 2), "914天"),
    ],
)
def test_the_void_part_is_said_in_years_and_months_where_they_fit(ends_on, length):
    assert f"其后{length}的约定无效" in only(ends_on=ends_on).evidence


@pytest.mark.parametrize(
    ("signed_on", "irregular"), [(date(1999, 9, 30), False), (date(1999, 10, 1), True)]
)
def test_the_limit_of_leases_came_with_the_contract_law(signed_on, irregular):
    long = term(signed_on, date(2049, 1, 1))
    assert ("P02" in codes(**long, met_on=None)) is irregular


@pytest.mark.parametrize(
    ("ends_on", "irregular"), [(date(2028, 12, 31), False), (date(2029, 1, 1), True)]
)
def test_a_transfer_may_not_outlast_the_second_round(ends_on, irregular):
    found = codes(TRANSFER, ends_on=ends_on, second_round_ends_on=date(2028, 12, 31))
    assert ("P02" in found) is irregular


def test_a_transfer_is_not_judged_where_the_second_round_is_unknown():
    assert codes(TRANSFER, ends_on=date(2060, 1, 1)) == []


def test_the_second_round_is_one_of_cropland_not_of_woodland():
    wood = TRANSFER | {"land_class": "0301"}
    assert codes(wood, ends_on=date(2060, 1, 1), second_round_ends_on=date(2028, 12, 31)) == []


@pytest.mark.parametrize(
    ("ends_on", "irregular"),
    [(date(2064, 12, 31), False), (date(2065, 1, 1), False), (date(2065, 1, 2), True)],
)
def test_other_contracting_may_run_fifty_years(ends_on, irregular):
    assert ("P02" in codes(LAND, ends_on=ends_on)) is irregular


BEFORE, CUT_OFF = date(1994, 2, 20), date(1994, 2, 21)
SIXTY_YEARS = date(2054, 1, 1)


@pytest.mark.parametrize(
    ("signed_on", "payment_mode", "said"),
    [
        (BEFORE, "一次性", None),
        (BEFORE, "按年", "应重新议定价款"),
        (BEFORE, None, "付款方式未载明"),
        (CUT_OFF, "一次性", "按政策口径其后"),
        (CUT_OFF, "按年", "按政策口径其后"),
    ],
)
def test_waste_land_over_fifty_years_is_judged_by_day_and_payment(signed_on, payment_mode, said):
    contract = LAND | EARLY | term(signed_on, SIXTY_YEARS) | {"payment_mode": payment_mode}
    if said is None:
        assert codes(contract) == []
    else:
        finding = only(contract)
        assert finding.rule == "P02"
        assert said in finding.evidence


def test_waste_land_paid_by_the_year_is_to_be_priced_anew_not_cut_short():
    contract = LAND | EARLY | term(BEFORE, SIXTY_YEARS)
    assert "重新议价" in only(contract, payment_mode="按年").remedy


@pytest.mark.parametrize(
    ("ends_on", "irregular"), [(date(2020, 1, 1), False), (date(2020, 1, 2), True)]
)
def test_reserve_land_is_let_for_five_years_unless_a_county_says_otherwise(ends_on, irregular):
    assert ("P02" in codes(RESERVE, ends_on=ends_on)) is irregular
    assert codes(RESERVE, ends_on=ends_on, policy=Policy(reserve_years_max=6)) == []


def test_the_limit_of_reserve_land_is_no_official_law_and_weighs_little():
    finding = only(RESERVE, ends_on=date(2030, 1, 1))

    assert finding.severity == "一般"
    assert finding.basis == "机动地短期发包年限的地方规定（示例，可修改，非官方依据）"


@pytest.mark.parametrize(
    ("payment_mode", "ends_on", "irregular"),
    [
        ("按年", date(2035, 1, 1), False),
        ("按年", date(2035, 1, 2), True),
        ("一次性", date(2035, 1, 2), False),
        (None, date(2065, 1, 1), False),
        (None, date(2065, 1, 2), True),
    ],
)
def test_building_land_is_let_for_twenty_years_and_granted_for_fifty(
    payment_mode, ends_on, irregular
):
    found = codes(CONSTRUCTION, payment_mode=payment_mode, ends_on=ends_on)
    assert ("P02" in found) is irregular


def test_other_natures_have_no_limit():
    assert codes(legal_nature="其他", ends_on=date(2199, 1, 1)) == []


def test_a_contract_without_an_end_has_no_clear_term():
    finding = only(ends_on=None)

    assert (finding.rule, finding.since) == ("P03", None)
    assert finding.evidence == "自2015-01-01起，合同未载明终止日期"
    assert finding.basis == "合同法第六十一条、第二百三十二条"


def test_a_contract_past_its_end_is_overdue_from_the_day_after():
    (finding,) = inspect(terms_of(LEASE))

    assert (finding.rule, finding.since) == ("P09", date(2025, 1, 1))
    assert finding.basis == "民法典第七百三十三条、第七百三十四条"


def test_the_law_of_an_overdue_contract_is_the_law_of_the_day_it_ran_out():
    (finding,) = inspect(terms_of(LEASE | {"ends_on": date(2020, 12, 30)}))
    assert finding.basis == "合同法第二百三十五条、第二百三十六条"

    (finding,) = inspect(terms_of(LEASE | {"ends_on": date(2020, 12, 31)}))
    assert finding.basis == "民法典第七百三十三条、第七百三十四条"


def test_a_contract_without_end_never_comes_due():
    assert not any(
        finding.rule == "P09" for finding in inspect(terms_of(LEASE | {"ends_on": date.max}))
    )
