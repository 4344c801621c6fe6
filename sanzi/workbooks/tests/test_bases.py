import pytest

from sanzi.campaigns.models import Base
from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Forbidden, Invalid, Missing
from sanzi.metrics.shares import totals
from sanzi.workbooks.actions import move_base
from sanzi.workbooks.verification import verify
from tests.sheets import CLAIM
from tests.world import NOON, QINGSHUI, SHANGTIAN

TODAY = NOON.date()


@pytest.fixture
def base(places, bring):
    act = {"kind": "债权", "target_number": "ZQ-1", "village": SHANGTIAN, "method": "专人清收"}
    bring(
        债权=[{**CLAIM, "number": "ZQ-1", "village": SHANGTIAN}],
        处置记录=[
            {**act, "dated": "2022-03-01", "amount": "1000"},
            {**act, "dated": "2022-06-01", "amount": "500"},
        ],
    )
    return Base.objects.get(town=QINGSHUI)


def move(base, by, day="2022-03-01"):
    return move_base(
        base_id=base.pk, locked_on=TODAY.fromisoformat(day), reason="按文件规定", by=by, now=NOON
    )


def test_a_base_moved_past_an_act_takes_it_out_of_the_rate(base, gao):
    assert totals(QINGSHUI, TODAY)["receivables.cash"] == 150_000
    move(base, gao)

    assert totals(QINGSHUI, TODAY)["receivables.cash"] == 50_000
    assert verify(TODAY) == []
    assert Entry.objects.filter(action="base.move").count() == 1


def test_only_those_who_may_move_it_and_never_into_the_future(base, gao, chen, luo):
    with pytest.raises(Forbidden):
        move(base, chen)
    with pytest.raises(Invalid):
        move(base, gao, day="2030-01-01")


def test_the_next_town_s_leader_finds_no_such_base(base, gao):
    gao.post.region = gao.post.region.parent.children.exclude(code=QINGSHUI).get()
    with pytest.raises(Missing):
        move(base, gao)


def test_the_page_moves_it(base, gao, client):
    client.force_login(gao)
    page = client.get("/intake/bases/").content.decode()
    assert "2022-02-28" in page
    answer = client.post(f"/intake/bases/{base.pk}/", {"locked_on": "2022-03-01", "reason": ""})
    assert answer.status_code == 422
    client.post(f"/intake/bases/{base.pk}/", {"locked_on": "2022-03-01", "reason": "按文件"})
    base.refresh_from_db()
    assert str(base.locked_on) == "2022-03-01"
