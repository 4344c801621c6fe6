"""Lines with their running balance, counterparties with the age of what they owe."""

from datetime import date

import pytest

from sanzi.accounting.actions.sets import add_account
from sanzi.accounting.dues import UNDATED, age_of, dues, last_day
from sanzi.accounting.entry import credit, debit
from sanzi.accounting.folios import Folio
from sanzi.accounting.lines import ledger, period_of, voucher_of
from sanzi.accounting.models import Dimension
from sanzi.accounting.spread import spread_by_book
from sanzi.kernel.money import ZERO, yuan
from tests.books import hand_in
from tests.world import NOON


@pytest.mark.parametrize(
    ("since", "age"),
    [
        (date(2024, 1, 1), "1年以内"),
        (date(2023, 1, 1), "1年以内"),
        (date(2022, 12, 31), "1至2年"),
        (date(2022, 1, 1), "1至2年"),
        (date(2021, 12, 31), "2至3年"),
        (date(2021, 1, 1), "2至3年"),
        (date(2020, 12, 31), "3年以上"),
        (date(1999, 1, 1), "3年以上"),
        (None, UNDATED),
    ],
)
def test_an_item_ages_by_whole_years(since, age):
    assert age_of(since, date(2023, 12, 31)) == age


@pytest.mark.parametrize(("period", "day"), [(202402, 29), (202302, 28), (202412, 31)])
def test_a_month_ends_on_its_last_day(period, day):
    assert last_day(period).day == day


def test_counterparties_by_what_stands_the_largest_first(book, put):
    made = {
        name: Dimension.objects.create(book=book, kind="counterparty", code=name, name=name)
        for name in ("王", "李")
    }
    named = {name: dimension.pk for name, dimension in made.items()}
    put(book, "2024-01-05", "借 113 300.00 王\n贷 501 300.00", named=named)
    put(book, "2024-01-06", "借 513 500.00\n贷 113 500.00 李", named=named)
    put(book, "2024-01-07", "借 112 40.00\n贷 501 40.00")
    found = {due.name: due for due in dues(book, ["113"], 202401, 202412)}
    assert found["王"].balance.closing == yuan("300")
    assert found["李"].ages == {UNDATED: yuan("-500")}
    assert list(found) == ["李", "王"]


def test_an_item_gives_its_counterparty_an_age(book, entry, feng):
    whom = Dimension.objects.create(book=book, kind="counterparty", code="王", name="王")
    item = Dimension.objects.create(
        book=book, kind="item", code="旧", name="旧欠", parent=whom, due_on=date(2020, 6, 30)
    )
    lines = [
        debit("113", yuan("300.00"), counterparty=whom.pk, item=item.pk),
        debit("113", yuan("7.00"), counterparty=whom.pk),
        credit("501", yuan("307.00")),
    ]
    made = entry(book, "2024-01-05", "借 102 1.00\n贷 501 1.00", sides=lines)
    hand_in(entries=[made], by=feng, now=NOON)
    (due,) = dues(book, ["113"], 202401, 202401)
    assert due.ages == {"3年以上": yuan("300"), UNDATED: yuan("7")}


def test_a_ledger_from_any_line_on_carries_the_balance_before_it(book, put):
    for day in range(1, 8):
        put(book, f"2024-0{1 + day // 5}-0{day}", f"借 102 {day}.00\n贷 501 {day}.00")
    whole = ledger(book, ["102"], 202401, 202402)
    rows = [row for row in whole.rows(0, 7) if row.kind == "line"]
    assert [row.balance for row in rows] == [yuan(str(n * (n + 1) // 2)) for n in range(1, 8)]
    for cut in range(1, 7):
        tail = [row for row in whole.rows(cut, 7) if row.kind == "line"]
        assert tail == rows[cut:]


@pytest.mark.parametrize(("stop", "totals"), [(3, 0), (4, 2), (5, 2), (7, 4)])
def test_a_month_is_totalled_after_its_last_line(book, put, stop, totals):
    for day in range(1, 8):
        put(book, f"2024-0{1 + day // 5}-0{day}", f"借 102 {day}.00\n贷 501 {day}.00")
    found = ledger(book, ["102"], 202401, 202402).rows(0, stop)
    assert len([row for row in found if row.kind in ("month", "year")]) == totals


def test_a_ledger_beginning_later_begins_with_what_stood_before(book, put):
    put(book, "2024-01-05", "借 102 10.00\n贷 501 10.00")
    put(book, "2024-03-05", "借 102 5.00\n贷 501 5.00")
    opening, line, *_ = ledger(book, ["102"], 202402, 202403).rows(0, 9)
    assert (opening.kind, opening.balance, line.balance) == ("opening", yuan("10"), yuan("15"))


def test_a_parent_shows_the_lines_of_its_leaves(book, put, wu):
    given = {"book_id": book.pk, "parent": "513", "by": wu, "now": NOON}
    add_account(code="51301", name="办公费", **given)
    put(book, "2024-01-05", "借 51301 10.00\n贷 102 10.00")
    assert ledger(book, ["513"], 202401, 202401).count == 1


def test_keys_say_their_month(book, put):
    voucher = put(book, "2024-12-05", "借 102 10.00\n贷 501 10.00")
    assert period_of(voucher.pk) == 202412
    assert voucher_of(voucher.lines.first().pk) == voucher.pk


def test_closing_entries_belong_to_december_and_can_be_left_out():
    one = (yuan("1"), ZERO)
    page = Folio(yuan("5"), {202411: one, 202412: one, 202413: (ZERO, yuan("7")), 202501: one})
    assert page.month(202412) == (yuan("1"), yuan("7"))
    assert page.year(202412) == (yuan("2"), yuan("7"))
    assert page.between(202412, 202412).closing == ZERO
    assert page.without_closing(202412, 202412).closing == yuan("7")
    assert page.between(202501, 202501).opening == ZERO


def test_only_the_year_and_months_asked_for_are_distributed(book, put):
    end = {"kind": "closing", "attachments": 0}
    put(book, "2024-06-30", "借 32201 9.00\n贷 311 9.00", **end)
    put(book, "2024-12-31", "借 32201 1.00\n贷 113 1.00", **end)
    books = type(book).objects.within("").filter(pk=book.pk)
    assert spread_by_book(books, 2024, 6) == {book.pk: {"311": yuan("9")}}
    assert spread_by_book(books, 2024) == {book.pk: {"311": yuan("9"), "113": yuan("1")}}
    assert spread_by_book(books, 2023) == {}
