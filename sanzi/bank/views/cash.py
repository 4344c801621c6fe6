"""The cash day book of a month: each line's balance, and the days that cannot be right."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from sanzi.accounting.models import Book
from sanzi.bank.cash_month import cash_month
from sanzi.bank.models import BankAccount
from sanzi.bank.standing import month_end
from sanzi.web.errors import Unsupported
from sanzi.web.pager import Pager
from sanzi.web.pages import page, person_of, show


@page("books.view")
def day_book_page(request: HttpRequest, book: int) -> HttpResponse:
    person = person_of(request)
    mine = get_object_or_404(Book.objects.visible_to(person).select_related("collective"), pk=book)
    period = _period(request)
    registered = BankAccount.objects.visible_to(person).filter(book=mine)
    limits = {a.account_id: a.cash_limit for a in registered}
    found = cash_month(mine, period, limits, min(localdate(), month_end(period)))
    context = {
        "title": "现金日记账",
        "book": mine,
        "month": f"{period // 100}-{period % 100:02}",
        "found": found,
        "pager": Pager.over(found.lines, request.GET),
        "signatures": ("主管会计", "出纳", "日期"),
    }
    return show(request, "bank/cash.html", context)


def _period(request: HttpRequest) -> int:
    asked = request.GET.get("month", "")
    if not asked:
        today = localdate()
        return today.year * 100 + today.month
    year, _, month = asked.partition("-")
    is_month = len(asked) == 7 and asked.isascii() and year.isdigit() and month.isdigit()
    if not (is_month and 1 <= int(month) <= 12 and 1990 <= int(year) <= 2100):
        raise Unsupported("bank.month", "月份应写成 2024-01")
    return int(year) * 100 + int(month)
