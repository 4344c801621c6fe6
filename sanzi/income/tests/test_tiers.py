"""Edges to the fen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanzi.income.tiers import (
    EDGES,
    at_least,
    counts,
    faults_of,
    share,
    tier_of,
    tiers,
)


def fen(yuan):
    return round(float(yuan.replace(",", "")) * 100)


@pytest.mark.parametrize(
    ("last_below", "first_in", "ordinal"),
    [("0.00", "0.01", 1), ("49,999.99", "50,000.00", 2), ("99,999.99", "100,000.00", 3),
     ("499,999.99", "500,000.00", 4), ("999,999.99", "1,000,000.00", 5)],
)  # fmt: skip
def test_the_edge_belongs_to_the_tier_above(last_below, first_in, ordinal):
    assert tier_of(fen(last_below)) == ordinal - 1
    assert tier_of(fen(first_in)) == ordinal


def test_a_fen_short_of_a_million_is_no_million_village():
    assert at_least([99_999_999, 100_000_000, None], 100_000_000) == 1


def test_a_loss_stands_with_those_that_have_nothing():
    assert tier_of(-1) == 0


def test_tiers_are_named_by_their_edges():
    assert [tier.label for tier in tiers()] == [
        "没有收入（0 元及以下）", "不到 5 万元", "5～10 万元", "10～50 万元", "50～100 万元",
        "100 万元及以上",
    ]  # fmt: skip
    assert tiers((1_250_000,))[1].label == "不到 1.25 万元"


@given(st.lists(st.one_of(st.none(), st.integers(-(10**12), 10**12))))
def test_everyone_known_lies_in_exactly_one_tier(incomes):
    assert sum(counts(incomes)) == sum(one is not None for one in incomes)
    ordinals = [tier_of(one) for one in incomes if one is not None]
    for tier in tiers():
        inside = [
            one for one in incomes if one is not None
            and (tier.ordinal == 0) == (one <= 0)
            and (tier.ordinal == 0 or one >= max(tier.least, 1))
            and (tier.most is None or tier.ordinal == 0 or one < tier.most)
        ]  # fmt: skip
        assert ordinals.count(tier.ordinal) == len(inside)


@pytest.mark.parametrize(
    ("edges", "said"),
    [((), "1 到 12 条"), ((0, 5), "大于 0"), ((5, 5), "从低到高"), (EDGES, None)],
)
def test_edges_a_person_sets_rise(edges, said):
    found = "；".join(faults_of(edges))
    assert said in found if said else not found


def test_four_hundred_and_ninety_six_of_six_hundred_and_twenty_is_exactly_four_fifths():
    assert str(share(496, 620)) == "0.8000"
    assert share(0, 0) is None


def test_a_share_is_rounded_half_up_as_every_rate_is():
    assert (str(share(1, 32)), str(share(3, 32))) == ("0.0313", "0.0938")
