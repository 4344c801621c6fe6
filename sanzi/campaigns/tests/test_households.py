"""包户空缺: what the registers know of households is named, the rest is only counted."""

from datetime import date

import pytest
from django.urls import reverse

from sanzi.campaigns.households import households_of
from sanzi.contracts.models import Contract, Ending
from sanzi.receivables.models import Claim
from sanzi.responsibility.actions import assigning
from sanzi.villages.models import Profile
from tests.world import COUNTY, NOON, QINGSHUI, SHANGTIAN, XIATIAN

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
VILLAGES = [(SHANGTIAN, "上田村"), (XIATIAN, "下田村")]


@pytest.fixture
def households(people, chen):
    """Li leases and owes, Zhao's lease has ended, Sun paid; a firm is no household; Li is held."""
    Profile.objects.create(village=SHANGTIAN, name="上田村", households=120)
    lease = {"village": SHANGTIAN, "contractor_kind": "农户"}
    for number, who in (("1", "李某"), ("2", "李某"), ("3", "赵某"), ("4", "周某")):
        Contract.objects.create(number=number, contractor=who, **lease)
    Contract.objects.create(
        village=SHANGTIAN, number="5", contractor="某公司", contractor_kind="企业"
    )
    Ending.objects.create(
        village=SHANGTIAN, contract=Contract.objects.get(number="3"), kind="ended",
        ended_on=DAY, source="x:1", recorded_by=chen, recorded_at=NOON,
    )  # fmt: skip
    owed = {"village": SHANGTIAN, "debtor_kind": "农户"}
    Claim.objects.create(number="1", debtor="李某", left=5, **owed)
    Claim.objects.create(number="2", debtor="孙某", left=0, **owed)
    Claim.objects.create(number="3", debtor="吴某", left=7, **owed)
    Claim.objects.create(village=XIATIAN, number="1", debtor="李某", left=5, debtor_kind="农户")


def hold(household, chen, village=SHANGTIAN, from_on=DAY):
    assigning.assign(
        level="household", village=village, household=household, name="党员甲", from_on=from_on,
        key=f"{village}{household}", by=chen, now=NOON,
    )  # fmt: skip


def test_households_with_a_contract_or_a_debt_are_named_until_somebody_answers_for_them(
    households, chen
):
    above, below = households_of(QINGSHUI, VILLAGES, DAY)
    assert (above.registered, above.loose) == (120, ["吴某", "周某", "李某"])
    assert (above.loose_contracts, above.loose_claims) == (2, 2)
    assert (below.registered, below.loose) == (None, ["李某"])
    hold("李某", chen)
    hold("钱某", chen)
    above, below = households_of(QINGSHUI, VILLAGES, DAY)
    assert (above.loose, below.loose) == (["吴某", "周某"], ["李某"])
    assert len(above.held) == 2
    # The day before nobody held it yet.
    assert "李某" in households_of(QINGSHUI, VILLAGES, date(2026, 3, 1))[0].loose


def test_the_page_counts_by_village_and_opens_to_the_rows(
    client, households, chen, lin, luo, django_assert_max_num_queries
):
    hold("周某", chen)
    client.force_login(chen)
    url = reverse("campaigns:households")
    with django_assert_max_num_queries(15):
        html = client.get(url).content.decode()
    assert "登记 120 户，已包 1 户；有合同或欠款的农户 4 户，其中 3 户还没有人包" in html
    assert "1 个村没有登记户数" in html
    assert "台账里没有逐户的名册" in html
    rows = (
        f"{reverse('registers:register', args=['receivables'])}?region={SHANGTIAN}&households=loose"
    )
    assert rows.replace("&", "&amp;") in html
    told = client.get(rows).content.decode()
    assert "吴某" in told
    assert "孙某" not in told
    contracts = reverse("registers:register", args=["contracts"])
    told = client.get(f"{contracts}?region={SHANGTIAN}&households=loose").content.decode()
    assert "没有人包户的农户的合同" in told
    assert "李某" in told
    for other in ("周某", "赵某", "某公司"):
        assert other not in told
    assert client.get(f"{contracts}?households=x").status_code == 400
    named = client.get(url, {"region": SHANGTIAN}).content.decode()
    assert f"?level=household&amp;village={SHANGTIAN}&amp;household=" in named
    client.force_login(luo)
    assert client.get(url, {"region": SHANGTIAN}).status_code == 404


def test_the_link_fills_the_form_and_a_county_chooses_a_town_first(client, households, lin, shi):
    client.force_login(lin)
    assert "没有人包的农户" in client.get(reverse("campaigns:households")).content.decode()
    client.force_login(shi)
    assert "先选一个乡镇" in client.get(reverse("campaigns:households")).content.decode()
    assert shi.region_code == COUNTY
