"""Taking a posted voucher back: in red within its year, in blue afterwards, once, never deleted."""

from datetime import date

import pytest

from sanzi.accounting.entry import Side
from sanzi.accounting.models import Voucher
from sanzi.accounting.pages import balances
from sanzi.accounting.reversal import correction_memo, kind_against, red_letter, sides_of
from sanzi.kernel.money import ZERO, yuan
from sanzi.kernel.refusals import Blocked
from tests.books import hand_in, written
from tests.world import NOON

PAID = "借 513 100.00\n贷 102 100.00"


@pytest.fixture
def take_back(wu, zheng, feng):
    def do(voucher, dated, source="agency.draft:1"):
        entry = red_letter(
            voucher,
            dated=date.fromisoformat(dated),
            prepared_by=wu.pk,
            reviewed_by=zheng.pk,
            cashier=None,
            source=source,
        )
        (posted,) = hand_in(entries=[entry], by=feng, now=NOON)
        return Voucher.objects.get(pk=posted.id)

    return do


def test_the_red_letter_shrinks_the_movement_on_its_own_side(book, put, take_back):
    red = take_back(put(book, "2024-03-05", PAID), "2024-03-20")
    assert written(red) == "借 513 -100.00\n贷 102 -100.00"
    assert red.memo == "注销3月5日记-1号凭证"
    assert (red.kind, red.attachments) == ("red", 0)
    found = balances(book.pk, 202403, 202403)
    assert (found["513"].debit, found["102"].credit) == (ZERO, ZERO)


def test_a_voucher_is_taken_back_once(book, put, take_back):
    voucher = put(book, "2024-03-05", PAID)
    take_back(voucher, "2024-03-20")
    with pytest.raises(Blocked, match="已由2024年3月 记-2冲销"):
        take_back(voucher, "2024-03-21", source="agency.draft:2")


def test_the_last_day_of_its_year_and_the_first_of_the_next(book, put, take_back):
    first, second = (put(book, "2024-03-05", PAID) for _ in range(2))
    take_back(first, "2024-12-31")
    with pytest.raises(Blocked, match="蓝字更正凭证"):
        take_back(second, "2025-01-01", source="agency.draft:2")


def test_not_before_the_day_it_takes_back(book, put, take_back):
    voucher = put(book, "2024-03-05", PAID)
    with pytest.raises(Blocked, match="不能早于"):
        take_back(voucher, "2024-03-04")
    take_back(voucher, "2024-03-05")


@pytest.mark.parametrize(("kind", "words"), [("opening", "期初"), ("closing", "反结账")])
def test_what_has_a_route_of_its_own_is_not_taken_back(book, put, take_back, kind, words):
    voucher = put(book, "2024-01-01", PAID, kind=kind)
    with pytest.raises(Blocked, match=words):
        take_back(voucher, "2024-03-20")


def test_a_red_letter_is_not_taken_back_itself(book, put, take_back):
    red = take_back(put(book, "2024-03-05", PAID), "2024-03-20")
    with pytest.raises(Blocked, match="补记一张蓝字凭证"):
        take_back(red, "2024-03-21", source="agency.draft:2")


def test_the_whole_voucher_in_red_is_a_reversal_and_anything_else_a_correction(book, put):
    voucher = put(book, "2024-03-05", PAID)
    hundred, half = yuan("-100.00"), yuan("-50.00")
    assert kind_against(voucher, [Side("513", hundred), Side("102", ZERO, hundred)]) == "red"
    assert kind_against(voucher, [Side("513", half), Side("102", ZERO, half)]) == "correction"


def test_a_correction_names_the_year_only_of_earlier_vouchers(book, put):
    voucher = put(book, "2024-03-05", PAID)
    assert correction_memo(voucher, 2024) == "订正3月5日记-1号凭证"
    assert correction_memo(voucher, 2025) == "订正2024年3月5日记-1号凭证"


def test_its_lines_read_back_with_whom_they_name(book, put, wu):
    from sanzi.accounting.actions.sets import add_dimension

    whom = add_dimension(book_id=book.pk, kind="counterparty", name="甲", by=wu, now=NOON).pk
    voucher = put(book, "2024-03-05", "借 112 1.00 甲\n贷 501 1.00", named={"甲": whom})
    assert [side.counterparty for side in sides_of(voucher)] == [whom, None]
