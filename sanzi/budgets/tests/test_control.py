"""Payments held against the budget: to the fen, red letters, versions, projects."""

from datetime import date
from decimal import Decimal

import pytest

from sanzi.accounting.models import Dimension
from sanzi.accounting.reversal import red_letter
from sanzi.budgets.actions import decisions, drafts, rules
from sanzi.budgets.control import Allowance, Control, Policy, check
from sanzi.budgets.queries import check as ask
from sanzi.budgets.queries import refuse_or_warn, refuse_or_warn_together
from sanzi.kernel.refusals import Blocked
from tests.books import hand_in
from tests.world import NOON

from .conftest import MEETING, typed

D = Decimal
JUNE = date(2026, 6, 1)
POLICY = Policy(D("3000.00"), Control.WARN, "清水镇财务管理办法")


def allowance(amount: str, used: str, control: Control, account: str = "513") -> Allowance:
    return Allowance(account, None, "管理费用", D(amount), control, D(used))


def test_the_last_fen_of_a_budget_may_be_spent_and_not_one_more():
    lines = [allowance("1000.00", "400.00", Control.BLOCK)]
    assert not check(lines, "51301", None, D("600.00"), POLICY).blocks
    over = check(lines, "51301", None, D("600.01"), POLICY)
    assert over.blocks
    assert over.left == D("600.00")
    assert "尚余 600.00 元" in over.words
    assert "超出 0.01 元" in over.words
    assert "调整预算" in over.words


def test_a_soft_line_warns_where_a_hard_one_refuses():
    lines = [allowance("1000.00", "400.00", Control.WARN)]
    over = check(lines, "513", None, D("600.01"), POLICY)
    assert over.is_short
    assert not over.blocks
    assert "可以继续" in over.words


def test_an_overspent_line_says_by_how_much_and_that_all_is_too_much():
    over = check([allowance("100.00", "130.00", Control.BLOCK)], "513", None, D("5.00"), POLICY)
    assert "已超支 30.00 元" in over.words
    assert "超出 5.00 元" in over.words


def test_a_report_is_due_above_the_limit_and_not_at_it():
    lines = [allowance("100000.00", "0.00", Control.BLOCK)]
    assert not check(lines, "513", None, D("3000.00"), POLICY).needs_report
    found = check(lines, "513", None, D("3000.01"), POLICY)
    assert found.needs_report
    assert not found.blocks
    assert "清水镇财务管理办法" in found.words


def test_the_most_specific_line_holds_the_payment():
    office = allowance("50.00", "0.00", Control.BLOCK, "51301")
    whole = allowance("9000.00", "0.00", Control.WARN)
    road = Allowance("513", 7, "道路", D("80.00"), Control.BLOCK, D("0.00"))
    lines = [whole, office, road]
    assert check(lines, "51301", None, D("60.00"), POLICY).left == D("50.00")
    assert check(lines, "51302", None, D("60.00"), POLICY).left == D("9000.00")
    assert check(lines, "51301", 7, D("60.00"), POLICY).left == D("80.00")


def test_what_was_not_planned_warns_or_is_refused_as_the_region_says():
    soft = check([], "515", None, D("1.00"), POLICY)
    hard = check([], "515", None, D("1.00"), Policy(D("3000.00"), Control.BLOCK, "镇办法"))
    assert soft.is_short
    assert not soft.blocks
    assert soft.left is None
    assert hard.blocks
    assert "预算外" in hard.words


def test_posted_payments_use_the_budget_and_a_red_letter_gives_it_back(
    approved, years, put, wu, zheng, feng
):
    approved("513 1000 block")
    voucher = put(years, "2026-03-05", "借 513 400.00\n贷 102 400.00")
    assert ask(years.pk, "513", D("600.00"), JUNE).left == D("600.00")
    with pytest.raises(Blocked, match="超出 0.01 元"):
        refuse_or_warn(years.pk, "513", D("600.01"), JUNE)
    reverse(voucher, wu, zheng, feng)
    assert refuse_or_warn(years.pk, "513", D("1000.00"), JUNE) == ""
    with pytest.raises(Blocked):
        refuse_or_warn(years.pk, "513", D("1000.01"), JUNE)


def reverse(voucher, wu, zheng, feng):
    red = red_letter(
        voucher,
        dated=date(2026, 3, 31),
        prepared_by=wu.pk,
        reviewed_by=zheng.pk,
        cashier=None,
        source="test:red",
    )
    hand_in(entries=[red], by=feng, now=NOON)


def test_the_adjusted_version_decides_and_the_old_one_no_more(approved, years, wu, gao):
    old = approved("513 1000 block")
    new = drafts.adjust(budget_id=old.pk, reason="防汛支出增加", by=wu, now=NOON)
    drafts.fill(
        budget_id=new.pk, revision=new.revision, rows=typed("513 1500 block"), by=wu, now=NOON
    )
    assert ask(years.pk, "513", D("1000.01"), JUNE).blocks, "a draft adjusts nothing"
    decisions.approve(budget_id=new.pk, by=gao, now=NOON, **MEETING)
    assert not ask(years.pk, "513", D("1500.00"), JUNE).blocks
    assert ask(years.pk, "513", D("1500.01"), JUNE).blocks


def test_a_project_has_a_budget_of_its_own_and_the_rest_keeps_its_own(drafted, years, put, gao, wu):
    road = Dimension.objects.create(book=years, kind="project", code="P1", name="道路硬化")
    budget = drafted("514 1000 block\n514 500 block 道路硬化")
    decisions.approve(budget_id=budget.pk, by=gao, now=NOON, **MEETING)
    post_project(years, road, put)
    assert ask(years.pk, "514", D("1.00"), JUNE, project=road.pk).left == D("200.00")
    assert ask(years.pk, "514", D("1.00"), JUNE).left == D("900.00")


def post_project(book, project, put):
    from sanzi.accounting.entry import credit, debit

    entry_sides = [
        debit("514", D("300.00"), project=project.pk),
        debit("514", D("100.00")),
        credit("102", D("400.00")),
    ]
    put(book, "2026-04-01", "借 514 400.00\n贷 102 400.00", sides=entry_sides)


def test_money_claims_and_income_pass_without_a_word(approved, years):
    approved("513 1000 block")
    for account in ("102", "112", "501", "999"):
        assert ask(years.pk, account, D("9999999.00"), JUNE).words == ""


def test_a_year_without_an_approved_budget_warns(drafted, years):
    drafted("513 1000 block")
    found = ask(years.pk, "513", D("1.00"), JUNE)
    assert found.is_short
    assert not found.blocks
    assert "2026 年还没有已批准的预算" in found.words


def test_an_account_planned_below_asks_for_the_account_below(approved, years, wu):
    from sanzi.accounting.actions.sets import add_account

    add_account(book_id=years.pk, parent="513", code="51301", name="办公费", by=wu, now=NOON)
    approved("51301 1000 block")
    assert "末级科目" in ask(years.pk, "513", D("1.00"), JUNE).words


def test_the_nearest_regions_latest_rule_counts(approved, years, gao):
    approved("513 100000 block")
    given = {"unplanned": "block", "by": gao, "now": NOON}
    for region, day, limit in (
        ("999901001", date(2026, 1, 1), "5000.00"),
        ("999901001201", date(2026, 5, 1), "800.00"),
        ("999901001201", date(2026, 7, 1), "900.00"),
    ):
        rules.set_rule(
            region=region, from_on=day, report_above=D(limit), basis="财务管理办法", **given
        )
    assert not ask(years.pk, "513", D("5000.00"), date(2026, 4, 30)).needs_report
    assert ask(years.pk, "513", D("800.01"), date(2026, 5, 1)).needs_report
    assert not ask(years.pk, "513", D("900.00"), date(2026, 7, 1)).needs_report
    assert ask(years.pk, "515", D("1.00"), JUNE).blocks


def test_lines_of_one_voucher_under_one_budget_line_are_added_up(approved, years):
    approved("513 1000 block\n514 50")
    spent = {("513", None): D("600.00"), ("513", 9): D("400.00"), ("102", None): D("9.00")}
    assert refuse_or_warn_together(years.pk, spent, JUNE) == ""
    with pytest.raises(Blocked, match="超出 0.01 元"):
        refuse_or_warn_together(years.pk, {**spent, ("513", 9): D("400.01")}, JUNE)
    assert "514" in refuse_or_warn_together(years.pk, {("514", None): D("50.01")}, JUNE)


def test_what_is_promised_is_no_longer_left(approved, years):
    approved("513 1000 block")
    promised = {("513", None): D("300.00")}
    spent = {("513", None): D("700.00")}
    assert refuse_or_warn_together(years.pk, spent, JUNE, reserved=promised) == ""
    with pytest.raises(Blocked, match="尚余 699.99 元"):
        refuse_or_warn_together(years.pk, spent, JUNE, reserved={("513", None): D("300.01")})


def test_asking_takes_seven_queries_at_most(approved, years, put, django_assert_max_num_queries):
    approved("513 1000 block")
    put(years, "2026-03-05", "借 513 400.00\n贷 102 400.00")
    with django_assert_max_num_queries(7):
        ask(years.pk, "513", D("1.00"), JUNE)
