from datetime import date

import pytest
from django.urls import reverse

from sanzi.access.models import Post
from sanzi.disclosure.models import Publication, Review
from tests.world import SHANGTIAN, XIATIAN

from .conftest import Q1


def url(name, *args):
    return reverse(f"disclosure:{name}", args=args)


@pytest.fixture
def here(collective):
    return (collective.pk, Q1.key)


def test_the_town_sees_every_village_and_what_each_lacks(closed, zheng, visit):
    html = visit(zheng, url("overview") + "?span=2024Q1")
    assert "上田村" in html
    assert "下田村" in html
    assert "36 / 44" in html
    assert "没有登记集体经济组织（44 项）" in html
    assert "逾期" in html


def test_a_village_sees_only_itself(closed, lin, qian, visit, here):
    assert "下田村" not in visit(lin, url("overview"))
    visit(qian, url("sheet", *here), status=404)
    visit(qian, url("preview", *here), status=404)
    visit(qian, url("tell", *here, "plan-2"), status=404)


def test_the_sheet_names_what_is_missing(closed, lin, visit, here):
    html = visit(lin, url("sheet", *here))
    assert "没有已批准的2024年预算" in html
    assert "资产台账没有登记" in html
    assert url("tell", *here, "plan-2") in html
    assert url("tell", *here, "income-1") not in html


def test_the_preview_is_what_the_public_will_see(closed, min, visit, here):
    html = visit(min, url("preview", *here) + "?group=2")
    assert "王*国" in html
    assert "王建国" not in html
    assert "同意公开" in html
    assert "发布给群众看" not in html


def test_an_open_month_offers_neither_opinion_nor_publication(small, min, visit, here):
    html = visit(min, url("preview", *here))
    assert "提交意见" not in html
    assert "还没有结账" in html


def test_from_preview_to_public_in_two_forms(closed, min, zheng, client, here, seen):
    client.force_login(min)
    form = {"sha256": seen()["sha256"], "agrees": "1", "words": ""}
    assert client.post(url("review", *here), form).status_code == 302
    client.force_login(zheng)
    assert client.post(url("publish", *here), {"sha256": form["sha256"]}).status_code == 302
    assert Publication.objects.get().review == Review.objects.get()


def test_a_neighbour_publishes_nothing(closed, client, luo, people, places, seen, here):
    Post.objects.filter(person=luo).delete()
    Post.objects.create(
        person=luo, role="agency_chief", region=places["999901002"], from_on=date(2020, 1, 1)
    )
    client.force_login(luo)
    answer = client.post(url("publish", *here), {"sha256": seen()["sha256"]})
    assert answer.status_code == 404
    assert client.get(url("words", SHANGTIAN)).status_code == 404
    assert not Publication.objects.exists()


@pytest.mark.parametrize("who", ["wu", "lin", "chen", "gao"])
def test_only_the_chief_publishes(closed, client, people, seen, here, who):
    client.force_login(people[who])
    answer = client.post(url("publish", *here), {"sha256": seen()["sha256"]})
    assert answer.status_code == 403


def test_what_the_village_tells_is_kept_and_shown(closed, client, lin, here, visit):
    client.force_login(lin)
    client.post(url("tell", *here, "plan-3"), {"text": "修渠 <b>300</b> 米"})
    html = visit(lin, url("preview", *here) + "?group=1")
    assert "修渠 &lt;b&gt;300&lt;/b&gt; 米" in html


def test_rules_are_set_by_whoever_publishes(client, zheng, wu, visit):
    assert "未核对" in visit(wu, url("rules"))
    client.force_login(wu)
    assert client.post(url("rules"), {"name": "due_day", "value": "20"}).status_code == 403
    client.force_login(zheng)
    assert client.post(url("rules"), {"name": "due_day", "value": "20"}).status_code == 302
    assert client.post(url("rules"), {"name": "due_day", "value": "31"}).status_code == 422
    assert 'value="20"' in visit(zheng, url("rules"))


def test_hidden_words_are_kept_by_village(client, zheng, visit):
    client.force_login(zheng)
    client.post(url("words", SHANGTIAN), {"word": "老支书"})
    assert "老支书" in visit(zheng, url("words", SHANGTIAN))
    assert "老支书" not in visit(zheng, url("words", XIATIAN))


def test_the_catalogue_says_it_is_unchecked(lin, visit):
    html = visit(lin, url("catalogue"))
    assert html.count("未核对") == 46


@pytest.mark.parametrize("span", ["2024Q9", "x", "999999"])
def test_a_span_that_is_none_is_not_found(closed, lin, visit, collective, span):
    visit(lin, url("sheet", collective.pk, span), status=404)
