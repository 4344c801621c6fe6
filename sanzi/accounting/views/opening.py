"""Opening balances: a table typed from the old balance sheet, checked row by row and in sum."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from sanzi.accounting import asked
from sanzi.accounting.actions.sets import set_opening
from sanzi.accounting.forms import Opening, OpeningRow, read_opening
from sanzi.accounting.models import Account, Book, Dimension, Voucher
from sanzi.accounting.shelf import beside
from sanzi.kernel.refusals import Refusal
from sanzi.web.pages import onward, page, person_of, show

_STANDING = ("asset", "liability", "equity", "cost")
SPARE_ROWS = 8


@page("books.view")
def opening(request: HttpRequest, book: int) -> HttpResponse:
    """The table to type into, or once it is locked where its voucher stands."""
    found = asked.book_of(request, book)
    return _page(request, found, _blank(_leaves(request, found)), 200)


@page("books.manage", methods=("POST",))
def enter(request: HttpRequest, book: int) -> HttpResponse:
    """Enter and lock them."""
    found = asked.book_of(request, book)
    leaves = _leaves(request, found)
    typed = read_opening(request.POST, leaves, _counterparties(request, found))
    if not typed.is_valid:
        return _page(request, found, typed, 422)
    try:
        set_opening(
            book_id=found.pk,
            sides=typed.sides,
            totals=typed.old_totals(),
            source=f"accounting.opening:{found.pk}",
            by=person_of(request),
            now=now(),
        )
    except Refusal as refusal:
        typed.errors.append(refusal.message)
        return _page(request, found, typed, refusal.status)
    messages.success(request, "期初余额已核对无误并锁定，可以开始记账")
    return onward(request, "accounting:book", found.pk)


def _leaves(request: HttpRequest, book: Book) -> dict[str, Account]:
    mine = Account.objects.visible_to(person_of(request)).of(book)
    found = mine.filter(is_leaf=True, category__in=_STANDING).order_by("code")
    return {account.code: account for account in found}


def _counterparties(request: HttpRequest, book: Book) -> dict[str, int]:
    mine = Dimension.objects.visible_to(person_of(request)).of(book)
    return dict(mine.filter(kind="counterparty").values_list("name", "pk"))


def _blank(leaves: Mapping[str, Account]) -> Opening:
    rows = [OpeningRow(code, title=account.name) for code, account in leaves.items()]
    return Opening([*rows, *(OpeningRow() for _ in range(SPARE_ROWS))], {})


def _page(request: HttpRequest, book: Book, typed: Opening, status: int) -> HttpResponse:
    posted = Voucher.objects.visible_to(person_of(request)).of(book).filter(kind="opening").first()
    context = beside(request, book) | {
        "title": "期初余额",
        "typed": typed,
        "posted": posted,
        "is_open": book.opened_at is None and posted is None,
    }
    return show(request, "accounting/opening.html", context, status=status)
