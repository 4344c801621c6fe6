from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from sanzi.access import lockout
from sanzi.access.models import Person, Post
from sanzi.administration.actions import accounts
from sanzi.administration.actions import people as actions
from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.orgs.models import Region
from tests.world import BAIYAN, COUNTY, NOON, PEOPLE, QINGSHUI, SHANGTIAN, XIATIAN

TODAY = localdate(NOON)
NEW = {"username": "wang01", "name": "王新", "role": "village_head", "region": SHANGTIAN}


@pytest.fixture
def county_admin(people, places):
    """A system administrator of the county only."""
    person = Person.objects.create(username="county-xi", name="县管理")
    Post.objects.create(
        person=person, role="system_admin", region=places[COUNTY], from_on=date(2020, 1, 1)
    )
    return person


@pytest.fixture
def town_guard(people, places):
    """A security administrator of another county, where nobody here works."""
    person = Person.objects.create(username="far-an", name="外县安全")
    far = Region.objects.create(code="999902", name="邻县", level="county", parent=places["9999"])
    Post.objects.create(person=person, role="security_admin", region=far, from_on="2020-01-01")
    return person


def give(by, person, role, region, from_on=TODAY, to_on=None):
    return actions.give_post(
        person_id=person.pk,
        role=role,
        region=region,
        from_on=from_on,
        to_on=to_on,
        by=by,
        now=NOON,
    )


def test_a_new_person_gets_a_post_and_a_password_for_once(xi):
    person, password = actions.add_person(**NEW, from_on=date(2021, 1, 1), by=xi, now=NOON)
    assert str(person.post) == "上田村 村党组织书记"
    assert person.must_change_password
    assert person.check_password(password)
    entry = Entry.objects.get()
    assert (entry.label, entry.village, entry.facts["name"]) == ("新增人员", SHANGTIAN, "王新")
    assert password not in entry.public


@pytest.mark.parametrize("username", ["", "x", "-x", "Wang Xin", "王新", "a" * 41, "x\n"])
def test_an_account_is_named_in_small_letters_and_figures(xi, username):
    with pytest.raises(Invalid):
        actions.add_person(**{**NEW, "username": username}, from_on=TODAY, by=xi, now=NOON)


def test_an_account_name_is_given_once(xi):
    with pytest.raises(Blocked, match="已有人使用"):
        actions.add_person(**{**NEW, "username": "LIN"}, from_on=TODAY, by=xi, now=NOON)


def test_a_new_person_whose_post_is_refused_does_not_come_to_be(xi):
    with pytest.raises(Invalid):
        actions.add_person(**{**NEW, "region": QINGSHUI}, from_on=TODAY, by=xi, now=NOON)
    assert not Entry.objects.exists()


def test_only_system_administrators_appoint(people, lin):
    for name in set(people) - {"xi"}:
        with pytest.raises(Forbidden):
            give(people[name], lin, "village_head", SHANGTIAN)


def test_nobody_appoints_outside_their_own_region(county_admin, lin, luo):
    assert give(county_admin, luo, "town_clerk", QINGSHUI)
    with pytest.raises(Forbidden):
        give(county_admin, lin, "system_admin", "")
    with pytest.raises(Forbidden):
        give(county_admin, lin, "city_leader", "9999")


def test_nobody_is_administered_by_whoever_does_not_cover_all_their_posts(
    county_admin, fang, places
):
    with pytest.raises(Missing):
        give(county_admin, fang, "county_office", COUNTY)
    Post.objects.create(person=fang, role="inspector", region=places[COUNTY], from_on="2021-01-01")
    with pytest.raises(Forbidden, match="其他辖区"):
        give(county_admin, fang, "county_office", COUNTY)


def test_nobody_appoints_themselves(xi):
    with pytest.raises(Forbidden):
        give(xi, xi, "system_admin", COUNTY)
    with pytest.raises(Forbidden):
        actions.end_post(post_id=xi.post.pk, to_on=TODAY, by=xi, now=NOON)


@pytest.mark.parametrize("role", ["security_admin", "audit_admin", "county_office", "inspector"])
def test_one_administrator_holds_no_second_office(xi, county_admin, role):
    with pytest.raises(Blocked, match="不能由一人兼任"):
        give(xi, county_admin, role, COUNTY)


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "audit_admin"])
def test_who_does_business_becomes_no_administrator(xi, shi, role):
    with pytest.raises(Blocked, match="不能由一人兼任"):
        give(xi, shi, role, COUNTY)


def test_after_the_one_office_ends_the_other_may_begin(xi, shi):
    actions.end_post(post_id=shi.post.pk, to_on=TODAY - timedelta(days=1), by=xi, now=NOON)
    assert give(xi, shi, "audit_admin", COUNTY, from_on=TODAY)


def test_a_day_in_common_is_too_much(xi, shi):
    actions.end_post(post_id=shi.post.pk, to_on=TODAY, by=xi, now=NOON)
    with pytest.raises(Blocked):
        give(xi, shi, "audit_admin", COUNTY, from_on=TODAY)


def test_business_posts_may_be_held_together(xi, lin):
    assert give(xi, lin, "village_accountant", XIATIAN)


def test_the_same_post_is_not_held_twice(xi, lin):
    with pytest.raises(Blocked, match="已任"):
        give(xi, lin, "village_accountant", SHANGTIAN)


@pytest.mark.parametrize(
    ("role", "region", "refusal"),
    [
        ("town_clerk", SHANGTIAN, Invalid),
        ("system_setup", "", Invalid),
        ("system_import", "", Invalid),
        ("emperor", "", Invalid),
        ("village_head", "999901001299", Missing),
        ("village_head", "nonsense", Invalid),
    ],
)
def test_a_post_is_a_known_role_at_a_level_in_a_region_that_exists(xi, lin, role, region, refusal):
    with pytest.raises(refusal):
        give(xi, lin, role, region)


def test_a_post_ends_on_its_last_day(xi, lin):
    actions.end_post(post_id=lin.post.pk, to_on=TODAY, by=xi, now=NOON)
    post = Post.objects.get(person=lin)
    assert list(Post.objects.held_on(TODAY).filter(person=lin)) == [post]
    assert not Post.objects.held_on(TODAY + timedelta(days=1)).filter(person=lin).exists()


def test_a_past_term_is_not_written_anew(xi, lin):
    post = lin.post
    actions.end_post(post_id=post.pk, to_on=date(2021, 1, 1), by=xi, now=NOON)
    with pytest.raises(Blocked, match="过去的任期"):
        actions.end_post(post_id=post.pk, to_on=TODAY, by=xi, now=NOON)


def test_a_post_does_not_end_before_it_began(xi, lin):
    with pytest.raises(Invalid):
        actions.end_post(post_id=lin.post.pk, to_on=date(2019, 12, 31), by=xi, now=NOON)


ACCOUNT_ACTIONS = (accounts.deactivate, accounts.reset_password, accounts.unlock)


@pytest.mark.parametrize("act", ACCOUNT_ACTIONS)
def test_only_security_administrators_touch_accounts(people, lin, act):
    for name in set(people) - {"an"}:
        with pytest.raises(Forbidden):
            act(person_id=lin.pk, reason="x", by=people[name], now=NOON)


@pytest.mark.parametrize("act", ACCOUNT_ACTIONS)
def test_an_account_elsewhere_does_not_exist(town_guard, lin, act):
    with pytest.raises(Missing):
        act(person_id=lin.pk, reason="x", by=town_guard, now=NOON)


@pytest.mark.parametrize("act", ACCOUNT_ACTIONS)
def test_an_account_is_touched_for_a_reason_that_is_kept(an, lin, act):
    with pytest.raises(Invalid, match="理由"):
        act(person_id=lin.pk, reason=" ", by=an, now=NOON)
    act(person_id=lin.pk, reason="本人申请", by=an, now=NOON)
    assert Entry.objects.get().facts["reason"] == "本人申请"


def test_no_security_administrator_locks_themselves_out(an):
    with pytest.raises(Forbidden):
        accounts.deactivate(person_id=an.pk, reason="x", by=an, now=NOON)


def test_a_reset_password_is_new_and_must_change(an, passwords):
    lin = passwords["lin"]
    lockout.count_as_wrong("lin", "192.0.2.7", NOON)
    _, password = accounts.reset_password(person_id=lin.pk, reason="忘记", by=an, now=NOON)
    lin.refresh_from_db()
    assert lin.check_password(password)
    assert lin.must_change_password
    assert lockout.unlock("lin") == 0
    assert password not in Entry.objects.get().public


def test_shutting_twice_or_opening_the_open_says_so(an, lin):
    accounts.deactivate(person_id=lin.pk, reason="离职", by=an, now=NOON)
    with pytest.raises(Blocked):
        accounts.deactivate(person_id=lin.pk, reason="离职", by=an, now=NOON)
    accounts.activate(person_id=lin.pk, reason="返聘", by=an, now=NOON)
    with pytest.raises(Blocked):
        accounts.activate(person_id=lin.pk, reason="返聘", by=an, now=NOON)


# The pages.


def text(answer):
    return answer.content.decode()


def test_the_list_shows_people_with_their_posts(enter, xi):
    page = text(enter(xi).get("/people/"))
    assert f"全国：{len(PEOPLE)} 人" in page
    assert "上田村 村会计（报账员）" in page


def test_the_list_asks_the_same_few_questions_however_many_people(
    enter, xi, places, django_assert_max_num_queries
):
    for n in range(30):
        person = Person.objects.create(username=f"p{n}", name=f"某{n}")
        Post.objects.create(
            person=person, role="village_head", region=places[SHANGTIAN], from_on="2020-01-01"
        )
    browser = enter(xi)
    with django_assert_max_num_queries(9):
        page = text(browser.get("/people/?page=2"))
    assert f"21–40 行，共 {30 + len(PEOPLE)} 行" in page


def test_the_list_of_a_county_administrator_ends_at_the_county(enter, county_admin):
    page = text(enter(county_admin).get("/people/"))
    assert "陈经办" in page
    assert "方书记" not in page


@pytest.mark.parametrize(
    ("query", "there", "absent"),
    [
        ("q=陈", "陈经办", "罗经办"),
        ("q=luo", "罗经办", "陈经办"),
        ("role=town_clerk", "罗经办", "林会计"),
        (f"region={BAIYAN}", "罗经办", "陈经办"),
        ("state=inactive", "没有符合条件", "陈经办"),
        ("role=emperor", "陈经办", "没有符合条件"),
    ],
)
def test_people_are_found_by_name_role_place_and_state(enter, xi, query, there, absent):
    page = text(enter(xi).get(f"/people/?{query}"))
    assert there in page
    assert f">{absent}</a>" not in page


def test_a_region_elsewhere_is_not_found(enter, county_admin):
    assert enter(county_admin).get("/people/?region=9999").status_code == 404


def test_adding_on_the_page_shows_the_password_once(enter, xi):
    browser = enter(xi)
    answer = browser.post("/people/new/", {**NEW, "from_on": "2026-03-02"})
    assert "只显示这一次" in text(answer)
    assert "no-store" in answer["Cache-Control"]
    person = Person.objects.get(username="wang01")
    page = text(browser.get(f"/people/{person.pk}/"))
    assert "上田村 村党组织书记" in page
    assert "新增人员" in page


def test_a_post_is_given_and_ended_on_the_page(enter, xi, lin):
    browser = enter(xi)
    given = {"role": "village_head", "region": XIATIAN, "from_on": "2026-03-02", "to_on": ""}
    assert browser.post(f"/people/{lin.pk}/posts/", given).url == f"/people/{lin.pk}/"
    post = Post.objects.get(person=lin, role="village_head")
    assert browser.post(f"/posts/{post.pk}/end/", {"to_on": "2026-03-31"}).status_code == 302
    page = text(browser.get(f"/people/{lin.pk}/"))
    assert "2026-03-31" in page
    assert "已记离任" in page


def test_a_day_that_is_none_is_refused_in_place(enter, xi, lin):
    given = {"role": "village_head", "region": XIATIAN, "from_on": "2026-02-30"}
    answer = enter(xi).post(f"/people/{lin.pk}/posts/", given)
    assert answer.status_code == 422
    assert 'class="field wrong"' in text(answer)
    assert enter(xi).post(f"/posts/{lin.post.pk}/end/", {"to_on": "x"}).status_code == 422


def test_the_security_administrator_acts_on_the_page(enter, an, lin):
    browser = enter(an)
    assert "重设密码" in text(browser.get(f"/people/{lin.pk}/"))
    assert "只显示这一次" in text(browser.post(f"/people/{lin.pk}/password/", {"reason": "忘记"}))
    for noun in ("lock", "deactivation", "activation"):
        assert browser.post(f"/people/{lin.pk}/{noun}/", {"reason": "核查"}).status_code == 302
        assert browser.post(f"/people/{lin.pk}/{noun}/", {"reason": ""}).status_code == 422
    assert "停用账号" in text(browser.get(f"/people/{lin.pk}/"))


def test_each_administrator_is_offered_only_their_own_work(enter, xi, an, lin):
    address = f"/people/{lin.pk}/"
    assert "停用" not in text(enter(xi).get(address))
    assert "formaction" in text(enter(an).get(address))
    assert "离任日期" not in text(enter(an).get(address))
    assert enter(an).post(f"/people/{lin.pk}/posts/", {}).status_code == 403
    assert enter(xi).post(f"/people/{lin.pk}/deactivation/", {"reason": "x"}).status_code == 403


def test_who_does_business_sees_none_of_it(enter, people, ji, lin):
    for name in ("lin", "chen", "gao", "shi", "fang", "jian", "ji"):
        for address in ("/people/", "/people/new/", f"/people/{lin.pk}/", "/regions/"):
            assert enter(people[name]).get(address).status_code == 403


def test_a_person_elsewhere_is_not_found(enter, county_admin, fang):
    browser = enter(county_admin)
    assert browser.get(f"/people/{fang.pk}/").status_code == 404
    assert browser.post(f"/posts/{fang.post.pk}/end/", {"to_on": "2026-03-02"}).status_code == 404
