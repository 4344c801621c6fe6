from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sanzi.inspections.coverage import cover, cover_by_town

codes = st.builds(lambda town, village: f"99990100{town}{village}", st.integers(1, 3),
                  st.sampled_from(["", "201", "202", "203"]))  # fmt: skip
places = st.lists(codes, max_size=12)


@given(places, st.sets(codes))
def test_every_place_is_either_come_to_or_stands_out(known, visited):
    reach = cover(known, visited)
    assert set(reach.left) | reach.covered == set(known)
    assert not set(reach.left) & reach.covered
    assert reach.covered <= visited
    assert reach.rate == (Decimal(reach.done) / len(set(known)) if known else None)
    assert reach.is_full == (bool(known) and set(known) <= visited)


@given(places, st.sets(codes))
def test_the_towns_add_up_to_the_whole(known, visited):
    whole, towns = cover(known, visited), cover_by_town(known, visited)
    assert sum(one.done for one in towns.values()) == whole.done
    assert sorted(place for one in towns.values() for place in one.left) == sorted(whole.left)


def test_one_place_short_is_not_full_and_the_last_one_makes_it():
    known = ["999901001", "999901001201"]
    assert not cover(known, {"999901001"}).is_full
    assert cover(known, set(known)).is_full
    assert not cover([], {"999901001"}).is_full
