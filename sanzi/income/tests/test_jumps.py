"""Year-end jumps: last lawful and first noticed, each by a rule that can be read."""

from datetime import date

import pytest

from sanzi.income.jumps import EDGE, LATE, LIMITS, TAKEN_BACK, UNPAID, Booked, Limits, find, rules

WAN = 1_000_000
DEC = date(2026, 12, 1)


def booked(key, on, amount, **more):
    return Booked(key, on, "租金", amount, **more)


def codes(*known, total, limits=None):
    return [one.rule for one in find(2026, known, total=total, limits=limits)]


@pytest.mark.parametrize(("amount", "said"), [(40 * WAN, [LATE]), (40 * WAN - 1, [])])
def test_two_fifths_of_the_year_in_december_is_noticed_and_a_fen_less_is_not(amount, said):
    assert codes(booked(1, DEC, amount), total=100 * WAN, limits=Limits(edge_fen=10**12)) == said


def test_december_begins_on_its_first_day():
    one = [booked(1, date(2026, 11, 30), 60 * WAN)]
    assert codes(*one, total=100 * WAN) == []


@pytest.mark.parametrize(("total", "said"), [(100 * WAN, [EDGE]), (101 * WAN, [])])
def test_a_voucher_without_which_the_village_were_a_tier_lower_is_named(total, said):
    assert codes(booked(7, DEC, WAN), total=total) == said


def test_an_edge_says_both_tiers():
    (event,) = find(2026, [booked(7, DEC, WAN)], total=100 * WAN)
    assert "“50～100 万元”" in event.words
    assert "“100 万元及以上”" in event.words
    assert event.vouchers == (7,)


@pytest.mark.parametrize(("on", "said"), [(date(2027, 3, 31), 1), (date(2027, 4, 1), 0)])
def test_income_taken_back_within_ninety_days_is_named_with_both_vouchers(on, said):
    back = booked(9, on, -3 * WAN, takes_back=1)
    known = [booked(1, date(2026, 12, 20), 3 * WAN), back]
    found = [one for one in find(2026, known, total=80 * WAN) if one.rule == TAKEN_BACK]
    assert len(found) == said
    assert all(one.vouchers == (1, 9) and one.amount == 3 * WAN for one in found)


def test_income_nobody_has_paid_yet_is_named():
    known = [booked(1, DEC, 2 * WAN, is_paid=False), booked(2, DEC, 2 * WAN)]
    assert codes(*known, total=80 * WAN) == [UNPAID]
    assert codes(*known, booked(3, DEC, 1), total=80 * WAN) == []


def test_small_sums_are_nobody_s_business():
    assert codes(booked(1, DEC, 2 * WAN - 1, is_paid=False), total=2 * WAN - 1) == []


def test_every_limit_can_be_read_and_is_kept_as_set():
    assert {name for name, *_ in LIMITS} == set(Limits().content())
    held = Limits(last_days=10, edge_fen=123)
    assert Limits.read(held.content()) == held
    assert "最后 10 天" in rules(held)[0][2]
    assert "1.23 元" in rules(held)[1][2]
