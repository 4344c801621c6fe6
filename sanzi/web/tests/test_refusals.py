import pytest

from sanzi.web.middleware import CONTENT_POLICY


@pytest.fixture
def as_lin(client, lin):
    client.force_login(lin)
    return client


def test_a_refusal_is_a_page_with_its_sentence_and_code(as_lin):
    answer = as_lin.post("/step/", {"refuse": "1"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert 'data-code="workflow.moved"' in html
    assert "&lt;b&gt;请刷新" in html


def test_for_htmx_a_refusal_is_a_line_that_lands_in_the_notice(as_lin):
    answer = as_lin.post("/step/", {"refuse": "1"}, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#notice"
    assert "<html" not in answer.content.decode()


def test_a_wrong_address_says_so_in_plain_words(as_lin):
    answer = as_lin.get("/nowhere/")
    assert answer.status_code == 404
    assert "没有找到这个页面" in answer.content.decode()


def test_a_stranger_sees_refusals_without_the_frame(client, db):
    html = client.get("/nowhere/").content.decode()
    assert 'class="side"' not in html


def test_a_crash_tells_nothing_of_itself(client, db):
    client.raise_request_exception = False
    answer = client.get("/crash/")
    html = answer.content.decode()
    assert answer.status_code == 500
    assert "没有保存" in html
    assert "4711" not in html
    assert "Traceback" not in html


def test_a_crash_under_htmx_leaves_the_page_standing(client, db):
    client.raise_request_exception = False
    answer = client.get("/crash/", headers={"HX-Request": "true"})
    assert answer["HX-Retarget"] == "#notice"
    assert "<html" not in answer.content.decode()


def test_a_form_from_elsewhere_is_refused_in_words(lin, client):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(lin)
    answer = strict.post("/step/")
    assert answer.status_code == 403
    assert "没有保存" in answer.content.decode()


def test_every_answer_forbids_what_the_page_does_not_need(client, db):
    for url in ("/sign-in/", "/nowhere/"):
        answer = client.get(url)
        assert answer["Content-Security-Policy"] == CONTENT_POLICY
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "no-store"


def test_the_policy_has_no_back_door():
    assert "unsafe" not in CONTENT_POLICY
    assert "http" not in CONTENT_POLICY
    assert CONTENT_POLICY.startswith("default-src 'none'")
