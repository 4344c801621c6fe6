"""The one register (台账) page: any Register, searched, summed, printed and exported."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate

from sanzi.kernel.refusals import Forbidden, Invalid

from . import formats
from .frame import Place, chosen_code, place
from .pages import person_of, show
from .paper import PaperColumn, write_paper
from .register import NUMERIC, Register, RegisterColumn, written
from .register_query import Asked, narrow, order, read, sums
from .register_view import RegisterView, lines

PRINT_MAX = 2_000
# About half a minute of writing at most; memory stays flat.
EXPORT_MAX = 100_000
_CHUNK = 2_000


def register_page(request: HttpRequest, register: Register) -> HttpResponseBase:
    """Answer one register's address, inside a view guarded by @page.

    Queries: the sums, the rows, the names of places, and one more if the register decorates;
    however many rows there are. Raises Unsupported, Forbidden, Missing.
    """
    person = person_of(request)
    if not person.can(register.needs):
        raise Forbidden("register.role", f"您的岗位无权查看{register.title}")
    code = chosen_code(request)
    asked = read(register, request.GET, code)
    rows = narrow(asked, register.rows(person), code)
    count, totals = sums(asked, rows)
    ordered = order(asked, rows)
    if asked.is_export:
        return _export(request, asked, ordered, count, totals)
    if asked.is_print:
        return _print(request, asked, ordered, count, totals)

    view = RegisterView(asked, count, totals)
    shown = _read(register, ordered[view.start : view.stop])
    here = place(request, naming={row.village for row in shown})
    context = {
        "title": register.title,
        "register": register,
        "view": view,
        "lines": lines(asked, shown, here.names, first=view.start + 1),
        "here": here,
        "may_export": person.can("registers.export"),
        "print_max": PRINT_MAX,
    }
    return show(request, "web/register.html", context)


def _read(register: Register, rows: QuerySet[Any]) -> list[Any]:
    found = list(rows)
    if register.decorate and found:
        register.decorate(found)
    return found


def _print(
    request: HttpRequest,
    asked: Asked,
    ordered: QuerySet[Any],
    count: int,
    totals: Mapping[str, Any],
) -> HttpResponse:
    if count > PRINT_MAX:
        raise Invalid(
            "register.print_size",
            f"共 {count:,} 行，一次最多打印 {PRINT_MAX:,} 行。请缩小范围，或导出后用表格软件打印",
        )
    shown = _read(asked.register, ordered)
    here = place(request, naming={row.village for row in shown})
    context = {
        "title": _titled(here, asked.register),
        "unit": _unit(asked.columns),
        "issued": _issued(here),
        "columns": asked.columns,
        "sheet": Sheet(len(asked.columns)),
        "lines": lines(asked, shown, here.names, first=1),
        "view": RegisterView(asked, count, totals),
    }
    return show(request, "web/register_paper.html", context)


def _export(
    request: HttpRequest,
    asked: Asked,
    ordered: QuerySet[Any],
    count: int,
    totals: Mapping[str, Any],
) -> FileResponse:
    """Exactly the view: same filter, same columns, same order, all pages."""
    if not person_of(request).can("registers.export"):
        raise Forbidden("register.export_role", "您的岗位只能查看，不能导出台账")
    if count > EXPORT_MAX:
        raise Invalid(
            "register.export_size",
            f"共 {count:,} 行，一次最多导出 {EXPORT_MAX:,} 行。请先选一个下级地区再导出",
        )
    villages = ordered.order_by().values_list("village", flat=True).distinct()
    here = place(request, naming=set(villages))
    title = _titled(here, asked.register)
    # Closed, and with that deleted, by the response when it has been sent.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    write_paper(
        file,
        title,
        _unit(asked.columns),
        [PaperColumn("序号", "integer", width=7)] + [_paper_column(c) for c in asked.columns],
        _paper_rows(asked, ordered, here.names),
        ["合计"] + _totals(asked, count, totals),
        issued=_issued(here),
    )
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{title}_{localdate()}.xlsx")


def _paper_column(column: RegisterColumn) -> PaperColumn:
    kind = column.kind if column.kind in NUMERIC or column.kind == "date" else "text"
    return PaperColumn(column.heading, kind)


def _paper_rows(
    asked: Asked, ordered: QuerySet[Any], names: Mapping[str, str]
) -> Iterator[list[Any]]:
    number = 0
    for chunk in _chunks(ordered):
        if asked.register.decorate:
            asked.register.decorate(chunk)
        for row in chunk:
            number += 1
            yield [number, *(_on_paper(c, c.read(row, names)) for c in asked.columns)]


def _chunks(ordered: QuerySet[Any]) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    for row in ordered.iterator(chunk_size=_CHUNK):
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _on_paper(column: RegisterColumn, value: Any) -> Any:
    """Numbers and dates as they are, everything else in the words of the page: masked if sealed."""
    is_plain = column.kind in NUMERIC or column.kind == "date"
    return value if is_plain else written(column, value)


def _totals(asked: Asked, count: int, totals: Mapping[str, Any]) -> list[Any]:
    found = [totals.get(column.field) for column in asked.columns]
    # The number of rows stands in the first column that carries no sum.
    for index, column in enumerate(asked.columns):
        if not column.total and column.kind not in NUMERIC and column.kind != "date":
            found[index] = f"共 {formats.number(count)} 行"
            break
    return found


def _unit(columns: Sequence[RegisterColumn]) -> str:
    kinds = {column.kind for column in columns}
    units = [word for kind, word in (("money", "元"), ("area", "亩")) if kind in kinds]
    return f"单位：{'、'.join(units)}" if units else ""


@dataclass(frozen=True)
class Sheet:
    """The paper that so many columns need: A4 across, then smaller type, then A3."""

    columns: int

    @property
    def is_dense(self) -> bool:
        return self.columns > 12

    @property
    def is_a3(self) -> bool:
        return self.columns > 16

    @property
    def is_too_wide(self) -> bool:
        return self.columns > 26


def _titled(here: Place, register: Register) -> str:
    """A paper says whose it is, once: the register of one book bears the owner's whole name."""
    return register.title if str(here) in register.title else f"{here}{register.title}"


def _issued(here: Place) -> str:
    return f"编报单位：{here}　制表日期：{localdate()}"
