"""Where a village's meeting decides before its debts are netted: dated rules, grey buttons."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from sanzi.journal.recorder import key
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.netting.actions import proposing, ruling, settling
from sanzi.netting.law import SHIPPED, Rule, rule_of
from sanzi.netting.meetings import rule_for
from sanzi.netting.models import Consent, ResolutionRule
from sanzi.resolutions.actions import meetings, posting
from sanzi.resolutions.actions import proposing as motions
from sanzi.resolutions.models import Resolution
from sanzi.resolutions.tests.sittings import SITTINGS, noon, papers
from tests.world import BAIYAN, COUNTY, NOON, QINGSHUI, SHANGTIAN

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(("yuan", "asks"), [("9999.99", False), ("10000.00", True)])
def test_the_shipped_amount_to_the_fen(yuan, asks):
    assert SHIPPED.asks(Decimal(yuan)) is asks


def test_the_shipped_rule_never_passes_for_official_and_an_entered_one_names_its_source():
    assert "非官方依据" in SHIPPED.told
    assert "非官方" not in Rule(COUNTY, DAY, Decimal(1), "县方案〔2026〕1号").told
    assert "不要求决议" in Rule(COUNTY, DAY, None, "县方案").told


def test_the_nearest_rule_of_the_day_counts():
    county, town = Rule(COUNTY, date(2026, 3, 1), None, "县"), Rule(QINGSHUI, DAY, Decimal(1), "镇")
    assert rule_of([county, town], SHANGTIAN, DAY) == town
    assert rule_of([county, town], SHANGTIAN, date(2026, 3, 1)) == county
    assert rule_of([county, town], SHANGTIAN, date(2026, 2, 28)) == SHIPPED
    assert rule_of([town], f"{BAIYAN}201", DAY) == SHIPPED


@pytest.mark.django_db
def test_the_county_enters_a_rule_for_itself_and_below(places, shi, chen):
    told = {"from_on": DAY, "amount_min": Decimal("3000.00"), "source": "县方案", "now": NOON}
    ruling.enter_rule(region=COUNTY, by=shi, **told)
    assert rule_for(SHANGTIAN, DAY).asks(Decimal("3000.00"))
    with pytest.raises(Forbidden):
        ruling.enter_rule(region=QINGSHUI, by=chen, **told)
    with pytest.raises(Missing):
        ruling.enter_rule(region="9998", by=shi, **told)
    with pytest.raises(Invalid):
        ruling.enter_rule(region=COUNTY, by=shi, **{**told, "amount_min": Decimal(0)})


@pytest.mark.django_db
def test_the_later_row_of_a_day_counts_and_the_page_shows_both(places, shi, chen, visit, client):
    client.force_login(shi)
    for amount in ("3000", ""):
        form = {"from_on": "2026-03-02", "amount_min": amount, "source": "县方案"}
        assert client.post(reverse("netting:rule-new"), form).status_code == 302
    assert client.post(reverse("netting:rule-new"), {"source": ""}).status_code == 422
    assert rule_for(SHANGTIAN, DAY).amount_min is None
    assert ResolutionRule.objects.count() == 2
    told = visit(chen, reverse("netting:rules"))
    assert "3,000.00" in told
    assert "非官方依据" in told
    assert "登记新规则" not in told


@pytest.fixture
def ruled(shi, places):
    """In this county a village's netting from 4,000 yuan needs its meeting."""
    ruling.enter_rule(
        region=COUNTY, from_on=date(2020, 1, 1), amount_min=Decimal("4000.00"), source="县方案",
        by=shi, now=NOON,
    )  # fmt: skip


def decide(consent, lin, chen):
    """Shangtian's meetings, day by day, to a decision in force."""
    made = motions.propose(
        on=key(consent), matter="netting.settle", body="成员大会", by=lin, now=noon(3, 2)
    )
    for step in ("propose", "consult", "review", "decide"):
        meetings.hold(
            resolution_id=made.pk, step=step, minutes=SITTINGS[step], files=papers(), by=lin,
            now=noon(3, 21),
        )  # fmt: skip
    posting.publish(
        resolution_id=made.pk, step="publish", boards="公开栏", words="决议内容",
        from_on=date(2026, 3, 21), to_on=date(2026, 3, 28), files=papers()["photo"], by=lin,
        now=noon(3, 21),
    )  # fmt: skip
    return posting.verify(resolution_id=made.pk, step="accept", by=chen, now=noon(3, 29))


@pytest.mark.django_db
def test_the_grey_button_says_whose_meeting_is_missing_until_it_has_decided(
    ruled, ring, agreed, visit, zheng, lin, chen
):
    with pytest.raises(Blocked, match="上田村：还没有“债权债务冲抵”的决议"):
        settling.settle(proposal_id=agreed.pk, by=zheng, now=NOON)
    told = visit(zheng, reverse("netting:proposal", args=(agreed.pk,)))  # Fifteen queries.
    assert "还没有“债权债务冲抵”的决议" in told
    own = Consent.objects.get(proposal=agreed, name="上田村")
    part = visit(lin, reverse("netting:part", args=(own.pk,)))
    assert "提请决议" in part
    other = Consent.objects.get(proposal=agreed, name="下田村")
    assert "没有达到须经决议的金额" in visit(chen, reverse("netting:part", args=(other.pk,)))
    decision = decide(own, lin, chen)
    assert "上田村参加“三月冲转”" in Resolution.objects.get(pk=decision.pk).motion
    settling.settle(proposal_id=agreed.pk, by=zheng, now=noon(3, 30))
    agreed.refresh_from_db()
    assert agreed.stage == "settled"


@pytest.mark.django_db
def test_a_decision_covers_no_more_than_was_asked_when_it_was_put(
    ruled, ring, propose, agree, lin, chen, zheng
):
    one = propose()
    proposing.send(proposal_id=one.pk, by=chen, now=NOON)
    agree(one)
    own = Consent.objects.get(proposal=one, name="上田村")
    decide(own, lin, chen)
    Consent.objects.filter(pk=own.pk).update(risen_at=noon(3, 3))
    with pytest.raises(Blocked, match="金额增加了"):
        settling.settle(proposal_id=one.pk, by=zheng, now=noon(3, 30))
