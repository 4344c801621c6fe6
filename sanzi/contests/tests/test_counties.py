"""A city's contest over its counties: the same engine, cards and permissions, one level up."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse

from sanzi.access.models import Person, Post
from sanzi.contests.actions import contests
from sanzi.contests.models import Contest, Entry, Result
from sanzi.contests.queries import card_of_round, facts_of
from sanzi.kernel.refusals import Missing
from sanzi.metrics.share import Contribution
from sanzi.metrics.shares import RowShares, replace
from sanzi.orgs.models import Region
from sanzi.orgs.tree import ensure
from tests.world import CITY, COUNTY, LIYUAN, NOON, SHANGTIAN

from .conftest import Held

pytestmark = pytest.mark.django_db
OTHER = "999902"


@pytest.fixture
def yan(places):
    """The office of the county next door."""
    ensure({OTHER: "邻县"})
    region = Region.objects.get(code=OTHER)
    person = Person(username="yan", name="严主任")
    person.set_unusable_password()
    person.save()
    Post.objects.create(
        person=person, role="county_office", region=region, from_on=NOON.date().replace(month=1)
    )
    return person


@pytest.fixture
def held(people, fang, yan):
    """Counties planned for and enrolled, the round open."""
    people["yan"] = yan
    contest = contests.found(
        region=CITY, kind=Contest.Kind.CONTEST, level="county", title="县区大比武", year=2026,
        by=fang, now=NOON,
    )  # fmt: skip
    held = Held(people, contest)
    contests.arrange(
        round_id=held.round.pk, form="路演", weight=30, cut_off_on=NOON.date(), dropped=1,
        judges_min=5, by=fang, now=NOON,
    )  # fmt: skip
    held.prepare()
    held.step("open")
    return held


def test_a_city_ranks_its_counties_by_their_own_figures_and_marks(held, client, shi, yan, fang):
    there = Entry.objects.filter(round=held.round).order_by("village")
    assert [(one.name, one.village, one.region) for one in there] == [
        ("示例县", "999901000000", COUNTY), ("邻县", "999902000000", OTHER),
    ]  # fmt: skip
    held.hand_in("示例县", "shi")
    held.hand_in("邻县", "yan", "家底五十万元")
    for judge in ("fang", "jian"):
        held.mark("示例县", judge, 30, 15)
        held.mark("邻县", judge, 36, 15)
    held.fill("邻县", {"T1": "4"})
    held.step("close")
    found = [(one.rank, str(one.entry)) for one in Result.objects.order_by("rank")]
    assert found == [(1, "邻县"), (2, "示例县")]
    client.force_login(shi)
    results = reverse("contests:results", args=[held.round.pk])
    assert "邻县" not in client.get(results).content.decode()
    held.step("publish")
    assert "邻县" in client.get(results).content.decode()
    client.force_login(fang)
    compared = client.get(reverse("contests:comparison", args=[held.round.pk])).content.decode()
    assert "县区" in compared
    assert "999901000" not in compared


def test_a_county_s_figure_is_the_sum_of_all_its_villages(held):
    """Ours recovered 10 of 40 in one town and 30 of 40 in another: half; the neighbour nothing."""
    began = date(2025, 1, 1)
    told = ((1, SHANGTIAN, 10), (2, LIYUAN, 30), (3, f"{OTHER}001201", 0))
    with transaction.atomic():
        for row, village, recovered in told:
            parts = [Contribution("receivables.locked", began, 40)]
            if recovered:
                parts.append(Contribution("receivables.recovered", began, recovered))
            replace("receivables", {row: RowShares(village, parts)})
    there = list(Entry.objects.filter(round=held.round).order_by("village"))
    card = card_of_round(held.round)
    values = [facts_of(held.round, card, there)[one.pk].values["M1"] for one in there]
    assert values == [Decimal("0.5"), Decimal(0)]


def test_a_county_neither_sees_nor_writes_the_draft_of_another(held, client, shi, yan):
    draft = held.entry("示例县")
    client.force_login(yan)
    assert client.get(reverse("contests:entry", args=[draft.pk])).status_code == 404
    with pytest.raises(Missing):
        held.hand_in("示例县", "yan")
    with pytest.raises(Missing):
        held.step("close", by="yan")


def test_the_form_offers_whoever_lies_below(client, people, fang, shi, chen):
    for who, levels in ((fang, "village town county"), (shi, "village town"), (chen, "village")):
        client.force_login(who)
        html = client.get(reverse("contests:new")).content.decode()
        offered = {one for one in ("village", "town", "county") if f'value="{one}"' in html}
        assert offered == set(levels.split())
