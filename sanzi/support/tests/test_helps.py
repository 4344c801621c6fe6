"""Ties of help: two hands, deeds, goals drawn from the figures, pairs that suggest themselves."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.support.actions import aims, helps
from sanzi.support.goals import progress
from sanzi.support.measures import INCOME
from sanzi.support.models import Goal, Help, Reading
from sanzi.support.pairing import EACH_MAX, Village, suggest
from sanzi.villages.models import Income
from tests.world import LIYUAN, SHANGTIAN, XIATIAN

DAY = date(2026, 1, 1)


def income(village, yuan, year=2025):
    return Income.objects.create(village=village, year=year, operating_income=Decimal(yuan))


@pytest.mark.django_db
def test_what_the_clerk_proposes_the_leader_agrees_to(support):
    help = support.propose_help()
    with pytest.raises(Forbidden):
        support.agree(help, by="chen")
    done = support.agree(help)
    assert (done.stage, done.confirmed_by.name) == ("active", "高镇长")
    assert [e.label for e in Entry.objects.about(f"support.help:{help.pk}")] == [
        "提出帮扶：示例果品公司（村企结对）", "同意：示例果品公司（村企结对）",
    ]  # fmt: skip


@pytest.mark.django_db
def test_nobody_agrees_to_an_own_proposal(support):
    help = support.propose_help(by="shi")
    with pytest.raises(Blocked, match="要由另一人确认"):
        support.agree(help, by="shi")
    with pytest.raises(IntegrityError), transaction.atomic():
        Help.objects.filter(pk=help.pk).update(confirmed_by=help.proposed_by)


@pytest.mark.django_db
def test_a_refusal_says_why_and_a_new_proposal_may_follow(support):
    help = support.propose_help()
    with pytest.raises(Invalid, match="不同意的理由"):
        helps.decide_help(help_id=help.pk, step="refuse", reason="", **support.by("gao"))
    helps.decide_help(help_id=help.pk, step="refuse", reason="价格太低", **support.by("gao"))
    with pytest.raises(Blocked):
        support.agree(help)
    assert support.propose_help().pk != help.pk


@pytest.mark.django_db
def test_a_helper_is_named_once_a_village(support):
    support.propose_help()
    with pytest.raises(Invalid, match="已经在帮扶这个村"):
        support.propose_help()
    with pytest.raises(Invalid, match="统一派出"):
        support.propose_help(kind="expert", helper="某专家")
    with pytest.raises(Missing):
        support.propose_help(village=LIYUAN)


@pytest.mark.django_db
def test_strong_and_weak_are_two_villages_of_ones_own_region(support):
    with pytest.raises(Invalid, match="不能是同一个村"):
        support.propose_help(kind="strong", helper_village=SHANGTIAN)
    with pytest.raises(Missing):
        support.propose_help(kind="strong", helper_village=LIYUAN)
    help = support.propose_help(kind="strong", helper_village=XIATIAN)
    assert help.helper == "下田村"


@pytest.mark.django_db
def test_the_strong_village_tells_its_deeds_and_no_other_sees_them(client, support, lin, qian):
    help = support.agree(support.propose_help(kind="strong", helper_village=XIATIAN))
    support.visit(help, by="qian", what="带去果树苗")
    firm = support.agree(support.propose_help())
    with pytest.raises(Missing):
        support.visit(firm, by="qian")
    client.force_login(qian)
    assert client.get(reverse("support:help", args=(help.pk,))).status_code == 200
    assert client.get(reverse("support:help", args=(firm.pk,))).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("on", "refused"),
    [(date(2025, 12, 31), True), (DAY, False), (date(2026, 3, 2), False), (date(2026, 3, 3), True)],
)
def test_a_deed_lies_between_the_beginning_and_today(support, on, refused):
    help = support.agree(support.propose_help())
    if refused:
        with pytest.raises(Invalid):
            support.visit(help, on=on)
    else:
        assert support.visit(help, on=on).done_on == on


@pytest.mark.django_db
def test_help_ends_only_when_something_was_done(support):
    help = support.agree(support.propose_help())
    end = {"help_id": help.pk, "ended_on": date(2026, 3, 2), "reason": "收购完成"}
    with pytest.raises(Blocked, match="还没有走访"):
        helps.end_help(**end, **support.by("chen"))
    support.visit(help)
    assert helps.end_help(**end, **support.by("chen")).stage == "ended"
    with pytest.raises(Blocked):
        support.visit(help, what="又去")


@pytest.mark.django_db
def test_a_goal_s_values_are_drawn_and_never_typed(support):
    income(SHANGTIAN, "80000.00")
    help = support.agree(support.propose_help())
    goal = aims.set_goal(
        of="help", thing_id=help.pk, measure=INCOME, base_on=date(2025, 12, 31),
        target=Decimal(100_000), due_on=date(2026, 12, 31), **support.by("chen"),
    )  # fmt: skip
    assert goal.base == Decimal(80_000)
    income(SHANGTIAN, "95000.00", year=2026)
    read = aims.keep_reading(goal_id=goal.pk, as_of=date(2026, 3, 2), note="", **support.by("lin"))
    assert read.value == Decimal(95_000)
    with pytest.raises(Invalid, match="已经记过"):
        aims.keep_reading(goal_id=goal.pk, as_of=date(2026, 3, 2), note="", **support.by("lin"))
    with pytest.raises(Missing):
        aims.keep_reading(goal_id=goal.pk, as_of=date(2026, 3, 1), note="", **support.by("qian"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.update(value=1)
    aims.drop_goal(goal_id=goal.pk, reason="改按五年定", **support.by("chen"))
    assert Goal.objects.get().dropped_for == "改按五年定"


@pytest.mark.django_db
def test_the_village_page_shows_goals_and_what_is_missing(client, support, lin):
    income(SHANGTIAN, "80000.00")
    help = support.agree(support.propose_help(kind="city-unit", helper="市财政局"))
    aims.set_goal(
        of="help", thing_id=help.pk, measure=INCOME, base_on=date(2025, 12, 31),
        target=Decimal(100_000), due_on=date(2026, 12, 31), **support.by("chen"),
    )  # fmt: skip
    client.force_login(lin)
    shown = client.get(reverse("support:received")).content.decode()
    assert "“四个一”已有 1 个，缺县级领导、县直部门、乡镇党政正职" in shown
    assert "80,000.00 元" in shown
    assert "13800000002" not in shown


def at(value, day, base="80000", target="100000"):
    found = progress(Decimal(base), Decimal(target), value and Decimal(value), DAY,
                     date(2026, 12, 31), day)  # fmt: skip
    return found.state, found.text


@pytest.mark.parametrize(
    ("value", "day", "state"),
    [
        ("99999.99", date(2026, 12, 31), "behind"),
        ("100000", date(2026, 12, 31), "reached"),
        ("99999.99", date(2027, 1, 1), "overdue"),
        ("90000", date(2026, 7, 2), "on-way"),
        ("90000", date(2026, 7, 3), "behind"),
        (None, date(2026, 7, 2), "unknown"),
        (None, date(2027, 1, 1), "overdue"),
    ],
)
def test_a_goal_is_on_its_way_as_long_as_it_keeps_up_with_time(value, day, state):
    assert at(value, day)[0] == state


def test_a_goal_may_lie_below_where_one_stands():
    assert at("10", DAY, base="20", target="10") == ("reached", "100.0%")
    assert at("15", DAY, base="20", target="10") == ("on-way", "50.0%")
    assert at("25", DAY, base="20", target="10") == ("behind", "-50.0%")


VILLAGES = st.lists(
    st.builds(
        Village,
        code=st.sampled_from([f"99990{c}00{t}2{v:02}" for c in (1, 2) for t in (1, 2)
                              for v in range(6)]),
        name=st.just("村"),
        income=st.sampled_from([Decimal("0.00"), Decimal("99999.99"), Decimal("100000.00"),
                                Decimal("999999.99"), Decimal("1000000.00")]),
        helps=st.integers(0, 2),
    ),
    unique_by=lambda v: v.code, max_size=14,
)  # fmt: skip


@given(VILLAGES)
def test_the_strong_help_the_weak_and_none_more_than_two(villages):
    found = suggest(villages, set())
    assert all(one.weak.income < 100_000 and one.strong.income >= 1_000_000 for one in found)
    assert len({one.weak.code for one in found}) == len(found)
    for strong in {one.strong.code: one.strong for one in found}.values():
        taken = sum(one.strong.code == strong.code for one in found)
        assert strong.helps + taken <= EACH_MAX
    free = sum(max(0, EACH_MAX - v.helps) for v in villages if v.income >= 1_000_000)
    weak = sum(v.income < 100_000 for v in villages)
    assert len(found) == min(free, weak)


def test_a_suggestion_says_why():
    weak = Village("999901001201", "上田村", Decimal("42000.00"))
    near = Village("999901001202", "下田村", Decimal("1200000.00"))
    far = Village("999902001201", "远村", Decimal("9000000.00"))
    (found,) = suggest([weak, far, near], set())
    assert found.strong is near
    assert found.reason == (
        "上田村最近一年收入 42,000.00 元，不足 10 万元；"
        "下田村 1,200,000.00 元，同乡镇，已结对 0 个村"
    )
