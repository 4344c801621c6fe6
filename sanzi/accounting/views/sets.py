"""Account sets: the register of them, opening one, and what stands on its shelf."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import now

from sanzi.accounting import asked
from sanzi.accounting.actions.sets import open_book
from sanzi.accounting.books import months_kept
from sanzi.accounting.forms import BookForm
from sanzi.accounting.models import Book
from sanzi.accounting.registers import books_register
from sanzi.accounting.shelf import beside
from sanzi.kernel.refusals import Refusal
from sanzi.orgs.models import Collective
from sanzi.web.frame import chosen_code
from sanzi.web.pages import onward, page, person_of, show
from sanzi.web.registers import register_page


@page("books.view")
def books(request: HttpRequest) -> HttpResponseBase:
    person = person_of(request)
    register = books_register(
        may_manage=person.can("books.manage"), may_import=person.can("books.import")
    )
    return register_page(request, register)


@page("books.manage", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    form, status = BookForm(_organisations(request), request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made: Book = open_book(
                collective_id=int(given["collective"]),
                scheme=given["scheme"],
                begins=given["begins"],
                name=given["name"],
                by=person_of(request),
                now=now(),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.message)
            status = refusal.status
        else:
            messages.success(request, f"账套“{made}”已建立，请先录入期初余额")
            return onward(request, "accounting:book", made.pk)
    elif request.method == "POST":
        status = 422
    context = {"title": "建账套", "form": form}
    return show(request, "accounting/new_book.html", context, status=status)


def _organisations(request: HttpRequest) -> list[tuple[str, str]]:
    """The living organisations of villages and groups in the region of the address."""
    mine = Collective.objects.visible_to(person_of(request)).filter(
        valid_to=None, region__code__startswith=chosen_code(request)
    )
    found = mine.select_related("region").order_by("region__code", "kind")
    return [(str(c.pk), f"{c.region.name} {c.name}") for c in found if len(c.region.code) >= 12]


@page("books.view")
def book(request: HttpRequest, book: int) -> HttpResponse:
    """One set: how far its months have come, and everything kept in it."""
    found = asked.book_of(request, book)
    kept = months_kept(found)
    years = sorted({p.period // 100 for p in kept}, reverse=True)
    latest = max((p.period for p in kept if p.vouchers), default=found.begins)
    year = asked.whole(request, "year") or latest // 100
    context = beside(request, found, asked.Months(latest, latest)) | {
        "title": str(found),
        "years": years,
        "year": year,
        "periods": [p for p in kept if p.period // 100 == year],
        "vouchers": sum(p.vouchers for p in kept),
        "latest": latest,
    }
    return show(request, "accounting/book.html", context)
