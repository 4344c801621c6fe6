"""Which flow is which line: certain where only one thing fits, otherwise a person's choice."""

import random
from datetime import date, timedelta

import pytest

from sanzi.bank.matching.engine import propose
from sanzi.bank.matching.flow import NEAR, WINDOW, Flow

DAY = date(2024, 3, 15)


def bank(key, amount, days=0, text=""):
    return Flow(key, DAY + timedelta(days), amount, text)


def book(key, amount, days=0, text="", group=0):
    return Flow(key, DAY + timedelta(days), amount, text, group)


def pairs(found):
    return {(p.bank, p.book): p.is_certain for p in found.found}


def test_one_amount_on_both_sides_is_one_thing():
    assert pairs(propose([bank(1, 500)], [book(9, 500)])) == {((1,), (9,)): True}


def test_one_fen_off_is_another_thing():
    assert propose([bank(1, 500)], [book(9, 501)]).found == []


def test_a_receipt_is_never_an_expense():
    assert propose([bank(1, 500)], [book(9, -500)]).found == []


@pytest.mark.parametrize(("days", "is_proposed"), [(WINDOW, True), (WINDOW + 1, False)])
def test_nothing_pairs_beyond_the_window(days, is_proposed):
    assert bool(propose([bank(1, 500)], [book(9, 500, days)]).found) is is_proposed


@pytest.mark.parametrize(
    ("days", "text", "is_certain"),
    [(NEAR, "", True), (NEAR + 1, "", False), (NEAR + 1, "赵小满 承包费", True)],
)
def test_a_far_pair_is_certain_only_when_the_words_agree(days, text, is_certain):
    found = propose([bank(1, 500, 0, "赵小满 鱼塘承包费")], [book(9, 500, days, text)])
    assert pairs(found) == {((1,), (9,)): is_certain}


def test_names_decide_between_equal_amounts_of_one_day():
    banks = [bank(1, 500, 0, "赵小满"), bank(2, 500, 0, "钱大有")]
    books = [book(8, 500, 0, "收钱大有租金"), book(9, 500, 0, "收赵小满租金")]
    assert pairs(propose(banks, books)) == {((1,), (9,)): True, ((2,), (8,)): True}


def test_what_cannot_be_told_apart_is_left_to_a_person():
    found = propose([bank(1, 500), bank(2, 500)], [book(8, 500), book(9, 500)])
    assert found.found == []
    assert found.choices == {1: [8, 9], 2: [8, 9]}


def test_a_pair_made_leaves_the_other_certain():
    banks = [bank(1, 500, 0, "赵小满"), bank(2, 500)]
    books = [book(8, 500, 0, "赵小满"), book(9, 500)]
    assert pairs(propose(banks, books)) == {((1,), (8,)): True, ((2,), (9,)): True}


def test_one_flow_for_the_lines_of_one_voucher():
    books = [book(7, -300, 1, group=4), book(8, -200, 1, group=4), book(9, -111, 1, group=5)]
    assert pairs(propose([bank(1, -500)], books)) == {((1,), (7, 8)): True}


def test_a_day_s_flows_of_the_same_words_for_one_line():
    banks = [bank(1, 100, 0, "水费"), bank(2, 150, 0, "水费"), bank(3, 90, 0, "电费")]
    assert pairs(propose(banks, [book(9, 250)])) == {((1, 2), (9,)): False}


def test_a_voucher_and_its_red_letter_cancel_out_before_anything_is_paired():
    wrong = book(7, 500, 0, "收租金", group=1)
    red = Flow(8, DAY + timedelta(3), -500, "注销3月15日记-1号凭证", 2, undoes=1)
    right = book(9, 500, 3, "收租金", group=3)
    found = pairs(propose([bank(1, 500)], [wrong, red, right]))
    assert found == {((), (7, 8)): True, ((1,), (9,)): True}


def test_a_payment_the_bank_sent_back_cancels_itself():
    banks = [bank(1, -500, 0, "赵小满 材料款"), bank(2, 500, 1, "赵小满 退汇")]
    assert pairs(propose(banks, [])) == {((2, 1), ()): False}


def test_every_flow_comes_in_one_proposal_at_most_and_every_proposal_agrees_to_the_fen():
    chance = random.Random(7)
    banks = [
        bank(n, chance.choice([100, 200, -300, 500]), chance.randrange(60)) for n in range(300)
    ]
    books = [
        book(
            n, chance.choice([100, 200, -300, -100]), chance.randrange(60), "", chance.randrange(90)
        )
        for n in range(300)
    ]
    found = propose(banks, books)
    for side, flows in (("bank", banks), ("book", books)):
        used = [key for p in found.found for key in getattr(p, side)]
        assert len(used) == len(set(used))
        assert set(used) <= {flow.key for flow in flows}
    amounts = {("bank", f.key): f.amount for f in banks} | {
        ("book", f.key): f.amount for f in books
    }
    for p in found.found:
        ours = sum(amounts["book", key] for key in p.book)
        assert sum(amounts["bank", key] for key in p.bank) == ours


def test_four_fifths_of_a_clean_year_pair_by_themselves():
    """platforms.md C-6: vouchers a few days late, names on both sides, many equal amounts."""
    chance = random.Random(11)
    names = [
        f"{family}{given}"
        for family in "赵钱孙李周吴郑王"
        for given in ("小满", "大有", "立春", "秋实")
    ]
    banks, books = [], []
    for n in range(1000):
        who, amount = (
            chance.choice(names),
            chance.choice([10000, 20000, 36000, chance.randrange(1, 10**6)]),
        )
        day = chance.randrange(360)
        banks.append(bank(n, amount, day, f"转账 {who}"))
        books.append(book(n, amount, day + chance.randrange(6), f"收到{who}承包费"))
    found = propose(banks, books)
    by_key = {flow.key: (flow.text[3:], flow.amount) for flow in banks}
    certain = [p for p in found.found if p.is_certain]
    # Which of two equal payments of one payer is which makes no difference.
    right = [p for p in certain if by_key[p.bank[0]] == by_key[p.book[0]]]
    assert len(right) >= 900
    assert len(right) == len(certain)
