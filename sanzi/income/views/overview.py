"""Tiers of a region's villages, and the villages themselves."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate

from sanzi.income.asked import Asked, asked_of, villages_in
from sanzi.income.definitions import DEFINITIONS, UNVERIFIED
from sanzi.income.papers import villages_paper
from sanzi.income.rows import VillageRow, by_child, tally, village_rows
from sanzi.income.standards import EXAMPLE
from sanzi.income.tiers import tiers
from sanzi.kernel.refusals import Forbidden
from sanzi.web.errors import Unsupported
from sanzi.web.frame import Place, place
from sanzi.web.pager import Pager
from sanzi.web.pages import page, person_of, show

SIZE = 100


@page("figures.view")
def overview(request: HttpRequest) -> HttpResponse:
    here = place(request)
    asked = asked_of(request, here.code)
    rows = village_rows(here.code, villages_in(here.code), asked)
    of_children = by_child(rows, [one.code for one in here.children])
    context = {
        "title": "收入分档",
        "here": here,
        "tally": tally(rows, asked.tiers.edges),
        "heads": tiers(asked.tiers.edges),
        "children": [
            (one, tally(of_children[one.code], asked.tiers.edges))
            for one in here.children
            if of_children[one.code]
        ],
        "origins": _origins(rows),
    } | common(request, asked)
    return show(request, "income/overview.html", context)


def common(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """What every page of a region's income prints: the day, the definition and its standing."""
    person = person_of(request)
    return {
        "asked": asked,
        "as_of": asked.as_of,
        "definition": asked.definition,
        "definitions": DEFINITIONS,
        "doubt": "" if asked.definition.is_verified else UNVERIFIED,
        "example": EXAMPLE,
        "may_set": person.can("income.goals"),
        "is_today": asked.as_of == localdate(),
    }


def _origins(rows: list[VillageRow]) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for row in rows:
        origin = row.origin if row.whole is not None else "没有数据"
        found[origin] = found.get(origin, 0) + 1
    return sorted(found.items(), key=lambda one: -one[1])


@page("figures.view")
def villages(request: HttpRequest) -> HttpResponseBase:
    here = place(request)
    asked = asked_of(request, here.code)
    rows = village_rows(here.code, villages_in(here.code), asked)
    chosen = _chosen(request, len(tiers(asked.tiers.edges)))
    rows = sorted(_those(rows, chosen), key=lambda row: (-(row.whole or 0), row.code))
    if request.GET.get("format") == "xlsx":
        return _export(request, here, asked, rows)
    pager = Pager.over(rows, request.GET, size=SIZE)
    params = request.GET.copy()
    params["format"] = "xlsx"
    context = {
        "title": "各村收入",
        "here": here,
        "rows": pager.rows,
        "pager": pager,
        "tiers": tiers(asked.tiers.edges),
        "tier": chosen,
        "whole": tally(rows, asked.tiers.edges),
        "export_url": f"?{params.urlencode()}"
        if person_of(request).can("registers.export")
        else None,
    } | common(request, asked)
    return show(request, "income/villages.html", context)


def _chosen(request: HttpRequest, count: int) -> str:
    """A tier's number, "none" for those without data, "" for all. Raises Unsupported."""
    given = request.GET.get("tier", "")
    least = request.GET.get("least", "")
    if least and not (least.isdecimal() and int(least) < count):
        raise Unsupported("income.tier", "没有这一档，请从“收入分档”进入")
    if given not in ("", "none") and not (given.isdecimal() and int(given) < count):
        raise Unsupported("income.tier", "没有这一档，请从“收入分档”进入")
    return f"{least}+" if least else given


def _those(rows: list[VillageRow], chosen: str) -> list[VillageRow]:
    if not chosen:
        return rows
    if chosen == "none":
        return [row for row in rows if row.tier is None]
    if chosen.endswith("+"):
        return [row for row in rows if row.tier is not None and row.tier >= int(chosen[:-1])]
    return [row for row in rows if row.tier == int(chosen)]


def _export(
    request: HttpRequest, here: Place, asked: Asked, rows: list[VillageRow]
) -> FileResponse:
    if not person_of(request).can("registers.export"):
        raise Forbidden("register.export_role", "您的岗位只能查看，不能导出台账")
    title = f"{here}{asked.span}各村收入"
    file = villages_paper(title, rows, asked, f"编报单位：{here}　截至 {asked.as_of}")
    return FileResponse(file, as_attachment=True, filename=f"{title}.xlsx")
