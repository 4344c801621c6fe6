"""The page of year-end events: each opens to its vouchers; a neighbour's are not there."""

from datetime import date

import pytest
from django.urls import reverse

from sanzi.accounting.keys import voucher_key
from sanzi.income.vouchers import place_of

pytestmark = pytest.mark.django_db
DAY = {"as_of": "2025-12-31"}


def test_a_voucher_over_an_edge_opens_and_closing_entries_are_no_income(get, kept, put, chen):
    """Without the 10,000.00 of December Shangtian had 90,000.00: an edge lies between."""
    shown = get(chen, "jumps", **DAY)
    assert "单笔越档" in shown
    assert "没有这一笔，全年在“5～10 万元”，有了在“10～50 万元”" in shown
    assert '<td class="whole">年底集中入账</td>' not in shown
    key = voucher_key(kept.pk, 202512, 1)
    assert reverse("accounting:voucher", args=[kept.pk, key]) in shown


def test_rent_booked_in_december_and_not_paid_is_named(get, kept, put, chen):
    put(kept, "2025-12-30", "借 112 150000.00\n贷 501 150000.00", memo="计提租金")
    shown = get(chen, "jumps", **DAY)
    assert "年底挂账收入" in shown
    assert "年底集中入账" in shown


def test_income_taken_back_in_the_new_year_is_named_with_both(get, kept, put, chen):
    first = put(kept, "2025-12-30", "借 102 30000.00\n贷 501 30000.00", memo="预收租金")
    put(
        kept, "2026-01-10", "借 102 -30000.00\n贷 501 -30000.00", memo="订正", kind="correction",
        reverses=first.pk,
    )  # fmt: skip
    shown = get(chen, "jumps", **DAY)
    assert "入账后冲回" in shown
    assert "2026-01 记-1" in shown
    assert "2025-12 记-3" in shown, "the second closed the year"


def test_a_neighbour_sees_nothing_of_it(get, kept, qian, lin):
    assert "单笔越档" in get(lin, "jumps", **DAY)
    assert "没有符合规则的收入" in get(qian, "jumps", **DAY)


def test_a_voucher_s_key_says_book_month_and_number():
    assert place_of(voucher_key(12, 202603, 45)) == (12, "2026-03 记-45")


def test_the_page_asks_few_questions(client, kept, chen, django_assert_max_num_queries):
    client.force_login(chen)
    with django_assert_max_num_queries(20):
        client.get(reverse("income:jumps"), DAY)


@pytest.mark.parametrize(("today", "year"), [(date(2026, 11, 30), 2025), (date(2026, 12, 1), 2026)])
def test_without_a_day_it_shows_the_last_december_begun(get, kept, chen, monkeypatch, today, year):
    monkeypatch.setattr("sanzi.income.asked.localdate", lambda: today)
    monkeypatch.setattr("sanzi.income.asked.latest_day", lambda region: today)
    assert f"{year} 年" in get(chen, "jumps")
    assert ("单笔越档" in get(chen, "jumps")) or year == 2026
