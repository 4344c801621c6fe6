"""Handing out a table: as a page, as paper, or as xlsx, to posts that may export."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase

from sanzi.kernel.refusals import Forbidden, Invalid
from sanzi.web.pages import person_of, show

from .asked import FORMS, address, one_of
from .tables import Table, write_table

# About what prints in a minute; more is a matter of the spreadsheet.
PRINT_MAX, EXPORT_MAX = 2_000, 20_000


def form_asked(request: HttpRequest) -> str:
    """html, print or xlsx. Raises Unsupported for another, Forbidden for an export not allowed."""
    form = one_of(request, "format", FORMS, "html")
    if form == "xlsx" and not person_of(request).can("registers.export"):
        raise Forbidden("books.export_role", "您的岗位只能查看，不能导出")
    return form


def check_size(form: str, count: int) -> None:
    """Raises Invalid for a book too long to be printed or written at once."""
    most = {"print": PRINT_MAX, "xlsx": EXPORT_MAX}.get(form)
    if most and count > most:
        raise Invalid(
            "books.size", f"共 {count:,} 行，一次最多 {most:,} 行，请缩小月份范围或选定科目"
        )


def give(
    request: HttpRequest,
    table: Table,
    context: Mapping[str, Any],
    *,
    template: str = "accounting/table.html",
) -> HttpResponseBase:
    """The table in the form asked for; `context` is what the page prints beside it."""
    form = form_asked(request)
    if form == "xlsx":
        return download(f"{table.about}{table.title}", lambda path: write_table(path, table))
    beside = {"table": table, "title": table.title, **context}
    if form == "print":
        paper = {**beside, "title": table.title, "unit": table.unit, "issued": table.issued}
        paper["back_url"] = address(request, format="html")
        return show(request, "accounting/table_paper.html", paper)
    beside["print_url"] = address(request, format="print")
    if person_of(request).can("registers.export"):
        beside["table_url"] = address(request, format="xlsx")
    return show(request, template, beside)


def download(title: str, write: Callable[[Path], object]) -> FileResponse:
    """What `write` puts into the file it is given, as xlsx named after its title."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        write(path)
        # An open file outlives its name; the response closes it when it has been sent.
        file = path.open("rb")
    return FileResponse(file, as_attachment=True, filename=f"{title}.xlsx")
