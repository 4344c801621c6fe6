"""Books and statements of a set and of a region, from posted vouchers."""

import pytest

from sanzi.accounting.books import (
    BooksOf,
    by_book,
    flows,
    general,
    sheet,
    trial,
    trial_figures,
    trial_total,
)
from sanzi.accounting.models import Book, Kind, Period
from sanzi.accounting.statements import Sheet
from sanzi.kernel.money import ZERO, yuan
from sanzi.kernel.refusals import Invalid
from tests.world import CITY, COUNTY, QINGSHUI, SHANGTIAN


def faults(found: Sheet) -> list[str]:
    return [f"{check.title} {check.gap}" for check in found.checks if not check.holds]


@pytest.fixture
def lively(book, put) -> Book:
    """A year of Shangtian: capital, rent, a debt, and the year end in the order of the law."""
    put(book, "2024-01-03", "借 102 10000.00\n贷 301 10000.00")
    put(book, "2024-02-05", "借 102 3000.00\n贷 501 3000.00")
    put(book, "2024-02-20", "借 513 500.00\n贷 211 500.00")
    put(book, "2024-11-30", "借 102 200.00\n贷 503 200.00")
    return book


@pytest.fixture
def closed(lively, put) -> Book:
    end = {"kind": Kind.CLOSING, "attachments": 0}
    put(lively, "2024-12-31", "借 501 3000.00\n借 503 200.00\n贷 321 3200.00", **end)
    put(lively, "2024-12-31", "借 321 500.00\n贷 513 500.00", **end)
    put(lively, "2024-12-31", "借 321 2700.00\n贷 32202 2700.00", **end)
    put(lively, "2024-12-31", "借 32201 1200.00\n贷 311 700.00\n贷 113 500.00", **end)
    put(lively, "2024-12-31", "借 32202 1200.00\n贷 32201 1200.00", **end)
    return lively


@pytest.mark.parametrize("month", [202401, 202402, 202411, 202412])
def test_a_sheet_balances_in_every_month(closed, month):
    found = sheet(closed, "balance", 202401, month)
    assert faults(found) == []
    assert found.value("assets") == found.value("claims") != ZERO


def test_before_the_year_end_the_result_stands_apart_and_after_it_with_the_rest(closed):
    before, after = (sheet(closed, "balance", 202401, month) for month in (202411, 202412))
    assert (before.value("undistributed"), before.value("equity")) == (ZERO, yuan("12700"))
    assert (after.value("undistributed"), after.value("reserve")) == (yuan("1500"), yuan("700"))
    assert after.value("payable") == yuan("1000")


def test_income_is_the_same_before_and_after_the_closing_entries(closed):
    november, december = (sheet(closed, "income", m, m) for m in (202411, 202412))
    for key in ("operating", "operating_result", "net"):
        assert november.value(key) == december.value(key) != ZERO
    assert [november.value("subsidies", at) for at in (0, 1)] == [yuan("200"), yuan("200")]
    assert december.value("subsidies", 0) == ZERO


def test_distribution_is_read_from_its_vouchers(closed):
    found = sheet(closed, "income", 202401, 202412)
    keys = ("available", "to_reserve", "to_members", "to_others", "remaining")
    assert [found.value(key) for key in keys] == [
        yuan("2700"), yuan("700"), yuan("500"), ZERO, yuan("1500"),
    ]  # fmt: skip
    assert faults(found) == []
    assert faults(sheet(closed, "income", 202401, 202411)) == []


def test_a_loss_covered_from_the_reserve_came_from_elsewhere(closed, put):
    put(closed, "2024-12-31", "借 311 50.00\n贷 32202 50.00", kind=Kind.CLOSING, attachments=0)
    found = sheet(closed, "income", 202401, 202412)
    assert (found.value("transferred"), found.value("remaining")) == (yuan("50"), yuan("1550"))
    assert faults(found) == []


def test_a_year_closed_with_something_left_turns_red(lively):
    assert faults(sheet(lively, "balance", 202401, 202412)) == []
    Period.objects.filter(book=lively, period=202412).update(state="closed")
    assert faults(sheet(lively, "balance", 202401, 202412)) == [
        "年终结转后收入、支出科目余额 = 0 3700.00"
    ]


def test_months_of_two_years_make_no_income_statement(closed):
    with pytest.raises(Invalid, match="同一年"):
        sheet(closed, "income", 202312, 202401)


def test_the_trial_balance_balances_pairwise(closed):
    for months in ((202401, 202401), (202402, 202411), (202412, 202412)):
        totals = trial_total(trial(closed, *months))
        assert totals[0::2] == totals[1::2]
    rows = {row.code: row for row in trial(closed, 202402, 202402)}
    assert [str(f) for f in trial_figures(rows["102"])] == [
        "10000.00", "None", "3000.00", "None", "13000.00", "None", "13000.00", "None",
    ]  # fmt: skip


def test_a_parent_is_the_sum_of_its_leaves_and_levels_can_be_folded(closed):
    rows = {row.code: row for row in trial(closed, 202412, 202412)}
    assert rows["322"].months.closing == rows["32202"].months.closing == yuan("-1500")
    assert "32202" not in {row.code for row in trial(closed, 202412, 202412, deepest=1)}


def test_flows_leave_closing_entries_out(closed):
    found = {flow.code: (flow.months, flow.year) for flow in flows(closed, 202412, 202412)}
    assert found == {
        "501": (ZERO, yuan("3000")), "503": (ZERO, yuan("200")), "513": (ZERO, yuan("500")),
    }  # fmt: skip


def test_the_general_ledger_counts_closing_entries_in_december(closed):
    page = general(closed, 202401, 202412)["501"]
    assert page.month(202402) == (ZERO, yuan("3000"))
    assert page.month(202412) == (yuan("3000"), ZERO)
    assert page.between(202402, 202412).closing == ZERO


def _two_sets(lively, neighbours_book, put) -> list[Book]:
    put(neighbours_book, "2024-03-03", "借 101 40.00\n贷 504 40.00")
    put(neighbours_book, "2024-03-05", "借 113 9.00\n贷 501 9.00")
    return [lively, neighbours_book]


@pytest.mark.parametrize("region", [SHANGTIAN, QINGSHUI, COUNTY, CITY])
@pytest.mark.parametrize("statement", ["balance", "income"])
def test_a_regions_sheet_is_the_sum_of_its_sets(closed, neighbours_book, put, region, statement):
    books = [b for b in _two_sets(closed, neighbours_book, put) if b.village.startswith(region)]
    whole = sheet(BooksOf(region, "2023"), statement, 202401, 202412)
    parts = [sheet(book, statement, 202401, 202412) for book in books]
    for line in whole.lines:
        for at, value in enumerate(line.values):
            if value is not None and any(
                line.form.key in [x.form.key for x in p.lines] for p in parts
            ):
                theirs = [_value(part, line.form.key, at) for part in parts]
                assert value == sum(theirs, ZERO), line.form.name
    assert faults(whole) == []


def _value(part: Sheet, key: str, at: int):
    found = [line.values[at] for line in part.lines if line.form.key == key]
    return (found[0] if found else None) or ZERO


def test_committees_can_be_kept_apart(closed, committee_book, put):
    put(committee_book, "2024-03-03", "借 101 40.00\n贷 504 40.00")
    both, one, other = (
        sheet(BooksOf(QINGSHUI, "2023", kind), "balance", 202401, 202412).value("cash")
        for kind in ("", "collective", "committee")
    )
    assert (both, one, other) == (yuan("13240"), yuan("13200"), yuan("40"))


def test_a_region_costs_no_query_more_for_more_sets(
    closed, neighbours_book, put, django_assert_num_queries
):
    _two_sets(closed, neighbours_book, put)
    with django_assert_num_queries(1):
        sheet(BooksOf(QINGSHUI, "2023"), "balance", 202401, 202412)
    with django_assert_num_queries(4):
        sheet(BooksOf(QINGSHUI, "2023"), "income", 202401, 202412)
    with django_assert_num_queries(1):
        found = by_book([closed, neighbours_book], 202401, 202412)
    assert found[neighbours_book.pk]["101"].closing == yuan("40")


def test_several_years_run_through(closed, put):
    from sanzi.accounting.periods import open_year

    _open(closed, open_year)
    put(closed, "2025-01-05", "借 101 5.00\n贷 102 5.00")
    this = sheet(closed, "balance", 202501, 202501)
    assert faults(this) == []
    assert this.value("assets", 0) == sheet(closed, "balance", 202401, 202412).value("assets")
    rows = {row.code: row for row in trial(closed, 202402, 202501)}
    assert rows["102"].months.opening == yuan("10000")
    assert rows["102"].months.closing == yuan("13195")
    assert general(closed, 202402, 202501)["102"].between(202402, 202501).closing == yuan("13195")


def _open(book, open_year):
    from django.db import transaction

    with transaction.atomic():
        open_year(book, 2025)
