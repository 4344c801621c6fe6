"""Advice before the last day, renewals in name only, cases that resemble."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from sanzi.contracts.likeness import Traits, alike, band_of, masked_name, without_names
from sanzi.contracts.renewal import Renewed, advice, is_suspicious, signs_of_pretence

D = Decimal
TERMS = {
    "contractor": "万年青",
    "ends_on": date(2026, 12, 31),
    "legal_nature": "租赁",
    "yearly_amount": D("1000.00"),
    "met_on": date(2016, 12, 1),
    "deal_number": "",
}


def renewed(**after: object) -> Renewed:
    late = after.pop("late", 0)
    start = date(2027, 1, 1)
    return Renewed(
        TERMS, {**TERMS, "ends_on": date(2036, 12, 31), **after}, start, start,
        start + timedelta(days=late),  # type: ignore[arg-type]
    )  # fmt: skip


def test_the_same_party_without_meeting_bidding_or_a_better_price_is_suspicious():
    one = renewed()
    assert signs_of_pretence(one) == [
        "没有新的民主议定程序", "没有新的交易平台成交编号",
        "年价款没有提高（1000.00 元 → 1000.00 元）",
    ]  # fmt: skip
    assert is_suspicious(one)


def test_a_renewal_by_due_procedure_at_a_better_price_is_not():
    one = renewed(met_on=date(2026, 11, 1), deal_number="JY-7", yearly_amount=D("1000.01"))
    assert signs_of_pretence(one) == []


def test_a_new_party_is_no_renewal_at_all():
    assert signs_of_pretence(renewed(contractor="别人")) == []


@pytest.mark.parametrize(("days", "is_late"), [(30, False), (31, True)])
def test_a_renewal_written_down_long_after_its_day_was_dated_back(days, is_late):
    found = signs_of_pretence(renewed(late=days))
    assert any("倒签" in sign for sign in found) == is_late


@pytest.mark.parametrize(("price", "is_low"), [("70.00", False), ("69.99", True)])
def test_below_seven_tenths_of_the_median_is_low(price, is_low):
    one = renewed(unit_price=D(price))
    found = signs_of_pretence(Renewed(*_five(one), median=D(100)))
    assert any("七成" in sign for sign in found) == is_low


def _five(one: Renewed) -> tuple[object, ...]:
    return one.before, one.after, one.signed_on, one.effective_on, one.recorded_on


def test_nothing_is_said_before_the_lead_time():
    assert advice(TERMS, date(2026, 12, 31) - timedelta(days=181)) == []
    assert advice(TERMS, date(2026, 12, 31) - timedelta(days=180)) != []


def test_past_the_last_day_the_office_is_told_to_object():
    said = advice(TERMS, date(2027, 1, 1))
    assert "734" in said[0].law
    assert said[0].tone == "danger"
    assert "还有 0 天" in advice(TERMS, date(2026, 12, 31))[0].text


def test_a_lease_may_be_renewed_for_twenty_years_and_the_law_is_named():
    said = [one for one in advice(TERMS, date(2026, 12, 1)) if "705" in one.law]
    assert "2046-12-31" in said[0].text
    others = advice({**TERMS, "legal_nature": "其他方式承包"}, date(2026, 12, 1))
    assert not [one for one in others if "705" in one.law]


def traits(rules: str, nature: str = "租赁", value: str = "50000") -> Traits:
    return Traits(frozenset(rules.split()), nature, D(value))


def test_a_case_is_offered_for_what_it_shares_and_says_what():
    told = [
        (1, traits("P04")),
        (2, traits("P02 P04", "其他方式承包", "9000000")),
        (3, traits("P09")),
    ]
    found = alike(traits("P02 P04"), told, {"P04": "价格过低", "P02": "期限过长"})
    assert [(like.key, like.weight) for like in found] == [(2, 6), (1, 6)]
    assert found[1].reasons == (
        "同样有“价格过低”问题", "同为租赁", "标的额同在一万至十万元",
    )  # fmt: skip


def test_without_a_shared_finding_no_case_is_like():
    assert alike(traits("P01"), [(1, traits("P02"))], {}) == []


@pytest.mark.parametrize(("value", "band"), [("9999.99", 0), ("10000", 1), ("5000000", 4)])
def test_sizes_begin_at_their_edge(value, band):
    assert band_of(D(value)) == band


@pytest.mark.parametrize(
    ("name", "masked"),
    [("万年青", "万某某"), ("王五", "王某"), ("永兴煤业有限公司", "某公司"), ("", "")],
)
def test_names_are_masked(name, masked):
    assert masked_name(name) == masked


def test_every_name_in_a_text_is_masked_the_longest_first():
    text = without_names("万年青与万年青合作社", ["万年青", "万年青合作社"])
    assert text == "万某某与某合作社"
