"""待办: the count in the bar."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.campaigns.models import Task
from tests.world import SHANGTIAN, XIATIAN

HTMX = {"HX-Request": "true"}


def task(number, village=SHANGTIAN, due_on=None, **more):
    return Task.objects.create(
        village=village,
        number=number,
        matter="收清荷塘租金",
        category="化债务",
        due_on=due_on,
        **more,
    )


def test_the_bar_counts_what_is_mine_and_leads_to_it(client, lin, luo, places):
    yesterday = localdate() - timedelta(days=1)
    task("T-1", person=lin, due_on=yesterday)
    task("T-2", person=lin, due_on=date(2999, 1, 1))
    task("T-3", village=XIATIAN, person=luo)
    client.force_login(lin)
    page = reverse("dashboards:waiting")
    assert f'href="{page}" hx-get="{page}"' in client.get("/").content.decode()
    bare = client.get(page, headers=HTMX).content.decode()
    assert "待办 <b>2</b>" in bare
    assert "<main" not in bare
    html = client.get(page).content.decode()
    assert "要办的任务" in html
    assert "1 项已过时限" in html
    assert f'href="{reverse("campaigns:my-tasks")}"' in html


def test_a_town_s_first_page_fetches_what_waits_as_tiles(client, chen, places):
    task("T-1", person=chen)
    client.force_login(chen)
    tiles = reverse("dashboards:waiting-tiles")
    assert f'hx-get="{tiles}"' in client.get("/").content.decode()
    bare = client.get(tiles, headers=HTMX).content.decode()
    assert "要办的任务" in bare
    assert "<main" not in bare
    assert "返回今天" in client.get(tiles).content.decode(), "a page of its own without scripts"


def test_whoever_has_nothing_is_told_so(client, luo, places):
    client.force_login(luo)
    assert "都办完了" in client.get(reverse("dashboards:waiting")).content.decode()


def test_an_administrator_has_no_such_bar(client, xi, places):
    client.force_login(xi)
    assert reverse("dashboards:waiting") not in client.get("/").content.decode()


def test_the_count_asks_at_most_thirteen_queries(
    client, chen, places, django_assert_max_num_queries
):
    client.force_login(chen)
    with django_assert_max_num_queries(13):
        client.get(reverse("dashboards:waiting"), headers=HTMX)
