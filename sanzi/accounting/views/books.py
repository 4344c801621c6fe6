"""科目余额表, 收支明细表 and 总账 of one account set."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from sanzi.accounting import asked, books
from sanzi.accounting.book_tables import flows_table, trial_table
from sanzi.accounting.giving import form_asked, give
from sanzi.accounting.ledger_tables import general_table
from sanzi.accounting.shelf import address, beside, issued_for, lines_of_accounts, of_words
from sanzi.web.pager import Pager
from sanzi.web.pages import page

LEVELS = (("1", "一级科目"), ("2", "二级"), ("3", "三级"), ("9", "末级"))
ACCOUNTS_A_PAGE = 10
_MONTHS_MAX = 120


@page("books.view")
def trial(request: HttpRequest, book: int) -> HttpResponseBase:
    found = asked.book_of(request, book)
    months, kept = asked.months_of(request, found, whole_year=False)
    level = asked.one_of(request, "level", dict(LEVELS), "9")
    codes = asked.codes(request)
    rows = books.trial(found, months.first, months.last, deepest=int(level))
    if codes:
        rows = [row for row in rows if row.code.startswith(codes)]
    context = beside(request, found, months, kept)
    table = trial_table(
        issued_for(context["village"], found, months.words),
        rows,
        lambda code: lines_of_accounts(found, frozenset({code}), months, split=False),
        about=of_words(found, months),
        is_whole=not codes,
    )
    context |= {"words": months.words, "levels": LEVELS, "level": level, "codes": codes}
    return give(request, table, context)


@page("books.view")
def flows(request: HttpRequest, book: int) -> HttpResponseBase:
    found = asked.book_of(request, book)
    months, kept = asked.months_of(request, found, whole_year=False)
    rows = books.flows(found, months.first, months.last)
    context = beside(request, found, months, kept)
    table = flows_table(
        issued_for(context["village"], found, months.words),
        rows,
        lambda code: lines_of_accounts(found, frozenset({code}), months, split=False),
        about=of_words(found, months),
    )
    return give(request, table, context | {"words": months.words})


@page("books.view")
def general(request: HttpRequest, book: int) -> HttpResponseBase:
    """总账: ten accounts a page on the screen, all of them on paper."""
    found = asked.book_of(request, book)
    months, kept = asked.months_of(request, found, whole_year=True)
    codes = asked.codes(request)
    accounts = books.accounts_of(found)
    pages = books.general(found, months.first, months.last)
    wanted = [code for code in pages if (code in codes if codes else len(code) == books.NATIONAL)]
    pager = Pager(request.GET, len(wanted), ACCOUNTS_A_PAGE)
    if form_asked(request) == "html":
        wanted = wanted[pager.start : pager.stop]
    context = beside(request, found, months, kept)
    table = general_table(
        issued_for(context["village"], found, months.words),
        {code: pages[code] for code in wanted},
        {code: account.name for code, account in accounts.items()},
        [p.period for p in kept if months.first <= p.period <= months.last][-_MONTHS_MAX:],
        lambda code, month: lines_of_accounts(
            found, frozenset({code}), asked.Months(month, month), split=False
        ),
        about=of_words(found, months),
    )
    context |= {
        "words": months.words,
        "accounts": accounts.values(),
        "codes": codes,
        "pager": pager,
        "pager_noun": "科目",
        "all_url": address(found, "general"),
    }
    return give(request, table, context)
