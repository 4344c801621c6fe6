"""Giving tasks, and what other features read of them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from sanzi.campaigns.completion import judged
from sanzi.campaigns.giving import Order
from sanzi.campaigns.models import Task
from sanzi.campaigns.queries import (
    my_tasks,
    open_tasks,
    overdue_tasks,
    tasks_about,
    tasks_from,
)
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Invalid, Missing
from sanzi.metrics.catalogue import figure, metric
from tests.world import LIYUAN, QINGSHUI, SHANGTIAN, XIATIAN

from .conftest import DUE

pytestmark = pytest.mark.django_db


def order(**more):
    return Order(**({"village": SHANGTIAN, "matter": "收清荷塘租金", "due_on": DUE} | more))


def test_tasks_are_numbered_in_each_village_and_their_history_says_who_gave_them(given, chen):
    first, second, other = given(order(), order(matter="公示合同"), order(village=XIATIAN))
    assert (first.number, second.number, other.number) == ("RW-0001", "RW-0002", "RW-0001")
    assert [(line.title, line.who) for line in timeline(first, chen)] == [
        ("下达任务", "陈经办 农经站经办人")
    ]
    (third,) = given(order(matter="再一件"))
    assert third.number == "RW-0003"


def test_the_same_source_gives_a_village_its_task_once(given, chen):
    assert len(given(order(source="inspections.finding:3"))) == 1
    assert given(order(source="inspections.finding:3", matter="换个说法")) == []
    assert len(given(order(source="inspections.finding:3", village=XIATIAN))) == 1
    twice = order(source="x:1")
    assert len(given(twice, twice)) == 1
    assert tasks_from(["x:1"], chen)["x:1"].matter == "收清荷塘租金"


def test_nobody_gives_a_task_beyond_their_own_region(given, luo):
    with pytest.raises(Missing):
        given(order(), by=luo)
    with pytest.raises(Missing):
        given(order(village=LIYUAN))
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"matter": "啊"},
        {"matter": "长" * 301},
        {"category": "别的"},
        {"starts_on": DUE + timedelta(days=1)},
        {"judged": "metric", "metric": "receivables.recovered"},
        {"judged": "metric", "metric": "no.such", "target": Decimal(1)},
        {"judged": "state"},
        {"judged": "state", "on": "villages.profile:1"},
    ],
)
def test_an_order_that_says_too_little_is_refused(given, wrong):
    with pytest.raises(Invalid):
        given(order(**wrong))


def test_a_limit_passes_at_the_end_of_its_day(given, chen):
    given(order())
    assert not overdue_tasks(chen, "", DUE).exists()
    assert overdue_tasks(chen, "", DUE + timedelta(days=1)).count() == 1


def test_what_was_struck_off_since_was_overdue_then(given, chen, gao):
    (task,) = given(order())
    Task.objects.filter(pk=task.pk).update(
        stage="struck", struck_by=gao, closed_on=date(2026, 4, 10)
    )
    assert overdue_tasks(chen, "", date(2026, 4, 9)).exists()
    assert not overdue_tasks(chen, "", date(2026, 4, 10)).exists()
    assert not open_tasks(chen).exists()


def test_a_neighbour_sees_none_of_it(given, lin, qian, luo, chen):
    (task,) = given(order(on="contracts.contract:5"))
    assert tasks_about("contracts.contract:5", lin).get() == task
    for stranger in (qian, luo):
        assert not tasks_about("contracts.contract:5", stranger).exists()
        assert not open_tasks(stranger).exists()


def test_a_task_is_its_person_s_or_its_post_s_in_that_region(given, lin, min, chen, gao, qian):
    (village,) = given(order())
    (named,) = given(order(matter="点名", person=min))
    (post,) = given(order(matter="会计办", role="village_accountant"))
    (town,) = given(order(matter="镇里办", village=f"{QINGSHUI}000", role="town_clerk"))
    assert set(my_tasks(lin)) == {village, post}
    assert set(my_tasks(min)) == {village, named}
    assert set(my_tasks(chen)) == {town}
    assert set(my_tasks(gao)) == set()
    assert set(my_tasks(qian)) == set()


@pytest.mark.parametrize(
    ("sums", "target", "unit", "done", "percent"),
    [
        ({"receivables.recovered": 74_99, "receivables.locked": 100_00}, "75", "%", False, 99),
        ({"receivables.recovered": 75_00, "receivables.locked": 100_00}, "75", "%", True, 100),
        ({}, "75", "%", False, 0),
    ],
)
def test_a_rate_reaches_its_target_at_the_very_figure(sums, target, unit, done, percent):
    found = figure(metric("receivables.recovery_rate"), sums)
    verdict = judged(found, Decimal(target), unit, at_most=False)
    assert (verdict.is_done, verdict.percent) == (done, percent)


def test_a_ceiling_is_kept_at_it_and_broken_a_fen_above():
    for fen, kept in ((0, True), (1, False)):
        found = figure(metric("debts.new"), {"debts.new": fen})
        assert judged(found, Decimal(0), "元", at_most=True).is_done is kept


def test_money_is_compared_in_the_target_s_unit():
    found = figure(metric("receivables.recovered"), {"receivables.recovered": 2863_60_0000})
    verdict = judged(found, Decimal("2863.6"), "万元", at_most=False)
    assert verdict.is_done
    assert verdict.words == "清收债权 2,863.6 万元，应达到 2,863.6 万元"


def test_the_home_says_whose_task_is_late(given, client, chen):
    given(due_on=date(2026, 3, 1), responsible="林会计")
    client.force_login(chen)
    html = client.get("/?as_of=2026-03-31").content.decode()
    assert "收清荷塘租金</a>" in html
    assert "上田村 · 林会计" in html
