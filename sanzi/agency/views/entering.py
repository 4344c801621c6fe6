"""The grid: vouchers entered, matters turned into vouchers, posted ones corrected."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from sanzi.accounting.dimensions import search
from sanzi.accounting.models import Book, Voucher
from sanzi.agency.copying import as_copy, as_correction, of_matter
from sanzi.agency.models import Draft, VoucherTemplate
from sanzi.agency.naming import KINDS
from sanzi.agency.sheet import Sheet, day_of, from_flow, from_kept, from_template
from sanzi.kernel.refusals import Missing
from sanzi.web.pages import page, person_of

from .voucher_form import Work, duty_to_prepare, put_by_of, shown, worked

NAMES_MAX = 12


def book_of(request: HttpRequest, pk: int) -> Book:
    """The book, if the person sees it."""
    books = Book.objects.visible_to(person_of(request)).select_related("collective")
    found: Book = get_object_or_404(books, pk=pk)
    return found


def voucher_of(request: HttpRequest, pk: Any, book: Book | None = None) -> Voucher:
    """A posted voucher in the person's part of the tree (of this book)."""
    rows = Voucher.objects.visible_to(person_of(request)).select_related("book__collective")
    if book is not None:
        rows = rows.filter(book=book)
    if not str(pk).isascii() or not str(pk).isdecimal() or len(str(pk)) > 18:
        raise Missing("scope.missing", "没有找到该凭证")
    found: Voucher = get_object_or_404(rows, pk=int(pk))
    return found


@page("books.view", methods=("GET", "POST"))
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """A voucher that begins at the agency."""
    book = book_of(request, pk)
    duty_to_prepare(request, book)
    work = Work(request, book, "填制凭证")
    if request.method == "POST":
        return worked(work)
    if chosen := request.GET.get("unfinished"):
        mine = put_by_of(request, book, matter=None, corrects=None)
        key = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 18 else 0
        work.kept = get_object_or_404(mine, pk=key)
        return shown(work, from_kept(book, work.kept.sheet))
    return shown(work, _begun(request, book))


def _begun(request: HttpRequest, book: Book) -> Sheet:
    """An empty grid, or one filled from a voucher, a template or a flow of the bank."""
    dated = _day(request.GET.get("dated", ""))
    if copied := request.GET.get("copy"):
        return as_copy(voucher_of(request, copied, book), dated)
    if chosen := request.GET.get("template"):
        mine = VoucherTemplate.objects.visible_to(person_of(request)).filter(book=book)
        key = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 18 else 0
        template = get_object_or_404(mine, pk=key, is_active=True)
        return from_template(book, template.memo, template.lines, dated)
    if money := request.GET.get("money"):
        amount, memo = request.GET.get("amount", ""), request.GET.get("memo", "")
        return from_flow(book, money[:11], amount[:20], memo[:200], dated)
    return Sheet(book, dated.isoformat())


def _day(typed: str) -> date:
    return day_of(typed) or localdate()


@page("books.view", methods=("GET", "POST"))
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """The voucher of a matter that has been checked (制单)."""
    mine = Draft.objects.visible_to(person_of(request)).select_related("book__collective")
    draft: Draft = get_object_or_404(mine, pk=pk)
    duty_to_prepare(request, draft.book)
    work = Work(request, draft.book, f"制单：{draft.memo}", draft=draft)
    if request.method == "POST":
        return worked(work)
    chosen = request.GET.get("like")
    work.kept = None if chosen else put_by_of(request, draft.book, matter=draft).first()
    if work.kept:
        return shown(work, from_kept(draft.book, work.kept.sheet))
    like = voucher_of(request, chosen, draft.book) if chosen else None
    return shown(work, of_matter(draft, like))


@page("books.view", methods=("GET", "POST"))
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The correcting voucher (订正) of one that is posted."""
    voucher = voucher_of(request, pk)
    duty_to_prepare(request, voucher.book)
    work = Work(request, voucher.book, f"订正{voucher}", corrects=voucher)
    if request.method == "POST":
        return worked(work)
    work.kept = put_by_of(request, voucher.book, corrects=voucher).first()
    if work.kept:
        return shown(work, from_kept(voucher.book, work.kept.sheet))
    return shown(work, as_correction(voucher, localdate()))


@page("books.view")
def names(request: HttpRequest, pk: int) -> JsonResponse:
    """Whom and what a line may name: by code, name or initials, the account's own kinds first."""
    book = book_of(request, pk)
    text = request.GET.get("q", "").replace("\x00", "")[:60]
    asked = [kind for kind in request.GET.get("aux", "").split() if kind in KINDS]
    found = [d for kind in asked or KINDS for d in search(book.pk, kind, text, NAMES_MAX)]
    found.sort(key=lambda d: text not in (d.name, d.code))
    twins = {d.name for d in found if sum(d.name == e.name for e in found) > 1}
    rows = [
        {
            "value": d.code if d.name in twins or "/" in d.name else d.name,
            "label": f"{d.name}（{KINDS[d.kind]} {d.code}）",
        }
        for d in found[:NAMES_MAX]
    ]
    return JsonResponse({"names": rows})
