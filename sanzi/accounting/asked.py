"""What the address of a book's page asks for: an unknown value is refused, not guessed."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from sanzi.web.errors import Unsupported
from sanzi.web.pages import person_of

from .books import BooksOf, january, months_kept
from .models import Book, Period

FORMS = ("html", "print", "xlsx")


def book_of(request: HttpRequest, pk: int) -> Book:
    """The book of the address, if it lies in the person's part of the tree."""
    mine = Book.objects.visible_to(person_of(request)).select_related("collective")
    found: Book = get_object_or_404(mine, pk=pk)
    return found


@dataclass(frozen=True)
class Months:
    """The months YYYYMM a page is about."""

    first: int
    last: int

    @property
    def words(self) -> str:
        """As people say it: 2024年1月至3月."""
        year, month = divmod(self.first, 100)
        if self.first == self.last:
            return f"{year}年{month}月"
        to_year, to_month = divmod(self.last, 100)
        return f"{year}年{month}月至{'' if to_year == year else f'{to_year}年'}{to_month}月"

    @property
    def first_field(self) -> str:
        return dashed(self.first)

    @property
    def last_field(self) -> str:
        return dashed(self.last)


def dashed(period: int) -> str:
    """A month as addresses and month fields write it: 2024-03."""
    return f"{period // 100}-{period % 100:02}"


def month(request: HttpRequest, name: str, otherwise: int) -> int:
    """A month written 2024-03 or 202403. Raises Unsupported (400)."""
    given = request.GET.get(name, "").strip()
    if not given:
        return otherwise
    digits = given.replace("-", "", 1)
    if len(digits) == 6 and digits.isascii() and digits.isdecimal():
        period = int(digits)
        if 1949 <= period // 100 <= 2199 and 1 <= period % 100 <= 12:
            return period
    raise Unsupported("books.month", f"月份“{given[:20]}”不对，应写成 2024-03")


def months(request: HttpRequest, latest: int, *, whole_year: bool) -> Months:
    """The months asked for; without any the latest one, or its year so far. Raises Unsupported."""
    last = month(request, "last", latest)
    first = month(request, "first", january(last) if whole_year else last)
    if first > last:
        raise Unsupported("books.months", "起始月份晚于截止月份，请重新选择")
    return Months(first, last)


def months_of(request: HttpRequest, book: Book, *, whole_year: bool) -> tuple[Months, list[Period]]:
    """The months asked for of a book, and the months it keeps. Raises Unsupported."""
    kept = months_kept(book)
    latest = max((p.period for p in kept if p.vouchers), default=book.begins)
    asked = months(request, latest, whole_year=whole_year)
    end = kept[-1].period if kept else book.begins
    if asked.last < book.begins or asked.first > end:
        raise Unsupported(
            "books.outside",
            f"账套“{book}”只有 {dashed(book.begins)} 至 {dashed(end)} 的账，请改选月份",
        )
    return Months(max(asked.first, book.begins), min(asked.last, end)), kept


def books_of(request: HttpRequest, region: str) -> BooksOf:
    """The sets of a region the address asks for: by scheme, and by kind of organisation."""
    return BooksOf(
        region,
        one_of(request, "scheme", ("2023", "2004"), "2023"),
        one_of(request, "kind", ("", "collective", "committee"), ""),
    )


def one_of(request: HttpRequest, name: str, allowed: Collection[str], otherwise: str) -> str:
    """One of a few known words. Raises Unsupported (400)."""
    given = request.GET.get(name, "")
    if given and given not in allowed:
        raise Unsupported("books.choice", f"这一页没有“{given[:40]}”可选")
    return given or otherwise


def codes(request: HttpRequest) -> tuple[str, ...]:
    """Account codes parted by commas. Raises Unsupported (400)."""
    given = [code for code in request.GET.get("account", "")[:400].split(",") if code]
    if not all(code.isascii() and code.isdecimal() and 3 <= len(code) <= 11 for code in given):
        raise Unsupported("books.account", "科目编码只能是数字，几个科目之间用逗号隔开")
    return tuple(dict.fromkeys(given))


def whole(request: HttpRequest, name: str) -> int:
    """A positive whole number; 0 when there is none."""
    given = request.GET.get(name, "")[:18]
    return int(given) if given.isascii() and given.isdecimal() else 0


def address(request: HttpRequest, **changes: str) -> str:
    """This address with some parameters changed; a changed page begins at its first rows."""
    params = request.GET.copy()
    params.pop("page", None)
    for name, value in changes.items():
        params[name] = value
    return f"?{params.urlencode()}"


def query(**values: object) -> str:
    """The end of an address, empty values left out."""
    given = {name: value for name, value in values.items() if value not in ("", None)}
    return f"?{urlencode(given)}" if given else ""
