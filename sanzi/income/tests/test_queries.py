"""A year's income from books or register, the origin always said."""

from datetime import date
from decimal import Decimal

import pytest

from sanzi.accounting.lines import voucher_of
from sanzi.accounting.models import Line
from sanzi.income.actions import marks
from sanzi.income.definitions import definition
from sanzi.income.pipeline import coming_in
from sanzi.income.queries import pasts_in, years_in
from sanzi.income.standards import Accounts
from sanzi.villages.models import Project
from tests.world import NOON, QINGSHUI, SHANGTIAN, XIATIAN

from .conftest import reported

pytestmark = pytest.mark.django_db
COLLECTIVE = definition("collective")


def test_books_come_first_and_the_register_speaks_where_there_are_none(kept, neighbour):
    reported(SHANGTIAN, operating_income="1.00")
    years = years_in(QINGSHUI, 2025)
    assert years[SHANGTIAN].origin == "books"
    assert years[SHANGTIAN].under(COLLECTIVE) == 10_000_000
    assert years[SHANGTIAN].under(definition("total")) == 13_000_000
    assert years[SHANGTIAN].under(definition("operating_result")) == 8_500_000
    assert (years[XIATIAN].origin, years[XIATIAN].under(COLLECTIVE)) == ("register", 9_999_999)


def test_closing_entries_are_no_movement_and_months_count_alone(kept):
    assert years_in(SHANGTIAN, 2025)[SHANGTIAN].amounts["operating"] == 9_000_000
    assert years_in(SHANGTIAN, 2025, 11)[SHANGTIAN].under(COLLECTIVE) == 9_000_000


def test_a_red_letter_takes_its_income_back(kept, put):
    put(kept, "2025-12-30", "借 102 -10000.00\n贷 504 -10000.00", memo="冲销")
    assert years_in(SHANGTIAN, 2025)[SHANGTIAN].under(COLLECTIVE) == 9_000_000


def test_a_committee_s_books_are_not_the_collective_s_income(committee_book, put):
    put(committee_book, "2024-01-05", "借 102 5.00\n贷 501 5.00")
    assert years_in(SHANGTIAN, 2024) == {}


def test_the_2004_scheme_is_read_by_its_own_codes(collective, wu, put):
    from sanzi.accounting.actions.sets import open_book
    from tests.world import NOON

    old = open_book(collective_id=collective.pk, scheme="2004", begins=202301, by=wu, now=NOON)
    put(old, "2023-02-01", "借 102 7.00\n贷 511 7.00")
    put(old, "2023-02-01", "借 102 3.00\n贷 561 3.00")
    put(old, "2023-02-01", "借 102 2.00\n贷 522 2.00")
    held = years_in(SHANGTIAN, 2023)[SHANGTIAN]
    assert held.under(COLLECTIVE) == 1_000
    assert held.under(definition("total")) == 1_200


def test_an_account_set_apart_is_one_off_with_all_below_it(kept):
    held = years_in(SHANGTIAN, 2025, accounts=Accounts((("2023", "504"),)))[SHANGTIAN]
    assert held.apart_under(COLLECTIVE) == 1_000_000
    assert held.under(COLLECTIVE, one_off=False) == 9_000_000


def test_earlier_years_say_how_much_had_come_by_this_month(kept, put):
    put(kept, "2024-02-01", "借 102 40.00\n贷 501 40.00")
    put(kept, "2024-11-01", "借 102 60.00\n贷 501 60.00")
    assert pasts_in(SHANGTIAN, COLLECTIVE, [2024, 2025], 10) == {
        SHANGTIAN: [(4_000, 10_000), (9_000_000, 10_000_000)]
    }
    stated = pasts_in(SHANGTIAN, definition("operating_result"), [2025], 12)
    assert stated == {SHANGTIAN: [(8_500_000, 8_500_000)]}


def test_projects_bring_what_they_have_not_brought(lin, places):
    Project.objects.create(
        village=SHANGTIAN, number="1", name="大棚", path="项目造血",
        expected_income=Decimal("120.00"), actual_income=Decimal("20.00"),
    )  # fmt: skip
    coming = coming_in(lin, SHANGTIAN, date(2026, 3, 2))[SHANGTIAN]
    assert (coming.projects, coming.planned) == (10_000, 0)


@pytest.mark.parametrize("brought", [None, Decimal("0.00")])
def test_a_project_that_has_brought_nothing_is_told_apart(lin, places, brought):
    """The register has no day of signing or opening: that it earns is the one sign it has begun."""
    Project.objects.create(
        village=SHANGTIAN, number="1", name="大棚", path="项目造血",
        expected_income=Decimal("120.00"), actual_income=brought,
    )  # fmt: skip
    coming = coming_in(lin, SHANGTIAN, date(2026, 3, 2))[SHANGTIAN]
    assert (coming.projects, coming.planned) == (0, 12_000)


def test_opening_and_distribution_are_read_where_a_definition_asks(kept, put):
    put(kept, "2025-12-31", "借 32201 20.00\n贷 311 20.00", memo="提取公积公益金")
    wide = definition("undistributed")
    held = years_in(SHANGTIAN, 2025, definition=wide)[SHANGTIAN]
    assert held.under(definition("distributable")) == 12_500_000
    assert held.under(wide) == 12_500_000 - 2_000


def test_a_line_marked_before_its_account_was_set_apart_counts_once(kept, lin, zheng):
    line = Line.objects.of(kept).filter(account="504", credit__gt=0).get()
    mark = marks.mark_line(
        voucher_id=voucher_of(line.pk),
        line_id=line.pk,
        kind="sale",
        reason="变卖",
        by=lin,
        now=NOON,
    )
    marks.decide(mark_id=mark.pk, accepts=True, reason="", by=zheng, now=NOON)
    whole = Accounts((("2023", "504"),))
    for accounts in (Accounts(), whole):
        held = years_in(SHANGTIAN, 2025, accounts=accounts)[SHANGTIAN]
        assert held.apart_under(COLLECTIVE) == 1_000_000
