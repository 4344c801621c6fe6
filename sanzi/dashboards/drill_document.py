"""The rows behind a figure as JSON: some rows by key, and the address of the next ones."""

from typing import Any

from django.http import HttpRequest

from sanzi.web import asked
from sanzi.workbooks.output import plain

from .drill import Drill, Line, Part

SIZE, SIZE_MAX = 500, 2_000


def document(request: HttpRequest, drill: Drill) -> dict[str, Any]:
    """A stored figure with its rows; a rate with its two sides and where their rows are."""
    head = {
        "metric": drill.metric.id,
        "label": drill.metric.label,
        "unit": drill.figure.unit,
        "region": drill.region,
        "as_of": drill.as_of.isoformat(),
        "since": drill.since.isoformat() if drill.since else None,
        "total": plain(drill.figure.value),
    }
    if drill.metric.is_rate:
        return head | {
            "numerator": {
                "value": plain(drill.figure.numerator),
                "parts": [_part(part) for part in drill.parts(below=False)],
            },
            "denominator": {
                "value": plain(drill.figure.denominator),
                "parts": [_part(part) for part in drill.parts(below=True)],
            },
            "rows": [],
            "next": None,
        }
    size = asked.whole(request, "size", SIZE, SIZE_MAX)
    after = asked.whole(request, "after", 0, 2**62)
    lines, following = drill.chunk(after, size)
    return head | {
        "rows": [_row(line) for line in lines],
        "next": _next(request, following) if following else None,
    }


def _row(line: Line) -> dict[str, Any]:
    return {
        "register": line.register,
        "row_id": line.row_id,
        "number": line.number,
        "label": line.label,
        "village": line.village,
        "on": line.on.isoformat() if line.on else None,
        "value": plain(line.value),
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "metric": part.metric,
        "sign": part.sign,
        "value": plain(part.value),
        "rows": f"{part.url}&format=json",
    }


def _next(request: HttpRequest, after: int) -> str:
    params = request.GET.copy()
    params["after"] = str(after)
    return f"{request.path}?{params.urlencode()}"
