"""The aged balances of claims or debts as page, paper and xlsx, and the rows behind each cell."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode

from sanzi.access.models import Person
from sanzi.kernel.money import ZERO, from_fen, grouped
from sanzi.metrics.shares import totals
from sanzi.web import asked
from sanzi.web.downloads import check_may_export, download
from sanzi.web.errors import Unsupported
from sanzi.web.frame import Place, place
from sanzi.web.pager import Pager
from sanzi.web.pages import person_of, show
from sanzi.web.paper import PaperColumn, write_paper
from sanzi.web.register import Narrowing, Register, RegisterColumn
from sanzi.web.registers import register_page

from .ageing import ALL, GROUPS, TITLES, Side, Table, aged, table

GROUP_WORDS = {"city": "市", "county": "县（市、区）", "town": "乡镇", "village": "村"}
Rows = Callable[[Person], Any]


def ageing_page(
    request: HttpRequest, rows: Rows, side: Side, *, cells: str, moved: str
) -> HttpResponseBase:
    """The table of a region. `cells` names the page of rows; `moved` the figure of what came in."""
    here, as_of = place(request), asked.as_of(request)
    found = table(rows(person_of(request)).within(here.code), side, here.code, as_of)
    title = f"{here}{side.kind}账龄"
    form = asked.one_of(request, "format", ("html", "print", "xlsx"), "html")
    names = _names(here, side)
    if form == "xlsx":
        check_may_export(request)
        return download(title, as_of, lambda path: _write(path, title, found, names, as_of))
    every = _lines(found, side, here, names, cells, as_of)
    # Paper has all of it; the screen of a village with many debtors has pages.
    pager = Pager.over(every, request.GET)
    context = {
        "title": f"{side.kind}账龄",
        "here": here,
        "as_of": as_of,
        "bands": ALL,
        "head": GROUP_WORDS.get(GROUPS.get(here.region.level, ""), _party(side)),
        "lines": every if form == "print" else pager.rows,
        "pager": pager,
        "sums": _cells(found.sums.cells, {"region": here.code}, cells, as_of),
        "total": found.sums.total,
        "check": _check(here.code, side, moved, found, as_of),
        "print_url": asked.address(request, format="print"),
        "back_url": asked.address(request, format="html"),
        "table_url": asked.address(request, format="xlsx"),
        "may_export": person_of(request).can("registers.export"),
        "unit": "单位：元",
        "issued": f"截至 {as_of}",
    }
    if form == "print":
        context["title"] = title
        return show(request, "dispositions/ageing_paper.html", context)
    return show(request, "dispositions/ageing.html", context)


def _party(side: Side) -> str:
    return "债务人" if side.kind == "债权" else "债权人"


def _names(here: Place, side: Side) -> dict[str, str]:
    return {} if here.region.level == "village" else here.names


def _lines(
    found: Table, side: Side, here: Place, names: dict[str, str], cells: str, as_of: date
) -> list[dict[str, Any]]:
    made = []
    for line in found.lines:
        at = {"region": here.code, "party": line.key} if not names else {"region": line.key}
        made.append(
            {
                "name": names.get(line.key, line.key),
                "cells": _cells(line.cells, at, cells, as_of),
                "total": line.total,
                "url": _url(cells, at, as_of),
            }
        )
    return made


def _cells(found: Any, at: dict[str, str], cells: str, as_of: date) -> list[tuple[Any, str]]:
    return [
        (cell, _url(cells, {**at, "band": band.code}, as_of))
        for band, cell in zip(ALL, found, strict=True)
    ]


def _url(cells: str, at: dict[str, str], as_of: date) -> str:
    return f"{reverse(cells)}?{urlencode({**at, 'as_of': str(as_of)})}"


def _check(code: str, side: Side, moved: str, found: Table, as_of: date) -> str:
    """The total against the figures: what was locked less what was moved, and what came after."""
    slug = moved.partition(".")[0]
    sums = totals(code, as_of)
    locked, gone = (from_fen(sums.get(id, 0)) for id in (f"{slug}.locked", moved))
    said = locked - gone + found.formed_after
    words = (
        f"锁定 {grouped(locked)} 元，减去已{'清收' if slug == 'receivables' else '化解'}"
        f" {grouped(gone)} 元，加上基准日后形成未清 {grouped(found.formed_after)} 元，"
        f"应为 {grouped(said)} 元"
    )
    gap = found.sums.total.amount - said
    return f"{words}；与账龄合计{'一致' if gap == ZERO else f'相差 {grouped(gap)} 元'}"


def _write(path: Path, title: str, found: Table, names: dict[str, str], as_of: date) -> None:
    """Every line with its bands and sum in yuan; the region's own as the total."""
    columns = [PaperColumn(band.title, "money") for band in ALL]
    write_paper(
        path,
        title,
        "单位：元",
        [
            PaperColumn("序号", "integer", width=6),
            PaperColumn("名称", width=16),
            *columns,
            PaperColumn("合计", "money"),
            PaperColumn("笔数", "integer"),
        ],
        (
            (n, names.get(line.key, line.key), *_sheet_cells(line))
            for n, line in enumerate(found.lines, 1)
        ),
        [None, "合计", *_sheet_cells(found.sums)],
        issued=f"截至 {as_of}",
    )


def _sheet_cells(line: Any) -> list[Any]:
    return [*(cell.amount for cell in line.cells), line.total.amount, line.total.count]


def cell_page(
    request: HttpRequest, rows: Rows, side: Side, *, slug: str, page: str
) -> HttpResponseBase:
    """The rows behind a cell: a register over the balances of that day, which add up to it."""
    as_of = asked.as_of(request)
    return register_page(request, _register(rows, side, slug, page, as_of))


def _register(rows: Rows, side: Side, slug: str, page: str, as_of: date) -> Register:
    return Register(
        slug=slug,
        title=f"{side.kind}余额",
        noun=f"笔{side.kind}",
        rows=lambda person: aged(rows(person), side, as_of),
        columns=(
            RegisterColumn("number", f"{side.kind}编号", searchable=True, width="narrow"),
            RegisterColumn("village_name", "村", kind="village", width="narrow"),
            RegisterColumn(side.name, _party(side), searchable=True, width="narrow"),
            RegisterColumn("formed_on", "形成时间", kind="date", width="narrow"),
            RegisterColumn("due_on", "到期日", kind="date", width="narrow"),
            RegisterColumn("band_word", "账龄", width="narrow", value=lambda one: TITLES[one.band]),
            RegisterColumn("left_then", "尚欠元", kind="money", total=True),
        ),
        narrowings=(
            Narrowing(
                "band", "账龄", _by_band, options=tuple((one.code, one.title) for one in ALL)
            ),
            Narrowing(
                "party", _party(side), lambda found, value, _: found.filter(**{side.name: value})
            ),
            Narrowing(
                "as_of", "截至", lambda found, value, params: found,
                describe=lambda value, params: value,
            ),
        ),
        url=lambda one: reverse(page, args=(one.pk,)),
        sort=("-left_then", "village", "pk"),
    )  # fmt: skip


def _by_band(rows: QuerySet[Any], value: str, params: QueryDict) -> QuerySet[Any]:
    if value not in TITLES:
        raise Unsupported("register.filter", f"不支持的筛选：账龄“{value[:40]}”")
    return rows.filter(band=value)
