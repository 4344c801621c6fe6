"""A county's own thresholds: read strictly, tried first, in force town by town, figures true."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from sanzi.cleanup import reinspecting
from sanzi.cleanup.actions.thresholds import go_live, lay_down, reinspect, withdraw
from sanzi.cleanup.models import Finding, Reinspection, Threshold
from sanzi.cleanup.policies import policy_of
from sanzi.cleanup.thresholds import SETTINGS, policy_with, read, said, value_of
from sanzi.contracts.terms import DEFAULT_POLICY
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.metrics.shares import totals
from sanzi.workbooks.verification import verify
from tests.sheets import LEASE
from tests.world import BAIYAN, COUNTY, LIYUAN, NOON, QINGSHUI, SHANGTIAN

TODAY = NOON.date()
BASIS = "示例县农业农村局〔2026〕3号"


def down(by, value="200000", name="bidding_amount", region=COUNTY, from_on=TODAY):
    return lay_down(region=region, name=name, value=value, from_on=from_on, basis=BASIS,
                    by=by, now=NOON)  # fmt: skip


@pytest.fixture
def new_lease(bring):
    """A lease of 240,000 yuan made under the example's day, offered nowhere, in two towns."""
    new = {
        "signed_on": "2025-06-01", "starts_on": "2025-06-01", "ends_on": "2028-05-31",
        "total_amount": "240000", "is_open_bid": "", "deal_number": "", "object_number": "",
    }  # fmt: skip
    bring(合同=[{**LEASE, **new, "village": v, "number": "N-1"} for v in (SHANGTIAN, LIYUAN)])


def fired():
    return set(Finding.objects.filter(rule="P07").values_list("village", flat=True))


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_threshold_is_a_field_of_the_policy_and_reads_back(setting):
    standing = getattr(DEFAULT_POLICY, setting.name)
    text = str(Decimal(standing) / 100) if setting.name == "large_fen" else str(standing)
    assert value_of(setting.name, read(setting.name, text)) == standing
    assert said(setting.name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("price_ratio", "70"),
        ("price_ratio", "0"),
        ("price_ratio", "七成"),
        ("price_ratio", "0.705"),
        ("reserve_years_max", "2.5"),
        ("bidding_from", "去年"),
        ("bidding_amount", "-1"),
        ("bidding_amount", "NaN"),
    ],
)
def test_a_threshold_that_makes_no_sense_is_refused_with_words(name, text):
    with pytest.raises(Invalid):
        read(name, text)


def test_an_amount_may_be_written_with_thousands():
    assert policy_with(DEFAULT_POLICY, {"large_fen": read("large_fen", "3,000,000")}).large_fen == (
        300_000_000
    )


def test_a_dry_run_counts_and_names_but_judges_nobody(new_lease, shi):
    made = down(shi)

    assert {k: made.trial[k] for k in ("before", "after", "gained", "lost")} == {
        "before": 0, "after": 2, "gained": 2, "lost": 0,
    }  # fmt: skip
    assert len(made.trial["listed"]) == 2
    assert fired() == set()
    assert policy_of(QINGSHUI) == DEFAULT_POLICY


def test_a_threshold_gone_live_judges_each_town_as_it_is_inspected(new_lease, shi):
    made = down(shi)
    go_live(threshold_id=made.pk, by=shi, now=NOON)
    assert fired() == set()
    assert verify(TODAY) == []

    reinspect(threshold_id=made.pk, town=QINGSHUI, by=shi, now=NOON)
    assert fired() == {SHANGTIAN}
    assert policy_of(QINGSHUI).bidding_amount == 200_000
    assert policy_of(BAIYAN) == DEFAULT_POLICY
    assert verify(TODAY) == [], "between two towns every figure equals its rows"

    assert reinspecting.run(made.pk, shi) == 1
    assert fired() == {SHANGTIAN, LIYUAN}
    assert verify(TODAY) == []
    assert totals(COUNTY, TODAY)["contracts.irregular"] == 2
    assert reinspecting.run(made.pk, shi) == 0
    with pytest.raises(Blocked):
        reinspect(threshold_id=made.pk, town=QINGSHUI, by=shi, now=NOON)


def test_the_latest_of_the_nearest_region_counts(new_lease, shi):
    for value in ("200000", "300000"):
        made = down(shi, value)
        go_live(threshold_id=made.pk, by=shi, now=NOON)
        reinspecting.run(made.pk, shi)
    assert policy_of(QINGSHUI).bidding_amount == 300_000
    assert fired() == set()


def test_what_counts_as_large_moves_with_its_threshold(new_lease, shi):
    assert totals(COUNTY, TODAY).get("contracts.large", 0) == 0
    made = down(shi, "240000", "large_fen")
    assert made.trial["gained"] == 2
    go_live(threshold_id=made.pk, by=shi, now=NOON)
    reinspecting.run(made.pk, shi)
    assert totals(COUNTY, TODAY)["contracts.large"] == 2
    assert verify(TODAY) == []


def test_nothing_goes_live_before_its_day_or_twice(new_lease, shi):
    early = down(shi, from_on=TODAY + timedelta(days=1))
    with pytest.raises(Blocked, match="到那天再启用"):
        go_live(threshold_id=early.pk, by=shi, now=NOON)
    withdraw(threshold_id=early.pk, by=shi, now=NOON)
    with pytest.raises(Blocked, match="作废"):
        go_live(threshold_id=early.pk, by=shi, now=NOON)
    assert not Reinspection.objects.exists()


def test_only_the_county_sets_thresholds_and_only_its_own(places, shi, chen, gao):
    for person in (chen, gao):
        with pytest.raises(Forbidden):
            down(person)
    for region in ("999902", QINGSHUI, "99"):
        with pytest.raises(Missing):
            down(shi, region=region)
    with pytest.raises(Invalid, match="依据"):
        lay_down(region=COUNTY, name="bidding_amount", value="1", from_on=TODAY, basis="无",
                 by=shi, now=NOON)  # fmt: skip


def test_the_pages_try_go_live_and_say_how_far(client, new_lease, shi, chen, visit, monkeypatch):
    begun = []
    monkeypatch.setattr(reinspecting, "start", lambda *of: begun.append(of))
    html = visit(shi, "/contracts/thresholds/")
    assert "示例" in html
    assert "500,000.00元" in html
    form = {"name": "bidding_amount", "value": "20万", "from_on": str(TODAY), "basis": BASIS}
    wrong = client.post("/contracts/thresholds/new/", form)
    assert wrong.status_code == 422
    assert "请填数字" in wrong.content.decode()

    assert client.post("/contracts/thresholds/new/", {**form, "value": "200000"}).status_code == 302
    made = Threshold.objects.get()
    url = f"/contracts/thresholds/{made.pk}/"
    assert "新增 <b>2</b> 份" in visit(shi, url)
    assert client.post(f"{url}live/").status_code == 302
    assert begun == [(made.pk, shi.pk)]
    assert "还有 2 个乡镇" in visit(shi, url)
    reinspecting.run(made.pk, shi)
    client.post(f"{url}resume/")
    assert len(begun) == 1, "nothing is left to start"
    html = visit(chen, "/contracts/thresholds/")
    assert BASIS in html
    assert "200,000.00元" in html
    assert "由县专项办拟定" in html
    visit(chen, url, status=403)


def test_a_threshold_of_another_county_is_not_to_be_seen(client, shi, places):
    made = down(shi)
    Threshold.objects.filter(pk=made.pk).update(region="999902")
    client.force_login(shi)
    assert client.get(f"/contracts/thresholds/{made.pk}/").status_code == 404
    assert client.post(f"/contracts/thresholds/{made.pk}/live/").status_code == 404
    assert date.fromisoformat(made.trial["on"]) == TODAY
