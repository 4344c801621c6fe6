"""明细账, 日记账 and 往来余额 of one account set: down to the voucher behind every line."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from sanzi.accounting import asked, books, dues
from sanzi.accounting.daybook import day_book
from sanzi.accounting.giving import check_size, form_asked, give
from sanzi.accounting.ledger_tables import dues_table, ledger_table
from sanzi.accounting.lines import Ledger, ledger
from sanzi.accounting.models import Book, Dimension
from sanzi.accounting.shelf import address, beside, issued_for, of_words
from sanzi.web.pager import Pager
from sanzi.web.pages import page, person_of

SIZE = 50
DAYBOOKS = {"101": "现金日记账", "102": "银行存款日记账"}


@page("books.view")
def lines(request: HttpRequest, book: int) -> HttpResponseBase:
    """明细账 of some accounts, or of a counterparty, project, object or open item."""
    return _ledger(request, book, asked.codes(request), "明细账")


@page("books.view")
def daybook(request: HttpRequest, book: int) -> HttpResponseBase:
    codes = asked.codes(request) or ("102",)
    title = DAYBOOKS.get(codes[0][:3], "日记账")
    return _ledger(request, book, codes, title, with_others=True)


def _ledger(
    request: HttpRequest, pk: int, codes: tuple[str, ...], title: str, with_others: bool = False
) -> HttpResponseBase:
    book = asked.book_of(request, pk)
    months, kept = asked.months_of(request, book, whole_year=True)
    dimension = _dimension(request, book)
    accounts = books.accounts_of(book)
    read = day_book if with_others else ledger
    rows: Ledger = read(book, codes, months.first, months.last, dimension=dimension)
    form = form_asked(request)
    check_size(form, rows.count)
    pager = Pager(request.GET, rows.count, SIZE)
    start, stop = (pager.start, pager.stop) if form == "html" else (0, rows.count)
    context = beside(request, book, months, kept)
    names = {code: account.name for code, account in accounts.items()}
    what = "、".join(f"{code} {names.get(code, '')}".strip() for code in codes)
    words = "　".join(word for word in (what, str(dimension or ""), months.words) if word)
    table = ledger_table(
        title,
        issued_for(context["village"], book, words),
        rows.rows(start, stop),
        names,
        lambda voucher: address(book, "voucher", voucher),
        first_number=start + 1,
        with_others=with_others,
        about=of_words(book, months),
    )
    context |= {
        "words": words,
        "shown_words": months.words,
        "accounts": accounts.values(),
        "codes": codes,
        "dimension": dimension,
        "pager": pager,
    }
    return give(request, table, context | _closing(rows))


def _closing(rows: Ledger) -> dict[str, Any]:
    return {"closing": rows.folio.between(rows.first, rows.last).closing}


def _dimension(request: HttpRequest, book: Book) -> Dimension | None:
    key = asked.whole(request, "dimension")
    if not key:
        return None
    mine = Dimension.objects.visible_to(person_of(request)).filter(book=book)
    found: Dimension = get_object_or_404(mine, pk=key)
    return found


@page("books.view")
def balances(request: HttpRequest, book: int) -> HttpResponseBase:
    """往来余额 by counterparty."""
    found = asked.book_of(request, book)
    months, kept = asked.months_of(request, found, whole_year=True)
    accounts = dues.with_counterparties(found)
    codes = asked.codes(request)
    rows = dues.dues(found, codes or [a.code for a in accounts], months.first, months.last)
    form = form_asked(request)
    check_size(form, len(rows))
    pager = Pager(request.GET, len(rows), SIZE)
    shown = rows[pager.start : pager.stop] if form == "html" else rows
    context = beside(request, found, months, kept)
    given = {"first": months.first_field, "last": months.last_field, "account": ",".join(codes)}
    table = dues_table(
        issued_for(context["village"], found, _what(accounts, codes, months)),
        shown,
        rows,
        lambda key: address(found, "ledger") + asked.query(dimension=key, **given) if key else "",
        first_number=pager.start + 1 if form == "html" else 1,
        about=of_words(found, months),
    )
    context |= {
        "words": _what(accounts, codes, months),
        "accounts": accounts,
        "codes": codes,
        "pager": pager,
    }
    return give(request, table, context)


def _what(accounts: list[Any], codes: tuple[str, ...], months: asked.Months) -> str:
    chosen = [str(a) for a in accounts if a.code in codes]
    return "　".join([*chosen, months.words])
