"""The town's console: how far every village's books are, and closing many at once."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate, now

from sanzi.access.scope import scope
from sanzi.accounting.models import Book
from sanzi.web.frame import place
from sanzi.web.pager import Pager
from sanzi.web.pages import local_path, onward, page, person_of, show
from sanzi.yearend.batch import Answer, close_each
from sanzi.yearend.queries import behind, last_month, living, progress_of, villages_without

SIZE = 50


@page("books.view")
def console(request: HttpRequest) -> HttpResponse:
    person, today, here = person_of(request), localdate(), place(request)
    books = living(Book.objects.visible_to(person).filter(**scope(here.code)))
    late = behind(books, today)
    only_late = request.GET.get("only") == "behind"
    chosen = late if only_late else books
    pager = Pager(request.GET, chosen.count(), SIZE)
    month = last_month(today)
    rows = progress_of(list(chosen[pager.start : pager.stop]), today)
    context = {
        "title": "结账进度",
        "rows": rows,
        "pager": pager,
        "count": books.count() if only_late else pager.count,
        "late": pager.count if only_late else late.count(),
        "missing": villages_without(here.code, books) if len(here.code) < 12 else 0,
        "month": f"{month // 100}年{month % 100}月",
        "only_late": only_late,
        "may_tick": person.can("books.close") and any(row.is_due for row in rows),
    }
    return show(request, "yearend/console.html", context)


@page("books.close", methods=("POST",))
def close_many(request: HttpRequest) -> HttpResponse:
    wanted = _wanted(request)
    answers = close_each(wanted, by=person_of(request), now=now())
    names = _names(request, answers)
    if not answers:
        messages.warning(request, "没有勾选账套，请先勾选要结账的账套")
    for answer in answers:
        tell = messages.success if answer.is_closed else messages.warning
        tell(request, f"{names.get(answer.book, '该账套')}：{answer.sentence}")
    back = local_path(request, request.POST.get("back"), "")
    return onward(request, back if urlsplit(back).path else "yearend:console")


def _wanted(request: HttpRequest) -> list[tuple[int, int]]:
    """What was ticked: `12:202403`, book and month; what is no such pair is passed over."""
    found = []
    for text in request.POST.getlist("close"):
        book, _, period = text.partition(":")
        if book.isdecimal() and period.isdecimal() and len(text) < 24:
            found.append((int(book), int(period)))
    return found


def _names(request: HttpRequest, answers: list[Answer]) -> dict[int, str]:
    mine = Book.objects.visible_to(person_of(request)).filter(pk__in=[a.book for a in answers])
    return {book.pk: book.name for book in mine}
