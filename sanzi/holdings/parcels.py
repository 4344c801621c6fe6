"""Outlines of land: read from WKT or GeoJSON, laid flat in metres, compared with each other.

Degrees are CGCS2000 (WGS 84 differs by less than surveyors measure). Flat means Gauss-Krüger, so
that areas and distances are metres. What is compared is laid on one central meridian, so that no
zone's edge hides an overlap.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

import numpy
import shapely
from shapely.errors import ShapelyError

from sanzi.kernel.refusals import Invalid

SQUARE_METRES_PER_MU = Decimal(2000) / Decimal(3)
# GRS 80 ellipsoid, on which CGCS2000 stands.
_SEMI_MAJOR = 6378137.0
_FLATTENING = 1 / 298.257222101
_FALSE_EASTING = 500_000.0
# China, with its seas: a place outside was written latitude first, or in metres.
_LONGITUDES, _LATITUDES = (73.0, 136.0), (3.0, 54.0)
_PLACES = Decimal("0.01")


class Outline(NamedTuple):
    """One parcel's outline: whose it is, and its shape in degrees."""

    key: tuple[str, str]
    shape: Any

    @property
    def area_mu(self) -> Decimal:
        """Its area on the ground."""
        return mu_of(shapely.area(lay([self])[0]).item())


class Shared(NamedTuple):
    """Ground two outlines share, in mu."""

    one: tuple[str, str]
    other: tuple[str, str]
    shared_mu: Decimal


def mu_of(square_metres: float) -> Decimal:
    """Mu of an area in square metres, to the hundredth."""
    exact = Decimal(str(square_metres)) / SQUARE_METRES_PER_MU
    return exact.quantize(_PLACES, ROUND_HALF_UP)


def outline_of(key: tuple[str, str], written: str) -> Outline:
    """An outline from a cell: WKT or GeoJSON. Raises Invalid and says what is wrong with it."""
    return checked(key, _read(written))


def checked(key: tuple[str, str], shape: Any) -> Outline:
    """The outline of a shape in degrees. Raises Invalid for what encloses no ground in China."""
    if shape is None or shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon"):
        raise Invalid("parcel.shape", "不是面：地块边界须是多边形（Polygon 或 MultiPolygon）")
    west, south, east, north = shape.bounds
    if west < _LONGITUDES[0] or east > _LONGITUDES[1]:
        raise Invalid("parcel.place", "经度不在中国范围：请导出为经纬度坐标（CGCS2000），经度在前")
    if south < _LATITUDES[0] or north > _LATITUDES[1]:
        raise Invalid("parcel.place", "纬度不在中国范围：请导出为经纬度坐标（CGCS2000），经度在前")
    if not shape.is_valid:
        # A loop where a surveyor's line crosses itself: what it encloses is kept.
        shape = shapely.make_valid(shape)
    if shape.area <= 0:
        raise Invalid("parcel.area", "边界没有围住任何面积，请检查坐标")
    return Outline(key, shape)


def _read(written: str) -> Any:
    text = written.strip()
    try:
        if text.startswith("{"):
            document = json.loads(text)
            geometry = document.get("geometry", document)
            return shapely.from_geojson(json.dumps(geometry))
        return shapely.from_wkt(text)
    except (ShapelyError, ValueError, AttributeError):
        raise Invalid("parcel.text", "边界读不懂：须是 WKT 或 GeoJSON 的多边形") from None


def lay(outlines: Sequence[Outline]) -> Any:
    """Their shapes in metres, all on the central meridian of their middle."""
    shapes = numpy.array([outline.shape for outline in outlines], dtype=object)
    west, _, east, _ = shapely.total_bounds(shapes)
    # Three-degree zones: 102, 105, … are the central meridians.
    meridian = 3 * round((west + east) / 6)
    return shapely.transform(shapes, lambda points: gauss_krueger(points, meridian))


def gauss_krueger(points: Any, meridian: int) -> Any:
    """Metres east and north of degrees; Krüger's series to the fourth order: under a millimetre."""
    n = _FLATTENING / (2 - _FLATTENING)
    radius = _SEMI_MAJOR / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    latitude = numpy.radians(points[:, 1])
    away = numpy.radians(points[:, 0] - meridian)
    bend = 2 * numpy.sqrt(n) / (1 + n)
    sine = numpy.sin(latitude)
    conformal = numpy.sinh(numpy.arctanh(sine) - bend * numpy.arctanh(bend * sine))
    north = numpy.arctan2(conformal, numpy.cos(away))
    east = numpy.arctanh(numpy.sin(away) / numpy.sqrt(1 + conformal**2))
    terms = (
        n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16 + 41 * n**4 / 180,
        13 * n**2 / 48 - 3 * n**3 / 5 + 557 * n**4 / 1440,
        61 * n**3 / 240 - 103 * n**4 / 140,
        49561 * n**4 / 161280,
    )
    x, y = east.copy(), north.copy()
    for order, term in enumerate(terms, start=1):
        x += term * numpy.cos(2 * order * north) * numpy.sinh(2 * order * east)
        y += term * numpy.sin(2 * order * north) * numpy.cosh(2 * order * east)
    return numpy.column_stack((radius * x + _FALSE_EASTING, radius * y))


def shared_ground(
    outlines: Sequence[Outline], share: Decimal, floor_mu: Decimal
) -> Iterator[Shared]:
    """Pairs with more ground in common than the floor, and than this share of the smaller one.

    Containment counts: the question is whether they intersect, not whether they overlap in
    the narrow sense of the word.
    """
    if len(outlines) < 2:
        return
    shapes = lay(outlines)
    one, other = pairs(shapes)
    areas, sizes = common_areas(shapes, one, other), shapely.area(shapes)
    floor = numpy.float64(floor_mu * SQUARE_METRES_PER_MU)
    least = numpy.maximum(numpy.minimum(sizes[one], sizes[other]) * numpy.float64(share), floor)
    for place in numpy.flatnonzero(areas > least):
        first, second = outlines[one[place]], outlines[other[place]]
        yield Shared(first.key, second.key, mu_of(areas[place].item()))


def pairs(shapes: Any) -> tuple[Any, Any]:
    """Each pair of shapes whose boxes meet, once."""
    # Boxes alone: whoever only touches is told apart by the area, which has to be computed anyway.
    one, other = shapely.STRtree(shapes).query(shapes)
    once = one < other
    return one[once], other[once]


def common_areas(shapes: Any, one: Any, other: Any) -> Any:
    """Square metres each pair has in common."""
    return shapely.area(shapely.intersection(shapes[one], shapes[other]))


def readable(rows: Iterable[tuple[tuple[str, str], str]]) -> list[Outline]:
    """The outlines of those rows that have one; what cannot be read is left to who reads in."""
    found = []
    for key, written in rows:
        try:
            found.append(outline_of(key, written))
        except Invalid:
            continue
    return found
