"""Which account set a voucher is written in: the agency keeps those of many villages."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from sanzi.accounting.models import Book
from sanzi.orgs.models import Region
from sanzi.web.frame import place
from sanzi.web.pages import onward, page, person_of, show

PER_PAGE = 50


@page("books.prepare")
def choose(request: HttpRequest) -> HttpResponse:
    """The account sets of the region, found by village or name; a single one is opened at once."""
    here = place(request)
    books = Book.objects.visible_to(person_of(request)).within(here.code).filter(successor=None)
    words = request.GET.get("book", "").replace("\x00", "").strip()[:60]
    if words:
        villages = Region.objects.filter(code__startswith=here.code, name__icontains=words)
        books = books.filter(Q(name__icontains=words) | Q(village__in=villages.values("code")))
    rows = Paginator(books.order_by("village", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    if rows.paginator.count == 1:
        return onward(request, "agency:enter", rows[0].pk)
    names = dict(
        Region.objects.filter(code__in={book.village for book in rows}).values_list("code", "name")
    )
    context = {
        "title": "填制凭证",
        "here": here,
        "words": words,
        "rows": rows,
        "told": [(book, names.get(book.village, book.village)) for book in rows],
    }
    return show(request, "agency/entering_books.html", context)
