"""The dispatch sheet on screen, on paper and as xlsx."""

from datetime import date

from sanzi.dashboards.tests.conftest import AS_OF, sheet
from sanzi.dispatch.models import Arrangement
from tests.world import NOON, QINGSHUI, SHANGTIAN


def test_each_village_has_a_line_and_the_town_a_total(visit, cleanup, chen):
    html = visit(chen, f"/dispatch/?as_of={AS_OF}&unit=元")
    assert html.index("上田村") < html.index("下田村") < html.index("合计")
    assert "500.00" in html
    assert "截至 2022-12-31，上期截至 2022-12-17" in html


def test_the_last_cut_off_is_the_one_the_region_arranged(visit, cleanup, chen, gao):
    Arrangement.objects.create(
        region=QINGSHUI, biweekly_first_on=date(2022, 1, 1), biweekly_every=7, set_by=gao,
        set_at=NOON,
    )  # fmt: skip
    assert "上期截至 2022-12-24" in visit(chen, f"/dispatch/?as_of={AS_OF}")


def test_every_cell_leads_to_its_rows(visit, cleanup, chen):
    html = visit(chen, f"/dispatch/?as_of={AS_OF}&unit=元")
    for code, value in ((SHANGTIAN, "400.00"), (QINGSHUI, "500.00")):
        link = f"/figures/receivables.locked/?region={code}&amp;as_of={AS_OF}"
        assert f'<a href="{link}">{value}</a>' in html


def test_the_change_leads_to_what_was_added_since(visit, cleanup, chen):
    html = visit(chen, f"/dispatch/?as_of={AS_OF}&unit=元")
    since = f"region={SHANGTIAN}&amp;as_of={AS_OF}&amp;since=2022-12-17"
    assert f'<a href="/figures/receivables.recovered/?{since}">+50.00</a>' in html


def test_first_and_last_carry_flags_in_words_and_the_rule_is_said(visit, cleanup, chen):
    html = visit(chen, f"/dispatch/?as_of={AS_OF}")
    assert "红旗</span>" in html
    assert "黄旗</span>" in html
    assert "同分同名次" in html


def test_a_county_s_lines_are_towns_or_if_asked_villages(visit, cleanup, shi):
    towns = visit(shi, f"/dispatch/?as_of={AS_OF}")
    assert "白岩镇</a></td>" in towns
    assert "梨园村</a></td>" not in towns
    assert "梨园村</a></td>" in visit(shi, f"/dispatch/?as_of={AS_OF}&level=village")


def test_paper_is_the_form_with_title_unit_and_signatures(visit, cleanup, chen):
    html = visit(chen, f"/dispatch/?as_of={AS_OF}&format=print")
    assert "清水镇“清化收”双周调度表" in html
    assert "金额单位：万元" in html
    assert "单位负责人" in html
    assert "400.00" not in html


def test_the_xlsx_has_two_rows_of_heads_and_exact_figures(client, cleanup, chen):
    client.force_login(chen)
    rows = sheet(client.get(f"/dispatch/?as_of={AS_OF}&format=xlsx&unit=元"))
    assert rows[0][0] == "清水镇“清化收”双周调度表"
    assert rows[2][2] == "合同（份）"
    assert rows[3][2:5] == ["总数", "问题", "修订"]
    first, _, total = rows[4:7]
    assert first[1:3] == ["上田村", 2]
    assert 400 in first
    assert total[1] == "合计"
    assert 500 in total


def test_a_region_outside_has_no_sheet(visit, cleanup, chen):
    visit(chen, "/dispatch/?region=999901002", 404)
