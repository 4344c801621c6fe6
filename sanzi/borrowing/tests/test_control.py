from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from sanzi.accounting.entry import Side
from sanzi.accounting.models import Voucher
from sanzi.accounting.reversal import red_letter
from sanzi.borrowing import actions
from sanzi.borrowing.control import left_of
from sanzi.borrowing.limits import borrowed
from sanzi.borrowing.models import Drawing, Loan
from sanzi.documents.tests.files import jpeg, upload
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from tests.books import hand_in
from tests.world import NOON, SHANGTIAN, XIATIAN

SPRING = datetime(2024, 3, 1, 4, 0, tzinfo=UTC)
BORROWED = "借 102 5000.00\n贷 201 5000.00"


@pytest.fixture
def decided(monkeypatch):
    """The meeting has decided; its own rules are tested where they live."""
    monkeypatch.setattr("sanzi.borrowing.actions.why_not", lambda on, matter: None)


@pytest.fixture
def ask(places, lin):
    """Lin asks for a loan: ask("5000")."""

    def do(amount="5000", **more):
        facts = {
            "village": SHANGTIAN, "lender": "镇信用社", "yearly_rate": Decimal("0.05"),
            "purpose": "production", "repaid_from": "果园收入", "due_on": date(2026, 12, 31),
            "key": f"k{Loan.objects.count()}", "files": [upload("合同.jpg", jpeg())],
            "by": lin, "now": SPRING,
        }  # fmt: skip
        return actions.propose(amount=Decimal(amount), **{**facts, **more})

    return do


@pytest.fixture
def approved(ask, gao, decided):
    return actions.decide(loan_id=ask().pk, approves=True, reason="", by=gao, now=SPRING)


def test_a_borrowing_voucher_without_approval_is_refused_with_the_reason(book, put):
    with pytest.raises(Blocked, match="未经批准不得新增债务"):
        put(book, "2024-03-05", BORROWED)
    assert not Voucher.objects.filter(period=202403).exists()


def test_an_approved_loan_is_drawn_up_to_its_amount_and_no_fen_further(book, put, approved):
    put(book, "2024-03-05", "借 102 3000.00\n贷 201 3000.00")
    assert left_of(approved) == Decimal("2000.00")
    with pytest.raises(Blocked):
        put(book, "2024-03-06", "借 102 2000.01\n贷 201 2000.01")
    put(book, "2024-03-06", "借 102 2000.00\n贷 221 2000.00")
    assert left_of(approved) == Decimal("0.00")


def test_money_is_not_borrowed_before_it_is_approved(book, put, approved):
    with pytest.raises(Blocked):
        put(book, "2024-02-29", BORROWED)


def test_a_red_letter_gives_back_what_was_drawn(book, put, approved, wu, zheng, feng):
    voucher = put(book, "2024-03-05", BORROWED)
    hands = {"prepared_by": wu.pk, "reviewed_by": zheng.pk, "cashier": None, "source": "red:1"}
    red = red_letter(voucher, dated=date(2024, 3, 9), **hands)
    hand_in(entries=[red], by=feng, now=NOON)
    assert left_of(approved) == Decimal("5000.00")


def test_history_and_openings_are_as_they_were(book, put):
    put(book, "2024-03-05", BORROWED, kind="imported", reviewed_by=None)


@pytest.mark.parametrize(
    ("lines", "scheme", "rise"),
    [
        ([("102", 100, 0), ("201", 0, 100)], "2023", 100),
        ([("151", 100, 0), ("221", 0, 100)], "2023", 100),
        ([("211", 100, 0), ("221", 0, 100)], "2023", 0),
        ([("202", 100, 0), ("221", 0, 100)], "2004", 0),
        ([("201", 100, 0), ("102", 0, 100)], "2023", 0),
        ([("201", 40, 0), ("102", 60, 0), ("201", 0, 100)], "2023", 60),
        ([("513", 100, 0), ("102", 0, 100)], "2023", 0),
    ],
)
def test_only_what_raises_the_loans_is_borrowing(lines, scheme, rise):
    sides = [Side(a, debit=Decimal(d), credit=Decimal(c)) for a, d, c in lines]
    assert borrowed(sides, scheme) == rise


def test_a_loan_waits_for_the_meeting_and_its_papers(ask, gao):
    loan = ask(files=[])
    with pytest.raises(Blocked, match="还没有上传借款合同.*；还没有“借款”的决议"):
        actions.decide(loan_id=loan.pk, approves=True, reason="", by=gao, now=SPRING)


@pytest.mark.parametrize(("amount", "passes"), [("3000.00", True), ("3000.01", False)])
def test_up_to_three_thousand_the_committees_decide(ask, gao, amount, passes):
    loan = ask(amount)
    assert (actions.reasons_against(loan) == []) is passes


@pytest.mark.parametrize("purpose", ["works", "repay", "wages"])
def test_nobody_borrows_for_that(ask, purpose):
    with pytest.raises(Blocked, match="不得"):
        ask(purpose=purpose)


def test_a_loan_is_decided_once_and_refused_with_a_reason(ask, gao, approved):
    with pytest.raises(Blocked, match="已批准"):
        actions.decide(loan_id=approved.pk, approves=False, reason="x", by=gao, now=SPRING)
    with pytest.raises(Invalid, match="原因"):
        actions.decide(loan_id=ask().pk, approves=False, reason=" ", by=gao, now=SPRING)


def test_another_villages_loan_serves_nobody_else(ask, lin, approved, places):
    with pytest.raises(Missing):
        ask(village=XIATIAN)


def test_a_drawing_is_never_changed(book, put, approved):
    put(book, "2024-03-05", BORROWED)
    with pytest.raises(IntegrityError, match="只能追加"), transaction.atomic():
        Drawing.objects.update(amount=0)


def test_the_way_from_asking_to_approving_on_the_pages(ask, lin, gao, qian, client, visit, decided):
    client.force_login(lin)
    told = {
        "key": "web", "village": SHANGTIAN, "lender": "镇信用社", "amount": "5,000", "rate": "5",
        "purpose": "production", "repaid_from": "果园收入", "due_on": "2099-12-31",
        "file": upload("合同.jpg", jpeg()),
    }  # fmt: skip
    answer = client.post(reverse("borrowing:new"), told)
    assert answer.status_code == 302, answer.content.decode()[-500:]
    loan = Loan.objects.get()
    assert loan.yearly_rate == Decimal("0.05")
    visit(qian, answer.url, status=404)
    client.force_login(gao)
    client.post(reverse("borrowing:decide", args=(loan.pk,)), {"decision": "approve"})
    html = visit(gao, answer.url)
    assert "已批准" in html
    assert "镇信用社" in visit(lin, reverse("borrowing:loans"))
