from datetime import date

import pytest

from sanzi.access.models import Person, Post
from sanzi.administration.actions import regions as actions
from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.orgs.models import Region
from sanzi.orgs.tree import children_of
from tests.world import BAIYAN, COUNTY, LIYUAN, NOON, QINGSHUI, SHANGTIAN, XIATIAN

TODAY = date(2026, 3, 2)


@pytest.fixture
def county_admin(places):
    person = Person.objects.create(username="county-xi", name="县管理")
    Post.objects.create(
        person=person, role="system_admin", region=places[COUNTY], from_on="2020-01-01"
    )
    return person


def add(by, code, name="新村"):
    return actions.add_region(code=code, name=name, valid_from=None, by=by, now=NOON)


def rename(by, region, name, on=TODAY):
    return actions.rename_region(region_id=region.pk, name=name, on=on, by=by, now=NOON)


def merge(by, region, into, on=TODAY):
    return actions.merge_region(region_id=region.pk, into=into, on=on, by=by, now=NOON)


def test_a_region_is_added_below_one_that_exists(xi, places):
    region = add(xi, "999901001203")
    assert (region.level, region.parent) == ("village", places[QINGSHUI])
    assert Entry.objects.get().facts == {"label": "添加地区", "code": region.code, "name": "新村"}


def test_a_group_is_a_region_too(xi, places):
    assert add(xi, f"{SHANGTIAN}01", "第一组").level == "group"


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        (SHANGTIAN, Blocked),
        ("999901099201", Missing),
        ("12345", Invalid),
        ("", Forbidden),
        ("上田", Invalid),
    ],
)
def test_a_code_that_cannot_be_is_refused(xi, places, code, refusal):
    with pytest.raises(refusal):
        add(xi, code)


def test_nobody_adds_outside_their_own_region(county_admin):
    assert add(county_admin, "999901003", "新镇")
    with pytest.raises(Forbidden):
        add(county_admin, "999902", "邻县")
    with pytest.raises(Forbidden):
        add(county_admin, COUNTY, "本县")


def test_a_renamed_region_keeps_its_former_name_and_its_last_day(xi, places):
    region = rename(xi, places[SHANGTIAN], "上田新村", on=date(2026, 3, 1))
    former = region.former_names.get()
    assert region.name == "上田新村"
    assert (former.name, former.until_on) == ("上田村", date(2026, 2, 28))


@pytest.mark.parametrize("name", ["", "  ", "上田村", "长" * 61])
def test_a_new_name_is_a_name_and_new(xi, places, name):
    with pytest.raises(Invalid):
        rename(xi, places[SHANGTIAN], name)


def test_names_follow_each_other_in_time(xi, places):
    region = rename(xi, places[SHANGTIAN], "上田新村", on=date(2026, 3, 1))
    with pytest.raises(Invalid):
        rename(xi, region, "上田大村", on=date(2026, 2, 28))
    with pytest.raises(Invalid, match="不能晚于今天"):
        rename(xi, region, "上田大村", on=date(2026, 3, 3))


def test_a_merged_region_keeps_its_past_and_names_its_successor(xi, places):
    region = merge(xi, places[XIATIAN], SHANGTIAN)
    assert (region.valid_to, region.succeeded_by) == (date(2026, 3, 1), places[SHANGTIAN])
    assert [child.code for child in children_of(QINGSHUI)] == [SHANGTIAN]
    assert Region.objects.filter(code=XIATIAN).exists()


@pytest.mark.parametrize(
    ("code", "into", "refusal"),
    [
        (XIATIAN, XIATIAN, Blocked),
        (XIATIAN, QINGSHUI, Blocked),
        (QINGSHUI, BAIYAN, Blocked),
        (XIATIAN, "999901001299", Missing),
    ],
)
def test_a_merger_is_between_living_equals_without_dependants(xi, places, code, into, refusal):
    with pytest.raises(refusal):
        merge(xi, places[code], into)


def test_nothing_is_merged_into_what_is_gone(xi, places):
    merge(xi, places[XIATIAN], SHANGTIAN)
    with pytest.raises(Missing):
        merge(xi, places[LIYUAN], XIATIAN)
    with pytest.raises(Blocked, match="已于"):
        merge(xi, Region.objects.get(code=XIATIAN), SHANGTIAN)


def test_only_the_system_administrator_changes_the_tree(people, places):
    for name in set(people) - {"xi"}:
        with pytest.raises(Forbidden):
            rename(people[name], places[SHANGTIAN], "上田新村")


# The pages.


def text(answer):
    return answer.content.decode()


def test_the_page_shows_a_region_and_what_lies_below(enter, xi):
    page = text(enter(xi).get(f"/regions/?region={QINGSHUI}"))
    assert "上田村" in page
    assert "999901001201" in page
    assert "梨园村" not in page


def test_the_tree_is_changed_on_the_page(enter, xi, places):
    browser = enter(xi)
    added = {"code": "999901001203", "name": "南田村", "valid_from": ""}
    answer = browser.post(f"/regions/new/?region={QINGSHUI}", added)
    assert answer.url == "/regions/?region=999901001203"
    pk = Region.objects.get(code="999901001203").pk
    browser.post(f"/regions/{pk}/names/", {"name": "南田新村", "on": "2026-03-02"})
    assert "南田村（用到 2026-03-01）" in text(browser.get(answer.url))
    browser.post(f"/regions/{pk}/succession/", {"into": SHANGTIAN, "on": "2026-03-02"})
    assert "并入上田村" in text(browser.get(answer.url))


@pytest.mark.parametrize("noun", ["names", "succession"])
def test_an_empty_form_is_refused_in_place(enter, xi, places, noun):
    answer = enter(xi).post(f"/regions/{places[SHANGTIAN].pk}/{noun}/", {})
    assert answer.status_code == 422
    assert 'class="field wrong"' in text(answer)


def test_a_region_elsewhere_is_not_found(enter, county_admin, places):
    browser = enter(county_admin)
    assert browser.get("/regions/?region=9999").status_code == 404
    pk = places["9999"].pk
    assert (
        browser.post(f"/regions/{pk}/names/", {"name": "x", "on": "2026-03-02"}).status_code == 404
    )
