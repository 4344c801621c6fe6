"""How a year was carried out, its final accounts, its package, and what is left of its budget."""

import io
from datetime import date

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate

from sanzi.accounting.models import Book
from sanzi.budgets import queries, years
from sanzi.budgets.control import Check
from sanzi.budgets.forms import LeftForm, MeetingForm
from sanzi.budgets.keeping import known_of
from sanzi.budgets.notice import LAW, Notice, advised_day, earliest_meeting, latest_day
from sanzi.budgets.package import Part, parts_of, write_package
from sanzi.budgets.show import address, check_may_export, lines_of, table_page
from sanzi.kernel.refusals import Invalid, Missing
from sanzi.web.errors import Unsupported
from sanzi.web.pages import page, person_of, show

from .scoped import about, book_of


@page("books.view")
def execution(request: HttpRequest, book: int, year: int) -> HttpResponseBase:
    mine = _of_year(request, book, year)
    last, by_month = _month(request, year), request.GET.get("view") == "months"
    table, rows, budget = years.execution(mine, year, last, by_month=by_month)
    context = about(mine, year) | {
        "title": f"{year} 年预算执行",
        "budget": budget,
        "last": last,
        "months": range(1, 13),
        "by_month": by_month,
        "other_url": address(request, view="" if by_month else "months"),
        "overspent": sum(1 for row in rows if row.is_planned and row.is_overspent),
        "unplanned": sum(1 for row in rows if not row.is_planned),
    }
    return table_page(
        request, "budgets/execution.html", table, context, opens=lines_of(mine.pk, year, last)
    )


def _of_year(request: HttpRequest, book: int, year: int) -> Book:
    mine = book_of(request, book)
    if not mine.begins // 100 <= year <= localdate().year + 1:
        raise Missing("budget.year", f"账套“{mine}”没有 {year} 年的账")
    return mine


def _month(request: HttpRequest, year: int) -> int:
    """The month the page goes up to: the one asked for, or the latest that has come."""
    today = localdate()
    usual = today.month if year == today.year else 12
    asked = request.GET.get("month", "")
    if not asked:
        return usual
    if not (asked.isascii() and asked.isdigit() and len(asked) < 3 and 1 <= int(asked) <= 12):
        raise Unsupported("budget.month", "月份应为 1 到 12")
    return int(asked)


@page("books.view")
def final(request: HttpRequest, book: int, year: int) -> HttpResponseBase:
    mine = _of_year(request, book, year)
    table, budget = years.final_accounts(mine, year)
    context = about(mine, year) | {
        "title": f"{year} 年决算",
        "budget": budget,
        "is_running": year >= localdate().year,
    }
    return table_page(
        request, "budgets/final.html", table, context, opens=lines_of(mine.pk, year, 12)
    )


@page("books.view")
def package(request: HttpRequest, book: int, year: int) -> HttpResponseBase:
    mine = _of_year(request, book, year)
    form = MeetingForm(request.GET if "meeting" in request.GET else None)
    parts = parts_of(mine, year)
    notice = _notice(mine, year, form, parts) if form.is_valid() else None
    asked = request.GET.get("format", "html")
    if asked == "zip":
        check_may_export(request)
        return _archive(parts, _announced(notice))
    context = about(mine, year) | {
        "title": f"{year} 年终资料包",
        "form": form,
        "notice": notice,
        "parts": parts,
        "law": LAW,
        "zip_url": address(request, format="zip")
        if notice and person_of(request).can("registers.export")
        else "",
        "print_url": address(request, format="print") if notice else "",
        "back_url": address(request, format=""),
    }
    if notice:
        context |= {
            "latest": latest_day(notice.meeting_on),
            "advised": advised_day(notice.meeting_on),
            "earliest": earliest_meeting(notice.opens_on),
        }
    if asked == "print":
        _announced(notice)
        return show(request, "budgets/notice_paper.html", context)
    return show(request, "budgets/package.html", context, status=422 if form.errors else 200)


def _notice(book: Book, year: int, form: MeetingForm, parts: list[Part]) -> Notice:
    is_committee = book.collective.kind == "committee"
    return Notice(
        organisation=str(book.collective.name),
        year=year,
        body="村民会议（村民代表会议）" if is_committee else "成员大会（成员代表大会）",
        meeting_on=form.cleaned_data["meeting"],
        opens_on=form.cleaned_data["opens"] or localdate(),
        papers=tuple(part.title for part in parts if part.write is not None),
    )


def _announced(notice: Notice | None) -> Notice:
    if notice is None:
        raise Invalid("package.meeting", "请先填写会议日期，通知中要写明")
    return notice


def _archive(parts: list[Part], notice: Notice) -> FileResponse:
    held = io.BytesIO()
    write_package(held, parts, notice, localdate())
    held.seek(0)
    name = f"{notice.organisation}_{notice.year}年终资料包_{localdate()}.zip"
    return FileResponse(held, as_attachment=True, filename=name)


@page("books.view")
def left(request: HttpRequest, book: int) -> HttpResponse:
    mine = book_of(request, book)
    form = LeftForm(request.GET if "account" in request.GET else None)
    found = _check(mine, form) if form.is_valid() else None
    if request.GET.get("format") == "json":
        return _as_json(form, found)
    context = about(mine) | {
        "title": "支出前查预算",
        "form": form,
        "found": found,
        "on": form.cleaned_data.get("on") if found else None,
        "accounts": [a for a in known_of(mine, ()).accounts.values() if a.direction == "expense"],
    }
    return show(
        request, "budgets/left.html", context, part="budgets/parts/left.html",
        status=422 if form.errors else 200,
    )  # fmt: skip


def _check(book: Book, form: LeftForm) -> Check:
    asked = form.cleaned_data
    code = (asked["account"].split() or [""])[0]
    project = _project(book, asked["project"])
    on: date = asked["on"] or localdate()
    return queries.check(book.pk, code, asked["amount"], on, project=project)


def _project(book: Book, named: str) -> int | None:
    if not named.strip():
        return None
    found = known_of(book, [named]).projects.get(named.strip())
    if found is None:
        raise Invalid("budget.project", f"本账套中没有项目“{named[:30]}”，请核对名称")
    return found[0]


def _as_json(form: LeftForm, found: Check | None) -> JsonResponse:
    if found is None:
        words = (
            "；".join(str(e) for errors in form.errors.values() for e in errors) or "请填科目和金额"
        )
        return JsonResponse({"words": words}, status=422, json_dumps_params={"ensure_ascii": False})
    return JsonResponse(
        {
            "left": None if found.left is None else str(found.left),
            "words": found.words,
            "blocks": found.blocks,
            "is_short": found.is_short,
            "needs_report": found.needs_report,
        },
        json_dumps_params={"ensure_ascii": False},
    )
