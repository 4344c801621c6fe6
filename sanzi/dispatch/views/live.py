"""The dispatch sheet (双周调度表), as page, as paper and as xlsx."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from sanzi.dispatch.form import NOTE
from sanzi.dispatch.levels import LEVEL_WORDS, LEVELS
from sanzi.dispatch.live import Sheet
from sanzi.dispatch.live_paper import write_sheet
from sanzi.web import asked
from sanzi.web.downloads import check_may_export, download
from sanzi.web.frame import Place, place
from sanzi.web.pages import page, person_of, show


@page("figures.view")
def live(request: HttpRequest) -> HttpResponseBase:
    here = place(request)
    levels = LEVELS[here.region.level]
    sheet = Sheet(
        region=here.code,
        level=asked.one_of(request, "level", levels, levels[0]),
        as_of=asked.as_of(request),
        unit=asked.unit(request, asked.WAN),
    )
    title = f"{here}“清化收”双周调度表"
    form = asked.one_of(request, "format", ("html", "print", "xlsx"), "html")
    if form == "xlsx":
        check_may_export(request)
        return download(title, sheet.as_of, lambda path: write_sheet(path, title, sheet))
    context = _context(request, here, sheet)
    if form == "print":
        context |= {
            "title": title,
            "unit": f"金额单位：{sheet.unit}",
            "issued": f"截至 {sheet.as_of}，上期截至 {sheet.since}",
            "back_url": asked.address(request, format="html"),
        }
        return show(request, "dispatch/live_paper.html", context)
    return show(request, "dispatch/live.html", context)


def _context(request: HttpRequest, here: Place, sheet: Sheet) -> dict[str, Any]:
    may_export = person_of(request).can("registers.export")
    levels = LEVELS[here.region.level]
    other = asked.YUAN if sheet.unit == asked.WAN else asked.WAN
    return {
        "title": "双周调度表",
        "here": here,
        "sheet": sheet,
        "as_of": sheet.as_of,
        "levels": [(one, LEVEL_WORDS[one], one == sheet.level) for one in levels],
        "level_word": LEVEL_WORDS[sheet.level],
        "rule": sheet.rule.sentence,
        "note": NOTE,
        "other_unit": other,
        "unit_url": asked.address(request, unit=other),
        "print_url": asked.address(request, format="print"),
        "export_url": asked.address(request, format="xlsx") if may_export else None,
    }
