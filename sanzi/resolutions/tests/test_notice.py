"""The days before and after a meeting, the votes no statute fixes, and the bodies of each law."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanzi.resolutions.norms import (
    HALF_OF_ALL,
    OVER_HALF,
    OVER_HALF_OF_ALL,
    OVER_HALF_OF_PRESENT,
    TWO_THIRDS,
    Norms,
    committee_vote,
    party_vote,
)
from sanzi.resolutions.notice import (
    advised_notice_day,
    answer_due,
    end_of_publicity,
    last_notice_day,
    scheme_due,
    short_notice,
)
from sanzi.resolutions.quorum import (
    ASSEMBLY_ONLY,
    CONSTRUCTION_LAND,
    LETTING,
    ORDINARY,
    SCHEME,
    bar,
    judge,
    needed,
)

NEW, OLD = date(2025, 5, 1), date(2015, 6, 1)


@pytest.mark.parametrize(
    ("body", "called", "met", "ok"),
    [
        ("成员大会", date(2026, 3, 10), date(2026, 3, 20), True),
        ("成员大会", date(2026, 3, 11), date(2026, 3, 20), False),
        ("村民会议", date(2010, 10, 18), date(2010, 10, 28), True),
        ("村民会议", date(2010, 10, 19), date(2010, 10, 28), False),
        ("村民会议", None, date(2010, 10, 27), True),  # The law of 1998 was not read to ask it.
        ("成员大会", None, date(2025, 4, 30), True),
        ("成员大会", None, NEW, False),
        ("成员代表大会", None, NEW, True),
    ],
)
def test_who_is_called_ten_days_ahead(body, called, met, ok):
    assert (short_notice(body, called, met) is None) is ok


def test_the_advised_day_of_a_notice_is_a_working_day_not_after_the_last():
    # 2026-10-11 minus ten days is 1 October, a holiday: the last working day before is advised.
    assert last_notice_day("成员大会", date(2026, 10, 11)) == date(2026, 10, 1)
    assert advised_notice_day("成员大会", date(2026, 10, 11)) == date(2026, 9, 30)


def test_the_scheme_of_construction_land_goes_in_ten_working_days_ahead():
    # Monday 2026-03-23: ten working days back is Monday 2026-03-09.
    assert scheme_due(CONSTRUCTION_LAND, date(2026, 3, 23)) == date(2026, 3, 9)
    assert scheme_due(LETTING, date(2026, 3, 23)) is None
    assert answer_due(date(2026, 3, 9)) == date(2026, 3, 16)


def test_a_posting_comes_down_after_its_days_the_first_not_counted():
    assert end_of_publicity(date(2026, 3, 21), 7) == date(2026, 3, 28)


@pytest.mark.parametrize(
    ("attend", "approve", "counts", "ok"),
    [
        (TWO_THIRDS, HALF_OF_ALL, (30, 20, 15), True),
        (TWO_THIRDS, HALF_OF_ALL, (30, 19, 15), False),
        (TWO_THIRDS, HALF_OF_ALL, (30, 20, 14), False),
        (OVER_HALF, OVER_HALF_OF_ALL, (30, 16, 16), True),
        (OVER_HALF, OVER_HALF_OF_ALL, (30, 15, 15), False),
        (OVER_HALF, OVER_HALF_OF_ALL, (30, 16, 15), False),
        (OVER_HALF, OVER_HALF_OF_PRESENT, (30, 16, 9), True),
        (OVER_HALF, OVER_HALF_OF_PRESENT, (30, 16, 8), False),
    ],
)
def test_the_party_meeting_votes_by_its_regions_rule(attend, approve, counts, ok):
    assert (party_vote(Norms(attend, approve), *counts) == []) is ok


@pytest.mark.parametrize(
    ("counts", "ok"), [((7, 4, 3), True), ((7, 3, 3), False), ((8, 6, 3), False)]
)
def test_the_committees_decide_by_more_than_half(counts, ok):
    assert (committee_vote(*counts) == []) is ok


@pytest.mark.parametrize(
    ("body", "matter", "on", "counts", "ok"),
    [
        ("村民小组会议", LETTING, OLD, (30, 20, 11), True),
        ("村民小组会议", LETTING, OLD, (30, 19, 19), False),
        ("村民小组会议", LETTING, NEW, (30, 20, 19), False),
        ("理事会", ORDINARY, NEW, (5, 4, 3), True),
        ("理事会", ORDINARY, NEW, (5, 3, 3), False),
        ("理事会", ORDINARY, NEW, (6, 4, 3), False),
        ("理事会", LETTING, NEW, (5, 5, 5), False),
        ("理事会", ORDINARY, date(2025, 4, 30), (5, 5, 5), False),
        ("成员代表大会", LETTING, NEW, (21, 21, 14), True),
        ("成员代表大会", LETTING, NEW, (20, 20, 20), False),  # 多于二十人
    ],
)
def test_each_body_by_the_law_of_its_day(body, matter, on, counts, ok):
    assert judge(matter, body, on, *counts).ok is ok


def test_proxies_count_where_the_law_lets_them_and_nowhere_else():
    assert judge(LETTING, "成员大会", NEW, 300, 190, 200, proxies=10).ok
    assert not judge(LETTING, "成员大会", NEW, 300, 190, 200, proxies=9).ok
    refused = judge(LETTING, "成员代表大会", NEW, 30, 25, 25, proxies=1)
    assert refused.reasons == ("成员代表大会没有委托投票的规定，代理1人不能计入",)


@pytest.mark.parametrize(("present", "ok"), [(200, True), (199, False)])
def test_households_come_by_two_thirds(present, ok):
    assert judge(LETTING, "村民会议", OLD, 300, present, present, by_household=True).ok is ok


@pytest.mark.parametrize("matter", sorted(ASSEMBLY_ONLY))
def test_what_the_assembly_alone_decides(matter):
    assert bar(matter, "成员代表大会", NEW).law == "农村集体经济组织法第二十八条"
    assert bar(matter, "成员大会", NEW).ok
    assert not bar(SCHEME, "理事会", NEW).ok


@given(
    st.integers(21, 3000), st.sampled_from(["成员大会", "成员代表大会", "村民会议", "村民小组会议"])
)
def test_the_fewest_who_suffice_do_and_one_fewer_does_not(expected, body):
    come, agree = needed(LETTING, body, NEW, expected) or (0, 0)
    assert judge(LETTING, body, NEW, expected, come, agree).ok
    assert not judge(LETTING, body, NEW, expected, come, agree - 1).ok
