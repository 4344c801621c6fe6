from decimal import Decimal

import pytest

from sanzi.dashboards.ranking import flags, ranks, score


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
