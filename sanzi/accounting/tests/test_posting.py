"""The posting gate: what it takes, what it refuses, and what a voucher leaves behind."""

import pytest
from django.db import IntegrityError, transaction

from sanzi.access.guard import action
from sanzi.accounting.models import Line, Page, RegionPage, SubPage, Voucher
from sanzi.accounting.pages import balances, region_balances
from sanzi.accounting.posting import _ASKED_MAX, post
from sanzi.accounting.rows import chain, genesis, line_text, papers_hash, quoted, voucher_text
from sanzi.accounting.verification import verify
from sanzi.kernel.money import yuan
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.store.flow import FLOW_FROM
from tests.books import hand_in, written
from tests.world import NOON, QINGSHUI

RENT = "借 102 100.00\n贷 501 100.00"


def test_a_voucher_gets_the_next_number_of_its_month(book, put):
    assert [put(book, "2024-01-05", RENT).title for _ in range(3)] == ["记-1", "记-2", "记-3"]
    assert put(book, "2024-02-05", RENT).title == "记-1"


def test_what_is_posted_reads_back_as_it_was_written(book, put):
    assert written(put(book, "2024-01-05", RENT)) == "借 102 100.00\n贷 501 100.00"


def test_pages_move_with_the_voucher(book, put):
    put(book, "2024-01-05", RENT)
    put(book, "2024-03-05", "借 513 30.00\n贷 102 30.00")
    found = balances(book.pk, 202402, 202403)
    assert (found["102"].opening, found["102"].credit, found["102"].closing) == (
        yuan("100.00"), yuan("30.00"), yuan("70.00"),
    )  # fmt: skip
    assert region_balances(QINGSHUI, "2023", 202401, 202403)["102"].closing == yuan("70.00")


def test_a_red_letter_takes_the_movement_back_on_its_own_side(book, put):
    put(book, "2024-01-05", "借 513 100.00\n贷 102 100.00")
    put(book, "2024-01-06", "借 513 -100.00\n贷 102 -100.00")
    put(book, "2024-01-06", "借 514 100.00\n贷 102 100.00")
    found = balances(book.pk, 202401, 202401)
    assert (found["513"].debit, found["513"].credit) == (yuan("0.00"), yuan("0.00"))
    assert found["102"].credit == yuan("100.00")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("借 102 100.00\n贷 501 99.99", "voucher.unbalanced"),
        ("借 102 100.00", "voucher.lines"),
        ("借 102 0.00\n贷 501 0.00", "voucher.amount"),
        ("借 109 1.00\n贷 501 1.00", "voucher.account"),
        ("借 322 1.00\n贷 501 1.00", "voucher.account"),
    ],
)
def test_a_wrong_voucher_is_refused_and_nothing_is_written(book, put, text, code):
    with pytest.raises(Invalid) as refused:
        put(book, "2024-01-05", text)
    assert refused.value.code == code
    assert [m.objects.count() for m in (Voucher, Line, Page, SubPage, RegionPage)] == [0] * 5


def test_one_event_is_booked_once(book, put):
    put(book, "2024-01-05", RENT, source="agency.draft:1")
    with pytest.raises(Blocked, match="记-1"):
        put(book, "2024-02-05", RENT, source="agency.draft:1")


def test_maker_and_checker_are_two_people(book, put, wu, zheng, feng):
    with pytest.raises(Blocked, match="同一人"):
        put(book, "2024-01-05", RENT, reviewed_by=wu.pk)
    with pytest.raises(Blocked, match="复核"):
        put(book, "2024-01-05", RENT, reviewed_by=None)


@pytest.mark.parametrize("duty", ["wu", "zheng", "feng"])
def test_a_cashier_neither_makes_nor_checks_nor_posts(book, put, duty, request):
    with pytest.raises(Blocked, match="出纳不得兼任"):
        put(book, "2024-01-05", RENT, cashier=request.getfixturevalue(duty).pk)


@pytest.mark.parametrize("table", ["accounting_voucher", "accounting_line"])
def test_the_database_itself_refuses_to_change_what_is_posted(book, put, table):
    from django.db import connection

    put(book, "2024-01-05", RENT)
    for change in (f"UPDATE {table} SET memo = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    assert Voucher.objects.get().memo == "测试业务"


def test_sub_ledgers_of_both_sides_are_told_apart(book, put):
    from sanzi.access.models import Person
    from sanzi.accounting.actions.sets import add_dimension

    wu = Person.objects.get(username="wu")
    named = {
        name: add_dimension(book_id=book.pk, kind="counterparty", name=name, by=wu, now=NOON).pk
        for name in ("甲", "乙")
    }
    put(book, "2024-01-05", "借 113 300.00 甲\n贷 501 300.00", named=named)
    put(book, "2024-02-05", "借 513 500.00\n贷 113 500.00 乙", named=named)
    found = balances(book.pk, 202401, 202402)
    assert found["113"].closing == yuan("-200.00")
    assert found["113+"].closing == yuan("300.00")
    put(book, "2024-01-20", "借 102 400.00\n贷 113 400.00 甲", named=named)
    assert balances(book.pk, 202401, 202401)["113+"].closing == yuan("0.00")
    assert balances(book.pk, 202402, 202402)["113+"].closing == yuan("0.00")


def test_several_books_in_one_go_stand_or_fall_together(book, neighbours_book, entry, feng):
    good = entry(book, "2024-01-05", RENT)
    bad = entry(neighbours_book, "2024-01-05", "借 102 1.00\n贷 501 2.00")
    with pytest.raises(Invalid, match="第 2 张凭证"):
        hand_in(entries=[good, bad], by=feng, now=NOON)
    assert Voucher.objects.count() == 0


def test_a_batch_over_several_years_brings_each_year_forward_once(book, entry, feng):
    from sanzi.accounting.periods import open_year

    @action("books.post")
    def go(*, by, now):
        open_year(book, 2025)
        open_year(book, 2026)
        post([entry(book, f"{year}-03-01", RENT) for year in (2024, 2025, 2026)], by=by, now=now)

    go(by=feng, now=NOON)
    found = [balances(book.pk, year * 100 + 1, year * 100 + 12)["102"] for year in (2025, 2026)]
    assert [f"{b.opening} {b.closing}" for b in found] == ["100.00 200.00", "200.00 300.00"]
    assert balances(book.pk, 202401, 202612)["102"].debit == yuan("300.00")


HASH = "9051c0685f091b47645e5c8a4a3850a8a09f3fae361803e37d07614350f5d5e6"
MARKS = [
    "None",
    "NULL",
    r"\N",
    "\\",
    r"\.",
    "a\tb",
    "两行\n摘要",
    "回车\r",
    "100%s",
    '"引"',
    "\\None",
]


def test_a_long_batch_keeps_every_word_as_it_was_written(book, entry, feng):
    """Words that mean something to the format rows travel in, and words that do not."""
    for words in (MARKS, [f"第{n}笔" for n in range(len(MARKS))]):
        batch = [entry(book, "2024-01-05", RENT, memo=memo) for memo in words for _ in range(8)]
        for made in batch[::2]:
            made.sides[1].memo = made.memo[::-1].strip() or "倒"
        posted = hand_in(entries=batch, by=feng, now=NOON)
        kept = Voucher.objects.in_bulk([one.id for one in posted])
        for one, made in zip(posted, batch, strict=True):
            assert kept[one.id].memo == made.memo
            assert [line.memo for line in kept[one.id].lines] == [
                side.memo or made.memo for side in made.sides
            ]
    assert verify().faults == []


def test_the_first_fault_of_a_batch_is_named_and_nothing_of_it_is_kept(book, entry, feng):
    good = [entry(book, "2024-01-05", RENT) for _ in range(60)]
    bad = entry(book, "2024-01-05", "借 102 1.00\n贷 501 2.00")
    worse = entry(book, "2024-01-05", RENT, memo=" ")
    with pytest.raises(Invalid, match="第 31 张凭证借贷不平"):
        hand_in(entries=[*good[:30], bad, worse, *good[30:]], by=feng, now=NOON)
    assert not Voucher.objects.exists()
    (one,) = hand_in(entries=good[:1], by=feng, now=NOON)
    assert one.number == 1


def test_the_summary_of_a_line_does_not_pass_for_that_of_a_voucher(book, entry, feng):
    first = entry(book, "2024-01-05", RENT)
    first.sides[1].memo = " "
    with pytest.raises(Invalid, match="第 2 张凭证没有摘要"):
        hand_in(entries=[first, entry(book, "2024-01-05", RENT, memo=" ")], by=feng, now=NOON)


def test_a_very_long_batch_is_sent_off_in_pieces_and_stands_or_falls_as_one(book, entry, feng):
    """Its first lines are with the database's server before the fault is met."""
    good = [entry(book, "2024-01-05", RENT) for _ in range(FLOW_FROM + 300)]
    bad = entry(book, "2024-01-05", "借 102 1.00\n贷 501 2.00")
    stranger = entry(book, "2031-01-05", RENT)
    for fault, refusal in ((bad, "借贷不平"), (stranger, "不在账套“.*”已开的年度内")):
        with pytest.raises((Invalid, Blocked), match=f"第 {FLOW_FROM + 1} 张凭证.*{refusal}"):
            hand_in(entries=[*good[:FLOW_FROM], fault, *good[FLOW_FROM:]], by=feng, now=NOON)
        assert (Voucher.objects.count(), Line.objects.count()) == (0, 0)
    assert len(hand_in(entries=good, by=feng, now=NOON)) == Voucher.objects.count() == len(good)
    assert Line.objects.count() == 2 * len(good)
    assert verify().faults == []


@pytest.mark.parametrize("more", [0, _ASKED_MAX])
def test_no_batch_books_an_event_twice(book, put, entry, feng, more):
    """A short batch asks beforehand, a long one is told by the database."""
    known = put(book, "2024-01-05", RENT)
    rest = [entry(book, "2024-01-06", RENT) for _ in range(more)]
    again = entry(book, "2024-01-06", RENT, source=known.source)
    with pytest.raises(Blocked, match="不能重复记账"):
        hand_in(entries=[*rest, again], by=feng, now=NOON)
    pair = [entry(book, "2024-01-06", RENT, source="test:pair") for _ in range(2)]
    with pytest.raises(Blocked, match="在这一批里出现了两次"):
        hand_in(entries=[*rest, *pair], by=feng, now=NOON)
    assert (Voucher.objects.count(), Line.objects.count()) == (1, 2)
    assert verify().faults == []


def test_what_was_allowed_for_one_voucher_is_asked_again_for_another(book, entry, feng, wu):
    good = entry(book, "2024-01-05", RENT)
    for bad in (
        entry(book, "2024-01-05", RENT, reviewed_by=wu.pk),
        entry(book, "2024-01-05", RENT, cashier=feng.pk),
        entry(book, "2024-01-05", RENT, attachments=0),
        entry(book, "2026-01-05", RENT),
        entry(book, "2024-01-05", RENT, memo="长" * 201),
    ):
        with pytest.raises((Blocked, Invalid), match="第 2 张凭证"):
            hand_in(entries=[good, bad], by=feng, now=NOON)
    assert not Voucher.objects.exists()


def test_the_hash_of_a_voucher_is_what_it_always_was():
    """Chains written by any release are to verify with any later one."""
    lines = [
        line_text("102", 12345, 0, quoted('收 "租"\t金'), None, None, None, None),
        line_text("113", 0, -5, quoted("a\\b"), 7, None, None, 9),
    ]
    text = voucher_text(
        3, 202401, 1, "2024-01-05", quoted("收租"), "normal", quoted("agency.draft:1"), 2,
        papers_hash(["b", "a"]), None, 4, 5, 6, None, "2024-01-05T04:00:00.000000+00:00", lines,
    )  # fmt: skip
    assert chain(genesis(3, 202401), text) == HASH
