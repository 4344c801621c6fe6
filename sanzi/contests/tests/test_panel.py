"""Judges: what is dropped, what it comes to, who leans which way."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanzi.contests.panel import Mark, PanelRule, group_averages, leans, tally

RULE = PanelRule()


def marks(*points, subject="桃林沟"):
    return [Mark(f"评委{n}", subject, D(p)) for n, p in enumerate(points, start=1)]


def test_the_highest_and_the_lowest_are_dropped_and_shown():
    found = tally(marks("95", "80", "85.5", "90", "10"), RULE)
    assert [str(one.points) for one in found.dropped] == ["10", "95"]
    assert found.average == D("85.17")


@pytest.mark.parametrize(("judges", "average"), [(4, "50.00"), (5, "33.33")])
def test_too_few_judges_keep_every_mark(judges, average):
    assert tally(marks(*["0", "100", "0", "100", "0"][:judges]), RULE).average == D(average)


def test_a_generous_judge_is_seen_against_the_others():
    both = [*marks("90", "80", "80"), *marks("70", "60", "60", subject="上庄")]
    found = [(one.judge, str(one.average), one.subjects) for one in leans(both)]
    assert found == [("评委1", "10.00", 2), ("评委2", "-5.00", 2), ("评委3", "-5.00", 2)]


def test_a_judge_alone_leans_nowhere():
    assert leans(marks("90")) == []


def test_groups_judged_by_panels_of_their_own_are_compared():
    both = [*marks("90", "80"), *marks("60", subject="上庄")]
    found = group_averages(both, {"桃林沟": "甲组", "上庄": "乙组"})
    assert found == {"乙组": (1, D("60.00")), "甲组": (1, D("85.00"))}


@given(st.lists(st.integers(0, 10000).map(lambda n: D(n) / 100), min_size=1, max_size=12))
def test_an_average_lies_between_what_was_kept(points):
    found = tally(marks(*points), RULE)
    assert min(m.points for m in found.kept) <= found.average <= max(m.points for m in found.kept)
    assert len(found.kept) + len(found.dropped) == len(points)
