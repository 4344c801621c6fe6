"""Regions beside each other: averages, shared places, bands."""

from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from sanzi.contests.comparing import Came, compare

points = st.integers(0, 10_500).map(lambda n: D(n) / 100)


def came(code, total, **more):
    return Came(code.ljust(12, "0"), D(total), 1, **more)


def test_equal_averages_share_a_place_and_the_next_is_skipped():
    found = compare([came("100000", "80"), came("200000", "80"), came("300000", "79.99")], 6)
    assert [(one.code, one.place) for one in found] == [
        ("100000", 1), ("200000", 1), ("300000", 3)
    ]  # fmt: skip


def test_bands_and_vetoes_are_counted():
    (one,) = compare([came("1" * 9, "90", band="五星"), came("1" * 9, "0", is_vetoed=True)], 9)
    assert (one.count, one.average, dict(one.bands), one.vetoed) == (2, D("45.00"), {"五星": 1}, 1)


@given(st.lists(st.tuples(st.sampled_from(("111111", "222222")), points), min_size=1))
def test_averages_lie_between_the_least_and_the_most(known):
    for one in compare([came(code, total) for code, total in known], 6):
        own = [total for code, total in known if code == one.code]
        assert min(own) <= one.average <= max(own)
        assert one.count == len(own)
