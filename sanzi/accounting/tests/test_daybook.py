"""日记账: by day, whatever the order of the numbers; every day with its totals and balance."""

import pytest

from sanzi.accounting.daybook import day_book
from sanzi.kernel.money import yuan


@pytest.fixture
def kept(book, put):
    """Three vouchers of two days, numbered out of the order of their days, and one of March."""
    put(book, "2024-01-20", "借 101 50.00\n贷 501 50.00")
    put(book, "2024-01-05", "借 101 100.00\n贷 501 100.00")
    put(book, "2024-01-20", "借 513 30.00\n贷 101 30.00")
    put(book, "2024-01-05", "借 513 10.00\n贷 101 10.00")
    put(book, "2024-03-01", "借 101 1.00\n贷 501 1.00")
    return book


def told(rows):
    return [(row.kind, row.number, row.debit, row.credit, row.balance) for row in rows]


def test_a_day_book_follows_the_days_and_ends_each_with_its_totals(kept):
    rows = day_book(kept, ["101"], 202401, 202403).rows(0, 50)
    y = yuan
    assert told(rows) == [
        ("opening", None, None, None, y("0.00")),
        ("line", 2, y("100.00"), None, y("100.00")),
        ("line", 4, None, y("10.00"), y("90.00")),
        ("day", None, y("100.00"), y("10.00"), y("90.00")),
        ("line", 1, y("50.00"), None, y("140.00")),
        ("line", 3, None, y("30.00"), y("110.00")),
        ("day", None, y("50.00"), y("30.00"), y("110.00")),
        ("month", None, y("150.00"), y("40.00"), y("110.00")),
        ("year", None, y("150.00"), y("40.00"), y("110.00")),
        ("line", 1, y("1.00"), None, y("111.00")),
        ("day", None, y("1.00"), y("0.00"), y("111.00")),
        ("month", None, y("1.00"), y("0.00"), y("111.00")),
        ("year", None, y("151.00"), y("40.00"), y("111.00")),
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_pages_of_a_day_book_join_without_a_gap(kept, size):
    whole = told(day_book(kept, ["101"], 202401, 202403).rows(0, 50))
    pages = []
    for start in range(0, 5, size):
        pages += told(day_book(kept, ["101"], 202401, 202403).rows(start, start + size))
    assert pages == whole


def test_a_day_book_costs_seven_queries_however_long(kept, put, django_assert_max_num_queries):
    for day in range(1, 29):
        put(kept, f"2024-02-{day:02}", "借 101 1.00\n贷 501 1.00")
    book = day_book(kept, ["101"], 202401, 202403)
    with django_assert_max_num_queries(7):
        book.rows(2, 30)


def test_the_page_prints_the_totals_of_the_day(client, kept, lin):
    client.force_login(lin)
    page = client.get(f"/books/{kept.pk}/daybook/?account=101&first=2024-01&last=2024-03")
    assert page.content.decode().count("本日合计") == 3
