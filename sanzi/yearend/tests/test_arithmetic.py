"""Closing entries, wear, sharing out and corrections, by themselves."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanzi.accounting.keys import LINES_MAX
from sanzi.kernel.money import from_fen, yuan
from sanzi.yearend.closing import Held, emptied
from sanzi.yearend.prior_year import Wrong, correcting
from sanzi.yearend.sharing import Pot, Wish, faults, shared
from sanzi.yearend.wear import Card, schedule

fen = st.integers(-(10**12), 10**12).map(from_fen)
CLOSED = frozenset({"501", "513"})


@given(st.lists(st.tuples(st.sampled_from(["501", "50201", "503"]), st.integers(1, 5), fen)))
def test_emptying_leaves_every_sub_ledger_at_zero(rows):
    held = [Held(account, amount, counterparty=who) for account, who, amount in rows]
    left = {}
    for one in held:
        key = one.account, one.counterparty
        left[key] = left.get(key, yuan(0)) + one.amount
    for voucher in emptied(held, "321", "结转"):
        assert sum(s.debit - s.credit for s in voucher.sides) == 0
        assert all(s.debit >= 0 and s.credit >= 0 for s in voucher.sides)
        for side in voucher.sides:
            if side.account != "321":
                left[side.account, side.counterparty] += side.debit - side.credit
    assert set(left.values()) <= {yuan(0)}


def test_a_voucher_never_has_more_lines_than_it_may():
    held = [Held("501", yuan("-1.00"), counterparty=n) for n in range(1, LINES_MAX + 5)]
    made = emptied(held, "321", "结转")
    assert [len(one.sides) for one in made] == [LINES_MAX, 6]


def card(**more):
    told = {
        "key": 1, "name": "仓库", "original": yuan("1000.00"), "residual": yuan("50.00"),
        "taken": yuan("0.00"), "starts": 202402, "months": 7, "account": "513",
    }  # fmt: skip
    return Card(**{**told, **more})


def months(first, count):
    found = []
    for n in range(count):
        year, month = divmod(first // 100 * 12 + first % 100 - 1 + n, 12)
        found.append(year * 100 + month + 1)
    return found


def test_wear_begins_the_month_after_and_stops_when_it_is_done():
    assert schedule([card()], 202401) == []
    assert schedule([card()], 202402)[0].amount == yuan("135.71")
    last = schedule([card()], 202408)[0]
    assert last.left == yuan("50.00")
    assert schedule([card()], 202409) == []


@given(st.integers(1, 10**9), st.integers(1, 600), st.integers(0, 99))
def test_the_months_of_wear_add_up_to_the_fen(original, life, percent):
    residual = from_fen(original * percent // 100)
    one = card(original=from_fen(original), residual=residual, months=life, starts=202011)
    rows = [row for period in months(202011, life) for row in schedule([one], period)]
    assert sum(row.amount for row in rows) == from_fen(original) - residual


def test_a_month_asked_for_again_gives_the_same_rows():
    assert schedule([card()], 202405) == schedule([card()], 202405)


def test_what_left_is_worn_through_its_last_month():
    assert schedule([card(ends=202404)], 202404)
    assert schedule([card(ends=202404)], 202405) == []


def test_losses_are_covered_first():
    pot = Pot(result=yuan("1000.00"), before=yuan("-400.00"))
    assert (pot.covered, pot.base, pot.distributable) == (
        yuan("400.00"), yuan("600.00"), yuan("600.00"),
    )  # fmt: skip
    shares = shared(pot, Wish(reserve_rate=Decimal("0.5"), members=yuan("300.00"), heads=7))
    assert (shares.reserve, shares.per_head, shares.members, shares.remainder) == (
        yuan("300.00"), yuan("42.85"), yuan("299.95"), yuan("0.05"),
    )  # fmt: skip
    assert shares.left == yuan("0.05")


def test_a_loss_may_be_covered_from_the_reserve_and_by_no_more_than_it_is():
    pot = Pot(result=yuan("-100.00"), before=yuan("30.00"))
    assert pot.loss == yuan("70.00")
    assert faults(pot, Wish(from_reserve=yuan("70.00")), yuan("70.00")) == []
    assert faults(pot, Wish(from_reserve=yuan("70.01")), yuan("99.00"))
    assert faults(pot, Wish(from_reserve=yuan("70.00")), yuan("69.99"))
    assert faults(pot, Wish(members=yuan("0.01"), heads=1), yuan("0.00"))


@pytest.mark.parametrize(
    ("scheme", "account"), [("2004", "32202"), ("2023", "504")], ids=["2004", "2023"]
)
def test_an_expense_of_an_earlier_year_told_too_high(scheme, account):
    wrongs = [
        Wrong(Held("513", yuan("100.00")), yuan("80.00")),
        Wrong(Held("102", yuan("-100.00")), yuan("-80.00")),
    ]
    made = correcting(wrongs, scheme, CLOSED, "订正")
    assert [(s.account, s.debit, s.credit) for s in made] == [
        ("102", yuan("20.00"), yuan("0.00")),
        (account, yuan("0.00"), yuan("20.00")),
    ]


def test_an_income_of_an_earlier_year_told_too_high():
    wrongs = [
        Wrong(Held("501", yuan("-100.00")), yuan("-80.00")),
        Wrong(Held("112", yuan("100.00"), counterparty=9), yuan("80.00")),
    ]
    made = correcting(wrongs, "2023", CLOSED, "订正")
    assert [(s.account, s.debit, s.credit, s.counterparty) for s in made] == [
        ("515", yuan("20.00"), yuan("0.00"), None),
        ("112", yuan("0.00"), yuan("20.00"), 9),
    ]


def test_income_taken_for_another_income_needs_no_correction_later():
    wrongs = [
        Wrong(Held("501", yuan("-100.00")), yuan("0.00")),
        Wrong(Held("513", yuan("0.00")), yuan("-100.00")),
    ]
    assert correcting(wrongs, "2023", CLOSED, "订正") == []
