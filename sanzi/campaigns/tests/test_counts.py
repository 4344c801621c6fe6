"""Counts of tasks: each equals the rows it leads to, and no task is in two piles."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.campaigns.desk import piles
from sanzi.campaigns.models import Campaign
from sanzi.campaigns.queries import NEAREST, tasks_about, tasks_for
from sanzi.campaigns.tasks import actions
from tests.world import NOON, QINGSHUI

pytestmark = pytest.mark.django_db


def shown(client, person, url):
    client.force_login(person)
    answer = client.get(url)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


@pytest.fixture
def push(chen):
    return Campaign.objects.create(
        region=QINGSHUI, title="攻坚", goals="清欠", starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31), base_on=date(2026, 1, 1), made_by=chen, made_at=NOON,
    )  # fmt: skip


def test_the_count_of_a_campaign_s_tasks_is_that_of_the_list_it_opens(client, given, push, chen):
    (left,) = given(campaign=push)
    (dropped,) = given(campaign=push, matter="重复下达的")
    actions.drop(task_id=dropped.pk, words="重复下达", by=chen, now=NOON)
    html = shown(client, chen, reverse("campaigns:campaign", args=[push.pk]))
    assert "共 1 项</a>" in html
    url = re.search(r'href="([^"]+)">共 1 项', html)[1].replace("&amp;", "&")
    listed = shown(client, chen, url)
    assert left.matter in listed
    assert "重复下达的" not in listed


def test_the_count_of_a_unit_s_tasks_is_that_of_the_list_it_opens(client, given, chen):
    given(lead_unit="法庭")
    (dropped,) = given(lead_unit="法庭", matter="重复下达的")
    actions.drop(task_id=dropped.pk, words="重复下达", by=chen, now=NOON)
    html = shown(client, chen, reverse("campaigns:station") + f"?name=法庭&region={QINGSHUI}")
    url = re.search(r'href="([^"]+)">全部 1 项', html)[1].replace("&amp;", "&")
    assert "重复下达的" not in shown(client, chen, url)


def test_a_task_of_one_s_own_that_needs_help_is_counted_once(given, chen, gao):
    (own,) = given(person=chen, responsible="陈经办")
    actions.accept(task_id=own.pk, by=chen, now=NOON)
    actions.report(
        task_id=own.pk, progress=10, problem="要县里协调", needs_above=True, words="", seen=2,
        by=chen, now=NOON,
    )  # fmt: skip
    assert sum(pile.count for pile in piles(chen, localdate())) == 1
    (above,) = piles(gao, localdate())
    assert (above.title, above.count) == ("下面报上来要解决的问题", 1)


def test_the_nearest_limit_comes_first_and_none_at_all_comes_last(given, chen, lin):
    (none,) = given(matter="没有时限的")
    (late,) = given(matter="晚的", due_on=date(2026, 6, 1))
    (soon,) = given(matter="早的")
    tasks_for(chen).filter(pk=none.pk).update(due_on=None)
    assert list(tasks_for(chen).order_by(NEAREST, "pk")) == [soon, late, none]


def test_open_tasks_about_a_row_come_before_those_closed(given, chen):
    (closed,) = given(on="contracts.contract:5")
    (open_,) = given(on="contracts.contract:5", matter="还没有办的")
    actions.drop(task_id=closed.pk, words="重复下达", by=chen, now=NOON)
    found = tasks_about("contracts.contract:5", chen)
    assert list(found) == [open_, closed]
    assert "NULLS FIRST" in str(found.query)
    assert "NULLS LAST" in str(found.query)


def test_campaigns_under_way_stand_before_those_closed(client, push, chen):
    push.closed_on, push.summary = localdate() + timedelta(days=1), "总结"
    push.save()
    Campaign.objects.create(
        region=QINGSHUI, title="在办的", goals="清欠", starts_on=date(2020, 1, 1),
        ends_on=date(2020, 12, 31), base_on=date(2020, 1, 1), made_by=chen, made_at=NOON,
    )  # fmt: skip
    html = shown(client, chen, reverse("campaigns:campaigns"))
    assert html.index("在办的</a>") < html.index("攻坚</a>")
