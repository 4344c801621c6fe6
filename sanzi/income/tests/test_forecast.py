"""A forecast a person can check by hand, and a goal's list of who stands between."""

from hypothesis import given
from hypothesis import strategies as st

from sanzi.income.forecast import Known, Levers, expected, forecast, of_projects, outlook
from sanzi.income.goals import Runner, progress, what_if

fen = st.integers(0, 10**12)
knowns = st.builds(
    Known, booked=fen, month=st.integers(1, 12), dues=fen, overdue=fen, projects=fen,
    planned=fen,
    past=st.lists(st.tuples(st.integers(-5, 10**10), st.integers(-5, 10**10)), max_size=3),
)  # fmt: skip


def test_expected_is_booked_and_due_and_projects_by_the_months_left():
    held = forecast(Known(booked=60_000, month=9, dues=20_000, projects=12_001))
    assert held.expected == 60_000 + 20_000 + 3_000
    assert dict(held.steps) == {
        "已入账": 60_000, "合同年底前到期未收": 20_000, "已见收益的增收项目按剩余月份": 3_000
    }  # fmt: skip


def test_the_range_is_the_pace_of_earlier_years():
    held = forecast(Known(booked=75_000, month=9, past=((50_000, 100_000), (90_000, 100_000))))
    assert held.paces == (150_000, 83_333)
    assert (held.low, held.expected, held.high) == (75_000, 75_000, 150_000)


def test_a_year_in_which_nothing_had_come_says_nothing_of_pace():
    assert forecast(Known(booked=1, month=3, past=((0, 100), (-4, 100)))).paces == ()


def test_a_year_that_is_over_is_what_is_booked():
    held = forecast(Known(booked=5, month=12, dues=9, past=((1, 9),), is_over=True))
    assert (held.low, held.expected, held.high, held.is_ranged) == (5, 5, 5, False)


@given(knowns)
def test_the_expected_lies_in_its_range_and_is_whole_fen(known):
    held = forecast(known)
    assert held.low <= held.expected <= held.high
    assert isinstance(held.expected, int)
    assert held.expected == sum(amount for _, amount in held.steps)


@given(knowns, st.integers(0, 100), st.integers(0, 100))
def test_pulling_a_lever_never_lowers_the_income(known, rate, more):
    base = expected(known, Levers(dues=rate, projects=rate))
    assert expected(known, Levers(dues=100, overdue=rate, projects=100, more=more)) >= base


def test_a_project_that_has_brought_nothing_is_hoped_for_and_never_expected():
    known = Known(booked=100, month=6, projects=40, planned=1_000)
    held = forecast(known)
    assert (held.low, held.expected, held.high, held.planned) == (100, 120, 620, 500)
    assert sum(amount for _, amount in held.steps) == held.expected
    assert outlook(600, held) == "possible"
    assert expected(known, Levers()) == 120
    assert expected(known, Levers(planned=10)) == 170


def test_projects_bring_a_twelfth_for_every_month_left():
    assert of_projects(Known(booked=0, month=11, projects=1200)) == 100
    assert of_projects(Known(booked=0, month=12, projects=1200)) == 0


def test_an_outlook_changes_exactly_at_the_threshold():
    at = forecast(Known(booked=90, month=10, dues=9, overdue=5, projects=6))
    assert (at.low, at.expected, at.high) == (99, 100, 105)
    asked = (99, 100, 101, 105, 106)
    assert [outlook(one, at) for one in asked] == [
        "sure",
        "likely",
        "possible",
        "possible",
        "short",
    ]


def runner(village, income, **known):
    return Runner(village, income, 0, Known(booked=income or 0, month=9, **known), "books")


def test_the_nearest_villages_stand_first_and_as_many_as_it_takes_are_needed():
    held = progress(
        [runner("a", 100), runner("b", 99, dues=1), runner("c", 40), runner("d", None)],
        threshold=100, wanted=2, villages=["a", "b", "c", "d", "e"],
    )  # fmt: skip
    assert [one.village for one in held.reached] == ["a"]
    assert [(b.runner.village, b.missing, b.is_needed) for b in held.between] == [
        ("b", 1, True), ("c", 60, False)
    ]  # fmt: skip
    assert (held.lacking, held.missing, held.unknown) == (1, 1, ("d", "e"))
    assert held.likely("sure", "likely") == 2


def test_all_villages_means_also_those_that_say_nothing():
    held = progress([runner("a", 100)], threshold=100, wanted=None, villages=["a", "b"])
    assert (held.wanted, held.lacking) == (2, 1)


def test_what_if_counts_who_would_be_there():
    held = progress(
        [runner("a", 100), runner("b", 90, dues=10), runner("c", 90, overdue=20)],
        threshold=100, wanted=3, villages=["a", "b", "c"],
    )  # fmt: skip
    assert what_if(held, Levers()) == 2
    assert what_if(held, Levers(dues=99)) == 1
    assert what_if(held, Levers(overdue=50)) == 3
    assert what_if(held, Levers(dues=0, more=10)) == 3


def test_a_village_merged_into_another_is_not_counted_beside_it():
    """Its books of the year are there still; the goal is about the villages that live."""
    there = Runner("1", 200, 0, Known(200, 12, is_over=True), "books")
    gone = Runner("2", 200, 0, Known(200, 12, is_over=True), "books")
    held = progress([there, gone], 100, None, ["1"])
    assert (len(held.reached), held.wanted) == (1, 1)
