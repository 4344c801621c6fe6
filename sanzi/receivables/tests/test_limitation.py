"""The limitation clock: the vectors of domain/clean-up.md 2.5, edges in pairs, properties."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanzi.kernel.calendar import years_after
from sanzi.kernel.refusals import Invalid
from sanzi.receivables.limitation.clock import read
from sanzi.receivables.limitation.facts import DEBTORS, KINDS, PROCEDURES, Event, Facts, read_facts


def clock(due="2019-12-31", as_of="2025-01-01", nature="loan", events=(), **more):
    rows = [
        dict(zip(("date", "kind", "evidence", "ended_on"), event.split(), strict=False))
        for event in events
    ]
    return read(read_facts({"nature": nature, "due": due, "as_of": as_of, "events": rows, **more}))


@pytest.mark.parametrize(
    ("due", "nature", "events", "last_day"),
    [
        # (a) a signed demand within three years
        ("2019-12-31", "loan", ["2022-06-10 demand signed"], "2025-06-10"),
        # (b) barred under two years; a signed plan brings it back, ticking the amount does not
        ("2012-12-31", "loan", [], "2014-12-31"),
        ("2012-12-31", "loan", ["2022-05-20 repayment_plan signed"], "2025-05-20"),
        ("2012-12-31", "loan", ["2022-05-20 amount_confirmed signed"], "2014-12-31"),
        # (c) the old period outlived 2017-10-01, so three years apply
        ("2016-03-01", "loan", [], "2019-03-01"),
        # (d) rent: one year, and Labour Day rolls
        ("2016-05-01", "rent", [], "2017-05-02"),
        # (g) a Sunday rolls; a make-up Saturday does not
        ("2020-12-31", "loan", ["2023-03-01 demand delivered"], "2026-03-02"),
        ("2023-02-28", "loan", [], "2026-02-28"),
    ],
)  # fmt: skip
def test_the_vectors_of_the_field(due, nature, events, last_day):
    assert clock(due, nature=nature, events=events).last_day.isoformat() == last_day


def test_twenty_years_is_the_end_however_often_one_demands():
    demands = [f"{year}-01-10 demand signed" for year in range(2002, 2022)]
    found = clock("2001-11-01", "2022-01-01", harm_on="2001-11-01", events=demands)
    assert (found.last_day, found.status) == (date(2021, 11, 1), "capped")


def test_a_default_of_sixteen_years_is_inside_the_cap():
    demands = [f"{year}-06-01 demand signed" for year in range(2007, 2022)]
    found = clock("2006-06-01", "2022-06-01", events=demands)
    assert (found.last_day, found.status) == (date(2024, 6, 3), "valid")


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        ("2022-07-06", "valid"),
        ("2022-07-07", "warning"),
        ("2022-11-03", "warning"),
        ("2022-11-04", "red"),
        ("2023-01-03", "red"),
        ("2023-01-04", "expired"),
    ],
)
def test_the_colours_change_on_their_day(as_of, status):
    # Due 2019-12-31; 2022-12-31 to 2023-01-02 are holidays, so the last day is 2023-01-03.
    assert clock(as_of=as_of).status == status


def test_a_demand_without_proof_moves_nothing_and_says_so():
    found = clock(events=["2022-06-10 demand none"])
    assert found.last_day == date(2023, 1, 3)
    assert any("没有签收" in said for said in found.reasoning)


def test_a_demand_on_the_last_day_counts_and_one_a_day_late_does_not():
    # 2026-01-03 is in the New Year's holiday, and the Sunday after it is worked.
    assert clock(events=["2023-01-03 demand signed"]).last_day == date(2026, 1, 4)
    late = clock(events=["2023-01-04 demand signed"])
    assert late.last_day == date(2023, 1, 3)
    assert late.doubts


def test_a_procedure_restarts_the_period_at_its_end():
    found = clock(events=["2021-03-01 suit signed 2022-09-15"])
    assert found.last_day == date(2025, 9, 15)


def test_an_obstacle_in_the_last_six_months_gives_six_more():
    found = clock(events=["2022-09-01 obstacle_start none", "2022-12-20 obstacle_end none"])
    assert found.last_day == date(2023, 6, 20)
    early = clock(events=["2022-01-01 obstacle_start none", "2022-05-01 obstacle_end none"])
    assert early.last_day == date(2023, 1, 3)


def test_instalments_are_read_both_ways_and_the_earlier_counts():
    found = clock(
        due=None,
        as_of="2023-06-01",
        nature="rent",
        instalments=["2020-12-31", "2021-12-31", {"due": "2022-12-31"}],
    )
    assert found.as_one_debt == date(2025, 12, 31)
    assert [last for _, last in found.separately][0] == date(2024, 1, 2)
    assert found.last_day == date(2024, 1, 2)


def test_every_sentence_names_its_article():
    found = clock(events=["2022-06-10 demand signed"])
    assert "民法典第195条" in found.reasoning[-1]
    assert "时效规定第8条" in found.reasoning[-1]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"due": None}, "缺少起算日"),
        ({"as_of": None}, "as_of"),
        ({"nature": "gift"}, "nature"),
        ({"due": "2020-13-01"}, "due"),
        ({"events": [{"date": "2020-01-01", "kind": "call"}]}, r"events\[0\].kind"),
        ({"events": [{"kind": "demand"}]}, r"events\[0\] 缺少 date"),
    ],
)
def test_wrong_input_is_refused_by_its_place(wrong, words):
    with pytest.raises(Invalid, match=words):
        read_facts({"nature": "loan", "due": "2020-01-01", "as_of": "2024-01-01", **wrong})


_days = st.dates(date(1990, 1, 1), date(2030, 1, 1))
_events = st.builds(
    lambda day, kind, evidence, length: Event(
        day, kind, evidence, day + timedelta(length) if kind in PROCEDURES else None
    ),
    _days,
    st.sampled_from(sorted(KINDS)),
    st.sampled_from(["signed", "delivered", "none"]),
    st.integers(0, 900),
)
_facts = st.builds(
    lambda nature, due, as_of, events: Facts(nature, due, "到期", due, as_of, (), tuple(events)),
    st.sampled_from(["loan", "rent", "other"]),
    _days,
    _days,
    st.lists(_events, max_size=8),
)


@given(_facts)
def test_no_history_reaches_beyond_twenty_years(facts):
    assert read(facts).last_day <= years_after(facts.harm_on, 20)


@given(_facts, st.randoms())
def test_the_order_of_entry_does_not_matter(facts, chance):
    shuffled = list(facts.events)
    chance.shuffle(shuffled)
    other = Facts(**{**facts.__dict__, "events": tuple(shuffled)})
    assert read(other) == read(facts)


@given(_facts, _days, st.sampled_from(["demand", *sorted(DEBTORS)]))
def test_a_valid_interruption_never_shortens(facts, day, kind):
    more = Facts(**{**facts.__dict__, "events": (*facts.events, Event(day, kind, "signed"))})
    assert read(more).last_day >= read(facts).last_day
