"""What is gathered for the checks, from books, matters, the asset register and the calendar."""

from datetime import date

from sanzi.accounting.actions.sets import add_dimension
from sanzi.holdings.models import Asset
from sanzi.kernel.money import yuan
from sanzi.yearend.facts import gather
from tests.world import NOON, SHANGTIAN

TODAY = date(2026, 3, 2)


def facts(book, period=202403):
    return gather({book: period}, TODAY)[book.pk]


def test_money_is_followed_day_by_day(book, put):
    put(book, "2024-02-05", "借 101 100.00\n贷 301 100.00")
    put(book, "2024-03-20", "借 101 500.00\n贷 301 500.00")
    put(book, "2024-03-05", "借 513 130.00\n贷 101 130.00")
    put(book, "2024-03-05", "借 101 10.00\n贷 513 10.00")
    (cash,) = facts(book).money
    assert (cash.lowest, cash.lowest_on, cash.closing) == (
        yuan("-20.00"), date(2024, 3, 5), yuan("480.00"),
    )  # fmt: skip


def test_lines_without_a_counterparty_are_found(book, put, wu):
    who = add_dimension(book_id=book.pk, kind="counterparty", name="甲", by=wu, now=NOON).pk
    put(book, "2024-03-05", "借 112 60.00 甲\n贷 501 60.00", named={"甲": who})
    assert facts(book).nameless == ()
    put(book, "2024-03-06", "借 112 7.00\n贷 501 7.00")
    assert list(facts(book).nameless) == [("112", "应收款", yuan("7.00"))]


def test_asset_cards_are_held_against_the_ledger(book, committee_book, put):
    Asset.objects.create(
        village=SHANGTIAN, number="A1", name="仓库", category="房屋建筑",
        original_value=yuan("900.00"), depreciation=yuan("90.00"),
    )  # fmt: skip
    put(book, "2024-01-05", "借 151 600.00\n贷 311 600.00")
    put(committee_book, "2024-01-05", "借 151 300.00\n贷 311 300.00")
    cost, worn = facts(book).cards
    assert (cost.difference, worn.difference) == (yuan("0.00"), yuan("90.00"))
    assert facts(committee_book).cards == ()


def test_matters_of_the_month_are_counted_by_stage(book, draft_of):
    draft_of(book, "2024-03-31")
    draft_of(book, "2024-04-01")
    assert facts(book).under_way == {"填报中": 1}


def test_many_books_cost_no_more_questions_than_one(
    book, committee_book, neighbours_book, put, django_assert_max_num_queries
):
    for one in (book, committee_book, neighbours_book):
        put(one, "2024-03-05", "借 102 1.00\n贷 301 1.00")
    months = {book: 202403, committee_book: 202412, neighbours_book: 202401}
    with django_assert_max_num_queries(13):
        gather(months, TODAY)
