"""The demonstration's books: made by its people's own steps, and true."""

import csv
from decimal import Decimal, InvalidOperation
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from sanzi.access.models import Person
from sanzi.access.system import system_person
from sanzi.accounting.models import Period, Voucher
from sanzi.accounting.verification import verify
from sanzi.administration.actions.demo import name_places, welcome
from sanzi.bank.models import BankLine
from sanzi.cli.demo import PEOPLE, SINCE, _bring
from sanzi.cli.demo_books import load_books
from sanzi.cli.demo_cast import VILLAGE, books_of
from sanzi.cli.demo_closing import REACHED
from sanzi.cli.demo_day import live
from sanzi.disclosure.models import Publication
from sanzi.journal.models import Entry
from tests.world import NOON

pytestmark = pytest.mark.slow

EXAMPLES = Path(__file__).parents[3] / "examples"
AT_END = "first=2026-10&last=2026-10"


def hush(words: str) -> None:
    pass


@pytest.fixture
def town(db, settings):
    """The town of the demonstration, its books as its people left them."""
    settings.DEMO = True
    with (EXAMPLES / "regions.csv").open(encoding="utf-8", newline="") as lines:
        names = {line["code"]: line["name"] for line in csv.DictReader(lines)}
    setup = system_person("system_setup")
    name_places(names=names, by=setup, now=NOON)
    _bring(EXAMPLES / "zhongcun.xlsx", hush)
    load_books(EXAMPLES / "zhongcun-books", tell=hush)
    welcome(posts=PEOPLE, from_on=SINCE, by=setup, now=NOON)
    live(tell=hush)


def test_the_demonstrations_books_are_true_and_loaded_once(town, client):
    assert verify().faults == []
    _closed_as_far_as_said()
    assert BankLine.objects.within(VILLAGE).filter(is_matched=False).count() == 2
    assert Publication.objects.within(VILLAGE).filter(review=None).count() == 0
    _page_and_workbook_agree(client)

    before = (Voucher.objects.count(), Entry.objects.count())
    live(tell=pytest.fail)
    assert (Voucher.objects.count(), Entry.objects.count()) == before


def _closed_as_far_as_said():
    for book in books_of(VILLAGE[:9]):
        reached, stops_at = REACHED[book.village]
        closed = Period.objects.of(book).exclude(state=Period.State.OPEN)
        last = closed.order_by("-period").values_list("period", flat=True)[0]
        assert last == (reached - 1 if stops_at else reached)


def _page_and_workbook_agree(client):
    """The balance sheet balances, and says on the page what it says as xlsx."""
    client.force_login(Person.objects.get(username="zc-daili"))
    (book,) = books_of(VILLAGE)
    url = f"/books/{book.pk}/statements/balance/?{AT_END}"
    page = client.get(url).context["table"]
    shown = [[cell.text for cell in row] for row in (*page.shown, page.shown_totals)]
    file = BytesIO(b"".join(client.get(f"{url}&format=xlsx").streaming_content))
    sheet = CalamineWorkbook.from_object(file).get_sheet_by_index(0).to_python()
    assets, claims = shown[-1][2:4], shown[-1][6:8]
    assert assets == claims
    assert "0.00" not in assets
    assert page.failing == []
    figures = [[_figure(text) for text in row] for row in shown]
    assert figures == [[_figure(value) for value in row[:8]] for row in sheet[3 : 3 + len(shown)]]


def _figure(value: object) -> str:
    """A cell as text; an amount or number by its value alone."""
    text = str(value).replace(",", "").strip()
    try:
        return f"{Decimal(text):.2f}"
    except InvalidOperation:
        return text
