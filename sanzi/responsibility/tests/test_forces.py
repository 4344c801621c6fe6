from datetime import date

import pytest
from django.urls import reverse

from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.responsibility.actions import forces
from tests.world import NOON, QINGSHUI, SHANGTIAN

FIRST, MARCH = date(2026, 1, 1), date(2026, 3, 1)


@pytest.fixture
def debts_force(chen):
    return forces.found(kind="debts", region=QINGSHUI, from_on=FIRST, by=chen, now=NOON)


@pytest.fixture
def village_force(chen):
    return forces.found(kind="village", region=SHANGTIAN, from_on=FIRST, by=chen, now=NOON)


def seat(force, role, by, name="", **told):
    told = {"from_on": FIRST, "key": f"{role}{name}", **told}
    return forces.join(force_id=force.pk, role=role, name=name, by=by, now=NOON, **told)


def page(client, person, force, status=200):
    client.force_login(person)
    answer = client.get(reverse("responsibility:force", args=(force.pk,)))
    assert answer.status_code == status
    return answer.content.decode()


def test_a_town_has_one_task_force_of_a_kind(debts_force, chen, lin, luo):
    with pytest.raises(Blocked, match="已经有这个专班"):
        forces.found(kind="debts", region=QINGSHUI, from_on=FIRST, by=chen, now=NOON)
    with pytest.raises(Missing, match="设在"):
        forces.found(kind="debts", region=SHANGTIAN, from_on=FIRST, by=chen, now=NOON)
    with pytest.raises(Missing):
        forces.found(kind="income", region=QINGSHUI, from_on=FIRST, by=luo, now=NOON)
    with pytest.raises(Forbidden):
        forces.found(kind="income", region=QINGSHUI, from_on=FIRST, by=lin, now=NOON)


def test_stations_cooperate_and_a_task_force_has_one_leader(debts_force, chen, gao, client):
    seat(debts_force, "leader", chen, person_id=gao.pk, title="副镇长")
    with pytest.raises(Blocked, match="已有组长"):
        seat(debts_force, "leader", chen, "另一人")
    with pytest.raises(Invalid, match="单位名称"):
        seat(debts_force, "station", chen, "李法官")
    seat(debts_force, "station", chen, "李法官", station="法庭", phone="13900003333")
    html = page(client, chen, debts_force)
    assert "高镇长（副镇长）" in html
    assert "139****3333" in html
    assert "13900003333" not in html


def test_a_village_s_is_led_by_whoever_answers_for_it_that_day(
    village_force, chained, assign, chen, lin, qian, client
):
    with pytest.raises(Invalid, match="随包联变动"):
        seat(village_force, "leader", chen, "甲")
    seat(village_force, "member", chen, person_id=lin.pk, title="会计")
    html = page(client, lin, village_force)
    assert html.index("高镇长") < html.index("田干部") < html.index("林会计（会计）")
    assign("village", "新干部", from_on=MARCH)
    assert "新干部" in page(client, lin, village_force)
    page(client, qian, village_force, status=404)


def test_a_seat_left_stays_on_record(village_force, chen):
    member = seat(village_force, "member", chen, "甲")
    forces.leave(member_id=member.pk, on=MARCH, reason="调离", by=chen, now=NOON)
    with pytest.raises(Blocked, match="已于 2026-03-01 退出"):
        forces.leave(member_id=member.pk, on=MARCH, reason="调离", by=chen, now=NOON)
    with pytest.raises(Blocked, match="没有重复登记"):
        seat(village_force, "member", chen, "甲")
    assert seat(village_force, "member", chen, "甲", key="again").from_on == FIRST
