from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from sanzi.access.models import Person, Post
from sanzi.campaigns.models import Task
from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.responsibility import hands
from sanzi.responsibility.actions.handover import hand_over
from sanzi.responsibility.hands import holding_of
from sanzi.responsibility.models import Assignment, Handover
from sanzi.responsibility.queries import answering_for
from tests.world import NOON, QINGSHUI, SHANGTIAN

MARCH = date(2026, 3, 1)
TASK = {"category": "清合同", "matter": "核对", "due_on": "2026-06-30"}


@pytest.fixture
def successor(places, lin):
    """Who takes over Lin's post in Shangtian."""
    person = Person(username="lin2", name="林二")
    person.set_unusable_password()
    person.save()
    Post.objects.create(person=person, role="village_accountant", region=places[SHANGTIAN],
                        from_on=date(2026, 1, 1))  # fmt: skip
    return person


@pytest.fixture
def open_work(chained, bring, lin):
    """A group to answer for; two tasks that name Lin, by key and in words; one of another."""
    bring(任务=[
        {**TASK, "village": SHANGTIAN, "number": "R-1", "responsible": "镇里"},
        {**TASK, "village": SHANGTIAN, "number": "R-2", "responsible": "林会计"},
        {**TASK, "village": SHANGTIAN, "number": "R-3", "responsible": "别人"},
    ])  # fmt: skip
    Task.objects.filter(number="R-1").update(person=lin)


def run(lin, taker, by, key="h", digest=None, on=MARCH):
    held = holding_of(lin, by.region_code)
    return hand_over(
        giver_id=lin.pk, taker_id=taker.pk, reason="岗位调整", on=on, key=key, by=by, now=NOON,
        digest=held.digest if digest is None else digest,
    )  # fmt: skip


def test_everything_open_moves_in_one_action_with_its_paper_and_a_trace_on_each(
    open_work, lin, successor, gao
):
    done = run(lin, successor, gao)
    assert done.count == 3
    assert holding_of(lin, QINGSHUI).count == 0
    assert holding_of(successor, QINGSHUI).count == 3
    assert {t.number: t.person for t in Task.objects.all()} == {
        "R-1": successor, "R-2": successor, "R-3": None,
    }  # fmt: skip
    held = answering_for(SHANGTIAN, on=MARCH).by_level["group"].people
    assert [one.name for one in held] == ["林二"]
    before = answering_for(SHANGTIAN, on=date(2026, 2, 28)).by_level["group"].people
    assert [one.name for one in before] == ["林会计"]
    told = Entry.objects.filter(action="responsibility.hand-over")
    assert {entry.object for entry in told} == {
        *(line.thing for line in done.lines.all()), f"responsibility.handover:{done.pk}",
    }  # fmt: skip
    assert {row["name"] for row in done.letter.values["things"]} == {
        line.label for line in done.lines.all()
    }
    assert done.letter.issuer == "清水镇"


def test_one_thing_that_cannot_move_keeps_all_where_they_are(
    open_work, lin, successor, gao, monkeypatch
):
    every = hands.hands()
    stuck = replace(every[0], code="x.stuck", title="卡住的事", move=lambda keys, move: 0)
    monkeypatch.setattr(hands, "hands", lambda: (*every, stuck))
    with pytest.raises(Blocked, match="卡住的事刚被别人办理"):
        run(lin, successor, gao)
    assert not Task.objects.filter(person=successor).exists()
    assert not Assignment.objects.filter(person=successor).exists()
    assert not Handover.objects.exists()


def test_what_was_looked_at_is_what_is_moved(open_work, lin, successor, gao):
    seen = holding_of(lin, QINGSHUI).digest
    Task.objects.filter(number="R-3").update(person=lin)
    with pytest.raises(Blocked, match="有变动"):
        run(lin, successor, gao, digest=seen)
    run(lin, successor, gao)
    with pytest.raises(Blocked, match="已经办过"):
        run(lin, successor, gao)


def test_nobody_witnesses_their_own_and_nobody_elsewhere_moves_it(
    open_work, lin, successor, gao, luo, chen, qian
):
    with pytest.raises(Forbidden, match="监交人不能是交接的一方"):
        hand_over(giver_id=gao.pk, taker_id=chen.pk, reason="调整", on=MARCH, digest="", key="k",
                  by=gao, now=NOON)  # fmt: skip
    with pytest.raises(Forbidden):
        run(lin, successor, chen)
    Post.objects.filter(person=luo).update(role="town_leader")
    with pytest.raises(Missing):
        run(lin, successor, Person.objects.get(pk=luo.pk))
    with pytest.raises(Blocked, match="钱会计的岗位管不到：上田村"):
        run(lin, qian, gao)


def test_the_page_lists_before_and_shows_after(open_work, lin, successor, gao, chen, luo, client):
    client.force_login(gao)
    url = reverse("responsibility:handing")
    html = client.get(url, {"giver_id": lin.pk, "taker_id": successor.pk}).content.decode()
    assert "将移交 3 项" in html
    told = {"giver_id": lin.pk, "taker_id": successor.pk, "on": "2026-03-01", "reason": "岗位调整",
            "digest": holding_of(lin, QINGSHUI).digest, "key": "w"}  # fmt: skip
    answer = client.post(reverse("responsibility:hand-over"), told)
    assert answer.status_code == 302, answer.content.decode()[-900:]
    assert client.post(reverse("responsibility:hand-over"), told).status_code == 409
    html = client.get(answer.url).content.decode()
    assert "移交清单" in html
    assert "R-1" in html
    client.force_login(luo)
    assert client.get(answer.url).status_code == 404
    client.force_login(chen)
    assert client.get(url).status_code == 403


def test_the_paper_prints_with_three_signatures(open_work, lin, successor, gao):
    from sanzi.letters.printing import pdf

    done = run(lin, successor, gao)
    assert pdf([done.letter], "http://x").startswith(b"%PDF")


def test_the_list_asks_only_for_the_kinds_there_are(
    client, open_work, lin, successor, gao, django_assert_max_num_queries
):
    client.force_login(gao)
    query = {"giver_id": lin.pk, "taker_id": successor.pk}
    with django_assert_max_num_queries(15):
        shown = client.get(reverse("responsibility:handing"), query).content.decode()
    assert "R-1 核对" in shown
    assert "赋能中心线索" not in shown


def test_the_successor_s_row_says_who_made_it_and_when(open_work, lin, successor, gao):
    run(lin, successor, gao)
    new = Assignment.objects.get(person=successor)
    assert (new.made_by, new.made_at) == (gao, NOON)


def test_nothing_is_handed_over_on_a_day_to_come(open_work, lin, successor, gao):
    with pytest.raises(Invalid, match="不能晚于今天"):
        run(lin, successor, gao, on=date(2026, 3, 3))
    assert run(lin, successor, gao, on=date(2026, 3, 2)).count == 3
