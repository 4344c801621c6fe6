import pytest

from tests.world import LIYUAN, SHANGTIAN


def visit(client, person, url="/"):
    client.force_login(person)
    answer = client.get(url)
    return answer.content.decode()


def test_the_menu_follows_the_post(client, lin, chen, xi):
    village, town, admin = (visit(client, person) for person in (lin, chen, xi))
    assert "合同台账" in village
    assert "任务清单" not in village
    assert "任务清单" in town
    assert "合同台账" not in admin
    assert "人员与岗位" in admin


def test_pages_that_do_not_exist_yet_are_left_out(client, chen):
    assert "挂图作战" not in visit(client, chen)


def test_a_village_gets_larger_type(client, lin, chen):
    assert "framed village" in visit(client, lin)
    assert "framed village" not in visit(client, chen)


def test_the_chosen_region_travels_with_the_menu(client, chen, contracts):
    html = visit(client, chen, f"/contracts/?region={SHANGTIAN}")
    assert f'href="/registers/contracts/?region={SHANGTIAN}"' in html


def test_on_a_page_by_region_the_region_links_stay_on_it(client, chen, contracts):
    assert f'href="/contracts/?region={SHANGTIAN}"' in visit(client, chen, "/contracts/")


def test_elsewhere_they_lead_home(client, chen):
    assert f'href="/?region={SHANGTIAN}"' in visit(client, chen)


@pytest.mark.parametrize("code", [LIYUAN, "999902", "9999", "abc", "0", "999901001999"])
def test_a_region_of_others_and_one_that_is_not_are_the_same_to_me(client, chen, contracts, code):
    client.force_login(chen)
    assert client.get(f"/contracts/?region={code}").status_code == 404


def test_a_person_without_a_post_is_told_so(client, lin):
    lin.all_posts.update(to_on="2020-12-31")
    client.force_login(lin)
    assert client.get("/").status_code == 200
    assert client.get("/contracts/").status_code == 403


def test_a_place_is_found_by_a_part_of_its_name(client, chen):
    html = visit(client, chen, "/places/?place=上田&next=/contracts/")
    assert f'href="/contracts/?region={SHANGTIAN}"' in html


def test_a_place_is_found_by_an_older_name(client, chen, places):
    places[SHANGTIAN].former_names.create(name="上甸大队", until_on="1984-01-01")
    assert "上田村" in visit(client, chen, "/places/?place=上甸")


@pytest.mark.parametrize("words", ["梨园", LIYUAN, "县", "%", "_", "\x00"])
def test_places_of_others_are_not_found(client, chen, words):
    client.force_login(chen)
    html = client.get("/places/", {"place": words}, headers={"HX-Request": "true"})
    assert "href" not in html.content.decode()


def test_the_way_from_a_place_leads_nowhere_else(client, chen):
    html = visit(client, chen, "/places/?place=上田&next=https://elsewhere.example/")
    assert "elsewhere" not in html


def test_a_name_with_markup_stays_a_name(client, chen, places):
    chen.name = "<script>alert(1)</script>"
    chen.save()
    html = visit(client, chen)
    assert "<script>alert" not in html
