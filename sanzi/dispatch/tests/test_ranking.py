from decimal import Decimal

import pytest

from sanzi.dispatch.ranking import FlagRule, flags, ranks, score


def rates(*values: str | None) -> dict[str, Decimal | None]:
    """Villages a, b, c, … with these scores."""
    return {chr(97 + i): None if v is None else Decimal(v) for i, v in enumerate(values)}


def test_a_score_is_the_mean_of_the_rates_there_are():
    assert score([Decimal("1"), None, Decimal("0.5")]) == Decimal("0.75")


def test_without_any_rate_there_is_no_score():
    assert score([None, None]) is None


def test_the_highest_is_first():
    assert ranks(rates("0.2", "0.9", "0.5")) == {"b": 1, "c": 2, "a": 3}


def test_equals_share_a_rank_and_the_next_is_skipped():
    assert ranks(rates("0.9", "0.9", "0.5")) == {"a": 1, "b": 1, "c": 3}


def test_who_has_no_score_has_no_rank_and_no_flag():
    scores = rates("0.9", None, "0.5")
    assert "b" not in ranks(scores)
    assert "b" not in flags(scores)


def test_three_red_flags_and_three_yellow_ones():
    found = flags(rates("0.9", "0.8", "0.7", "0.6", "0.5", "0.4", "0.3"))
    assert [key for key, flag in found.items() if flag == "red"] == ["a", "b", "c"]
    assert [key for key, flag in found.items() if flag == "yellow"] == ["e", "f", "g"]


@pytest.mark.parametrize(("count", "flagged"), [(1, 0), (2, 2), (5, 4), (6, 6), (7, 6)])
def test_few_villages_get_few_flags(count, flagged):
    assert len(flags(rates(*(f"0.{i}" for i in range(1, count + 1))))) == flagged


def test_where_all_are_equal_nobody_is_flagged():
    assert flags(rates("1", "1", "1", "1")) == {}


def test_a_region_may_flag_more_or_fewer_and_says_so():
    scores = rates("0.9", "0.8", "0.7", "0.6")
    found = flags(scores, FlagRule(reds=1, yellows=2))
    assert found == {"a": "red", "c": "yellow", "d": "yellow"}
    assert "前1名红旗，后2名黄旗" in FlagRule(reds=1, yellows=2).sentence


def test_where_there_are_as_many_places_as_flags_every_flag_is_given():
    found = flags(rates("0.9", "0.8", "0.7", "0.6", "0.5", "0.4"), FlagRule(reds=5, yellows=1))
    assert [key for key, flag in found.items() if flag == "red"] == ["a", "b", "c", "d", "e"]
    assert found["f"] == "yellow"
    few = flags(rates("0.9", "0.8", "0.7", "0.6"), FlagRule(reds=5, yellows=1))
    assert [key for key, flag in few.items() if flag == "red"] == ["a", "b"]


def test_equals_across_the_edge_are_flagged_all_or_none_as_the_rule_says():
    scores = rates("0.9", "0.8", "0.8", "0.5", "0.4", "0.3")
    shared = flags(scores, FlagRule(reds=2, yellows=1))
    assert [k for k, flag in shared.items() if flag == "red"] == ["a", "b", "c"]
    apart = flags(scores, FlagRule(reds=2, yellows=1, ties="none"))
    assert [k for k, flag in apart.items() if flag == "red"] == ["a"]
