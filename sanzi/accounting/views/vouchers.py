"""The vouchers of one set: the register, one as its form, a month of them on paper."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from sanzi.accounting import asked
from sanzi.accounting.books import months_kept
from sanzi.accounting.keys import vouchers_between
from sanzi.accounting.models import Book, Voucher
from sanzi.accounting.registers import vouchers_of
from sanzi.accounting.shelf import address, beside
from sanzi.accounting.voucher_paper import papers, sheets
from sanzi.web.pager import Pager
from sanzi.web.pages import page, person_of, show
from sanzi.web.registers import register_page

PRINT_MAX = 200
_PEOPLE = ("prepared_by", "reviewed_by", "posted_by", "cashier", "reverses")


@page("books.view")
def vouchers(request: HttpRequest, book: int) -> HttpResponseBase:
    found = asked.book_of(request, book)
    return register_page(request, vouchers_of(found, months_kept(found)))


@page("books.view")
def voucher(request: HttpRequest, book: int, pk: int) -> HttpResponse:
    found = asked.book_of(request, book)
    mine = Voucher.objects.visible_to(person_of(request)).of(found)
    posted = get_object_or_404(mine.select_related(*_PEOPLE), pk=pk)
    (paper,) = papers(found, [posted])
    context = beside(request, found) | {
        "title": f"记账凭证 {posted.title}",
        "paper": paper,
        "voucher": posted,
        "words": f"{posted.period // 100}年{posted.period % 100}月",
        "previous_url": _neighbour(found, mine.filter(pk__lt=pk).order_by("-pk").first()),
        "next_url": _neighbour(found, mine.filter(pk__gt=pk).order_by("pk").first()),
    }
    if asked.one_of(request, "format", ("html", "print"), "html") == "print":
        context |= {"sheets": sheets([paper]), "back_url": "?"}
        return show(request, "accounting/vouchers_paper.html", context)
    return show(request, "accounting/voucher.html", context)


def _neighbour(book: Book, found: Voucher | None) -> str:
    return address(book, "voucher", found.pk) if found else ""


@page("books.view")
def printed(request: HttpRequest, book: int) -> HttpResponse:
    """A month's vouchers on paper, at most two hundred at a time."""
    found = asked.book_of(request, book)
    kept = months_kept(found)
    latest = max((p.period for p in kept if p.vouchers), default=found.begins)
    month = asked.month(request, "month", latest)
    mine = Voucher.objects.visible_to(person_of(request)).of(found)
    mine = mine.filter(pk__range=vouchers_between(found.pk, month, month))
    pager = Pager(request.GET, mine.count(), PRINT_MAX)
    chosen = mine.select_related(*_PEOPLE).order_by("pk")[pager.start : pager.stop]
    context = beside(request, found) | {
        "title": f"{found} {month // 100}年{month % 100}月记账凭证",
        "sheets": sheets(papers(found, list(chosen))),
        "pager": pager,
        "month": asked.dashed(month),
        "months": [(asked.dashed(p.period), p.title) for p in reversed(kept)],
        "back_url": address(found, "vouchers") + asked.query(month=month),
    }
    return show(request, "accounting/vouchers_paper.html", context)
