from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanzi.responsibility.spans import Placing, Span, group_order, place, without_anyone

DAY_ONE = date(2026, 1, 1)


def day(n):
    return DAY_ONE + timedelta(days=n)


def span(first, last=None):
    return Span(day(first), None if last is None else day(last))


numbers = st.integers(0, 60)
closed = st.tuples(numbers, numbers).map(lambda ab: span(min(ab), max(ab)))
spans = st.one_of(closed, numbers.map(span))


def days_of(one, upto=80):
    return {n for n in range(upto) if one.holds_on(day(n))}


@given(spans, spans)
def test_two_terms_meet_exactly_when_they_share_a_day(one, other):
    assert one.meets(other) == other.meets(one) == bool(days_of(one) & days_of(other))


@given(st.lists(numbers, min_size=1, max_size=6), spans)
def test_after_a_placing_nobody_shares_a_day(starts, new):
    firsts = sorted(set(starts))
    there = [span(a, b - 1) for a, b in pairwise(firsts)] + [span(firsts[-1])]
    placed = place(there, new)
    if placed.conflict is None:
        if placed.ends is not None:
            there[placed.ends] = Span(there[placed.ends].first, placed.on)
        assert not any(one.meets(new) for one in there)
    else:
        assert placed.conflict.meets(new)


@pytest.mark.parametrize(
    ("there", "new", "placed"),
    [
        ([], span(5), Placing()),
        ([span(0)], span(5), Placing(0, day(4))),
        ([span(5)], span(5), Placing(conflict=span(5))),
        ([span(0, 4)], span(5), Placing()),
        ([span(0, 5)], span(5), Placing(conflict=span(0, 5))),
        ([span(5)], span(0, 4), Placing()),
        ([span(5)], span(0, 5), Placing(conflict=span(5))),
        # A term with an end does not cut an open one in two.
        ([span(0)], span(5, 9), Placing(conflict=span(0))),
    ],
)
def test_a_new_term_takes_over_only_from_the_open_one_before_it(there, new, placed):
    assert place(there, new) == placed


@given(st.lists(spans, max_size=5), closed)
def test_gaps_are_the_days_nobody_holds(held, within):
    free = [days_of(one) for one in without_anyone(held, within)]
    everyone = set().union(*(days_of(one) for one in held)) if held else set()
    assert set().union(*free, set()) == days_of(within) - everyone
    assert sum(map(len, free)) == len(set().union(*free, set()))


def test_groups_stand_in_their_order_however_they_are_numbered():
    ordered = ["第一组", "2组", "第三组", "第十组", "第十一组", "第二十组", "二十二组", "河西组"]
    mixed = [*ordered[3:], *ordered[:3]]
    assert sorted(mixed, key=group_order) == ordered
