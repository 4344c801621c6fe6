"""A budget from draft to decision and beyond; what is refused, and what the journal says."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from sanzi.access.models import Post
from sanzi.budgets.actions import decisions, drafts, rules
from sanzi.budgets.models import Budget, BudgetDecision, BudgetLine, Stage
from sanzi.journal.history import history
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from tests.world import NOON, QINGSHUI

from .conftest import MEETING, typed

D = Decimal


def lines_of(budget: Budget) -> list[tuple[str, Decimal]]:
    return [(line.account, line.amount) for line in budget.lines.order_by("place")]


def test_a_draft_begins_with_what_the_year_before_came_to(years, put, wu):
    put(years, "2025-02-01", "借 102 5000.00\n贷 501 5000.00")
    put(years, "2025-03-01", "借 513 1200.00\n贷 102 1200.00")
    put(years, "2025-04-01", "借 513 -200.00\n贷 102 -200.00")
    put(years, "2025-12-31", "借 501 5000.00\n贷 321 5000.00", kind="closing")
    budget = drafts.draft(book_id=years.pk, year=2026, by=wu, now=NOON)
    assert lines_of(budget) == [("501", D("5000.00")), ("513", D("1000.00"))]
    assert (budget.income, budget.expense) == (D("5000.00"), D("1000.00"))


def test_a_year_has_one_draft_and_one_budget_in_force(approved, years, wu):
    approved("513 1000")
    with pytest.raises(Blocked, match="调整预算"):
        drafts.draft(book_id=years.pk, year=2026, by=wu, now=NOON)


@pytest.mark.parametrize("year", [2023, 2028])
def test_a_year_out_of_reach_is_refused(years, wu, year):
    with pytest.raises(Invalid, match="2024 年到 2027 年"):
        drafts.draft(book_id=years.pk, year=year, by=wu, now=NOON)


def test_every_fault_of_the_rows_is_named_with_its_row(drafted, wu):
    budget = drafted("513 1000")
    rows = typed("102 5\n513 1.001\n514 -3\n501 10\n501 20\n515 1 warn 没有的项目")
    with pytest.raises(Invalid) as refusal:
        drafts.fill(budget_id=budget.pk, revision=budget.revision, rows=rows, by=wu, now=NOON)
    words = refusal.value.message
    for expected in (
        "第 1 行的科目“102”不能编预算",
        "第 2 行的预算数金额最多两位小数",
        "第 3 行的预算数不能是负数",
        "第 5 行与第 4 行是同一科目",
        "第 6 行的项目“没有的项目”在本账套中没有",
    ):
        assert expected in words
    assert lines_of(budget) == [("513", D("1000.00"))]


def test_an_account_may_be_typed_as_code_name_or_initials(drafted):
    assert [a for a, _ in lines_of(drafted("513 1\n公益支出 2\nqtzc 3"))] == ["513", "514", "515"]


def test_a_form_left_open_never_overwrites_a_later_saving(drafted, wu, zheng):
    budget = drafted("513 1000")
    seen = budget.revision
    drafts.fill(budget_id=budget.pk, revision=seen, rows=typed("513 900"), by=zheng, now=NOON)
    with pytest.raises(Blocked, match="已在别处保存过"):
        drafts.fill(budget_id=budget.pk, revision=seen, rows=typed("513 800"), by=wu, now=NOON)


def test_nobody_approves_what_they_wrote_in(drafted, wu, places):
    budget = drafted("513 1000")
    Post.objects.filter(person=wu).update(role="town_leader")
    again = type(wu).objects.get(pk=wu.pk)
    with pytest.raises(Blocked, match="不能自己登记批准"):
        decisions.approve(budget_id=budget.pk, by=again, now=NOON, **MEETING)
    assert Budget.objects.get(pk=budget.pk).stage == Stage.DRAFTING


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"agreed": 19}, "应到30人、同意19人，同意不足三分之二"),
        ({"present": 31}, "自相矛盾"),
        ({"body": "村民代表会议"}, "由成员大会或成员代表大会决定"),
        ({"met_on": date(2026, 3, 3)}, "还没有到"),
        ({"number": " "}, "决议文号"),
        ({"sheets": 0}, "附会议记录"),
    ],
)
def test_a_meeting_that_does_not_hold_approves_nothing(drafted, gao, wrong, words):
    budget = drafted("513 1000")
    with pytest.raises(Invalid, match=words):
        decisions.approve(budget_id=budget.pk, by=gao, now=NOON, **{**MEETING, **wrong})
    assert Budget.objects.get(pk=budget.pk).stage == Stage.DRAFTING


def test_twenty_of_thirty_are_two_thirds(drafted, gao):
    budget = drafted("513 1000")
    decisions.approve(budget_id=budget.pk, by=gao, now=NOON, **{**MEETING, "agreed": 20})
    assert Budget.objects.get(pk=budget.pk).stage == Stage.APPROVED


def test_an_empty_budget_is_not_approved(years, wu, gao):
    budget = drafts.draft(book_id=years.pk, year=2026, by=wu, now=NOON)
    with pytest.raises(Blocked, match="没有一行"):
        decisions.approve(budget_id=budget.pk, by=gao, now=NOON, **MEETING)


def test_an_approved_budget_is_locked_for_everybody_even_past_the_code(approved, wu):
    budget = approved("513 1000")
    with pytest.raises(Blocked, match="编制调整预算"):
        drafts.fill(
            budget_id=budget.pk, revision=budget.revision, rows=typed("513 1"), by=wu, now=NOON
        )
    line = budget.lines.get()
    for change in (
        lambda: BudgetLine.objects.filter(pk=line.pk).update(amount=D("1.00")),
        lambda: BudgetLine.objects.filter(pk=line.pk).delete(),
        lambda: BudgetLine.objects.create(
            budget=budget, place=9, direction="expense", account="515", name="x",
            amount=D("1.00"), control="warn",
        ),
        lambda: BudgetDecision.objects.filter(budget=budget).update(agreed=30),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert lines_of(budget) == [("513", D("1000.00"))]


def test_an_adjustment_is_a_new_version_and_the_old_one_stays(approved, wu, gao):
    old = approved("513 1000\n514 50")
    new = drafts.adjust(budget_id=old.pk, reason="防汛支出增加", by=wu, now=NOON)
    assert (new.version, new.adjusts_id, lines_of(new)) == (2, old.pk, lines_of(old))
    with pytest.raises(Blocked, match="正在编制"):
        drafts.adjust(budget_id=old.pk, reason="再来一次", by=wu, now=NOON)
    decisions.approve(budget_id=new.pk, by=gao, now=NOON, **MEETING)
    old.refresh_from_db()
    assert old.stage == Stage.ADJUSTED
    assert lines_of(old) == [("513", D("1000.00")), ("514", D("50.00"))]


def test_a_dropped_draft_makes_room_and_stays_readable(drafted, years, wu):
    budget = drafted("513 1000")
    drafts.drop(budget_id=budget.pk, reason="编错年度", by=wu, now=NOON)
    again = drafts.draft(book_id=years.pk, year=2026, by=wu, now=NOON)
    assert again.version == 2
    assert lines_of(budget) == [("513", D("1000.00"))]


def test_who_may_do_what(drafted, years, lin, gao, chu):
    budget = drafted("513 1000")
    with pytest.raises(Forbidden):
        drafts.draft(book_id=years.pk, year=2027, by=lin, now=NOON)
    with pytest.raises(Forbidden):
        decisions.approve(budget_id=budget.pk, by=chu, now=NOON, **MEETING)
    with pytest.raises(Forbidden):
        drafts.drop(budget_id=budget.pk, reason="不要了", by=gao, now=NOON)


def test_another_towns_agency_finds_nothing(drafted, years, people, places):
    budget = drafted("513 1000")
    Post.objects.filter(person=people["luo"]).update(role="agency_chief")
    luo = type(people["luo"]).objects.get(pk=people["luo"].pk)
    for attempt in (
        lambda: drafts.draft(book_id=years.pk, year=2027, by=luo, now=NOON),
        lambda: drafts.fill(budget_id=budget.pk, revision=2, rows=[], by=luo, now=NOON),
        lambda: drafts.drop(budget_id=budget.pk, reason="不要了", by=luo, now=NOON),
    ):
        with pytest.raises(Missing):
            attempt()


def test_a_rule_is_made_only_where_one_governs(gao):
    with pytest.raises(Missing):
        rules.set_rule(
            region="999901002", from_on=date(2026, 1, 1), report_above=D("1.00"),
            unplanned="warn", basis="办法", by=gao, now=NOON,
        )  # fmt: skip
    rule = rules.set_rule(
        region=QINGSHUI, from_on=date(2026, 1, 1), report_above=D("1.00"),
        unplanned="warn", basis="办法", by=gao, now=NOON,
    )  # fmt: skip
    assert str(rule) == "999901001 2026-01-01"


def test_the_journal_tells_the_whole_way(approved, wu, gao):
    old = approved("513 1000")
    new = drafts.adjust(budget_id=old.pk, reason="防汛支出增加", by=wu, now=NOON)
    drafts.drop(budget_id=new.pk, reason="不再需要", by=wu, now=NOON)
    assert [e.action for e in history(old, gao)] == [
        "budgets.draft", "budgets.fill", "budgets.approve",
    ]  # fmt: skip
    assert [e.action for e in history(new, gao)] == ["budgets.adjust", "budgets.drop"]
    assert "上田社决〔2026〕1号" in history(old, gao)[2].label
