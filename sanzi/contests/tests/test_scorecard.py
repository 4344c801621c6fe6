"""The one engine of scores and ranks: totals, vetoes, missing values, ties, and what moves them."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanzi.contests.robustness import intervals
from sanzi.contests.scorecard import Band, Card, Facts, Indicator, Veto, faults_of, rank, score
from sanzi.contests.scoring import Added, Line


def line(code, full, **more):
    return Indicator(
        code=code, title=code, module="清化收", full=D(full), scoring=Line(D(0), D(1)),
        source=f"metric:{code}", **more,
    )  # fmt: skip


CARD = Card(
    title="镇考村（示例）",
    indicators=(
        line("规范率", "40", missing="spread"),
        line("清收率", "40"),
        line("公开", "20"),
        Indicator(
            code="加分", title="加分", module="加分", full=D(10), scoring=Added(D(2)),
            source="typed", is_bonus=True,
        ),
    ),
    vetoes=(Veto("虚报", "弄虚作假"), Veto("新债", "违规新增债务", D("59.99"))),
    bands=(Band(D(90), "五星"), Band(D(80), "四星"), Band(D(60), "三星")),
    bonus_most=D(5),
    tie_break=("清收率",),
)  # fmt: skip


def facts(*values, vetoes=()):
    named = zip(("规范率", "清收率", "公开", "加分"), values, strict=False)
    return Facts({k: None if v is None else D(v) for k, v in named}, frozenset(vetoes))


def total(*values, **more):
    return score(CARD, facts(*values, **more)).total


def test_a_total_is_the_sum_of_its_rounded_lines():
    found = score(CARD, facts("0.33333", "0.66667", "0.5"))
    assert [str(one.points) for one in found.lines] == ["13.33", "26.67", "10.00", "0.00"]
    assert found.total == D("50.00")


def test_bonuses_come_on_top_up_to_their_limit():
    assert (total("1", "1", "1", "1"), total("1", "1", "1", "9")) == (D(102), D(105))


def test_what_is_missing_counts_nothing():
    assert total("1", None, "1") == D(60)


def test_what_cannot_be_measured_is_shared_among_the_others():
    found = score(CARD, facts(None, "0.5", "1"))
    assert [str(one.out_of) for one in found.lines] == ["0.00", "66.67", "33.33", "10.00"]
    assert found.total == D("33.33") + D("33.33")


def test_a_village_where_nothing_can_be_measured_has_no_points():
    only = Card(title="", indicators=(line("规范率", "100", missing="spread"),))
    assert score(only, facts(None)).total == 0


@pytest.mark.parametrize(
    ("vetoes", "points", "band"),
    [((), "100", "五星"), (("新债",), "59.99", ""), (("新债", "虚报"), "0", "")],
)
def test_a_veto_holds_the_total_down(vetoes, points, band):
    found = score(CARD, facts("1", "1", "1", vetoes=vetoes))
    assert (found.total, found.band) == (D(points), band)


@pytest.mark.parametrize(("public", "band"), [("0.4995", "四星"), ("0.5", "五星")])
def test_a_band_begins_at_its_edge(public, band):
    assert score(CARD, facts("1", "1", public)).band == band


def test_equal_totals_are_told_apart_by_the_named_line_then_tied():
    scores = {
        name: score(CARD, facts(*values))
        for name, values in {
            "甲": ("1", "0.5", "0"), "乙": ("0.5", "1", "0"), "丙": ("1", "0.5", "0"),
            "丁": ("0", "0", "0"),
        }.items()
    }  # fmt: skip
    found = [(one.subject, one.place, one.is_tied) for one in rank(CARD, scores)]
    assert found == [("乙", 1, False), ("丙", 2, True), ("甲", 2, True), ("丁", 4, False)]


def test_a_card_that_cannot_be_used_says_why():
    assert faults_of(CARD) == []
    broken = Card(
        title="", indicators=(line("a", "60"), line("a", "-1")), tie_break=("b",),
        bands=(Band(D(60), "三星"), Band(D(90), "五星")),
    )  # fmt: skip
    assert faults_of(broken) == [
        "指标编号“a”重复",
        "“a”的分值 -1 不大于 0",
        "各项分值合计 59 分，应为 100 分（加分项另计）",
        "并列时比较的指标“b”不在表内",
        "等级分数线应从高到低，不能重复",
    ]


SHARES = st.integers(0, 1000).map(lambda n: D(n) / 1000)
FIELD = st.dictionaries(
    st.sampled_from("甲乙丙丁戊己庚辛"), st.tuples(SHARES, SHARES, SHARES), min_size=1
)


@given(FIELD, st.data())
def test_no_weighting_within_the_swing_leaves_the_interval(field, data):
    scores = {name: score(CARD, facts(*values)) for name, values in field.items()}
    bounds = intervals(scores)
    swings = data.draw(st.lists(st.integers(90, 110), min_size=3, max_size=3))

    def moved(name):
        return sum(
            one.points * swing for one, swing in zip(scores[name].lines, swings, strict=False)
        )

    for name in scores:
        place = 1 + sum(moved(other) > moved(name) for other in scores)
        assert bounds[name].best <= place <= bounds[name].worst


@given(FIELD)
def test_the_rank_stands_in_its_own_interval_and_order_of_entry_is_nothing(field):
    scores = {name: score(CARD, facts(*values)) for name, values in field.items()}
    bounds, placed = intervals(scores), rank(CARD, scores)
    assert placed == rank(CARD, dict(reversed(scores.items())))
    plain = Card(title="", indicators=CARD.indicators)
    for one in rank(plain, scores):
        assert bounds[one.subject].best <= one.place <= bounds[one.subject].worst


def test_a_clear_winner_is_firm_and_near_rivals_are_not():
    scores = {
        "甲": score(CARD, facts("1", "1", "1")),
        "乙": score(CARD, facts("0.5", "0.4", "0.5")),
        "丙": score(CARD, facts("0.4", "0.5", "0.5")),
    }
    found = intervals(scores)
    assert found["甲"].is_firm
    assert (found["乙"].best, found["乙"].worst) == (2, 3)


def test_what_a_veto_fixed_no_weight_moves():
    scores = {
        "甲": score(CARD, facts("1", "1", "1", vetoes=("新债",))),
        "乙": score(CARD, facts("0.7", "0.7", "0.7")),
    }
    assert intervals(scores)["甲"] == intervals(scores)["甲"].__class__(2, 2)


def always_ahead(one, other):
    """Pair by pair in the open: every weight moves by a tenth against the difference."""
    gaps = [a.points - b.points for a, b in zip(one.lines, other.lines, strict=True)]
    return sum(gaps) - D("0.1") * sum(map(abs, gaps)) > 0


@given(st.lists(st.tuples(*[st.sampled_from(("0", "0.3", "0.31", "0.7", "1"))] * 3), min_size=1))
def test_intervals_are_those_of_every_pair_by_itself(known):
    scores = {str(at): score(CARD, facts(*values)) for at, values in enumerate(known)}
    for name, found in intervals(scores).items():
        mine, others = scores[name], scores.values()
        assert found.best == 1 + sum(always_ahead(other, mine) for other in others)
        assert found.worst == len(scores) - sum(always_ahead(mine, other) for other in others)


def test_half_a_hundredth_is_rounded_up():
    assert [str(score(CARD, facts(v, "0", "0")).total) for v in ("0.500125", "0.500124")] == [
        "20.01", "20.00"
    ]  # fmt: skip
