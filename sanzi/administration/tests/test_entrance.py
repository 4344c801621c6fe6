"""Rows S1, S2, S4, S5, S6, S11 and S13 of the accounts and sessions promises, on the pages."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from sanzi.access import lockout
from sanzi.access.models import Person, Post
from sanzi.access.system import system_person
from sanzi.administration.actions import accounts
from sanzi.administration.actions import people as appointments
from sanzi.journal.models import Entry
from sanzi.journal.verify import verify
from tests.world import NOON, SHANGTIAN, XIATIAN

from .conftest import PASSWORD

LOGIN = "/login/"


def sign_in(client, username="lin", password=PASSWORD, **more):
    return client.post(LOGIN, {"username": username, "password": password, **more})


def is_in(client):
    return client.get("/").status_code == 200


def test_the_sign_in_page_asks_for_account_and_password(client, db):
    page = client.get(LOGIN).content.decode()
    assert 'name="username"' in page
    assert 'name="password"' in page


def test_a_right_password_leads_home(client, passwords):
    assert sign_in(client).url == "/"
    assert is_in(client)


def test_it_leads_back_to_the_page_that_was_asked_for(client, passwords):
    asked = client.get("/password/")
    assert asked.url == "/login/?next=/password/"
    assert sign_in(client, next="/password/").url == "/password/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_it_leads_nowhere_else(client, passwords, elsewhere):
    assert sign_in(client, next=elsewhere).url == "/"


def test_a_signed_in_person_is_not_asked_again(client, passwords):
    sign_in(client)
    assert client.get(LOGIN).url == "/"


def _without_token(answer):
    page = re.sub(
        r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]*"', "", answer.content.decode()
    )
    return page.replace('value="lin"', "").replace('value="nobody"', "")


def test_unknown_account_and_wrong_password_get_the_same_page(client, passwords):
    known, unknown = sign_in(client, "lin", "wrong"), sign_in(client, "nobody", "wrong")
    assert known.status_code == unknown.status_code == 422
    assert _without_token(known) == _without_token(unknown)
    assert "账号或密码不对" in known.content.decode()


def test_the_sixth_attempt_is_refused_and_a_colleague_at_the_same_address_is_not(client, passwords):
    for _ in range(5):
        assert sign_in(client, password="wrong").status_code == 422
    refused = sign_in(client)
    assert refused.status_code == 429
    assert "15 分钟后再试" in refused.content.decode()
    assert sign_in(client, "chen").status_code == 302


def test_a_password_of_64_kilobytes_is_refused_as_too_long(client, passwords):
    assert sign_in(client, password="x" * 65536).status_code == 400


def test_a_session_key_brought_along_is_not_kept(client, passwords):
    planted = "planted0planted0planted0planted0"
    client.cookies["sessionid"] = planted
    sign_in(client)
    assert client.cookies["sessionid"].value != planted
    assert not is_in(Client(headers={"cookie": f"sessionid={planted}"}))


def test_the_session_of_somebody_else_at_the_same_browser_is_not_continued(client, passwords):
    sign_in(client)
    first = client.cookies["sessionid"].value
    sign_in(client, "chen")
    assert client.cookies["sessionid"].value != first
    assert client.get("/").wsgi_request.user.username == "chen"


def test_signing_out_ends_the_session_on_the_server(client, passwords):
    sign_in(client)
    stolen = client.cookies["sessionid"].value
    assert client.post("/logout/").url == LOGIN
    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert not is_in(thief)


def test_opening_the_sign_out_address_changes_nothing(client, passwords):
    sign_in(client)
    assert client.get("/logout/").status_code == 405
    assert is_in(client)


def test_signing_in_needs_the_token_of_the_form(passwords):
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict).status_code == 403


def test_the_journal_tells_who_came_and_went(client, passwords):
    sign_in(client, password="wrong")
    sign_in(client)
    client.post("/logout/")
    told = [(e.actor, e.label, e.object) for e in Entry.objects.order_by("seq")]
    lin = f"access.person:{passwords['lin'].pk}"
    assert told == [("", "登录密码错误", lin), ("lin", "登录", lin), ("lin", "退出", lin)]
    assert Entry.objects.get(seq=2).ip == "127.0.0.1"
    assert verify() == []


def test_a_password_typed_into_the_wrong_box_is_not_written_down(client, passwords):
    sign_in(client, "我的密码是春天", "x")
    assert "春天" not in Entry.objects.get().public
    assert Entry.objects.get().facts["account"] == "（没有这个账号）"


def test_spraying_raises_an_alarm_in_the_journal(client, db):
    for n in range(51):
        sign_in(client, f"somebody{n}", "same")
    assert Entry.objects.filter(public__contains="疑似试探密码").count() == 1


# Sessions that end.


def test_a_deactivated_person_is_out_at_the_next_request(client, passwords, an):
    sign_in(client)
    assert is_in(client)
    accounts.deactivate(person_id=passwords["lin"].pk, reason="离职", by=an, now=NOON)
    assert client.get("/").url.startswith(LOGIN)
    assert sign_in(client).status_code == 422


def test_a_changed_password_ends_every_other_session(client, passwords):
    other = Client()
    sign_in(client)
    sign_in(other)
    new = "换一句更长的话 2026"
    changed = client.post("/password/", {"old": PASSWORD, "new": new, "again": new})
    assert changed.url == "/"
    assert is_in(client)
    assert not is_in(other)


def test_a_new_post_or_the_end_of_one_ends_the_session(client, passwords, xi):
    sign_in(client)
    post = passwords["lin"].post
    appointments.end_post(post_id=post.pk, to_on=now().date() - timedelta(days=1), by=xi, now=now())
    assert client.get("/").url.startswith(LOGIN)


def _began(client, ago):
    session = client.session
    session["began"] = int((now() - ago).timestamp())
    session.save()


def test_thirty_minutes_without_a_request_end_the_session(client, passwords):
    sign_in(client)
    _began(client, timedelta(minutes=31))
    del client.cookies["sanzi_seen"]
    answer = client.get("/", follow=True)
    assert answer.redirect_chain[0][0].startswith(LOGIN)
    assert "30 分钟没有操作" in answer.content.decode()


def test_a_request_in_time_keeps_the_session(client, passwords):
    sign_in(client)
    is_in(client)
    _began(client, timedelta(hours=11))
    assert is_in(client)


def test_a_sign_of_life_of_another_session_counts_for_nothing(client, passwords):
    sign_in(client)
    is_in(client)
    seen = client.cookies["sanzi_seen"].value
    sign_in(client, "chen")
    _began(client, timedelta(minutes=31))
    client.cookies["sanzi_seen"] = seen
    assert not is_in(client)


def test_twelve_hours_end_the_session_however_busy(client, passwords):
    sign_in(client)
    is_in(client)
    _began(client, timedelta(hours=12, minutes=1))
    assert not is_in(client)


def test_reading_a_page_writes_nothing(client, passwords, django_assert_max_num_queries):
    sign_in(client)
    client.get("/")
    with django_assert_max_num_queries(6) as captured:
        client.get("/")
    assert not [q for q in captured if not q["sql"].startswith("SELECT")]


# One's own password.


def test_a_one_time_password_opens_only_the_page_to_change_it(client, passwords):
    Person.objects.filter(username="lin").update(must_change_password=True)
    sign_in(client)
    assert client.get("/").url == "/password/"
    assert "先换成自己的密码" in client.get("/password/").content.decode()
    new = "换一句更长的话 2026"
    client.post("/password/", {"old": PASSWORD, "new": new, "again": new})
    assert is_in(client)


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"old": "wrong"}, "原密码不对"),
        ({"new": "short", "again": "short"}, "10"),
        ({"new": "password1234", "again": "password1234"}, "常见"),
        ({"again": "something else"}, "不一样"),
        ({"new": PASSWORD, "again": PASSWORD}, "不能与原密码相同"),
    ],
)
def test_a_bad_change_of_password_says_why(client, passwords, typed, complaint):
    sign_in(client)
    new = "换一句更长的话 2026"
    answer = client.post("/password/", {"old": PASSWORD, "new": new, "again": new, **typed})
    assert complaint in answer.content.decode()
    assert Person.objects.get(username="lin").check_password(PASSWORD)


def test_the_old_password_cannot_be_guessed_faster_than_at_the_entrance(client, passwords):
    sign_in(client)
    new = "换一句更长的话 2026"
    said = [
        client.post("/password/", {"old": "wrong", "new": new, "again": new}).status_code
        for _ in range(6)
    ]
    assert said == [422] * 5 + [429]


# The first run.


def test_a_fresh_house_has_no_default_password(client, db):
    setup = system_person("system_setup")
    made = appointments.appoint_first_administrators(by=setup, now=NOON)
    for username in ("admin", "security", "audit"):
        for guess in ("admin", username, "password", "123456", ""):
            assert sign_in(client, username, guess).status_code != 302
    lockout.unlock("admin")
    assert sign_in(client, "admin", made[0][1]).status_code == 302
    assert client.get("/").url == "/password/"
    labels = Entry.objects.filter(action="people.appoint_first").values_list("actor", flat=True)
    assert list(labels) == ["system_setup"] * 3


# More than one post.


@pytest.fixture
def two_posts(passwords, places):
    lin = passwords["lin"]
    return Post.objects.create(
        person=lin, role="village_accountant", region=places[XIATIAN], from_on="2021-01-01"
    )


def test_who_holds_two_posts_acts_from_the_one_chosen(client, passwords, two_posts):
    sign_in(client)
    assert client.get("/").wsgi_request.user.region_code == SHANGTIAN
    assert client.post("/acting-post/", {"post": two_posts.pk}).url == "/"
    assert client.get("/").wsgi_request.user.region_code == XIATIAN


def test_nobody_acts_from_another_s_post(client, passwords, two_posts):
    sign_in(client, "qian")
    assert client.post("/acting-post/", {"post": two_posts.pk}).status_code == 404
    assert client.post("/acting-post/", {"post": "x"}).status_code == 404


# The demonstration.


@pytest.fixture
def demo(settings):
    settings.DEMO = True


def test_the_demonstration_offers_a_post_of_each_kind(client, people, demo):
    page = client.get(LOGIN).content.decode()
    assert "清水镇 农经站经办人 陈经办" in page
    answer = client.post("/login/demo/", {"post": people["chen"].post.pk})
    assert answer.url == "/"
    assert client.get("/").wsgi_request.user.username == "chen"


@pytest.mark.parametrize(
    "from_afar", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}]
)
def test_the_demonstration_opens_to_nobody_elsewhere(client, people, demo, from_afar):
    post = people["chen"].post.pk
    assert "陈经办" not in client.get(LOGIN, **from_afar).content.decode()
    assert client.post("/login/demo/", {"post": post}, **from_afar).status_code == 404
    assert not is_in(client)


def test_without_the_demonstration_nobody_comes_in_without_a_password(client, people):
    post = people["chen"].post.pk
    assert "陈经办" not in client.get(LOGIN).content.decode()
    assert client.post("/login/demo/", {"post": post}).status_code == 404
    assert not is_in(client)


def test_a_system_user_is_no_demonstration_person(client, people, demo):
    post = system_person("system_import").post.pk
    assert client.post("/login/demo/", {"post": post}).status_code == 404


def test_the_demonstration_survives_nonsense(client, people, demo):
    for given in ("", "x", "9" * 40, "²"):
        assert client.post("/login/demo/", {"post": given}).status_code == 404
    assert reverse("administration:demo-sign-in") == "/login/demo/"
