"""Warnings on the first page of each level: how many of each colour, and where they are listed."""

from decimal import Decimal

import pytest
from django.utils.timezone import localdate, now

from sanzi.warnings.models import Event
from tests.world import COUNTY, QINGSHUI, SHANGTIAN, XIATIAN


@pytest.fixture
def lit(people):
    """Three red, two orange and one yellow one in Qingshui; one kept back by the budget."""
    today = localdate()
    for n, level in enumerate((4, 4, 4, 3, 3, 2, 4)):
        event = Event(
            village=SHANGTIAN if n % 2 else XIATIAN, rule="W-35", cause=f"contracts.contract:{n}",
            name="某合同", level=level, lane="warn", value=Decimal(200), threshold=Decimal(180),
            money=Decimal(5), sentence="最久逾期 200 天", rows_count=1, first_on=today,
            last_on=today, shown_on=None if n == 6 else today, shown_at=None if n == 6 else now(),
        )  # fmt: skip
        event.place()
        event.save()


@pytest.mark.parametrize(("who", "region"), [("shi", COUNTY), ("fang", COUNTY[:4])])
def test_county_and_city_read_them_by_colour(lit, people, visit, who, region):
    html = visit(people[who], "/")
    assert "</a>：6 条</h2>" in html
    for level, word, many in ((4, "红·严重", 3), (3, "橙·较重", 2), (2, "黄·注意", 1)):
        url = f"/warnings/?region={region}&amp;state=listed&amp;of_colour={level}"
        assert url in html
        assert f"{word}</span> {many} 条</a>" in html.replace("\n", "")
        assert f"{many} 条预警" in visit(people[who], url.replace("&amp;", "&"))


def test_the_town_s_tile_says_the_colours_too(lit, people, visit):
    assert "红 3 条，橙 2 条，黄 1 条" in visit(people["chen"], "/")


def test_what_came_up_to_a_level_is_said_there_only(lit, people, visit):
    one = Event.objects.filter(level=4).exclude(shown_on=None).first()
    one.raised_to, one.raised_on, one.answer_by_on = COUNTY, localdate(), localdate()
    one.save()
    assert "1 条在下面到期没有人办理，已提级到本级" in visit(people["shi"], "/")
    assert "已提级到本级" not in visit(people["fang"], "/")
    assert "提级到本级" not in visit(people["chen"], f"/?region={QINGSHUI}")


def test_a_quiet_place_says_so(people, visit):
    assert "没有要看的预警" in visit(people["shi"], "/")
