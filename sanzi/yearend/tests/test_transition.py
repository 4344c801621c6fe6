"""From the 2004 scheme to that of 2023: by scheme and name, to the fen, and never by code alone."""

import pytest

from sanzi.accounting.actions.sets import add_account, add_dimension, open_book
from sanzi.accounting.chart import chart, national
from sanzi.accounting.models import Book
from sanzi.accounting.pages import balances
from sanzi.kernel.money import yuan
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.yearend.actions.transitions import begin_transition, divide
from sanzi.yearend.carrying import open_successor
from sanzi.yearend.models import TransitionPart
from sanzi.yearend.transition import NEW, OLD, collisions, disagreements, rules
from tests.world import NOON


@pytest.mark.parametrize("code", [a.code for a in national(OLD)])
def test_every_old_account_has_its_rule(code):
    assert code in rules()
    for choice in rules()[code].choices:
        assert choice in chart(NEW)


@pytest.mark.parametrize("code", ["153", "154", "131", "132", "211", "212", "502", "511", "521"])
def test_the_collisions_are_told(code):
    assert code in {one.code for one in collisions()}


def test_a_code_under_the_name_of_the_other_scheme_is_refused():
    (wrong,) = disagreements(OLD, [("153", "在建工程"), ("154", "在建工程"), ("101", "现金")])
    assert "应为“固定资产清理”" in wrong
    assert "另一会计制度" in wrong


@pytest.fixture
def old(collective, wu):
    """Shangtian's old books of 2023, closed through December."""
    return open_book(collective_id=collective.pk, scheme="2004", begins=202301, by=wu, now=NOON)


@pytest.fixture
def filled(old, wu, put, close_through, take):
    for parent, name in (("102", "基本户"), ("202", "货款"), ("311", "提取")):
        add_account(book_id=old.pk, parent=parent, code=f"{parent}01", name=name, by=wu, now=NOON)
    named = {
        name: add_dimension(book_id=old.pk, kind="counterparty", name=name, by=wu, now=NOON).pk
        for name in ("甲", "乙")
    }
    for text in (
        "借 10201 1000.00\n贷 301 1000.00",
        "借 153 30.00\n贷 31101 30.00",
        "借 154 400.00\n贷 10201 400.00",
        "借 113 300.00 甲\n贷 31101 300.00",
        "借 10201 500.00\n贷 113 500.00 乙",
        "借 132 250.00\n贷 10201 250.00",
        "借 10201 70.00\n贷 20201 70.00",
        "借 31101 11.00\n贷 212 11.00",
    ):
        put(old, "2023-03-05", text, named=named)
    close_through(old, 202311)
    for step in ("stocktake", "accrue", "clear", "close", "profit"):
        take(old, step, 2023)
    return old


@pytest.fixture
def ready(filled, plan, take):
    plan(filled, 2023, members="0", heads=0, reserve_rate="0", reserve_account="31101")
    for step in ("distribute", "roll", "carry"):
        take(filled, step, 2023)
    return filled


TOTALS = {"assets": yuan("1400.00"), "liabilities": yuan("81.00"), "equity": yuan("1319.00")}


def begin(book, by, **more):
    told = {"book_id": book.pk, "period": 202312, "now": NOON, "by": by, **TOTALS, **more}
    return begin_transition(**told)


def test_an_old_book_is_carried_over_with_its_names_and_signs(ready, wu):
    paper = begin(ready, wu)
    assert set(paper.parts.filter(becomes="").values_list("account", flat=True)) == {"132", "212"}
    with pytest.raises(Blocked, match="还有 2 行"):
        open_successor(old_id=ready.pk, by=wu, now=NOON)
    forest = paper.parts.get(account="132")
    with pytest.raises(Invalid, match="相差 10.00"):
        divide(
            book_id=ready.pk, place=forest.place, parts=[("132", yuan("240.00"))], words="",
            by=wu, now=NOON,
        )  # fmt: skip
    divide(
        book_id=ready.pk, place=forest.place, words="果园 200 元，防护林 50 元；摊销补记 20 元",
        parts=[("132", yuan("220.00")), ("133", yuan("-20.00")), ("134", yuan("50.00"))],
        by=wu, now=NOON,
    )  # fmt: skip
    welfare = paper.parts.get(account="212")
    divide(
        book_id=ready.pk, place=welfare.place, parts=[("311", yuan("-11.00"))], words="",
        by=wu, now=NOON,
    )  # fmt: skip
    new = open_successor(old_id=ready.pk, by=wu, now=NOON).new
    assert (new.predecessor_id, new.begins, new.scheme) == (ready.pk, 202401, "2023")
    found = {c: b.closing for c, b in balances(new.pk, 202401, 202401).items()}
    assert found == {
        "10201": yuan("920.00"), "113": yuan("-200.00"), "113+": yuan("300.00"),
        "132": yuan("220.00"), "133": yuan("-20.00"), "134": yuan("50.00"),
        "153": yuan("400.00"), "154": yuan("30.00"), "21101": yuan("-70.00"),
        "301": yuan("-1000.00"), "31101": yuan("-319.00"), "31199": yuan("-11.00"),
    }  # fmt: skip
    assert new.opened_at is not None
    with pytest.raises(Blocked, match="已经完成"):
        open_successor(old_id=ready.pk, by=wu, now=NOON)


def test_a_sheet_that_says_otherwise_is_refused_with_the_difference(ready, wu):
    with pytest.raises(Invalid, match=r"资产录入 1,400.00，原表 1,400.01，差 -0.01"):
        begin(ready, wu, assets=yuan("1400.01"))
    assert not TransitionPart.objects.exists()


def test_an_open_month_cannot_be_carried_over(filled, wu):
    with pytest.raises(Blocked, match="2023年12月还没有结账"):
        begin(filled, wu)


def test_only_books_of_the_old_scheme_are_carried_over(book, wu):
    with pytest.raises(Blocked, match="不用衔接"):
        begin(book, wu)


def test_a_balance_goes_only_where_the_table_lets_it(ready, wu):
    paper = begin(ready, wu)
    place = paper.parts.get(account="132").place
    with pytest.raises(Invalid, match="不能转入 151"):
        divide(
            book_id=ready.pk, place=place, parts=[("151", yuan("250.00"))], words="", by=wu,
            now=NOON,
        )  # fmt: skip


def test_the_next_town_finds_no_such_book(ready, places):
    from datetime import date

    from sanzi.access.models import Person, Post

    stranger = Person.objects.create(username="stranger", name="外镇代理")
    Post.objects.create(
        person=stranger, role="agency_accountant", region=places["999901002"],
        from_on=date(2020, 1, 1),
    )  # fmt: skip
    with pytest.raises(Missing):
        begin(ready, stranger)
    assert Book.objects.count() == 1
