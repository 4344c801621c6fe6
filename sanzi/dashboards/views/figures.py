"""All figures of a region, each with its formula and its rows, and those of the regions below."""

from datetime import date
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from sanzi.dashboards import boxes, links
from sanzi.metrics.catalogue import METRICS, figure, metric
from sanzi.metrics.catalogue import figures as all_figures
from sanzi.metrics.parts import KNOWN, stored
from sanzi.metrics.shares import totals_by_region
from sanzi.web import asked
from sanzi.web.downloads import check_may_export, download
from sanzi.web.errors import Unsupported
from sanzi.web.frame import Place, place
from sanzi.web.pages import page, person_of, show
from sanzi.workbooks.output import report_document
from sanzi.workbooks.paper_report import write_report
from sanzi.workbooks.report import bases_in, make_report, totals_of


@page("figures.view")
def figures(request: HttpRequest) -> HttpResponseBase:
    here, as_of = place(request), asked.as_of(request)
    form = asked.one_of(request, "format", ("html", "json", "xlsx"), "html")
    if form == "json":
        document = report_document(make_report(here.code, as_of))
        return JsonResponse(document, json_dumps_params={"ensure_ascii": False})
    if form == "xlsx":
        check_may_export(request)
        report = make_report(here.code, as_of)
        return download(f"{here}数据表", as_of, lambda path: write_report(report, path))
    return show(request, "dashboards/figures.html", _context(request, here, as_of))


def _context(request: HttpRequest, here: Place, as_of: date) -> dict[str, Any]:
    unit = asked.unit(request, asked.YUAN if here.region.level == "village" else asked.WAN)
    found = all_figures(totals_of(here.region, as_of))
    by_id = {one.metric: one for one in found}
    bases = sorted(set(bases_in(here.code).values()))
    chosen = _chosen(request)
    return {
        "title": "主要数字",
        "here": here,
        "as_of": as_of,
        "unit": unit,
        "other_unit": asked.WAN if unit == asked.YUAN else asked.YUAN,
        "unit_url": asked.address(request, unit=asked.WAN if unit == asked.YUAN else asked.YUAN),
        "bases": (bases[0], bases[-1]) if bases else None,
        "groups": boxes.grouped(found, here.code, as_of, unit),
        "policies": boxes.policies(by_id, here.code, as_of, unit),
        "composition": boxes.composition(by_id),
        "recovered": boxes.box(by_id["receivables.recovered"], here.code, as_of, unit),
        "heads": [(metric(id).label, _head_unit(id, unit)) for id in chosen],
        "children": _children(here, as_of, chosen, unit),
        "choices": [(one.id, one.label, one.id in chosen) for one in METRICS],
        "export_url": asked.address(request, format="xlsx")
        if person_of(request).can("registers.export")
        else None,
    }


def _chosen(request: HttpRequest) -> tuple[str, ...]:
    """The metrics of the table below, in the catalogue's order."""
    asked_for = {id for id in request.GET.getlist("m") if id}
    if strange := sorted(asked_for - KNOWN):
        raise Unsupported("figures.metric", f"没有“{strange[0][:60]}”这个指标")
    return tuple(m.id for m in METRICS if m.id in asked_for) or boxes.CHILD_METRICS


def _head_unit(id: str, unit: str) -> str:
    own = metric(id).unit
    return unit if own == asked.YUAN else own


def _children(
    here: Place, as_of: date, chosen: tuple[str, ...], unit: str
) -> list[tuple[str, str, list[boxes.Box]]]:
    """The regions right below: name, address, and the chosen figures."""
    codes = [region.code for region in here.children]
    sums = totals_by_region(codes, as_of, sorted(stored(chosen))) if codes else {}
    return [
        (
            region.name,
            links.figures(region.code, as_of),
            [
                boxes.box(figure(metric(id), sums.get(region.code, {})), region.code, as_of, unit)
                for id in chosen
            ],
        )
        for region in here.children
    ]
