"""Every figure opens its rows, and they add up to it."""

import json
from datetime import date
from decimal import Decimal

import pytest

from sanzi.access.models import Post
from sanzi.metrics.catalogue import METRICS
from sanzi.metrics.models import Rollup
from tests.world import LIYUAN, QINGSHUI, SHANGTIAN, XIATIAN

from .conftest import AS_OF, sheet


def opened(visit, person, metric, **params):
    params = {"as_of": AS_OF, "format": "json"} | params
    query = "&".join(f"{name}={value}" for name, value in params.items())
    return json.loads(visit(person, f"/figures/{metric}/?{query}"))


def test_a_figure_opens_its_rows(visit, cleanup, chen):
    html = visit(chen, f"/figures/contracts.revised/?as_of={AS_OF}")
    assert "A-1荷塘承包" in html
    assert "上田村" in html
    assert "2022-06-30" in html
    assert "A-2" not in html


@pytest.mark.parametrize("metric", [m.id for m in METRICS if not m.is_rate])
def test_the_rows_of_every_figure_add_up_to_it(visit, cleanup, chen, metric):
    document = opened(visit, chen, metric)
    rows = [Decimal(row["value"]) for row in document["rows"]]
    assert sum(rows) == Decimal(document["total"])


def test_all_rows_are_reached_through_next(visit, cleanup, chen, client):
    document = opened(visit, chen, "receivables.recovered", size="1")
    values = []
    while True:
        values += [row["value"] for row in document["rows"]]
        if document["next"] is None:
            break
        document = client.get(document["next"]).json()
    assert values == ["250.00", "50.00"]


def test_a_row_says_what_it_is(visit, cleanup, chen):
    (row, _) = opened(visit, chen, "receivables.recovered")["rows"]
    assert row == {
        "register": "receivables",
        "row_id": cleanup["claim"].pk,
        "number": "Z-1",
        "label": "李保田",
        "village": SHANGTIAN,
        "on": "2022-06-30",
        "value": "250.00",
    }


def test_a_row_without_a_date_counts_from_the_beginning(visit, cleanup, lin):
    (row,) = opened(visit, lin, "receivables.count")["rows"]
    assert row["on"] is None
    assert "不分日期" in visit(lin, f"/figures/receivables.count/?as_of={AS_OF}")


def test_before_the_day_a_row_is_not_part_of_the_figure(visit, cleanup, chen):
    document = opened(visit, chen, "receivables.recovered", as_of="2022-12-24")
    assert document["total"] == "250.00"
    assert len(document["rows"]) == 1


def test_a_change_since_the_last_cut_off_opens_only_what_was_added(visit, cleanup, chen):
    document = opened(visit, chen, "receivables.recovered", since="2022-12-17")
    assert document["total"] == "50.00"
    assert [row["value"] for row in document["rows"]] == ["50.00"]


def test_a_rate_names_what_was_divided_by_what(visit, cleanup, chen):
    document = opened(visit, chen, "receivables.recovery_rate")
    assert document["total"] == "0.6000"
    assert document["numerator"]["value"] == "300.00"
    assert document["denominator"]["value"] == "500.00"
    (part,) = document["denominator"]["parts"]
    assert f"region={QINGSHUI}" in part["rows"]


def test_the_page_of_a_rate_links_both_sides(visit, cleanup, chen):
    html = visit(chen, f"/figures/receivables.recovery_rate_sealed_excluded/?as_of={AS_OF}")
    assert "/figures/receivables.recovered/?region=" in html
    assert "减：打包封存" in html


def test_rows_of_a_region_outside_are_not_confirmed_to_exist(visit, cleanup, lin, chen):
    for person, region in ((lin, XIATIAN), (lin, QINGSHUI), (chen, LIYUAN), (chen, "999901")):
        visit(person, f"/figures/contracts.total/?region={region}", 404)


def test_another_town_s_rows_are_in_no_answer(visit, cleanup, chen, shi):
    assert "canary" not in visit(chen, f"/figures/contracts.total/?as_of={AS_OF}")
    assert "canary" in visit(shi, f"/figures/contracts.total/?as_of={AS_OF}")


def test_an_unknown_figure_is_missing(visit, cleanup, chen):
    visit(chen, "/figures/contracts.invented/", 404)


@pytest.mark.parametrize(
    "query", ["as_of=2022-13-01", "as_of=20221231", "as_of=0001-01-01", "since=2023-01-01"]
)
def test_a_day_that_is_none_is_refused_in_words(visit, cleanup, chen, query):
    html = visit(chen, f"/figures/contracts.total/?as_of={AS_OF}&{query}", 400)
    assert 'role="alert"' in html


def test_a_roll_up_gone_wrong_is_said_on_the_page(visit, cleanup, chen):
    Rollup.objects.filter(region=QINGSHUI, metric="contracts.total").update(value=99)
    assert "不一致" in visit(chen, f"/figures/contracts.total/?as_of={AS_OF}")


def test_the_sheet_holds_the_rows_and_the_figure(client, cleanup, chen):
    client.force_login(chen)
    answer = client.get(f"/figures/receivables.recovered/?as_of={AS_OF}&format=xlsx")
    last, total = sheet(answer)[-4:-2]
    assert last[3:] == ["Z-1", "李保田", date(2022, 12, 25), 50]
    assert total[-1] == 300


def test_who_may_only_look_cannot_take_the_rows_away(visit, cleanup, people, places):
    Post.objects.filter(person=people["lin"]).update(role="village_head")
    visit(people["lin"], f"/figures/contracts.total/?as_of={AS_OF}")
    visit(people["lin"], f"/figures/contracts.total/?as_of={AS_OF}&format=xlsx", 403)
