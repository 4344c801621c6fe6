"""The figures of a region: every one with its formula and its rows."""

import json

import pytest

from sanzi.metrics.catalogue import METRICS
from tests.world import LIYUAN, QINGSHUI, SHANGTIAN, XIATIAN

from .conftest import AS_OF, sheet


def test_every_figure_is_shown_with_its_formula_and_a_link_to_its_rows(visit, cleanup, chen):
    html = visit(chen, f"/figures/?as_of={AS_OF}")
    for metric in METRICS:
        assert f'href="/figures/{metric.id}/?region={QINGSHUI}&amp;as_of={AS_OF}"' in html
        assert metric.formula in html


def test_the_three_readings_of_a_sealed_claim_stand_side_by_side(visit, cleanup, chen):
    html = visit(chen, f"/figures/?as_of={AS_OF}")
    assert "三种口径" in html
    assert html.count("60.0%") >= 3


def test_what_was_recovered_is_drawn_as_its_parts(visit, cleanup, chen):
    html = visit(chen, f"/figures/?as_of={AS_OF}&unit=元")
    assert "现金清收 250.00" in html
    assert "冲转抵顶 50.00" in html


def test_a_village_sees_yuan_and_a_town_ten_thousand_yuan(visit, cleanup, lin, chen):
    assert "300.00" in visit(lin, f"/figures/?as_of={AS_OF}")
    assert "0.03" in visit(chen, f"/figures/?as_of={AS_OF}")


def test_the_region_below_is_one_line_each(visit, cleanup, chen):
    html = visit(chen, f"/figures/?as_of={AS_OF}&unit=元&m=debts.new")
    assert f'href="/figures/debts.new/?region={XIATIAN}&amp;as_of={AS_OF}">9.00</a>' in html
    assert "下田村" in html
    assert "梨园村" not in html


def test_json_is_the_document_of_the_report(visit, cleanup, chen):
    document = json.loads(visit(chen, f"/figures/?as_of={AS_OF}&format=json"))
    assert document["region"] == QINGSHUI
    figures = {line["metric"]: line["value"] for line in document["figures"]}
    assert figures["receivables.recovered"] == "300.00"
    assert [village["name"] for village in document["villages"]] == ["上田村", "下田村"]


def test_the_sheet_is_the_report_s_paper_form(client, cleanup, chen):
    client.force_login(chen)
    rows = sheet(client.get(f"/figures/?as_of={AS_OF}&format=xlsx"))
    assert rows[0][0] == "清水镇农村集体资产“清化收”数据表"


@pytest.mark.parametrize("region", [LIYUAN, "999901", "9999", "not-a-code", "99990100120"])
def test_a_region_outside_is_missing(visit, cleanup, chen, region):
    visit(chen, f"/figures/?region={region}", 404)


def test_a_region_below_is_open(visit, cleanup, chen):
    assert "上田村" in visit(chen, f"/figures/?region={SHANGTIAN}")


@pytest.mark.parametrize("query", ["m=contracts.invented", "unit=美元", "format=pdf"])
def test_what_the_page_does_not_have_is_refused(visit, cleanup, chen, query):
    visit(chen, f"/figures/?{query}", 400)


def test_an_administrator_sees_no_figure(visit, cleanup, xi):
    for url in ("/figures/", "/figures/contracts.total/", "/dispatch/", "/wall/", "/search/?q=A"):
        visit(xi, url, 403)
