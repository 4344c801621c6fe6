"""What stands on the shelf of one account set, and what its pages say about themselves."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from sanzi.orgs.tree import names_of
from sanzi.web.pages import person_of

from .asked import Months, dashed, query
from .books import BooksOf
from .chart import SCHEMES
from .dues import last_day
from .models import Book, Period
from .sheet_forms import STATEMENTS

KINDS = (("", "全部组织"), ("collective", "集体经济组织"), ("committee", "村民委员会"))
_BOOKS = (
    ("科目余额表", "trial", ""),
    ("收支明细表", "flows", ""),
    ("总账", "general", ""),
    ("明细账", "ledger", ""),
    ("现金日记账", "daybook", "101"),
    ("银行存款日记账", "daybook", "102"),
    ("往来余额", "dues", ""),
)


def shelf(book: Book, months: Months | None = None) -> list[tuple[str, str]]:
    """The statements and books of a set, with the months at hand."""
    asked = {"first": months.first_field, "last": months.last_field} if months else {}
    found = [
        (title, address(book, "statement", statement) + query(**asked))
        for statement, title in STATEMENTS.items()
    ]
    found += [
        (title, address(book, name) + query(account=code, **asked)) for title, name, code in _BOOKS
    ]
    return found


def address(book: Book, name: str, *args: Any) -> str:
    """The address of one of its pages."""
    return reverse(f"accounting:{name}", args=[book.pk, *args])


def lines_of_accounts(book: Book, codes: frozenset[str], months: Months, *, split: bool) -> str:
    """Where the lines behind a figure of some accounts are shown."""
    asked = {"first": months.first_field, "last": months.last_field}
    page = "dues" if split else "ledger" if len(codes) <= 3 else "trial"
    return address(book, page) + query(account=",".join(sorted(codes)), **asked)


def beside(
    request: HttpRequest, book: Book, months: Months | None = None, kept: list[Period] | None = None
) -> dict[str, Any]:
    """What every page of a set prints beside its own: whose it is, of when, where else to go."""
    village = names_of([book.village]).get(book.village, book.village)
    state = next((p for p in kept or [] if months and p.period == months.last), None)
    return {
        "book": book,
        "village": village,
        "months": months,
        "state": state,
        "shelf": shelf(book, months),
        "may_manage": person_of(request).can("books.manage"),
    }


def issued_for(village: str, book: Book, words: str) -> str:
    """The unit row's left side: who, in which village, of when."""
    return f"编制单位：{village} {book}　{words}"


def issued_of(place: object, of: BooksOf, words: str) -> str:
    """The same for all sets of a region."""
    kind = f"（{dict(KINDS)[of.kind]}）" if of.kind else ""
    return f"编制单位：{place}{kind}　{SCHEMES[of.scheme]}　{words}"


def end_words(period: int) -> str:
    """The day a balance sheet stands for: 2024年3月31日."""
    day = last_day(period)
    return f"{day.year}年{day.month}月{day.day}日"


def of_words(book: Book, months: Months) -> str:
    """The beginning of a file's name."""
    return f"{book}_{dashed(months.last)}_"
