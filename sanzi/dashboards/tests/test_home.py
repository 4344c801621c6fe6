"""今天, by post."""

import re
from datetime import date

from sanzi.campaigns.models import Task
from sanzi.dashboards.homes import ours
from sanzi.journal.recorder import record
from sanzi.orgs.models import Region
from tests.world import NOON, SHANGTIAN, XIATIAN

from .conftest import AS_OF


def test_a_village_sees_large_tiles_that_lead_to_work(visit, cleanup, lin):
    html = visit(lin, f"/?as_of={AS_OF}")
    assert "本村应收" in html
    assert "75.0%" in html
    assert 6 <= len(re.findall(r'class="tile[ "]', html)) <= 9
    for url in ("/campaigns/tasks/", "/registers/contracts/", "/receivables/desk/", "/disclosure/"):
        assert f'href="{url}' in html


def test_untreated_contracts_are_counted_in_danger(visit, cleanup, lin):
    html = visit(lin, f"/?as_of={AS_OF}")
    assert (
        f'class="tile danger" href="/registers/contracts/?region={SHANGTIAN}&amp;outcome=none"'
        in html
    )
    assert "还没有处置" in html


def test_a_town_reads_one_sentence_whose_figures_open(visit, cleanup, chen):
    html = visit(chen, f"/?as_of={AS_OF}")
    assert "本镇应收" in html
    assert f"截至 {AS_OF}" in html
    assert "/figures/receivables.recovery_rate/?region=" in html


def test_a_town_sees_its_wall_its_late_tasks_and_what_changed(visit, cleanup, chen, lin):
    Task.objects.create(
        village=SHANGTIAN, number="T-1", matter="收清荷塘租金", responsible="王某",
        due_on=date(2022, 12, 30), category="化债务",
    )  # fmt: skip
    Task.objects.create(
        village=SHANGTIAN, number="T-2", matter="不急的事", responsible="王某",
        due_on=date(2022, 12, 31), category="化债务",
    )  # fmt: skip
    record(cleanup["first"], "contracts.note", by=lin, at=NOON, label="补充说明")
    html = visit(chen, f"/?as_of={AS_OF}")
    assert "上田村" in html
    assert "收清荷塘租金" in html
    assert "不急的事" not in html
    assert "补充说明" in html


def test_what_happened_next_door_is_not_told(visit, cleanup, chen, luo):
    record(cleanup["canary"], "contracts.note", by=luo, at=NOON, label="canary-entry")
    assert "canary" not in visit(chen, "/")


def test_a_county_sees_trends_a_ranking_and_who_to_ask(visit, cleanup, shi):
    html = visit(shi, f"/?as_of={AS_OF}")
    assert "polyline" in html
    assert "清水镇" in html
    assert "新增债务 9.00 元" in html
    assert "锁定债权至今没有清收" in html
    assert f"/figures/debts.new/?region={XIATIAN}" in html


def test_an_empty_house_says_so(visit, places, chen, shi, lin):
    for person in (chen, shi, lin):
        assert "没有锁定的债权" in visit(person, "/")


def test_an_administrator_gets_links_and_no_figure(visit, cleanup, xi, an, ji):
    for person in (xi, an, ji):
        html = visit(person, "/")
        assert "不看业务数据" in html
        assert "应收" not in html
    for person, work in ((xi, "人员与岗位"), (an, "人员与岗位"), (ji, "操作日志")):
        assert f"<b>{work}</b>" in visit(person, "/"), "the only work they have is on their page"


def test_places_are_called_as_people_call_them():
    assert ours(Region(name="某某街道"), is_own=True) == "本街道"
    assert ours(Region(name="城区"), is_own=True) == "本区"
    assert ours(Region(name="清水镇"), is_own=False) == "清水镇"
