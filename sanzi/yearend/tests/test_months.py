"""Closing months: what stands in the way, who may open one again, and what no one may."""

import pytest

from sanzi.accounting.models import Period
from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.yearend.actions.months import close_month, lock_through, open_next_year, reopen_month
from sanzi.yearend.models import Reopening
from tests.world import NOON


def state(book, period):
    return Period.objects.get(book=book, period=period).state


def test_a_closed_month_takes_no_voucher(year, put, zheng):
    close_month(book_id=year.pk, period=202401, by=zheng, now=NOON)
    with pytest.raises(Blocked, match="2024年1月已结账"):
        put(year, "2024-01-31", "借 102 1.00\n贷 501 1.00")
    assert put(year, "2024-02-01", "借 102 1.00\n贷 501 1.00").title == "记-1"


def test_months_close_in_their_order(year, zheng):
    with pytest.raises(Blocked, match="2024年1月还没有结账"):
        close_month(book_id=year.pk, period=202402, by=zheng, now=NOON)
    close_month(book_id=year.pk, period=202401, by=zheng, now=NOON)
    close_month(book_id=year.pk, period=202402, by=zheng, now=NOON)
    with pytest.raises(Blocked, match="不用再结账"):
        close_month(book_id=year.pk, period=202402, by=zheng, now=NOON)


def test_december_closes_with_the_year_end(year, close_through, zheng):
    close_through(year, 202411)
    with pytest.raises(Blocked, match="年终结转"):
        close_month(book_id=year.pk, period=202412, by=zheng, now=NOON)


def test_a_matter_under_way_holds_the_month_up(year, close_through, zheng, draft_of):
    draft_of(year, "2024-03-09")
    close_through(year, 202402)
    with pytest.raises(Blocked, match="还有 1 笔业务没有记账"):
        close_month(book_id=year.pk, period=202403, by=zheng, now=NOON)


def test_a_negative_bank_balance_holds_the_month_up(year, put, close_through, zheng):
    put(year, "2024-04-05", "借 513 99999.00\n贷 102 99999.00")
    close_through(year, 202403)
    with pytest.raises(Blocked, match="102 银行存款 月末 -85,999.00"):
        close_month(book_id=year.pk, period=202404, by=zheng, now=NOON)


def test_only_the_last_closed_month_is_opened_again_and_it_is_told(year, close_through, gao):
    close_through(year, 202403)
    with pytest.raises(Blocked, match="2024年3月已结账，请先从最后"):
        reopen_month(book_id=year.pk, period=202402, reason="漏记一张票据", by=gao, now=NOON)
    with pytest.raises(Invalid, match="5 到 200"):
        reopen_month(book_id=year.pk, period=202403, reason="改账", by=gao, now=NOON)
    reopen_month(book_id=year.pk, period=202403, reason="漏记一张票据", by=gao, now=NOON)
    assert state(year, 202403) == "open"
    one = Reopening.objects.get()
    assert (one.period, one.reason, one.closed_by.name) == (202403, "漏记一张票据", "郑主管")
    assert Entry.objects.get(action="books.reopen").facts["reason"] == "漏记一张票据"


def test_what_was_audited_is_never_opened_again(year, close_through, gao, jian):
    close_through(year, 202403)
    lock_through(book_id=year.pk, period=202402, by=jian, now=NOON)
    assert [state(year, p) for p in (202401, 202402, 202403)] == ["locked", "locked", "closed"]
    reopen_month(book_id=year.pk, period=202403, reason="漏记一张票据", by=gao, now=NOON)
    with pytest.raises(Blocked, match="已审计锁定，不能反结账"):
        reopen_month(book_id=year.pk, period=202402, reason="漏记一张票据", by=gao, now=NOON)


def test_an_open_month_cannot_be_locked(year, jian):
    with pytest.raises(Blocked, match="2024年1月还没有结账"):
        lock_through(book_id=year.pk, period=202402, by=jian, now=NOON)


@pytest.mark.parametrize("who", ["lin", "wu", "gao", "jian", "chu", "min"])
def test_only_the_chief_closes(year, who, request):
    by = request.getfixturevalue(who)
    with pytest.raises(Forbidden):
        close_month(book_id=year.pk, period=202401, by=by, now=NOON)


def test_another_town_s_leader_finds_no_such_book(year, close_through, places):
    from datetime import date

    from sanzi.access.models import Person, Post

    stranger = Person.objects.create(username="stranger", name="邻镇领导")
    Post.objects.create(
        person=stranger, role="town_leader", region=places["999901002"], from_on=date(2020, 1, 1)
    )
    close_through(year, 202401)
    with pytest.raises(Missing):
        reopen_month(book_id=year.pk, period=202401, reason="漏记一张票据", by=stranger, now=NOON)


def test_the_next_year_opens_while_december_is_still_settled(year, put, zheng):
    open_next_year(book_id=year.pk, by=zheng, now=NOON)
    put(year, "2025-01-05", "借 102 1.00\n贷 501 1.00")
    put(year, "2024-12-31", "借 513 2.00\n贷 102 2.00")
    assert Period.objects.filter(book=year, period__gte=202501).count() == 12
