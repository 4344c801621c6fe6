"""A county's proposal over two towns: each village answers for itself and sees its own part."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from sanzi.access.models import Person, Post
from sanzi.accounting.actions.sets import open_book
from sanzi.accounting.models import Voucher
from sanzi.campaigns.models import Base
from sanzi.documents.tests.files import jpeg, upload
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.letters.models import Letter
from sanzi.netting.actions import consenting, proposing, settling
from sanzi.netting.models import Consent, Proposal
from sanzi.orgs.models import Collective
from tests.world import BAIYAN, COUNTY, LIYUAN, NOON, QINGSHUI, SHANGTIAN

from .conftest import LI, ZHAO, claim, debt

pytestmark = pytest.mark.django_db


@pytest.fixture
def ring(bring, base, books, places, people, wu):
    """Zhao owes Shangtian, which owes Li, who owes Liyuan in the next town, which owes Zhao."""
    Base.objects.create(
        town=BAIYAN, locked_on=date(2021, 12, 31), reason="文件", locked_by=wu, locked_at=NOON
    )
    other = Collective.objects.create(
        region=places[LIYUAN], kind="collective", name="梨园村股份经济合作社"
    )
    books[LIYUAN] = open_book(
        collective_id=other.pk, scheme="2023", begins=202601, by=_post(places, "keeper"), now=NOON
    )
    bring(
        债权=[
            claim(SHANGTIAN, "ZQ-1", "赵某", ZHAO, "5000"),
            claim(LIYUAN, "ZQ-2", "李某", LI, "3000"),
        ],
        债务=[
            debt(SHANGTIAN, "ZW-1", "李某", LI, "4000"),
            debt(LIYUAN, "ZW-2", "赵某", ZHAO, "6000"),
        ],
    )
    return books


def _post(places, username, role="agency_accountant"):
    person = Person.objects.create(username=username, name=f"县{username}")
    Post.objects.create(person=person, role=role, region=places[COUNTY], from_on=date(2020, 1, 1))
    return person


@pytest.fixture
def chief(places):
    """The county's chief accountant, who confirms what crosses towns."""
    return _post(places, "chief", "agency_chief")


@pytest.fixture
def pear(places):
    """The accountant of Liyuan."""
    person = Person.objects.create(username="pear", name="梨会计")
    Post.objects.create(
        person=person, role="village_accountant", region=places[LIYUAN], from_on=date(2020, 1, 1)
    )
    return person


@pytest.fixture
def sent(ring, propose, shi):
    """The county office asks everybody."""
    one = propose(region=COUNTY, by=shi)
    return proposing.send(proposal_id=one.pk, by=shi, now=NOON)


def of(proposal, name):
    return Consent.objects.get(proposal=proposal, name=name)


def test_no_town_finds_the_circle_and_the_county_does(ring, propose, chen, luo, shi):
    assert propose(by=chen).cancelled == 0
    assert propose(region=BAIYAN, by=luo).cancelled == 0
    assert propose(region=COUNTY, by=shi).cancelled == Decimal("12000.00")
    with pytest.raises(Missing):
        propose(region=COUNTY, by=chen)


def test_villages_answer_signed_in_each_town_enters_its_own_papers_and_the_county_settles(
    sent, ring, lin, pear, chen, luo, chief
):
    consenting.answer_here(consent_id=of(sent, "上田村").pk, given="yes", by=lin, now=NOON)
    consenting.answer_here(consent_id=of(sent, "梨园村").pk, given="yes", by=pear, now=NOON)
    papers = {"given": "yes", "now": NOON}
    scans = [upload("a.jpg", jpeg())]
    zhao, li = of(sent, "赵某"), of(sent, "李某")
    assert (zhao.village, li.village) == (SHANGTIAN, LIYUAN)
    with pytest.raises(Missing):
        consenting.enter(consent_id=zhao.pk, signed_as="赵某", files=scans, by=luo, **papers)
    for one, clerk in ((zhao, chen), (li, luo)):
        consenting.enter(consent_id=one.pk, signed_as=one.name, files=scans, by=clerk, **papers)
    sent.refresh_from_db()
    assert sent.stage == "agreed"
    settling.settle(proposal_id=sent.pk, by=chief, now=NOON)
    assert set(Voucher.objects.values_list("book__village", flat=True)) == {SHANGTIAN, LIYUAN}


def test_a_village_answers_for_nobody_else_and_no_neighbour_for_it(sent, lin, qian, pear, gao):
    own, zhao = of(sent, "上田村"), of(sent, "赵某")
    for person in (qian, pear):
        with pytest.raises(Missing):
            consenting.answer_here(consent_id=own.pk, given="yes", by=person, now=NOON)
    with pytest.raises(Invalid, match="只能代表本村集体"):
        consenting.answer_here(consent_id=zhao.pk, given="yes", by=lin, now=NOON)
    consenting.answer_here(consent_id=own.pk, given="no", by=lin, now=NOON)
    sent.refresh_from_db()
    assert (sent.cancelled, of(sent, "上田村").cost) == (0, Decimal("12000.00"))
    with pytest.raises(Blocked):
        consenting.answer_here(consent_id=own.pk, given="yes", by=lin, now=NOON)


def test_a_village_sees_its_part_and_slip_and_nothing_of_the_others(
    sent, visit, lin, qian, pear, chen, shi
):
    own = of(sent, "上田村")
    told = visit(lin, reverse("netting:part", args=(own.pk,)))
    assert "由您代表上田村答复" in told
    assert "梨园村" not in told
    visit(lin, reverse("netting:proposal", args=(sent.pk,)), status=404)
    visit(chen, reverse("netting:proposal", args=(sent.pk,)), status=404)
    for person in (qian, pear):
        visit(person, reverse("netting:part", args=(own.pk,)), status=404)
    listed = visit(lin, reverse("netting:asked"), most=20)
    assert "上田村" in listed
    assert "梨园村" not in listed
    assert Letter.objects.visible_to(lin).filter(pk=own.slip_id).exists()
    assert not Letter.objects.visible_to(pear).filter(pk=own.slip_id).exists()
    assert "梨园村" in visit(shi, reverse("netting:proposal", args=(sent.pk,)))


def test_the_village_answers_on_its_page(sent, client, lin):
    own = of(sent, "上田村")
    client.force_login(lin)
    address = reverse("netting:answer-here", args=(own.pk,))
    assert client.post(address).status_code == 422
    told = client.post(address, {"given": "yes"}, follow=True).content.decode()
    assert "已答复：同意" in told
    assert "村集体在线答复" in told


def test_a_town_clerk_enters_a_paper_and_comes_back_to_the_part_it_may_see(sent, client, chen):
    client.force_login(chen)
    answer = client.post(
        reverse("netting:enter", args=(of(sent, "赵某").pk,)),
        {"given": "yes", "signed_as": "赵某", "files": [upload("a.jpg", jpeg())]}, follow=True,
    )  # fmt: skip
    assert answer.redirect_chain[-1][0].endswith(f"/asked/{of(sent, '赵某').pk}/")
    assert answer.status_code == 200


def test_who_has_not_answered_is_left_out_and_the_rest_goes_on(
    bring, sent, propose, agree, shi, lin
):
    with pytest.raises(Blocked, match="还没有一方同意"):
        proposing.leave_out(proposal_id=sent.pk, reason="逾期未答复", by=shi, now=NOON)
    consenting.answer_here(consent_id=of(sent, "上田村").pk, given="yes", by=lin, now=NOON)
    proposing.leave_out(proposal_id=sent.pk, reason="逾期未答复", by=shi, now=NOON)
    sent.refresh_from_db()
    assert sent.cancelled == 0
    silent = Consent.objects.filter(proposal=sent, is_left_out=True)
    assert {one.name for one in silent} == {"赵某", "李某", "梨园村"}
    assert all(one.slip.ended for one in silent)
    assert Proposal.objects.get(pk=sent.pk).optimum == 0


def test_a_proposal_of_the_town_still_hides_from_the_next(ring, propose, chen, luo, visit):
    one = propose(region=QINGSHUI, by=chen)
    visit(luo, reverse("netting:relief", args=(one.pk,)), status=404)
