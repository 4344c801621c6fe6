"""P04, P05, P10: what is paid, and for how much land."""

from decimal import Decimal

import pytest

from sanzi.contracts.terms import Policy

from .lawful import LAND, codes, median_of, only


@pytest.mark.parametrize(("price", "irregular"), [("70.00", False), ("69.99", True)])
def test_a_price_under_seventy_percent_of_the_median_is_low(price, irregular):
    found = codes(LAND, unit_price=Decimal(price), reference=median_of("100.00"))
    assert ("P04" in found) is irregular


@pytest.mark.parametrize(("count", "irregular"), [(4, False), (5, True)])
def test_a_median_of_fewer_than_five_judges_nobody(count, irregular):
    found = codes(LAND, unit_price=Decimal("10.00"), reference=median_of("100.00", count))
    assert ("P04" in found) is irregular


def test_a_low_price_is_shown_with_what_it_was_compared_to():
    finding = only(LAND, unit_price=Decimal("20.00"), reference=median_of("120.50", 8))

    assert finding.evidence == (
        "每亩每年20.00元，同乡镇同地类前后两年内签订的其他8份合同中位价为120.50元，低于其70%"
    )
    assert finding.severity == "较重"


def test_a_low_price_for_a_cadre_s_kin_is_grave():
    cheap = {"unit_price": Decimal("65.00"), "reference": median_of("120.50")}
    assert only(LAND, **cheap, is_cadre_kin=True).severity == "严重"


def test_free_use_is_the_lowest_price():
    finding = only(LAND, pricing="无偿", unit_price=None, reference=median_of("100.00"))
    assert finding.evidence.startswith("无偿使用，")


def test_the_county_may_set_another_share():
    low = {"unit_price": Decimal("60.00"), "reference": median_of("100.00")}
    assert codes(LAND, **low, policy=Policy(price_ratio=Decimal("0.50"))) == []


@pytest.mark.parametrize(
    ("measured", "irregular"),
    [("105.00", False), ("105.01", True), ("95.00", False), ("94.99", True)],
)
def test_an_area_may_be_off_by_five_percent(measured, irregular):
    assert ("P05" in codes(LAND, measured_area_mu=Decimal(measured))) is irregular


@pytest.mark.parametrize(("measured", "irregular"), [("1.09", False), ("1.10", True)])
def test_less_than_a_tenth_of_a_mu_is_no_difference(measured, irregular):
    small = {"contract_area_mu": Decimal("1.00"), "measured_area_mu": Decimal(measured)}
    assert ("P05" in codes(LAND, **small)) is irregular


def test_a_gain_in_measuring_is_never_charged():
    finding = only(LAND, measured_area_mu=Decimal("120.00"))
    assert finding.evidence == (
        "合同面积100.00亩、实测面积120.00亩，实测多20.00亩（20.0%）；"
        "属测量误差的据实更正、不收费，超出四至占用的另行认定"
    )


def test_a_loss_in_measuring_is_said_as_a_loss():
    evidence = only(LAND, measured_area_mu=Decimal("80.00")).evidence
    assert evidence.endswith("实测少20.00亩（20.0%），应按实核减，不得多收")


@pytest.mark.parametrize("area", [None, Decimal("0.00")])
def test_without_an_agreed_area_there_is_nothing_to_compare(area):
    assert "P05" not in codes(LAND, contract_area_mu=area, measured_area_mu=Decimal("9.00"))


@pytest.mark.parametrize(("paid", "irregular"), [("24000.00", False), ("23999.99", True)])
def test_one_fen_owed_is_owed(paid, irregular):
    assert ("P10" in codes(paid_amount=Decimal(paid))) is irregular


def test_arrears_are_shown_in_full():
    finding = only(paid_amount=Decimal("4000.00"))
    assert finding.evidence == "累计应交24,000.00元，已交4,000.00元，尚欠20,000.00元"


def test_a_blank_payment_is_unknown_not_nothing_paid():
    assert codes(paid_amount=None) == []
