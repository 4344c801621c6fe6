"""A year end from the first step to the locked year, to the fen."""

import pytest

from sanzi.accounting.models import Book, Period, Voucher
from sanzi.accounting.pages import balances
from sanzi.accounting.spread import spread
from sanzi.accounting.statements import balance_sheet, income_statement
from sanzi.accounting.verification import verify
from sanzi.journal.models import Entry
from sanzi.kernel.money import yuan
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.yearend.actions.months import lock_through, reopen_month
from sanzi.yearend.actions.plans import confirm_plan, recall_plan
from sanzi.yearend.actions.years import undo_step
from sanzi.yearend.models import YearStep
from tests.books import written
from tests.world import NOON


def whole_year(book):
    return balances(book.pk, 202401, 202412)


def test_the_year_closes_to_the_fen_in_the_order_of_the_law(to_profit, take, plan):
    book = to_profit
    plan(book)
    for step in ("distribute", "roll", "carry"):
        take(book, step)
    found = whole_year(book)
    # 5000 - 100 - 1200.10 - 500 = 3199.90; 30 % = 959.97; 3 × 333.33 = 999.99.
    assert found["32202"].closing == yuan("-1239.94")
    assert found["311"].closing == yuan("-959.97")
    assert found["113"].closing == yuan("-999.99")
    for code in ("501", "503", "513", "514", "321", "32201"):
        assert found[code].closing == yuan("0.00"), code
    assert balances(book.pk, 202501, 202501)["32202"].opening == yuan("-1239.94")
    sheet = balance_sheet("2023", 202412, found, is_closed=True)
    assert sheet.is_sound, [c for c in sheet.checks if not c.holds]
    moved = balances(book.pk, 202401, 202412, closing=False)
    shared_out = spread(Book.objects.filter(pk=book.pk), 2024)
    income = income_statement("2023", 202412, moved, moved, shared_out, sheet=sheet)
    assert income.is_sound, [c for c in income.checks if not c.holds]
    assert [income.value(k) for k in ("net", "to_reserve", "to_members", "remaining")] == [
        yuan("3199.90"), yuan("959.97"), yuan("999.99"), yuan("1239.94"),
    ]  # fmt: skip
    assert list(verify([book.pk]).faults) == []


def test_each_closing_voucher_reads_as_accountants_write_it(to_profit):
    closing = Voucher.objects.filter(kind="closing").order_by("pk")
    assert [written(v) for v in closing] == [
        "借 501 5000.00\n贷 503 100.00\n贷 321 4900.00",
        "借 321 1700.10\n贷 513 1200.10\n贷 514 500.00",
        "借 321 3199.90\n贷 32202 3199.90",
    ]
    assert [v.source for v in closing] == [
        f"yearend:{to_profit.pk}:2024:close",
        f"yearend:{to_profit.pk}:2024:close/2",
        f"yearend:{to_profit.pk}:2024:profit",
    ]


def test_a_loss_goes_the_other_way(book, put, close_through, take):
    put(book, "2024-01-05", "借 102 100.00\n贷 301 100.00")
    put(book, "2024-02-05", "借 513 40.00\n贷 102 40.00")
    close_through(book, 202411)
    for step in ("stocktake", "accrue", "clear", "close", "profit"):
        take(book, step)
    assert written(Voucher.objects.get(source__endswith=":profit")) == (
        "借 32202 40.00\n贷 321 40.00"
    )


@pytest.mark.parametrize("step", ["accrue", "clear", "close", "profit", "roll", "carry"])
def test_no_step_is_taken_before_the_one_that_comes_first(year, close_through, take, step):
    close_through(year, 202411)
    with pytest.raises(Blocked, match="请先办“财产清查"):
        take(year, step)
    assert not YearStep.objects.exists()


def test_a_step_taken_twice_posts_nothing_twice(to_profit, take):
    before = Voucher.objects.count()
    with pytest.raises(Blocked, match="已经办过"):
        take(to_profit, "close")
    assert Voucher.objects.count() == before


def test_earlier_months_are_closed_first(year, close_through, take):
    close_through(year, 202410)
    for step in ("stocktake", "accrue", "clear"):
        take(year, step)
    with pytest.raises(Blocked, match="2024年11月还没有结账"):
        take(year, "close")


def test_what_waits_for_a_decision_is_cleared_before(year, put, close_through, take):
    put(year, "2024-12-21", "借 181 80.00\n贷 102 80.00")
    close_through(year, 202411)
    take(year, "stocktake")
    take(year, "accrue")
    with pytest.raises(Blocked, match="181 待处理财产损溢还有余额 80.00"):
        take(year, "clear")


def test_maker_and_checker_of_a_plan_are_two_people(to_profit, plan, take, zheng, feng, wu):
    plan(to_profit)
    with pytest.raises(Forbidden):
        confirm_plan(book_id=to_profit.pk, year=2024, by=wu, now=NOON)
    take(to_profit, "distribute")
    voucher = Voucher.objects.get(source__endswith=":distribute")
    assert (voucher.prepared_by_id, voucher.reviewed_by_id) == (wu.pk, zheng.pk)
    assert voucher.attachments == 2


def test_more_than_there_is_cannot_be_shared_out(to_profit, plan):
    # 3199.90 less 30 % leaves 2239.93.
    assert plan(to_profit, members="2239.93", heads=1).members == yuan("2239.93")
    with pytest.raises(Invalid, match="超过可分配收益"):
        plan(to_profit, members="2239.94", heads=1)


def test_what_cannot_be_divided_is_less_than_a_fen_a_head_and_shown(to_profit, plan):
    made = plan(to_profit, members="1000.00", heads=3)
    assert (made.per_head, made.members, made.remainder) == (
        yuan("333.33"), yuan("999.99"), yuan("0.01"),
    )  # fmt: skip


def test_what_was_posted_after_closing_must_be_closed_again(to_profit, put, plan, take):
    put(to_profit, "2024-12-30", "借 513 10.00\n贷 102 10.00")
    plan(to_profit)
    take(to_profit, "distribute")
    with pytest.raises(Blocked, match="收支科目又有了余额"):
        take(to_profit, "roll")


def test_steps_are_undone_from_the_last_by_mirrors(to_profit, put, take, zheng):
    def undo(step, by=zheng):
        return undo_step(
            book_id=to_profit.pk, year=2024, step=step, reason="漏记一笔支出", by=by, now=NOON
        )

    with pytest.raises(Blocked, match="请先撤销后面的"):
        undo("close")
    undo("profit")
    undo("close")
    before = balances(to_profit.pk, 202401, 202412, closing=False)
    after = whole_year(to_profit)
    assert {c: b.closing for c, b in after.items()} == {
        c: before[c].closing if c in before else yuan("0.00") for c in after
    }
    assert list(verify([to_profit.pk]).faults) == []
    put(to_profit, "2024-12-30", "借 513 10.00\n贷 102 10.00")
    take(to_profit, "close")
    again = Voucher.objects.filter(source__contains=":close#2").order_by("pk")
    assert [v.source.rpartition(":")[2] for v in again] == ["close#2", "close#2/2"]
    assert written(again[1]) == "借 321 1710.10\n贷 513 1210.10\n贷 514 500.00"


def test_a_booked_plan_is_taken_back_by_two_people(to_profit, plan, take, wu, zheng):
    def undo():
        return undo_step(
            book_id=to_profit.pk, year=2024, step="distribute", reason="决议重议，人数有误",
            by=zheng, now=NOON,
        )  # fmt: skip

    plan(to_profit)
    take(to_profit, "distribute")
    with pytest.raises(Blocked, match="先申请撤回"):
        undo()
    recall_plan(book_id=to_profit.pk, year=2024, reason="决议重议，人数有误", by=wu, now=NOON)
    undo()
    assert list(verify([to_profit.pk]).faults) == []
    assert whole_year(to_profit)["311"].closing == yuan("0.00")
    assert Voucher.objects.filter(kind="red").count() == 1
    plan(to_profit, members="600.00", heads=2)
    take(to_profit, "distribute")
    assert whole_year(to_profit)["113"].closing == yuan("-600.00")


def test_december_opened_again_undoes_the_carrying_over(to_profit, plan, take, gao, jian):
    plan(to_profit, members="0", heads=0, reserve_rate="0")
    for step in ("distribute", "roll", "carry"):
        take(to_profit, step)
    reopen_month(book_id=to_profit.pk, period=202412, reason="审计前更正差错", by=gao, now=NOON)
    assert not YearStep.objects.filter(step="carry", undone_at=None).exists()
    take(to_profit, "carry")
    lock_through(book_id=to_profit.pk, period=202412, by=jian, now=NOON)
    assert set(Period.objects.filter(period__lt=202501).values_list("state", flat=True)) >= {
        "locked"
    }
    with pytest.raises(Blocked, match="已审计锁定"):
        reopen_month(book_id=to_profit.pk, period=202412, reason="再改一次账", by=gao, now=NOON)


def test_the_neighbour_finds_no_such_book(to_profit, take, luo, qian):
    with pytest.raises((Forbidden, Missing)):
        take(to_profit, "roll", by=luo)


def test_every_step_is_in_the_log(to_profit):
    told = Entry.objects.filter(action="yearend.step").order_by("seq")
    assert [e.facts["step"] for e in told] == ["stocktake", "accrue", "clear", "close", "profit"]
    assert told[3].facts["subject"] == "记-2、记-3"


def test_a_loss_covered_from_the_reserve_is_a_transfer_and_no_distribution(
    book, put, close_through, take, plan
):
    put(book, "2024-01-05", "借 102 500.00\n贷 311 500.00")
    put(book, "2024-02-05", "借 513 40.00\n贷 102 40.00")
    close_through(book, 202411)
    for step in ("stocktake", "accrue", "clear", "close", "profit"):
        take(book, step)
    plan(book, from_reserve="40.00", reserve_rate="0", members="0", heads=0)
    for step in ("distribute", "roll", "carry"):
        take(book, step)
    found = whole_year(book)
    assert (found["32202"].closing, found["311"].closing) == (yuan("0.00"), yuan("-460.00"))
    sheet = balance_sheet("2023", 202412, found, is_closed=True)
    moved = balances(book.pk, 202401, 202412, closing=False)
    shared_out = spread(Book.objects.filter(pk=book.pk), 2024)
    income = income_statement("2023", 202412, moved, moved, shared_out, sheet=sheet)
    assert income.is_sound, [c for c in income.checks if not c.holds]
    assert income.value("transferred") == yuan("40.00")
