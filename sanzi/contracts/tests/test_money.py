"""Rent due, collected by two hands, and what the books say of it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from sanzi.access.models import Person
from sanzi.accounting.models import Book, Voucher
from sanzi.contracts.actions.accruals import post_accruals, propose_accruals, refuse_accruals
from sanzi.contracts.actions.payments import collect, post_payments, refuse_payment
from sanzi.contracts.actions.schedules import set_schedule
from sanzi.contracts.models import Accrual, Contract, Due, Payment
from sanzi.contracts.planning import rule_of
from sanzi.contracts.queries import signed_terms
from sanzi.contracts.standing import Standing, standings
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from tests.world import NOON

D = Decimal


@pytest.fixture
def let(signed: Any, lin: Person) -> Callable[..., Contract]:
    """A contract whose dues are laid out."""

    def do(number: str = "HT-01", rule: dict[str, Any] | None = None, **terms: Any) -> Contract:
        span = {"starts_on": date(2024, 1, 1), "ends_on": date(2026, 12, 31)}
        contract: Contract = signed(number, **{**span, "signed_on": span["starts_on"], **terms})
        asked = {**rule_of(signed_terms(contract)), **(rule or {})}
        set_schedule(contract_id=contract.pk, rule=asked, by=lin, now=NOON)
        return contract

    return do


@pytest.fixture
def pay(lin: Person) -> Callable[..., Payment]:
    def do(contract: Contract, amount: str, on: str = "2026-02-01", **more: Any) -> Payment:
        facts = {
            "contract_id": contract.pk,
            "amount": D(amount),
            "received_on": date.fromisoformat(on),
            "means": "bank",
            "payer": "",
            "number": f"SJ-{on}-{amount}",
            "key": f"key-{on}-{amount}",
            "by": lin,
            "now": NOON,
        }
        return collect(**{**facts, **more})

    return do


def stands(contract: Contract, on: date = date(2026, 3, 2)) -> list[Standing]:
    return standings(Due.objects.filter(contract=contract).live().order_by("ordinal"), on)


def lines(step: Any) -> list[str]:
    step.refresh_from_db()
    voucher = Voucher.objects.get(pk=step.voucher_id)
    return [
        f"{'借' if line.debit else '贷'} {line.account} {line.debit or line.credit}"
        for line in voucher.lines
    ]


def accrued(book: Book, until: date, wu: Person, feng: Person, now: datetime = NOON) -> list[str]:
    found = propose_accruals(book_id=book.pk, until=until, by=wu, now=now)
    if not found:
        return []
    done = post_accruals(accrual_ids=[one.pk for one in found], by=feng, now=now)
    return [line for one in done if one.voucher_id for line in lines(one)]


def test_a_plan_is_laid_out_as_dues(let):
    assert [(s.due.due_on.year, s.due.amount, s.word) for s in stands(let())] == [
        (2024, D("1200.00"), "逾期 791 天"),
        (2025, D("1200.00"), "逾期 425 天"),
        (2026, D("1200.00"), "逾期 60 天"),
    ]


def test_a_due_is_not_overdue_on_its_own_day(let):
    first, *_ = stands(let(), date(2024, 1, 1))
    assert not first.is_overdue
    first, *_ = stands(Contract.objects.get(), date(2024, 1, 2))
    assert first.word == "逾期 1 天"


def test_a_new_plan_leaves_alone_what_is_paid(let, pay, lin):
    contract = let()
    pay(contract, "1200.00")
    rule = {"months": 6, "when": "advance"}
    set_schedule(contract_id=contract.pk, rule=rule, by=lin, now=NOON)
    assert [str(s.due.amount) for s in stands(contract)] == ["1200.00"] + ["600.00"] * 4


def test_money_pays_the_oldest_due_first_and_counts_once_a_second_person_has_posted_it(
    let, pay, feng, book
):
    contract = let()
    payment = pay(contract, "1500.00")
    assert [(s.paid, s.promised) for s in stands(contract)] == [
        (D(0), D("1200.00")), (D(0), D("300.00")), (D(0), D(0)),
    ]  # fmt: skip
    post_payments(payment_ids=[payment.pk], by=feng, now=NOON)
    assert [s.paid for s in stands(contract)] == [D("1200.00"), D("300.00"), D(0)]
    assert stands(contract)[0].word == "已收清"


def test_the_same_form_or_receipt_is_never_counted_twice(let, pay):
    contract = let()
    pay(contract, "100.00", number="SJ-1", key="a")
    for again in ({"number": "SJ-2", "key": "a"}, {"number": "SJ-1", "key": "b"}):
        with pytest.raises(Blocked):
            pay(contract, "100.00", **again)
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    ("amount", "on", "code"),
    [("3600.01", "2026-02-01", "payment.more"), ("1.00", "2026-03-03", "payment.day")],
)
def test_more_than_is_open_or_a_day_to_come_is_refused(let, pay, amount, on, code):
    with pytest.raises(Invalid) as refused:
        pay(let(), amount, on)
    assert refused.value.code == code


def test_everything_open_may_be_paid_to_the_fen(let, pay):
    assert pay(let(), "3600.00").allocations.count() == 3


def test_who_recorded_it_does_not_post_it_and_nobody_posts_it_twice(let, pay, feng, book):
    payment = pay(let(), "100.00")
    Payment.objects.filter(pk=payment.pk).update(proposed_by=feng)
    with pytest.raises(Blocked) as refused:
        post_payments(payment_ids=[payment.pk], by=feng, now=NOON)
    assert refused.value.code == "payment.hands"


def test_posting_is_for_accountants_and_only_once(let, pay, lin, feng, book):
    payment = pay(let(), "100.00")
    with pytest.raises(Forbidden):
        post_payments(payment_ids=[payment.pk], by=lin, now=NOON)
    post_payments(payment_ids=[payment.pk], by=feng, now=NOON)
    with pytest.raises(Blocked):
        post_payments(payment_ids=[payment.pk], by=feng, now=NOON)
    assert Voucher.objects.count() == 1


def test_a_neighbour_collects_nothing_here(let, pay, qian):
    contract = let()
    with pytest.raises(Missing):
        pay(contract, "100.00", by=qian)


def test_without_books_nothing_is_posted(let, pay, feng):
    payment = pay(let(), "100.00")
    with pytest.raises(Blocked) as refused:
        post_payments(payment_ids=[payment.pk], by=feng, now=NOON)
    assert refused.value.code == "books.none"
    payment.refresh_from_db()
    assert payment.stage == "proposed"


def test_what_is_sent_back_is_open_again(let, pay, feng):
    contract = let()
    payment = pay(contract, "1200.00")
    refuse_payment(payment_id=payment.pk, because="收据号写错", by=feng, now=NOON)
    assert stands(contract)[0].open == D("1200.00")
    assert pay(contract, "1200.00", key="again").stage == "proposed"


def test_a_due_falls_into_the_books_and_its_payment_clears_the_receivable(let, pay, book, wu, feng):
    contract = let(starts_on=date(2026, 1, 1))
    assert accrued(book, date(2026, 3, 2), wu, feng) == ["借 112 1200.00", "贷 501 1200.00"]
    payment = pay(contract, "1200.00")
    post_payments(payment_ids=[payment.pk], by=feng, now=NOON)
    assert lines(payment) == ["借 102 1200.00", "贷 112 1200.00"]


def test_a_member_household_owes_on_the_inner_account_and_pays_in_cash(let, pay, book, wu, feng):
    contract = let(starts_on=date(2026, 1, 1), is_member=True)
    accrued(book, date(2026, 3, 2), wu, feng)
    payment = pay(contract, "50.00", means="cash")
    post_payments(payment_ids=[payment.pk], by=feng, now=NOON)
    assert lines(payment) == ["借 101 50.00", "贷 113 50.00"]


def test_rent_that_comes_early_waits_until_its_day(let, pay, book, wu, feng):
    contract = let(starts_on=date(2026, 6, 1), ends_on=date(2027, 5, 31))
    payment = pay(contract, "500.00")
    post_payments(payment_ids=[payment.pk], by=feng, now=NOON)
    assert lines(payment) == ["借 102 500.00", "贷 211 500.00"]
    summer = datetime(2026, 7, 1, tzinfo=UTC)
    assert accrued(book, date(2026, 6, 30), wu, feng, summer) == [
        "借 211 500.00", "借 112 700.00", "贷 501 1200.00",
    ]  # fmt: skip


def test_what_fell_due_before_the_books_began_is_in_their_opening(let, pay, book, wu, feng):
    contract = let(starts_on=date(2023, 1, 1), signed_on=date(2023, 1, 1))
    found = propose_accruals(book_id=book.pk, until=date(2024, 1, 31), by=wu, now=NOON)
    assert [one.due.due_on.year for one in found] == [2024]
    payment = pay(contract, "1200.00")
    post_payments(payment_ids=[payment.pk], by=feng, now=NOON)
    assert lines(payment) == ["借 102 1200.00", "贷 112 1200.00"]


def test_rent_prepaid_for_years_becomes_income_year_by_year(let, pay, book, wu, feng):
    contract = let(rule={"months": 36})
    payment = pay(contract, "3600.00")
    post_payments(payment_ids=[payment.pk], by=feng, now=NOON)
    assert lines(payment) == ["借 102 3600.00", "贷 211 3600.00"]
    # Paid in full before it was booked: the due itself needs no voucher.
    assert accrued(book, date(2026, 3, 2), wu, feng) == []
    assert accrued(book, date(2026, 3, 2), wu, feng) == [
        "借 211 1200.00", "贷 501 1200.00", "借 211 1200.00", "贷 501 1200.00",
    ]  # fmt: skip
    assert accrued(book, date(2026, 3, 2), wu, feng) == []


def test_a_due_is_proposed_once_and_again_after_it_was_sent_back(let, book, wu, feng):
    let()
    (first, *_) = propose_accruals(book_id=book.pk, until=date(2026, 3, 2), by=wu, now=NOON)
    assert propose_accruals(book_id=book.pk, until=date(2026, 3, 2), by=wu, now=NOON) == []
    refuse_accruals(accrual_ids=[first.pk], because="金额待核", by=feng, now=NOON)
    again = propose_accruals(book_id=book.pk, until=date(2026, 3, 2), by=wu, now=NOON)
    assert [one.due_id for one in again] == [first.due_id]
    assert Accrual.objects.filter(stage="proposed").count() == 3


def test_who_proposes_an_accrual_does_not_post_it(let, book, wu, feng):
    let()
    found = propose_accruals(book_id=book.pk, until=date(2024, 6, 1), by=wu, now=NOON)
    Accrual.objects.update(proposed_by=feng)
    with pytest.raises(Blocked):
        post_accruals(accrual_ids=[found[0].pk], by=feng, now=NOON)
