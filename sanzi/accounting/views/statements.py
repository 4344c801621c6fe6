"""资产负债表 and 收益及收益分配表 of one account set."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from sanzi.accounting.asked import Months, book_of, months_of
from sanzi.accounting.books import january, sheet
from sanzi.accounting.giving import give
from sanzi.accounting.shelf import beside, end_words, issued_for, lines_of_accounts, of_words
from sanzi.accounting.statement_tables import statement_table
from sanzi.web.pages import page


@page("books.view")
def statement(request: HttpRequest, book: int, statement: str) -> HttpResponseBase:
    found = book_of(request, book)
    months, kept = months_of(request, found, whole_year=False)
    filled = sheet(found, statement, months.first, months.last)
    context = beside(request, found, months, kept)

    def link(key: str, codes: frozenset[str], split: bool, column: int) -> str:
        is_months = statement == "income" and column == 0
        shown = months if is_months else Months(january(months.last), months.last)
        return lines_of_accounts(found, codes, shown, split=split)

    words = end_words(months.last) if statement == "balance" else months.words
    issued = issued_for(context["village"], found, words)
    table = statement_table(filled, issued, link, about=of_words(found, months))
    context |= {"words": words, "is_one_month": statement == "balance"}
    return give(request, table, context)
