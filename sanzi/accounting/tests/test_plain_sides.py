"""Lines handed to the gate in fen, and what keeps the database from rows the gate never wrote."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from sanzi.accounting.entry import Side
from sanzi.accounting.keys import voucher_key
from sanzi.accounting.models import Voucher
from sanzi.accounting.pages import balances, sub_balances
from sanzi.accounting.verification import verify
from sanzi.kernel.money import yuan
from sanzi.kernel.refusals import Invalid
from tests.books import hand_in, written
from tests.world import NOON

RENT = "借 102 100.00\n贷 501 100.00"
PLAIN = [("102", 10_000, 0), ("501", 0, 10_000)]


def test_a_line_in_fen_is_the_line_in_yuan(book, entry, feng):
    """Alone and in a batch the database takes in at once, the hashes but for number and source."""
    red = [("102", -10_000, 0), ("501", 0, -10_000)]
    mixed = [("102", 10_000, 0), Side("501", credit=yuan("60.00"), memo="租"), ("501", 0, 4_000)]
    for more in (0, 80):
        batch = [entry(book, "2024-01-05", RENT, sides=sides) for sides in (PLAIN, red, mixed)]
        batch += [entry(book, "2024-01-05", RENT, sides=PLAIN) for _ in range(more)]
        first, second, third, *_ = hand_in(entries=batch, by=feng, now=NOON)
        vouchers = Voucher.objects.in_bulk()
        assert written(vouchers[first.id]) == "借 102 100.00\n贷 501 100.00"
        assert written(vouchers[second.id]) == "借 102 -100.00\n贷 501 -100.00"
        assert [line.memo for line in vouchers[third.id].lines] == ["测试业务", "租", "测试业务"]
        assert vouchers[third.id].total == yuan("100.00")
    assert balances(book.pk, 202401, 202401)["102"].closing == yuan("8200.00")
    assert verify().faults == []


def test_plain_lines_of_a_split_account_have_their_sub_ledger(book, entry, feng):
    sides = [("113", 500, 0), ("102", 0, 500)]
    hand_in(entries=[entry(book, "2024-01-05", "", sides=sides)], by=feng, now=NOON)
    assert sub_balances(book.pk, "113", 202401, 202401)[0].closing == yuan("5.00")
    assert verify().faults == []


@pytest.mark.parametrize(
    ("sides", "why"),
    [
        ([("102", 100, 0), ("501", 0, 101)], "借贷不平：借方 1.00，贷方 1.01"),
        ([("102", 100, 100), ("501", 0, 0)], "第 1 行借方、贷方都填了金额"),
        ([("102", 0, 0), ("501", 0, 0)], "第 1 行没有金额"),
        ([("102", 100, 0)], "只有 1 行分录"),
        ([("102", 100, 0), ("599", 0, 100)], "第 2 行的科目 599 在本账套中不存在"),
    ],
)
@pytest.mark.parametrize("before", [0, 60])
def test_what_is_wrong_with_lines_in_fen_is_told_as_ever(book, entry, feng, sides, why, before):
    good = entry(book, "2024-01-05", RENT, sides=PLAIN)
    batch = [replace(good, source=f"test:plain:{n}") for n in range(before)]
    batch.append(replace(good, sides=sides))
    with pytest.raises(Invalid, match=why):
        hand_in(entries=batch, by=feng, now=NOON)
    assert not Voucher.objects.exists()


@pytest.mark.parametrize("fen", [100.5, Decimal("100.5")])
def test_an_amount_that_is_no_whole_number_of_fen_never_gets_in(book, entry, feng, fen):
    sides = [("102", fen, 0), ("501", 0, fen)]
    with pytest.raises((TypeError, Invalid)):
        hand_in(entries=[entry(book, "2024-01-05", "", sides=sides)], by=feng, now=NOON)
    assert not Voucher.objects.exists()


def test_what_a_voucher_reverses_must_be_there(book, put):
    """On SQLite a foreign key says so, on PostgreSQL a trigger asked of few rows."""
    first = put(book, "2024-01-05", RENT)
    row = Voucher.objects.get(pk=first.pk)
    row.pk, row.number, row.source = voucher_key(book.pk, 202401, 2), 2, "test:stranger"
    row.reverses_id = voucher_key(book.pk, 202401, 99)
    with pytest.raises(IntegrityError), transaction.atomic():
        _save(row)
    row.reverses_id = first.pk
    row.save(force_insert=True)
    assert Voucher.objects.count() == 2


def _save(row):
    row.save(force_insert=True)
    connection.check_constraints()


def test_sources_are_told_apart_byte_by_byte(book, put):
    """As identifiers are, in whatever language the database's server sorts its words."""
    for source in ("Test:a", "test:A", "test:-a", "test:a"):
        put(book, "2024-01-05", RENT, source=source)
    found = Voucher.objects.order_by("source").values_list("source", flat=True)
    assert list(found) == ["Test:a", "test:-a", "test:A", "test:a"]
