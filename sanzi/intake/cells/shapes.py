"""Outlines of land: WKT or GeoJSON polygons in CGCS2000 longitude and latitude."""

import json
import re
from collections.abc import Callable
from typing import Any

from .text import check_characters
from .verdict import Cell, Flaw

# What one spreadsheet cell can hold; a longer outline has been cut by Excel.
LENGTH_MAX = 32_767

# Where land in China lies, in degrees.
_LONGITUDE = (73.0, 136.0)
_LATITUDE = (3.0, 54.0)

_WKT = re.compile(r"\s*(?:MULTI)?POLYGON\s*(\(.*\))\s*", re.IGNORECASE | re.DOTALL)
_RING = re.compile(r"\(([^()]+)\)")
_HOW = "请填 WKT（如 POLYGON((112.1 35.6, …))）或 GeoJSON 的多边形"

Ring = list[tuple[Any, Any]]


def geometry_parser() -> Callable[[Cell], str | None]:
    def parse(cell: Cell) -> str | None:
        text = str(cell).strip()
        if not text:
            return None
        check_characters(text)
        if len(text) >= LENGTH_MAX:
            raise Flaw("geometry", f"超过 {LENGTH_MAX:,} 个字，已被 Excel 截断，请简化边界后重填")
        rings = _geojson_rings(text) if text.startswith("{") else _wkt_rings(text)
        for ring in rings:
            _check_ring(ring)
        return text

    return parse


def _wkt_rings(text: str) -> list[Ring]:
    found = _WKT.fullmatch(text)
    rings = _RING.findall(found.group(1)) if found else []
    if not rings:
        raise Flaw("geometry", f"不是多边形，{_HOW}")
    try:
        return [[_pair(point.split()) for point in ring.split(",")] for ring in rings]
    except ValueError:
        raise Flaw("geometry", f"坐标不是数，{_HOW}") from None


def _pair(parts: list[Any]) -> tuple[Any, Any]:
    if len(parts) < 2:
        raise ValueError(parts)
    return complex(parts[0]).real, complex(parts[1]).real


def _geojson_rings(text: str) -> list[Ring]:
    try:
        shape = json.loads(text)
        shape = shape.get("geometry", shape)
        polygons = (
            shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        )
        if shape["type"] not in ("Polygon", "MultiPolygon"):
            raise ValueError(shape["type"])
        return [[_pair(point) for point in ring] for polygon in polygons for ring in polygon]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Flaw("geometry", f"不是能识别的 GeoJSON 多边形，{_HOW}") from None


def _check_ring(ring: Ring) -> None:
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise Flaw("geometry", "边界没有闭合：首尾须是同一点，且至少三个顶点")
    for longitude, latitude in ring:
        if not (
            _LONGITUDE[0] <= longitude <= _LONGITUDE[1] and _LATITUDE[0] <= latitude <= _LATITUDE[1]
        ):
            raise Flaw(
                "geometry",
                "坐标不在中国范围内：须是经度在前、纬度在后的度数（CGCS2000），不是平面坐标",
            )
