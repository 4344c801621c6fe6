"""The overdue ladder over real posts: who is told, at which rung, and at most once a day."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from sanzi.access.system import system_person
from sanzi.campaigns.giving import Order
from sanzi.campaigns.models import Ladder, Reminder, Task
from sanzi.campaigns.reminding.actions import send_reminders, set_ladder
from sanzi.campaigns.reminding.ladder import Rung
from sanzi.kernel.refusals import Forbidden, Invalid, Missing
from sanzi.orgs.tree import ensure
from tests.world import COUNTY, NOON, QINGSHUI, SHANGTIAN

from .conftest import DUE

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(db):
    def act(days_over):
        at = NOON + (DUE - NOON.date()) + timedelta(days=days_over)
        return send_reminders(by=system_person("system_reminder"), now=at)

    return act


def told(day_over):
    day = DUE + timedelta(days=day_over)
    return {
        one.person.username: [line["rung"] for line in one.lines]
        for one in Reminder.objects.of(day).select_related("person")
    }


@pytest.mark.parametrize(
    ("days", "rung", "names"),
    [
        (-4, None, set()),
        (-3, "临期提醒", {"lin"}),
        (1, "催办", {"lin"}),
        (4, "督办", {"lin", "chen"}),
        (8, "通报", {"lin", "chen", "gao"}),
        (16, "提级督办", {"lin", "chen", "gao", "shi"}),
    ],
)
def test_each_rung_tells_its_people(given, people, send, days, rung, names):
    given()
    send(days)
    assert told(days) == dict.fromkeys(names, [rung])


def test_a_person_is_told_once_a_day_of_all_their_tasks(given, send, chen):
    given(*(Order(village=SHANGTIAN, matter=f"第{n}件", due_on=DUE) for n in range(3)))
    assert send(4) == (2, 3)
    assert send(4) == (0, 0)
    assert told(4) == {"lin": ["督办"] * 3, "chen": ["督办"] * 3}
    assert send(5) == (2, 3), "another day is another reminder"


def test_what_comes_overdue_later_in_the_day_waits_for_the_next(given, people, send):
    given()
    send(1)
    given(matter="又一件")
    assert send(1) == (0, 0)
    assert send(2).tasks == 2


def test_the_database_keeps_one_reminder_a_day_and_never_changes_it(given, send, lin, chen):
    given()
    send(1)
    kept = Reminder.objects.get(person=lin)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(person=lin, day=kept.day, lines=[], sent_by=chen, sent_at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.filter(pk=kept.pk).update(lines=[])


def test_who_is_named_is_told_and_not_the_whole_post(given, send, min):
    given(person=min)
    send(1)
    assert set(told(1)) == {"min"}


def test_a_neighbour_is_never_told(given, people, send):
    given()
    send(400)
    assert not {"qian", "luo"} & set(told(400))


def test_a_task_handed_in_or_struck_off_presses_nobody(given, people, send):
    (task,) = given()
    Task.objects.filter(pk=task.pk).update(stage="handed")
    assert send(16) == (0, 0)


def test_a_town_s_own_task_tells_the_town(given, people, send):
    given(village=f"{QINGSHUI}000", role="town_clerk")
    send(8)
    assert set(told(8)) == {"chen", "gao"}


def test_a_region_s_own_ladder_takes_the_place_of_the_one_above(given, people, send, shi, chen):
    given()
    strict = [Rung(0, "当天", ("town_leader",))]
    set_ladder(region=COUNTY, rungs=strict, reason="从严", by=shi, now=NOON)
    send(0)
    assert told(0) == {"gao": ["当天"]}
    mild = [Rung(30, "月后", ("responsible",))]
    set_ladder(region=QINGSHUI, rungs=mild, reason="农忙", by=chen, now=NOON)
    send(2)
    assert told(2) == {}
    set_ladder(region=QINGSHUI, rungs=strict, reason="农忙过了", by=chen, now=NOON)
    send(3)
    assert told(3) == {"gao": ["当天"]}


def test_a_ladder_is_set_within_one_s_own_region_and_with_a_reason(chen, lin, luo):
    rungs = [Rung(1, "催办", ("responsible",))]
    for region, error in ((QINGSHUI, Missing), (SHANGTIAN, Missing)):
        with pytest.raises(error):
            set_ladder(region=region, rungs=rungs, reason="从严", by=luo, now=NOON)
    with pytest.raises(Invalid, match="乡镇以上"):
        set_ladder(region=SHANGTIAN, rungs=rungs, reason="从严", by=chen, now=NOON)
    with pytest.raises(Invalid, match="请写明理由"):
        set_ladder(region=QINGSHUI, rungs=rungs, reason=" ", by=chen, now=NOON)
    with pytest.raises(Forbidden):
        set_ladder(region=QINGSHUI, rungs=rungs, reason="从严", by=lin, now=NOON)


def test_a_ladder_made_is_never_changed(chen):
    made = set_ladder(
        region=QINGSHUI, rungs=[Rung(1, "催办", ("responsible",))], reason="从严", by=chen, now=NOON
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Ladder.objects.filter(pk=made.pk).update(reason="改")


def test_people_send_no_reminders_themselves(chen):
    with pytest.raises(Forbidden):
        send_reminders(by=chen, now=NOON)


def test_reminding_asks_no_more_for_many_tasks(given, people, send, django_assert_max_num_queries):
    ensure({f"9999010012{n:02d}": f"示范{n}村" for n in range(10, 60)})
    given(*(Order(village=f"9999010012{n:02d}", matter="收租", due_on=DUE) for n in range(10, 60)))
    system_person("system_reminder")
    with django_assert_max_num_queries(20):
        assert send(8).tasks == 50


def test_a_sender_counts_only_those_it_told_itself(given, people, send, lin, monkeypatch):
    given()
    real = Reminder.objects.of

    def too_early(day):
        """The other sender writes between this one's look and its writing."""
        monkeypatch.setattr(Reminder.objects, "of", real)
        found = real(day).none()
        if not real(day).exists():
            Reminder.objects.create(
                person=lin, day=day, lines=[], sent_by=system_person("system_reminder"),
                sent_at=NOON,
            )  # fmt: skip
        return found

    monkeypatch.setattr(Reminder.objects, "of", too_early)
    assert send(4) == (1, 1)
    assert set(told(4)) == {"lin", "chen"}


def test_many_ladders_below_do_not_hide_the_one_that_holds(client, people, shi, chen):
    rungs = [Rung(1, "县催办", ("responsible",))]
    set_ladder(region=COUNTY, rungs=rungs, reason="县里统一", by=shi, now=NOON)
    for n in range(21):
        set_ladder(region=QINGSHUI, rungs=rungs, reason=f"第 {n} 次", by=chen, now=NOON)
    client.force_login(shi)
    html = client.get(f"/campaigns/ladder/?region={COUNTY}").content.decode()
    assert "系统示例" not in html
    assert "县里统一" not in html, "the oldest stands on the second page"
    assert "县里统一" in client.get("/campaigns/ladder/?page=2").content.decode()
