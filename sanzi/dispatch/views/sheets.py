"""Frozen sheets: the list of a region, one sheet as page, paper, JSON and xlsx, what it counts."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime, now

from sanzi.access.scope import covers, under
from sanzi.dispatch.actions import sheets as writes
from sanzi.dispatch.arranging import arranged
from sanzi.dispatch.forms import OrderForm, ReasonForm
from sanzi.dispatch.freezing import Order
from sanzi.dispatch.layout_file import fill
from sanzi.dispatch.layouts import FILES, in_force
from sanzi.dispatch.levels import LEVEL_WORDS, LEVELS, MAKERS
from sanzi.dispatch.models import Sheet
from sanzi.dispatch.periods import KINDS
from sanzi.dispatch.printed import Printed
from sanzi.dispatch.printed_paper import write_sheet
from sanzi.dispatch.telling import told, word_form, word_values
from sanzi.dispatch.things import things
from sanzi.documents.store import path_of
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Invalid, Missing
from sanzi.letters.template_file import render
from sanzi.orgs.tree import names_of
from sanzi.web import asked
from sanzi.web.downloads import check_may_export, download
from sanzi.web.frame import Place, place
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show

SIZE = 30


@page("figures.view")
def sheets(request: HttpRequest) -> HttpResponse:
    return _sheets(request, place(request))


def _sheets(request: HttpRequest, here: Place, form: OrderForm | None = None) -> HttpResponse:
    person = person_of(request)
    kind = asked.one_of(request, "kind", ("", *KINDS), "")
    below = asked.one_of(request, "below", ("", "1"), "") == "1"
    reach = under("region", here.code) if below else Q(region=here.code)
    mine = Sheet.objects.visible_to(person).filter(reach)
    listed = mine.filter(kind=kind) if kind else mine
    pager = Pager.over(
        listed.select_related("explanation", "successor", "made_by").defer("body"),
        request.GET,
        size=SIZE,
    )
    names = names_of({one.region for one in pager.rows})
    may_make = person.can("dispatch.freeze") and here.region.level in MAKERS
    context = {
        "title": "调度表存档",
        "here": here,
        "rows": [(one, names.get(one.region, ""), LEVEL_WORDS[one.level]) for one in pager.rows],
        "pager": pager,
        "below": below,
        "kinds": [("", "全部", not kind), *((k, t, k == kind) for k, t in KINDS.items())],
        "form": (form or _order_form(here)) if may_make else None,
    }
    return show(request, "dispatch/sheets.html", context, status=422 if form else 200)


def _order_form(here: Place, given: Any = None) -> OrderForm:
    due = arranged(here.code).biweekly.last_due(localtime())
    return OrderForm(given, levels=LEVELS[here.region.level], initial={"cut_off_on": due})


@page("dispatch.freeze", methods=("POST",))
def generate(request: HttpRequest) -> HttpResponse:
    here = place(request)
    if here.region.level not in MAKERS:
        raise Invalid("sheet.level", "调度表由乡镇、县或市生成，请先选择地区")
    form = _order_form(here, request.POST)
    if not form.is_valid():
        return _sheets(request, here, form)
    order = Order(here.code, **form.cleaned_data)
    (made,) = writes.generate(orders=[order], by=person_of(request), now=now())
    return onward(request, "dispatch:sheet", made.pk)


def _sheet_of(request: HttpRequest, pk: int) -> Sheet:
    mine = Sheet.objects.visible_to(person_of(request))
    known = mine.select_related("explanation__by", "successor", "supersedes")
    found: Sheet = get_object_or_404(known, pk=pk)
    return found


@page("figures.view")
def sheet(request: HttpRequest, pk: int) -> HttpResponseBase:
    held = _sheet_of(request, pk)
    form = asked.one_of(request, "format", ("html", "print", "xlsx", "json", "own", "word"), "html")
    if form == "json":
        return HttpResponse(held.body, content_type="application/json; charset=utf-8")
    printed = Printed(
        held, asked.unit(request, asked.WAN if held.level != "village" else asked.YUAN)
    )
    if form == "xlsx":
        check_may_export(request)
        title = printed.body.head["title"]
        return download(title, held.cut_off_on, lambda path: write_sheet(path, printed))
    if form in ("own", "word"):
        check_may_export(request)
        return _in_layout(request, printed, "xlsx" if form == "own" else "docx")
    if form == "print":
        return show(request, "dispatch/sheet_paper.html", _paper(request, printed))
    return show(request, "dispatch/sheet.html", _page(request, printed))


def _in_layout(request: HttpRequest, printed: Printed, file: str) -> HttpResponse:
    """The sheet in the office's own layout."""
    held = printed.sheet
    chosen = in_force(person_of(request), held.kind, file)
    if chosen is None or not path_of(chosen.sha256).exists():
        raise Missing("layout.none", "本单位还没有启用这种版式，请先在“版式”里上传")
    content = path_of(chosen.sha256).read_bytes()
    if file == "xlsx":
        made = fill(content, told(printed))
    else:
        made = render(content, word_form(held.kind), word_values(printed), None)
    answer = HttpResponse(made, content_type=_TYPES[file])
    title = f"{printed.body.head['title']}_{held.cut_off_on}.{file}"
    answer["Content-Disposition"] = content_disposition_header(True, title) or ""
    return answer


_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def _paper(request: HttpRequest, printed: Printed) -> dict[str, Any]:
    head = printed.body.head
    return {
        "title": head["title"],
        "unit": f"金额单位：{printed.unit}",
        "issued": f"截至 {head['cut_off_on']}，上期截至 {head['since']}",
        "back_url": asked.address(request, format="html"),
        "printed": printed,
        "head": head,
        "sheet": printed.sheet,
    }


def _page(request: HttpRequest, printed: Printed) -> dict[str, Any]:
    person, held = person_of(request), printed.sheet
    other = asked.YUAN if printed.unit == asked.WAN else asked.WAN
    may = person.can("dispatch.freeze") and covers(person, held.region)
    return {
        "title": printed.body.head["title"],
        "as_of": held.cut_off_on,
        "printed": printed,
        "head": printed.body.head,
        "sheet": held,
        "other_unit": other,
        "unit_url": asked.address(request, unit=other),
        "print_url": asked.address(request, format="print"),
        "json_url": asked.address(request, format="json"),
        "export_url": asked.address(request, format="xlsx")
        if person.can("registers.export")
        else None,
        "own_urls": [
            (title, asked.address(request, format="own" if file == "xlsx" else "word"))
            for file, title in FILES.items()
            if in_force(person, held.kind, file)
        ]
        if person.can("registers.export")
        else [],
        "form": ReasonForm() if may else None,
        "history": timeline(held, person),
    }


@page("dispatch.freeze", methods=("POST",))
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, writes.explain)


@page("dispatch.freeze", methods=("POST",))
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, writes.correct)


def _with_reason(request: HttpRequest, pk: int, write: Any) -> HttpResponse:
    held = _sheet_of(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Invalid("sheet.reason", "请写明原因，最多 200 字")
    done = write(sheet_id=held.pk, by=person_of(request), now=now(), **form.cleaned_data)
    return onward(request, "dispatch:sheet", done.pk)


@page("figures.view")
def counted(request: HttpRequest, pk: int, metric: str) -> HttpResponse:
    """What one cell counts, each with its own page."""
    held = _sheet_of(request, pk)
    body = Printed(held, asked.YUAN).body
    column = next((c for c in body.columns if c.is_things and c.metric == metric), None)
    line = body.line(request.GET.get("region", "") or held.region)
    if column is None or line is None:
        raise Missing("sheet.cell", "这张表上没有这一格")
    keys = list(line.things.get(metric, ()))
    pager = Pager(request.GET, len(keys), SIZE)
    known = things(keys[pager.start : pager.stop], person_of(request))
    context = {
        "title": f"{column.group}{column.title}",
        "here": line.name if line is not body.total else body.head["region_name"],
        "sheet": held,
        "formula": column.formula,
        "as_of": held.cut_off_on,
        "count": len(keys),
        "pager": pager,
        "lines": [known.get(key) for key in keys[pager.start : pager.stop]],
    }
    return show(request, "dispatch/counted.html", context)
