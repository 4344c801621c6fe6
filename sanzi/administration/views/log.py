"""The operation log: read, searched, taken away as a workbook; never changed."""

import tempfile
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate

from sanzi.administration.forms import LogQuery
from sanzi.administration.queries import found_entries
from sanzi.administration.words import line
from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Invalid
from sanzi.web import formats
from sanzi.web.pages import page, person_of, show
from sanzi.web.paper import PaperColumn, write_paper

SIZE = 50
EXPORT_MAX = 100_000

_COLUMNS = (
    PaperColumn("序号", "integer"),
    PaperColumn("时间", width=17),
    PaperColumn("姓名"),
    PaperColumn("账号"),
    PaperColumn("岗位", width=16),
    PaperColumn("辖区", width=15),
    PaperColumn("动作", width=18),
    PaperColumn("事项", width=24),
    PaperColumn("区划代码", width=15),
    PaperColumn("内容", width=50),
    PaperColumn("网络地址", width=16),
    PaperColumn("校验值", width=20),
)


@page("journal.read")
def log(request: HttpRequest) -> HttpResponseBase:
    form = LogQuery(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    entries = found_entries(Entry.objects.visible_to(person_of(request)), asked)
    if request.GET.get("export") == "xlsx":
        return _export(request, entries)
    shown = list(entries[: SIZE + 1])
    context = {
        "title": "操作日志",
        "form": form,
        "lines": [line(entry) for entry in shown[:SIZE]],
        "older_url": _url(request, before=str(shown[SIZE - 1].seq)) if shown[SIZE:] else None,
        "newest_url": _url(request) if asked.get("before") else None,
        "export_url": _url(request, export="xlsx"),
    }
    return show(request, "administration/log.html", context)


def _url(request: HttpRequest, **changes: str) -> str:
    params = request.GET.copy()
    for name in ("before", "export"):
        params.pop(name, None)
    for name, value in changes.items():
        params[name] = value
    return f"?{params.urlencode()}"


def _export(request: HttpRequest, entries: QuerySet[Entry]) -> FileResponse:
    if entries[EXPORT_MAX:].exists():
        raise Invalid("log.export_size", f"一次最多导出 {EXPORT_MAX:,} 条，请缩小日期范围")
    # Closed, and with that deleted, by the response when it has been sent.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    issued = f"导出人：{person_of(request).name}　导出日期：{localdate()}"
    write_paper(file, "操作日志", "", _COLUMNS, _lines(entries), issued=issued)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"操作日志_{localdate()}.xlsx")


def _lines(entries: QuerySet[Entry]) -> Iterator[list[Any]]:
    for entry in entries.iterator(chunk_size=2000):
        yield [
            entry.seq,
            formats.day(entry.at),
            entry.actor_name,
            entry.actor,
            entry.role_title,
            entry.region,
            entry.label,
            entry.object,
            entry.village,
            line(entry).told,
            entry.ip,
            entry.head[:16],
        ]
