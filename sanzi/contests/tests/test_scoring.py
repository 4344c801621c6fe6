"""From a value to points: the edges of every way of scoring."""

from decimal import Decimal as D

import pytest

from sanzi.contests.scoring import Added, Deducted, Judged, Line, Steps, plain

RATE = Line(D("0.50"), D("0.95"))
NEW_DEBT = Line(D(500000), D(0))
TIERS = Steps(((D(100000), D("0.5")), (D(500000), D("0.8")), (D(1000000), D(1))))


@pytest.mark.parametrize(
    ("scoring", "value", "points"),
    [
        (RATE, "0.4999", "0"),
        (RATE, "0.50", "0"),
        (RATE, "0.725", "7.5"),
        (RATE, "0.95", "15"),
        (RATE, "1", "15"),
        (NEW_DEBT, "0", "15"),
        (NEW_DEBT, "250000", "7.5"),
        (NEW_DEBT, "500000.01", "0"),
        (TIERS, "99999.99", "0"),
        (TIERS, "100000", "7.5"),
        (TIERS, "999999.99", "12"),
        (TIERS, "1000000.00", "15"),
        (Deducted(D(5)), "0", "15"),
        (Deducted(D(5)), "2", "5"),
        (Deducted(D(5)), "4", "0"),
        (Added(D("0.5")), "3", "1.5"),
        (Added(D("0.5")), "31", "15"),
        (Judged(), "88.50", "13.275"),
        (Judged(D(10)), "10", "15"),
    ],
)
def test_a_value_becomes_points(scoring, value, points):
    assert scoring.points(D(value), D(15)) == D(points)


def test_every_way_says_its_rule_with_its_numbers():
    assert RATE.words(D(15)) == "0.5 得 0 分，0.95 得 15 分，中间按比例"
    assert "达到 1000000 得 15 分" in TIERS.words(D(15))
    assert Deducted(D(5)).words(D(15)) == "满分 15 分，每 1 扣 5 分，扣完为止"
    assert Added(D("0.5")).words(D(5)) == "每 1 加 0.5 分，最多 5 分"
    assert Judged().words(D(30)) == "评委打分（满分 100）折算为 30 分"


@pytest.mark.parametrize(
    ("value", "text"), [("15", "15"), ("0.80", "0.8"), ("1.5E+1", "15"), ("100", "100")]
)
def test_a_number_is_written_as_people_write_it(value, text):
    assert plain(D(value)) == text
