"""What each account set adds to one figure of a region."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.urls import reverse

from sanzi.kernel.refusals import Missing
from sanzi.web.paper import PaperColumn

from .asked import dashed, query
from .book_tables import NUMBER, money
from .books import BooksOf, by_book, january
from .chart import chart
from .models import Book
from .pages import Balance
from .sheet_forms import form
from .spread import spread_by_book
from .statements import Sheet, balance_sheet, income_statement
from .tables import Cell, Row, Table

_COLUMNS = {
    "balance": ("年初数", "期末数"),
    "income": ("本期数", "本年累计"),
    "trial": ("期初余额", "借方发生额", "贷方发生额", "期末余额"),
}


def parts_title(of: BooksOf, kind: str, row: str, period: int) -> str:
    """What the figure is called. Raises Missing for a row the statement does not have."""
    if kind == "trial":
        account = chart(of.scheme).get(row)
        if account is not None:
            return f"{row} {account.name}"
    else:
        for found in form(kind, of.scheme, period).rows:
            if found.key == row and row:
                return found.name.rpartition("：")[2] or found.name
    raise Missing("books.row", "没有找到这一行，请从报表上的数字点进来")


def parts_table(
    title: str,
    issued: str,
    books: Sequence[Book],
    villages: Mapping[str, str],
    figure: tuple[str, str],
    months: tuple[int, int],
    *,
    first_number: int = 1,
    about: str = "",
) -> Table:
    """The sets, each with its own figures of the row and a link to its own statement."""
    kind, _ = figure
    values = _trial(books, figure[1], months) if kind == "trial" else _rows(books, figure, months)
    rows = []
    for at, book in enumerate(books, start=first_number):
        url = _url(book, figure, months)
        cells = (Cell(value, url) for value in values[book.pk])
        village = Cell(villages.get(book.village, book.village))
        rows.append(Row((Cell(at), village, Cell(str(book), url), *cells)))
    return Table(
        title=title,
        issued=issued,
        columns=(
            NUMBER,
            PaperColumn("村", width=14),
            PaperColumn("账套", width=34),
            *(money(column) for column in _COLUMNS[kind]),
        ),
        rows=rows,
        is_counted=True,
        about=about,
        notes=("余额以借方为正",) if kind == "trial" else (),
    )


def _url(book: Book, figure: tuple[str, str], months: tuple[int, int]) -> str:
    kind, row = figure
    asked = {"first": dashed(months[0]), "last": dashed(months[1])}
    if kind == "trial":
        return reverse("accounting:ledger", args=[book.pk]) + query(account=row, **asked)
    return reverse("accounting:statement", args=[book.pk, kind]) + query(**asked)


def _trial(books: Sequence[Book], code: str, months: tuple[int, int]) -> dict[int, list[Decimal]]:
    found = {}
    held = by_book(books, *months)
    for book in books:
        mine = [b for c, b in held.get(book.pk, {}).items() if c.startswith(code) and c[-1] != "+"]
        total = sum(mine, Balance(Decimal("0.00"), Decimal("0.00"), Decimal("0.00")))
        found[book.pk] = [total.opening, total.debit, total.credit, total.closing]
    return found


def _rows(
    books: Sequence[Book], figure: tuple[str, str], months: tuple[int, int]
) -> dict[int, list[Decimal | None]]:
    kind, row = figure
    first, last = months
    if kind == "balance":
        held = by_book(books, january(last), last)
        sheets = {b.pk: balance_sheet(b.scheme, last, held.get(b.pk, {})) for b in books}
    else:
        sheets = _incomes(books, first, last)
    return {pk: _values(sheet, row) for pk, sheet in sheets.items()}


def _incomes(books: Sequence[Book], first: int, last: int) -> dict[int, Sheet]:
    held = by_book(books, first, last, closing=False)
    year = by_book(books, january(last), last, closing=False)
    chosen = Book.objects.within("").filter(pk__in=[book.pk for book in books])
    spreads = spread_by_book(chosen, last // 100, last % 100)
    return {
        b.pk: income_statement(
            b.scheme, last, held.get(b.pk, {}), year.get(b.pk, {}), spreads.get(b.pk, {})
        )
        for b in books
    }


def _values(sheet: Sheet, row: str) -> list[Decimal | None]:
    found = [line.values for line in sheet.lines if line.form.key == row]
    return list(found[0]) if found else [Decimal("0.00")] * 2
