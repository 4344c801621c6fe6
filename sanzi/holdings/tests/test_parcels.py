"""Outlines: read strictly, measured in metres, compared whatever zone they lie in."""

from decimal import Decimal

import numpy
import pytest

from sanzi.holdings.parcels import gauss_krueger, outline_of, shared_ground
from sanzi.kernel.refusals import Invalid

SHARE, FLOOR = Decimal("0.01"), Decimal("0.10")


def square(west, south=35.0, size=0.001, key="1"):
    east, north = west + size, south + size
    corners = f"{west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}"
    return outline_of(("v", key), f"POLYGON(({corners}))")


def test_degrees_become_metres_as_the_tables_say():
    """The meridian from the equator to 30 degrees on CGCS2000 is 3,320,113.398 metres."""
    ((east, north),) = gauss_krueger(numpy.array([[114.0, 30.0]]), 114)
    assert (round(east, 3), round(north, 3)) == (500_000.0, 3_320_113.398)


def test_an_area_is_what_lies_on_the_ground():
    """0.001 by 0.001 degrees at latitude 35: about 91.3 by 110.9 metres, 15.2 mu."""
    assert abs(square(111.0).area_mu - Decimal("15.19")) < Decimal("0.05")


def test_geojson_says_the_same_as_wkt():
    ring = [[111, 35], [111.001, 35], [111.001, 35.001], [111, 35.001], [111, 35]]
    written = f'{{"type": "Polygon", "coordinates": [{ring}]}}'
    assert outline_of(("v", "1"), written).area_mu == square(111.0).area_mu


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("POINT(111 35)", "不是面"),
        ("POLYGON((35 111, 35.1 111, 35.1 111.1, 35 111))", "经度在前"),
        ("POLYGON((500000 3900000, 500100 3900000, 500100 3900100, 500000 3900000))", "经纬度"),
        ("POLYGON((111 35, 111 35, 111 35, 111 35))", "面积"),
        ("村东到河边", "读不懂"),
        ("{}", "读不懂"),
    ],
)
def test_what_is_no_outline_says_what_to_do(written, words):
    with pytest.raises(Invalid, match=words):
        outline_of(("v", "1"), written)


@pytest.mark.parametrize(
    ("west", "overlaps"),
    [(111.0005, True), (111.001, False), (111.00099999, False), (111.01, False)],
)
def test_neighbours_that_touch_share_nothing(west, overlaps):
    found = list(shared_ground([square(111.0), square(west, key="2")], SHARE, FLOOR))
    assert bool(found) is overlaps


def test_a_parcel_inside_another_shares_all_of_itself():
    inner = square(111.0002, 35.0002, 0.0005, "2")
    (found,) = shared_ground([square(111.0), inner], SHARE, FLOOR)
    assert abs(found.shared_mu - inner.area_mu) <= Decimal("0.01")


def test_the_edge_of_a_zone_hides_nothing():
    """112.5 degrees is where the zones of 111 and 114 meet."""
    found = list(shared_ground([square(112.4995), square(112.4999, key="2")], SHARE, FLOOR))
    assert len(found) == 1
