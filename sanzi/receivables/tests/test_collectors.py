"""Claims in collectors' hands: given, passed on, handed over, and what came of it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from sanzi.access.models import Person, Post
from sanzi.journal.history import history
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.receivables.actions import steps
from sanzi.receivables.actions.entrusting import entrust
from sanzi.receivables.collectors import effects, with_effect
from sanzi.receivables.entrusting import Entrustment
from sanzi.receivables.models import Claim
from sanzi.responsibility.actions.handover import hand_over
from sanzi.responsibility.hands import holding_of
from tests.world import NOON, QINGSHUI, SHANGTIAN

from .conftest import SUN, TODAY

FEBRUARY, YEAR = date(2026, 2, 1), date(2026, 1, 1)


@pytest.fixture
def give(claim, chen):
    def do(to, on=TODAY, by=chen):
        return entrust(claim_ids=[claim.pk], collector_id=to.pk, from_on=on, by=by, now=NOON)

    return do


def effect_of(first=YEAR, last=TODAY):
    return {x.name: x for x in effects(Entrustment.objects.all(), first, last, TODAY)}


def test_a_claim_is_given_by_the_town_and_its_page_names_who_collects(
    claim, give, lin, chen, visit
):
    (one,) = give(lin)
    assert (one.collector, one.from_on, one.until) == (lin, TODAY, None)
    assert "交办清收：林会计" in [line.label for line in history(claim, lin)]
    html = visit(lin, reverse("receivables:claim", args=(claim.pk,)))
    assert "清收责任人：林会计" in html
    assert "改由他人清收" not in html
    assert "改由他人清收" in visit(chen, reverse("receivables:claim", args=(claim.pk,)))


def test_passing_on_ends_the_first_hands_and_twice_is_once(claim, give, lin, chen):
    give(lin, FEBRUARY)
    with pytest.raises(Blocked, match="已在林会计名下"):
        give(lin)
    give(chen)
    rows = list(Entrustment.objects.order_by("pk").values_list("collector__name", "until"))
    assert rows == [("林会计", TODAY), ("陈经办", None)]


@pytest.mark.parametrize("name", ["qian", "gao", "luo", "min"])
def test_only_who_collects_there_can_be_given_a_claim(claim, give, request, name):
    with pytest.raises(Invalid, match="可以选：.*林会计"):
        give(request.getfixturevalue(name))


def test_days_ahead_or_before_the_last_change_are_refused(give, lin, chen):
    with pytest.raises(Invalid, match="不能晚于今天"):
        give(lin, date(2026, 3, 3))
    give(lin)
    with pytest.raises(Invalid, match="不能早于这一天"):
        give(chen, date(2026, 3, 1))


def test_who_only_works_claims_gives_none_and_the_next_town_sees_none(give, lin, luo, chen):
    with pytest.raises(Forbidden):
        give(lin, by=lin)
    with pytest.raises(Missing):
        give(chen, by=luo)


def test_what_has_ended_stands_and_two_hands_at_once_are_impossible(claim, give, lin, chen):
    (first,) = give(lin)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entrustment.objects.create(
            village=SHANGTIAN, claim=claim, collector=chen, from_on=TODAY, given_by=chen,
            given_at=NOON,
        )  # fmt: skip
    give(chen)
    with pytest.raises(IntegrityError, match="不能修改"), transaction.atomic():
        Entrustment.objects.filter(pk=first.pk).update(ended_for="改")


def test_cash_counts_for_whoever_had_the_claim_on_its_day(
    claim, give, pay, propose, lin, chen, zheng
):
    pay("50.00", dated=date(2026, 1, 15))
    give(lin, FEBRUARY)
    pay("1000.00", dated=FEBRUARY)
    give(chen)
    pay("200.00")
    found = effect_of()
    assert found["林会计"].collected == Decimal("1000.00")
    assert (found["林会计"].many, found["林会计"].outstanding) == (0, 0)
    assert found["陈经办"].collected == Decimal("200.00")
    assert (found["陈经办"].many, found["陈经办"].outstanding) == (1, Decimal("8550.00"))
    assert found["陈经办"].rate == Decimal("200") / Decimal("8750")
    assert "林会计" not in effect_of(first=date(2026, 2, 2))
    other = propose("corrected", "500.00", facts={"basis": "错账"})
    steps.confirm(proposal_ids=[other.pk], by=zheng, now=NOON)
    assert effect_of()["陈经办"].collected == Decimal("200.00")


def test_days_in_hand_are_the_average_of_what_is_still_owed(give, lin):
    give(lin, FEBRUARY)
    assert effect_of()["林会计"].days == 29


def test_the_figures_open_to_their_claims_and_add_up(claim, give, pay, lin, visit, client):
    give(lin, FEBRUARY)
    pay("1000.00")
    html = visit(lin, reverse("receivables:collectors"))
    assert "在手 1 笔，尚欠 8,800.00 元" in html
    assert "10.2%" in html
    for held, shown in (("now", "8,800.00"), ("collected", "1,000.00")):
        url = reverse("receivables:entrusted") + f"?collector={lin.pk}&held={held}"
        assert shown in visit(lin, url)
    rows = with_effect(Entrustment.objects.all(), YEAR, TODAY)
    assert sum(row.collected for row in rows) == Decimal("1000.00")
    client.force_login(lin)
    told = client.get(reverse("receivables:collectors"), {"format": "xlsx"})
    assert told["Content-Disposition"].endswith(".xlsx") or "xlsx" in told["Content-Disposition"]
    assert "清收责任人" in visit(lin, reverse("receivables:collectors") + "?format=print")


def test_the_collectors_own_list_holds_what_is_theirs(claim, give, lin, chen, visit):
    give(lin)
    for page in ("desk", "collect"):
        assert "孙某" in visit(lin, reverse(f"receivables:{page}") + "?mine=1")
        assert "孙某" not in visit(chen, reverse(f"receivables:{page}") + "?mine=1")


def test_given_in_bulk_from_the_page_by_ticks_or_as_listed(claim, lin, chen, client):
    client.force_login(chen)
    url = reverse("receivables:entrust")
    assert "孙某" in client.get(url).content.decode()
    body = {"collector": lin.pk, "from_on": "2026-03-02", "covers": "ticked"}
    none = client.post(url, body)
    assert none.status_code == 422
    assert "请选择 1 到" in none.content.decode()
    client.post(url, {**body, "covers": "listed"})
    assert Entrustment.objects.get().collector == lin
    assert "孙某" not in client.get(url).content.decode()
    client.post(url + "?who=all", {**body, "claims": [claim.pk], "collector": chen.pk})
    assert Entrustment.objects.get(until=None).collector == chen


def test_a_handover_moves_the_claims_to_one_who_collects(claim, give, places, lin, gao, min):
    taker = Person.objects.create(username="lin2", name="林二")
    Post.objects.create(
        person=taker, role="village_accountant", region=places[SHANGTIAN], from_on=FEBRUARY
    )
    give(lin, FEBRUARY)
    held = holding_of(lin, QINGSHUI)
    assert [thing.label for thing in held.things] == ["清收 ZQ-7 孙某"]
    told = {"giver_id": lin.pk, "reason": "岗位调整", "on": TODAY, "digest": held.digest,
            "by": gao, "now": NOON}  # fmt: skip
    with pytest.raises(Invalid, match="不能办理债权清收"):
        hand_over(taker_id=min.pk, key="a", **told)
    assert Entrustment.objects.get().collector == lin
    assert hand_over(taker_id=taker.pk, key="b", **told).count == 1
    now = Entrustment.objects.get(until=None)
    assert (now.collector, now.from_on) == (taker, TODAY)
    assert Entrustment.objects.exclude(until=None).get().until == TODAY


def test_ten_claims_or_one_ask_the_page_the_same(claim, give, lin, bring, chen, visit):
    """`visit` holds every page to fifteen questions."""
    give(lin)
    more = [{**SUN, "number": f"ZQ-{n}"} for n in range(20, 30)]
    bring(债权=more)
    ids = list(Claim.objects.values_list("pk", flat=True))
    entrust(claim_ids=ids, collector_id=lin.pk, from_on=TODAY, by=chen, now=NOON)
    assert effect_of()["林会计"].many == 11
    for page in ("collectors", "entrusted", "entrust"):
        visit(chen, reverse(f"receivables:{page}") + ("?who=all" if page == "entrust" else ""))
