"""What holds whatever happens in whatever order: one event a cause, the budget, the endings."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sanzi.warnings.admission import Candidate, admit
from sanzi.warnings.following import FACT_DAYS, Key, Live, compare, episodes
from sanzi.warnings.precision import Tally

ON = date(2022, 12, 31)
CAUSES = st.sets(st.sampled_from([Key("W-35", f"a:{n}") for n in range(6)]))
LOOKS = st.lists(CAUSES, max_size=12)


@given(LOOKS)
def test_a_cause_has_one_event_from_first_sight_until_it_is_gone(looks):
    live = set()
    for seen in looks:
        changes = compare({key: Live() for key in live}, dict.fromkeys(seen), ON)
        assert set(changes.opened) == seen - live
        assert set(changes.repeated) == seen & live
        assert set(changes.gone) == live - seen
        live = (live | set(changes.opened)) - set(changes.gone)
        assert live == seen


@given(CAUSES, CAUSES)
def test_a_second_look_at_the_same_changes_nothing(before, seen):
    first = compare(dict.fromkeys(before, Live()), dict.fromkeys(seen), ON)
    live = (before | set(first.opened)) - set(first.gone)
    again = compare(dict.fromkeys(live, Live()), dict.fromkeys(seen), ON)
    assert not again.opened
    assert not again.gone


def test_a_fact_out_of_sight_is_not_gone_and_one_in_sight_is():
    old = Live(True, ON - timedelta(days=FACT_DAYS + 1))
    last = Live(True, ON - timedelta(days=FACT_DAYS))
    key = Key("W-17", "a:1")
    assert compare({key: old}, {}, ON).gone == ()
    assert compare({key: last}, {}, ON).gone == (key,)
    assert compare({key: old._replace(is_fact=False)}, {}, ON).gone == (key,)


@given(LOOKS)
def test_a_dry_run_counts_what_the_looks_would_have_opened(looks):
    live, opened = set(), 0
    for seen in looks:
        changes = compare(dict.fromkeys(live, Live()), dict.fromkeys(seen), ON)
        opened += len(changes.opened)
        live = set(seen)
    assert len(episodes([{key.cause for key in seen} for seen in looks])) == opened


WAITING = st.lists(
    st.builds(
        Candidate,
        st.integers(1, 4),
        st.decimals(0, 1000, places=2),
        st.integers(0, 10**6).map(str),
    ),
    max_size=20,
    unique_by=lambda one: one.key,
)


@given(WAITING, st.integers(0, 30), st.integers(0, 20))
def test_the_budget_is_never_exceeded_and_nothing_is_lost(waiting, used, most):
    shown, held = admit(waiting, used, most)
    assert used + len(shown) <= max(used, most)
    assert sorted([*shown, *held]) == sorted(one.key for one in waiting)
    if held:
        assert used + len(shown) >= most


@given(WAITING, st.randoms())
def test_the_gravest_and_dearest_are_shown_first_in_any_order_of_arrival(waiting, chance):
    shuffled = list(waiting)
    chance.shuffle(shuffled)
    assert admit(shuffled, 0, 5) == admit(waiting, 0, 5)
    shown, held = (set(keys) for keys in admit(waiting, 0, 5))
    weight = {one.key: (one.level, one.money) for one in waiting}
    assert all(weight[a] >= weight[b] for a in shown for b in held)


def test_the_two_rates_are_never_mixed():
    tally = Tally(all=10, dispatched=4, handled=5, handled_dispatched=3, false=1)
    assert tally.done_rate == Decimal("0.7500")
    assert tally.handling_rate == Decimal("0.5000")
    assert tally.precision == Decimal("0.8000")
    assert Tally().done_rate is Tally().handling_rate is Tally().precision is None


def test_a_rule_is_not_believed_below_a_fifth_of_five():
    assert not Tally(all=9, handled=4, false=4).is_unbelievable
    assert Tally(all=9, handled=5, false=5).is_unbelievable
    assert not Tally(all=9, handled=5, false=4).is_unbelievable
