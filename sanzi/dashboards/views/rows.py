"""This number, where does it come from? Every figure opens its rows."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from sanzi.dashboards import links
from sanzi.dashboards.drill import Drill, Part
from sanzi.dashboards.drill_document import document
from sanzi.dashboards.drill_paper import write_rows
from sanzi.dashboards.frozen_drill import frozen_drill
from sanzi.dispatch.models import Sheet
from sanzi.kernel.refusals import Missing
from sanzi.metrics import catalogue
from sanzi.metrics.parts import KNOWN
from sanzi.web import asked, formats
from sanzi.web.downloads import check_may_export, download
from sanzi.web.errors import Unsupported
from sanzi.web.frame import Place, place
from sanzi.web.pager import Pager
from sanzi.web.pages import page, person_of, show

PER_PAGE = 50


@page("figures.view")
def rows(request: HttpRequest, metric: str) -> HttpResponseBase:
    drill, here = _read(request, metric)
    form = asked.one_of(request, "format", ("html", "json", "xlsx"), "html")
    if form == "json":
        return JsonResponse(document(request, drill), json_dumps_params={"ensure_ascii": False})
    if form == "xlsx":
        return _sheet(request, drill, here)
    return show(request, "dashboards/rows.html", _context(request, drill, here))


def _read(request: HttpRequest, metric: str) -> tuple[Drill, Place]:
    if metric not in KNOWN:
        raise Missing("figures.metric", f"没有“{metric[:60]}”这个指标")
    here, as_of, since = place(request), asked.as_of(request), asked.day(request, "since")
    if frozen := asked.whole(request, "sheet", 0, 2**62):
        held = Sheet.objects.visible_to(person_of(request)).select_related("previous")
        kept = get_object_or_404(held, pk=frozen)
        gained = asked.one_of(request, "gained", ("", "1"), "") == "1"
        return frozen_drill(person_of(request), metric, here.code, kept, gained=gained), here
    if since and since >= as_of:
        raise Unsupported("figures.period", "起始日应早于截至日期")
    return Drill(person_of(request), catalogue.metric(metric), here.code, as_of, since), here


def _sheet(request: HttpRequest, drill: Drill, here: Place) -> HttpResponseBase:
    check_may_export(request)
    if drill.metric.is_rate:
        raise Unsupported("figures.rate_sheet", "比率没有自己的明细，请分别导出分子和分母")
    title = f"{here}{drill.metric.label}明细"
    return download(title, drill.as_of, lambda path: write_rows(path, title, drill))


def _context(request: HttpRequest, drill: Drill, here: Place) -> dict[str, Any]:
    found = drill.figure
    context: dict[str, Any] = {
        "title": drill.metric.label,
        "here": here,
        "metric": drill.metric,
        "as_of": drill.as_of,
        "since": drill.since,
        "sheet": getattr(drill, "sheet", None),
        "unit": found.unit,
        "value": formats.figure(found.value, found.unit),
        "figures_url": links.figures(here.code, drill.as_of),
    }
    if drill.metric.is_rate:
        return context | {"sections": _sections(drill)}
    count, total = drill.sum_up()
    pager = Pager(request.GET, count, PER_PAGE)
    may_export = person_of(request).can("registers.export")
    return context | {
        "pager": pager,
        "total": formats.figure(total, found.unit),
        "adds_up": total == found.value,
        "lines": drill.page(pager.start, pager.stop),
        "export_url": asked.address(request, format="xlsx") if may_export else None,
    }


def _sections(drill: Drill) -> list[tuple[str, str, list[Part]]]:
    """Of a rate: what stands above and below the line, each part with its own rows."""
    found = drill.figure
    above, below = drill.parts(below=False), drill.parts(below=True)
    return [
        ("分子", f"{formats.figure(found.numerator, above[0].unit)} {above[0].unit}", above),
        ("分母", f"{formats.figure(found.denominator, below[0].unit)} {below[0].unit}", below),
    ]
