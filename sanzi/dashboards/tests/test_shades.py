from decimal import Decimal

import pytest

from sanzi.dashboards.shades import legend, shade_of, tier_of


@pytest.mark.parametrize(
    ("rate", "word"),
    [
        ("1.0000", "已完成"),
        ("0.9999", "良好"),
        ("0.7500", "良好"),
        ("0.7499", "推进中"),
        ("0.5000", "推进中"),
        ("0.4999", "偏慢"),
        ("0.0001", "偏慢"),
        ("0.0000", "未启动"),
        ("-0.0100", "未启动"),
    ],
)
def test_each_rate_has_its_word(rate, word):
    assert shade_of(Decimal(rate)).word == word


def test_a_rate_without_denominator_is_neither_good_nor_bad():
    assert shade_of(None) == ("plain", "无此项")


def test_a_village_at_a_million_is_in_the_highest_tier():
    totals = {"villages.income_at_least_1m": 1, "villages.income_at_least_100k": 1}
    assert tier_of(totals | {"villages.count": 1})[0].word == "百万村"


def test_a_village_below_both_goals_is_said_to_be():
    assert tier_of({"villages.count": 1})[0].word == "未达标"


def test_a_village_without_a_profile_is_not_judged():
    assert tier_of({})[0].tone == "plain"


@pytest.mark.parametrize("by_tier", [True, False])
def test_no_two_shades_share_a_word(by_tier):
    words = [shade.word for shade, _ in legend(by_tier)]
    assert len(words) == len(set(words))
