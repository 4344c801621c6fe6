"""The courts' days, at their edges."""

from datetime import date
from decimal import Decimal

import pytest

from sanzi.receivables.deadlines import confirmation, execution, payment_order
from sanzi.receivables.ranking import Known, rank


def test_an_agreement_is_brought_to_the_court_within_thirty_days():
    due = confirmation(date(2026, 3, 2))
    assert due.last_day == date(2026, 4, 1)
    assert due.state(date(2026, 3, 24)) == "open"
    assert due.state(date(2026, 3, 25)) == "near"
    assert due.state(date(2026, 4, 1)) == "near"
    assert due.state(date(2026, 4, 2)) == "late"


def test_thirty_days_that_end_on_a_sunday_end_on_monday():
    assert confirmation(date(2026, 2, 27)).last_day == date(2026, 3, 30)


@pytest.mark.parametrize(
    ("milestones", "what", "last"),
    [
        ({"filed": date(2026, 3, 2)}, "法院通知是否受理", date(2026, 3, 9)),
        (
            {"filed": date(2026, 3, 2), "accepted": date(2026, 3, 5)},
            "法院发出支付令",
            date(2026, 3, 20),
        ),
        (
            {"filed": date(2026, 3, 2), "accepted": date(2026, 3, 5), "served": date(2026, 3, 17)},
            "债务人清偿或提出书面异议",
            date(2026, 4, 1),
        ),
    ],
)
def test_a_payment_order_names_what_is_due_next(milestones, what, last):
    due = payment_order(milestones)
    assert (due.what, due.last_day) == (what, last)


def test_an_objection_ends_the_payment_order():
    assert payment_order({"filed": date(2026, 3, 2), "objected": date(2026, 3, 20)}) is None


def test_execution_is_asked_for_within_two_years():
    assert execution({"effective": date(2024, 6, 12)}).last_day == date(2026, 6, 12)
    assert execution({"effective": date(2024, 6, 12), "executing": date(2025, 1, 1)}) is None


def test_the_nearer_the_last_day_the_sooner_a_claim_is_asked_for():
    def score(days):
        return rank(Known(Decimal("100.00"), days_left=days)).score

    assert score(60) > score(61) == score(180) > score(181) == score(365) > score(366)
    assert score(-1) < score(366)


def test_the_formula_is_said_in_words_and_adds_up():
    found = rank(Known(Decimal("17410.00"), "对账认可", "有", "存续", 120))
    assert found.score == Decimal("31338.00")
    assert "可收率 90%" in found.why
    assert "紧迫 2（预警，剩 120 天）" in found.why


def test_little_is_hoped_of_a_debtor_who_is_gone():
    assert rank(Known(Decimal("100.00"), "对账认可", "有", "注销", 1000)).score == Decimal("5.00")
