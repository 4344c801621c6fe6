"""A table of budgets as page, as paper and as xlsx: one answer for three ways of looking at it."""

import io
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.kernel.refusals import Forbidden
from sanzi.web.errors import Unsupported
from sanzi.web.pages import person_of, show

from .execution import Executed
from .tables import Table

FORMS = ("html", "print", "xlsx")
_CODES_MAX = 400


def table_page(
    request: HttpRequest,
    template: str,
    table: Table,
    context: Mapping[str, Any],
    *,
    status: int = 200,
    opens: Callable[[Executed], str] | None = None,
) -> HttpResponseBase:
    """Answer with the form `?format=` asks for. Raises Unsupported, Forbidden."""
    form = request.GET.get("format", "html")
    if form not in FORMS:
        raise Unsupported("budget.format", "只有页面、打印和导出三种形式")
    table.issued = table.issued or f"编制单位：{context['book']}　制表日期：{localdate()}"
    if form == "xlsx":
        check_may_export(request)
        return as_xlsx(table)
    lines = [
        (row, table.cells(row, opens(row.source) if opens and row.source else ""))
        for row in table.rows
    ]
    full = {
        **context,
        "table": table,
        "lines": lines,
        "print_url": address(request, format="print"),
        "export_url": address(request, format="xlsx")
        if person_of(request).can("registers.export")
        else "",
        "back_url": address(request, format=""),
    }
    if form == "print":
        full |= {"title": table.title, "unit": table.unit, "issued": table.issued}
        return show(request, "budgets/table_paper.html", full)
    return show(request, template, full, status=status)


def check_may_export(request: HttpRequest) -> None:
    """Raises Forbidden."""
    if not person_of(request).can("registers.export"):
        raise Forbidden("budget.export_role", "您的岗位只能查看，不能导出")


def as_xlsx(table: Table) -> FileResponse:
    """The table as a file named after its title."""
    held = io.BytesIO()
    table.write(held)
    held.seek(0)
    return FileResponse(held, as_attachment=True, filename=f"{table.title}_{localdate()}.xlsx")


def address(request: HttpRequest, **changes: str) -> str:
    """This page's address with some of its parameters changed; an empty one is left out."""
    asked = request.GET.copy()
    for name, value in changes.items():
        asked.pop(name, None)
        if value:
            asked[name] = value
    return f"{request.path}?{asked.urlencode()}" if asked else request.path


def lines_of(book: int, year: int, last: int) -> Callable[[Executed], str]:
    """Where the lines behind a row are shown: the ledger of its accounts up to month `last`."""
    ledger = reverse("accounting:ledger", args=(book,))
    months = {"first": f"{year}-01", "last": f"{year}-{last:02}"}

    def open_row(row: Executed) -> str:
        if not row.accounts:
            return ""
        codes = ",".join(row.accounts)
        project = {"dimension": row.line.project} if row.line.project else {}
        # The ledger reads a list of codes up to a length; beyond it the account above will do.
        named = codes if len(codes) <= _CODES_MAX else row.line.account
        return f"{ledger}?{urlencode({'account': named, **months, **project})}"

    return open_row
