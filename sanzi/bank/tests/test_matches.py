"""Matching by a person's word, taking it back, and what then stands between bank and books."""

from datetime import date
from decimal import Decimal

import pytest

from sanzi.accounting.models import Voucher
from sanzi.bank import queries
from sanzi.bank.actions import accounts, matches
from sanzi.bank.flows import unmatched
from sanzi.bank.models import BankLine, Match, MatchedRow
from sanzi.bank.pairing import Group
from sanzi.bank.proposing import offers_of
from sanzi.bank.standing import standing
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from tests.books import hand_in
from tests.world import NOON

from .files import JANUARY

pytestmark = pytest.mark.django_db(transaction=True)
END = date(2024, 12, 31)


@pytest.fixture
def january(account, bring, put, book, entry, wu, feng):
    """January at the bank, and in the books all but the fee and the interest; one cheque more."""
    hand_in(
        entries=[
            entry(book, "2024-01-01", "借 102 10000.00\n贷 301 10000.00", kind="opening",
                  memo="期初余额", reviewed_by=None)
        ],
        by=feng, now=NOON,
    )  # fmt: skip
    put(book, "2024-01-03", "借 102 5000.00\n贷 501 5000.00", memo="收赵小满鱼塘承包费")
    put(book, "2024-01-09", "借 513 320.50\n贷 102 320.50", memo="付办公用品")
    put(book, "2024-01-16", "借 513 879.50\n贷 102 879.50", memo="付路灯电费")
    put(book, "2024-01-30", "借 513 700.00\n贷 102 700.00", memo="付保洁费，支票未兑")
    bring(account, JANUARY)
    return account


def confirm_all(account, by):
    certain = offers_of(account).certain
    groups = [Group(tuple(offer.value.split(","))) for offer in certain]
    return matches.match(account_id=account.pk, groups=groups, how="proposed", by=by, now=NOON)


def keys(account):
    banks, books = unmatched(account, END)
    return {p.memo: p.key for p in (*banks, *books)}


def test_what_is_certain_is_confirmed_at_once(january, wu):
    assert len(confirm_all(january, wu)) == 3
    left = offers_of(january)
    assert left.offers == []
    assert [p.memo for p in left.banks_left] == ["手续费", "利息"]
    assert [p.memo for p in left.books_left] == ["付保洁费，支票未兑"]
    assert BankLine.objects.of(january).filter(is_matched=True).count() == 3


def test_matching_writes_no_voucher(january, wu):
    before = Voucher.objects.count()
    confirm_all(january, wu)
    assert Voucher.objects.count() == before


def test_both_balances_lead_to_one(january, wu):
    confirm_all(january, wu)
    sheet = standing(january, 202401)
    assert (str(sheet.bank_balance), str(sheet.book_balance)) == ("13811.80", "13100.00")
    assert [str(f.amount) for f in sheet.ours_out] == ["-700.00"]
    assert [str(f.amount) for f in sheet.banks_in] == ["12.30"]
    assert [str(f.amount) for f in sheet.banks_out] == ["-0.50"]
    assert str(sheet.bank_adjusted) == str(sheet.book_adjusted) == "13111.80"
    assert sheet.difference == 0


def test_the_form_is_the_same_before_anything_is_matched(january):
    sheet = standing(january, 202401)
    assert sheet.outstanding == 9
    assert sheet.difference == 0


def test_a_match_with_a_later_month_was_outstanding_at_the_earlier_s_end(january, put, book, wu):
    confirm_all(january, wu)
    put(book, "2024-02-05", "借 102 12.30\n贷 504 12.30", memo="一月利息")
    named = keys(january)
    group = Group((named["利息"], named["一月利息"]))
    matches.match(account_id=january.pk, groups=[group], how="chosen", by=wu, now=NOON)
    sheet = standing(january, 202401)
    assert [(str(f.amount), f.memo) for f in sheet.banks_in] == [("12.30", "利息（次月已对上）")]
    assert sheet.difference == 0
    assert standing(january, 202402).banks_in == []


def test_the_difference_needs_a_statement_to_the_month_s_end(january, book, bring):
    assert queries.difference(book.pk, 202401) is None
    later = [["2024-02-02", "利息", "1.00", "", "13812.80", "", "", "B1"]]
    bring(january, later)
    assert queries.difference(book.pk, 202401) == 0
    assert queries.difference(book.pk, 202402) is None
    assert queries.outstanding(book.pk, 202401) == 9


def test_an_opening_that_disagrees_is_a_difference_and_an_opening_item_explains_it(
    register, book, bring, put, wu
):
    account = register(book, opening=Decimal("10000.00"))
    bring(account, JANUARY)
    assert str(standing(account, 202401).difference) == "10000.00"
    accounts.add_opening_item(
        account_id=account.pk, knower="bank", dated=date(2023, 12, 31),
        amount=Decimal("10000.00"), memo="年前到账", by=wu, now=NOON,
    )  # fmt: skip
    assert standing(account, 202401).difference == 0
    put(book, "2024-01-05", "借 102 10000.00\n贷 301 10000.00", memo="补记年前到账")
    named = keys(account)
    group = Group((named["年前到账"], named["补记年前到账"]))
    matches.match(account_id=account.pk, groups=[group], how="chosen", by=wu, now=NOON)
    assert standing(account, 202401).difference == 0
    with pytest.raises(Blocked, match="已经勾对过"):
        accounts.remove_opening_item(item_id=account.opening_items.get().pk, by=wu, now=NOON)


@pytest.mark.parametrize(("extra", "said"), [("0.00", None), ("0.01", r"差 -0\.01 元")])
def test_a_group_agrees_to_the_fen(january, put, book, wu, extra, said):
    amount = Decimal("5000.00") + Decimal(extra)
    put(book, "2024-01-04", f"借 102 {amount}\n贷 501 {amount}", memo="另记一笔")
    named = keys(january)
    wanted = [Group((named["鱼塘承包费"], named["另记一笔"]))]
    if said is None:
        assert len(matches.match(
            account_id=january.pk, groups=wanted, how="chosen", by=wu, now=NOON
        )) == 1  # fmt: skip
    else:
        with pytest.raises(Invalid, match=said):
            matches.match(account_id=january.pk, groups=wanted, how="chosen", by=wu, now=NOON)
        assert not MatchedRow.objects.exists()


def test_one_flow_may_be_several_lines(january, put, book, wu):
    put(book, "2024-01-20", "借 513 0.20\n借 513 0.30\n贷 102 0.20\n贷 102 0.30", memo="手续费")
    rows = [p.key for p in unmatched(january, END)[1] if p.memo == "手续费"]
    flow = next(p.key for p in unmatched(january, END)[0] if p.memo == "手续费")
    (made,) = matches.match(
        account_id=january.pk, groups=[Group((flow, *rows))], how="chosen", by=wu, now=NOON
    )
    assert made.rows.count() == 3


def test_a_match_is_taken_back_with_a_reason_and_both_stay_on_record(january, wu):
    made = confirm_all(january, wu)[0]
    with pytest.raises(Invalid, match="原因"):
        matches.unmatch(match_id=made.pk, because=" ", by=wu, now=NOON)
    matches.unmatch(match_id=made.pk, because="对错了人", by=wu, now=NOON)
    assert Match.objects.count() == 4
    assert made.reversal.because == "对错了人"
    assert len(offers_of(january).certain) == 1
    with pytest.raises(Blocked, match="已经取消"):
        matches.unmatch(match_id=made.pk, because="再来一次", by=wu, now=NOON)
    assert len(confirm_all(january, wu)) == 1


def test_what_is_matched_cannot_be_matched_again(january, wu):
    offer = offers_of(january).certain[0]
    group = Group(tuple(offer.value.split(",")))
    matches.match(account_id=january.pk, groups=[group], how="proposed", by=wu, now=NOON)
    with pytest.raises(Blocked, match="刷新"):
        matches.match(account_id=january.pk, groups=[group], how="proposed", by=wu, now=NOON)


def test_all_groups_or_none(january, wu):
    good = [Group(tuple(offer.value.split(","))) for offer in offers_of(january).certain]
    with pytest.raises(Missing):
        matches.match(
            account_id=january.pk, groups=[*good, Group(("b999999", "j5"))], how="proposed",
            by=wu, now=NOON,
        )  # fmt: skip
    assert not Match.objects.exists()


def test_a_line_of_another_book_or_account_does_not_exist(january, put, neighbours_book, book, wu):
    other = put(neighbours_book, "2024-01-03", "借 102 5000.00\n贷 501 5000.00")
    cash = put(book, "2024-01-03", "借 101 5000.00\n贷 501 5000.00")
    flow = keys(january)["鱼塘承包费"]
    for voucher in (other, cash):
        line = voucher.lines.first()
        with pytest.raises(Missing):
            matches.match(
                account_id=january.pk, groups=[Group((flow, f"j{line.pk}"))], how="chosen",
                by=wu, now=NOON,
            )  # fmt: skip


def test_a_cashier_does_not_check_her_own_account(january, chu, luo, zheng):
    group = Group(tuple(offers_of(january).certain[0].value.split(",")))
    for person in (chu, luo):
        with pytest.raises(Forbidden):
            matches.match(account_id=january.pk, groups=[group], how="chosen", by=person, now=NOON)
    assert matches.match(account_id=january.pk, groups=[group], how="chosen", by=zheng, now=NOON)


def test_a_voucher_taken_back_in_red_is_no_outstanding_flow(january, book, wu, put, entry, feng):
    wrong = put(book, "2024-01-10", "借 513 88.00\n贷 102 88.00", memo="重复记账")
    red = entry(
        book, "2024-01-11", "借 513 -88.00\n贷 102 -88.00", kind="red", reverses=wrong.pk,
        memo="注销1月10日记-5号凭证",
    )  # fmt: skip
    hand_in(entries=[red], by=feng, now=NOON)
    assert len(confirm_all(january, wu)) == 4
    assert len(standing(january, 202401).ours_in) == 0
