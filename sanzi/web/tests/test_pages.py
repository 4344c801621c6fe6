import pytest

from sanzi.web.pages import local_path


def test_a_stranger_is_sent_to_sign_in_and_back(client, db):
    answer = client.get("/people/?a=1")
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/?next=/people/%3Fa%3D1"


def test_a_stranger_s_fragment_sends_the_whole_page_to_sign_in(client, db):
    answer = client.get(
        "/people/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/contracts/?q=a"},
    )
    assert answer["HX-Redirect"] == "/sign-in/?next=/contracts/%3Fq%3Da"


def test_nobody_comes_back_to_the_target_of_a_post(client, db):
    assert client.post("/step/")["Location"] == "/sign-in/"


def test_a_post_without_the_permission_may_not_see_the_page(client, lin):
    client.force_login(lin)
    answer = client.get("/people/")
    assert answer.status_code == 403
    assert "无权查看此页" in answer.content.decode()


def test_the_post_with_the_permission_may(client, xi):
    client.force_login(xi)
    assert client.get("/people/").status_code == 200


@pytest.mark.parametrize("url", ["/", "/contracts/", "/people/"])
def test_a_person_with_a_first_password_can_only_change_it(client, xi, url):
    type(xi).objects.filter(pk=xi.pk).update(must_change_password=True)
    client.force_login(xi)
    assert client.get(url)["Location"] == "/password/"


def test_the_password_page_and_signing_out_stay_open(client, xi):
    type(xi).objects.filter(pk=xi.pk).update(must_change_password=True)
    client.force_login(xi)
    assert client.get("/password/").content == b"password"
    assert client.post("/sign-out/").content == b"bye"


def test_a_get_of_a_changing_address_changes_nothing(client, lin):
    client.force_login(lin)
    answer = client.get("/step/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"


def test_head_is_answered_where_get_is(client, lin):
    client.force_login(lin)
    assert client.head("/").status_code == 200


def test_htmx_gets_the_part_and_a_boosted_visit_the_page(client, lin):
    client.force_login(lin)
    part = client.get("/", headers={"HX-Request": "true"})
    page = client.get("/", headers={"HX-Request": "true", "HX-Boosted": "true"})
    assert "<html" not in part.content.decode()
    assert "<html" in page.content.decode()
    assert "HX-Request" in part["Vary"]


def test_after_a_post_the_page_moves_on_with_or_without_htmx(client, lin):
    client.force_login(lin)
    assert client.post("/step/")["Location"] == "/"
    assert client.post("/step/", headers={"HX-Request": "true"})["HX-Redirect"] == "/"


@pytest.mark.parametrize("given", ["https://elsewhere.example/", "//elsewhere.example", "", None])
def test_nobody_is_sent_to_another_site(rf, given):
    assert local_path(rf.get("/"), given, "/home/") == "/home/"
