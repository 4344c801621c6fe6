"""What its people see, that the next village gets 404, and how a refusal is told."""

import pytest
from django.urls import reverse

from sanzi.documents.tests.files import jpeg, upload
from sanzi.journal.recorder import key
from sanzi.resolutions.models import Resolution

from .sittings import SITTINGS


def url(name, *args):
    return reverse(f"resolutions:{name}", args=args)


def typed(minutes, **more):
    told = {k: v for k, v in minutes.fields.items() if v is not None and v is not False}
    return {**told, **more}


def test_a_resolution_shows_its_meetings_postings_and_what_comes_next(walk, visit, lin, chen):
    resolution = walk("published")
    html = visit(chen, url("resolution", resolution.pk))

    assert "由成员大会决定，2026-03-20 表决通过" in html
    assert all(word in html for word in ("村党组织提议", "赵书记", "公开栏", "核对生效"))
    assert "登记异议" in visit(lin, url("resolution", resolution.pk))


def test_the_next_village_does_not_learn_of_it(walk, visit, qian):
    visit(qian, url("resolution", walk("drafted").pk), status=404)


def test_the_list_costs_the_same_however_long_it_is(walk, visit, chen, brought):
    walk("published")
    walk("drafted", on=key(brought["lawful"]))
    html = visit(chen, url("resolutions"))
    assert "完善修订合同" in html


def test_a_motion_is_drafted_from_the_page_of_its_thing(brought, client, lin):
    client.force_login(lin)
    on = key(brought["oral"])
    address = f"{url('new')}?on={on}&matter=contract.revise"
    assert "HT-1" in client.get(address).content.decode()

    answer = client.post(url("new"), {"on": on, "matter": "contract.revise", "body": "成员大会"})
    made = Resolution.objects.get()
    assert answer.headers["Location"] == url("resolution", made.pk)
    assert "完善修订" in made.motion


def test_a_quorum_missed_is_told_in_place_with_what_was_typed(walk, client, lin):
    resolution = walk("reviewed")
    client.force_login(lin)
    form = typed(SITTINGS["decide"], present=199, approved=199, abstained=0)

    answer = client.post(url("meeting", resolution.pk, "decide"), form)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "到会不足三分之二" in html
    assert 'value="199"' in html
    assert "登记为未通过的会议" in html


def test_a_meeting_is_recorded_with_its_papers(walk, client, lin):
    resolution = walk("reviewed")
    client.force_login(lin)
    form = typed(SITTINGS["decide"], paper_photo=upload("a.jpg", jpeg()))

    answer = client.post(url("meeting", resolution.pk, "decide"), form)

    resolution.refresh_from_db()
    assert answer.status_code == 302
    assert resolution.stage == "decided"


@pytest.mark.parametrize("step", ["publish", "nonsense", "review"])
def test_a_step_this_way_does_not_have_is_no_page(propose, visit, lin, step):
    resolution = propose(matter="ordinary", body="理事会")
    visit(lin, url("meeting", resolution.pk, step), status=404)
