from datetime import date

import pytest

from sanzi.resolutions.quorum import (
    CONSTRUCTION_LAND,
    JUDGED_FROM,
    LETTING,
    OUTSIDER,
    QUORUMS,
    SCHEME,
    judge,
)

LAST_OLD_DAY = date(2025, 4, 30)
FIRST_NEW_DAY = date(2025, 5, 1)
IN_2015 = date(2015, 6, 1)


@pytest.mark.parametrize(
    ("body", "on", "expected", "present", "approved", "ok"),
    [
        # 村民会议: more than half come, more than half of those agree.
        ("村民会议", IN_2015, 100, 51, 26, True),
        ("村民会议", IN_2015, 100, 50, 50, False),
        ("村民会议", IN_2015, 100, 52, 26, False),
        # 村民代表会议: two thirds come, more than half of those agree.
        ("村民代表会议", IN_2015, 30, 20, 11, True),
        ("村民代表会议", IN_2015, 30, 19, 19, False),
        ("村民代表会议", IN_2015, 30, 20, 10, False),
        # Two thirds of 31 is 20 and two thirds: 21 people, and 20 are not enough.
        ("村民代表会议", IN_2015, 31, 21, 11, True),
        ("村民代表会议", IN_2015, 31, 20, 20, False),
        # 集体组织法: two thirds of all, not of those present.
        ("成员大会", FIRST_NEW_DAY, 300, 200, 200, True),
        ("成员大会", FIRST_NEW_DAY, 300, 200, 199, False),
        ("成员大会", FIRST_NEW_DAY, 300, 199, 199, False),
        ("成员代表大会", FIRST_NEW_DAY, 30, 20, 20, True),
        ("成员代表大会", FIRST_NEW_DAY, 30, 30, 19, False),
    ],
)
def test_a_decision_needs_the_shares_of_its_law(body, on, expected, present, approved, ok):
    assert judge(LETTING, body, on, expected, present, approved).ok is ok


def test_minutes_good_enough_on_the_last_old_day_fail_on_the_first_new_one():
    minutes = (30, 20, 11)

    assert judge(LETTING, "村民代表会议", LAST_OLD_DAY, *minutes).ok
    verdict = judge(LETTING, "村民代表会议", FIRST_NEW_DAY, *minutes)
    assert verdict.reasons == ("应到30人、同意11人，同意不足三分之二",)
    assert verdict.law == "农村集体经济组织法第二十八条"


@pytest.mark.parametrize(("approved", "ok"), [(20, True), (19, False)])
@pytest.mark.parametrize("matter", [OUTSIDER, SCHEME])
def test_land_for_outsiders_and_schemes_need_two_thirds_of_all_delegates(matter, approved, ok):
    assert judge(matter, "村民代表会议", IN_2015, 30, 30, approved).ok is ok


@pytest.mark.parametrize(
    ("on", "ok"),
    [
        (date(1998, 12, 31), True),  # Two thirds for outsiders came with 1999-01-01.
        (date(1999, 1, 1), False),
        (date(2003, 3, 1), False),
        (date(2019, 1, 1), False),
    ],
)
def test_the_two_thirds_for_outsiders_are_dated(on, ok):
    assert judge(OUTSIDER, "村民会议", on, 100, 60, 60).ok is ok


@pytest.mark.parametrize(("on", "ok"), [(date(2019, 12, 31), True), (date(2020, 1, 1), False)])
def test_construction_land_needs_two_thirds_since_2020(on, ok):
    assert judge(CONSTRUCTION_LAND, "村民会议", on, 100, 60, 60).ok is ok


def test_member_delegates_may_not_decide_a_contracting_scheme():
    verdict = judge(SCHEME, "成员代表大会", FIRST_NEW_DAY, 30, 30, 30)

    assert verdict.reasons == ("成员代表大会不得决定土地承包方案",)
    assert judge(SCHEME, "成员大会", FIRST_NEW_DAY, 30, 30, 30).ok


def test_the_two_committees_are_no_body_that_decides():
    assert judge(LETTING, "两委会", JUDGED_FROM, 7, 7, 7).reasons == ("“两委会”不是法定的决策会议",)


def test_meetings_before_any_law_read_here_are_not_judged():
    assert judge(LETTING, "两委会", date(1998, 11, 3), 7, 1, 0).ok


@pytest.mark.parametrize(("on", "ok"), [(date(2010, 10, 27), True), (date(2010, 10, 28), False)])
def test_delegates_had_no_numbers_before_the_law_of_2010(on, ok):
    assert judge(LETTING, "村民代表会议", on, 30, 10, 10).ok is ok


@pytest.mark.parametrize("minutes", [(None, None, None), (30, None, None), (None, 20, None)])
def test_numbers_left_blank_are_not_held_against_a_meeting(minutes):
    assert judge(LETTING, "村民代表会议", IN_2015, *minutes).ok


def test_what_is_known_is_judged_even_when_the_rest_is_blank():
    assert not judge(LETTING, "村民代表会议", IN_2015, 30, 19, None).ok


@pytest.mark.parametrize("minutes", [(30, 31, 31), (30, 20, 21)])
def test_minutes_that_contradict_themselves_prove_nothing(minutes):
    assert "自相矛盾" in judge(LETTING, "村民代表会议", IN_2015, *minutes).reasons[0]


def test_every_line_names_its_law_and_no_period_runs_backwards():
    assert all(row.law for row in QUORUMS)
    assert all(row.valid_to is None or row.valid_from < row.valid_to for row in QUORUMS)
