"""困难减免: decided for one debtor, within the cap the meeting adopted, by two hands; heirs only up
to the estate (民法典 第1161条)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from sanzi.accounting.models import Line
from sanzi.documents.tests.files import jpeg, upload
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid
from sanzi.metrics.shares import totals
from sanzi.policies import actions as policies
from sanzi.policies.relief import Cap, Terms
from sanzi.receivables.actions import letters, pursuit, replies, steps
from sanzi.receivables.actions.estates import enter_estate
from sanzi.receivables.estates import Estate, beyond, rest_of
from sanzi.receivables.models import Claim
from sanzi.resolutions.models import Resolution
from tests.world import NOON, SHANGTIAN

from .conftest import SUN, TODAY

HALF = Terms((), cap=Cap(Decimal("0.50"), Decimal("4000.00")))


@pytest.fixture
def decide(lin):
    def do(on):
        return Resolution.objects.create(
            village=SHANGTIAN, on=on, matter="claim.reduce", title="决议", way="four",
            body="成员大会", stage="effective", motion="议案", decided_on=TODAY, proposed_by=lin,
            proposed_at=NOON,
        )  # fmt: skip

    return do


@pytest.fixture
def cap(claim, chen, decide):
    policy = policies.draft(
        village=SHANGTIAN, name="困难减免办法", terms=HALF, from_on=date(2026, 1, 1),
        until_on=date(2026, 12, 31), key="cap", by=chen, now=NOON,
    )  # fmt: skip
    decide(f"policies.reliefpolicy:{policy.pk}")
    return policy


@pytest.fixture
def relieve(propose):
    def do(amount, **more):
        told = {"facts": {"plight": "低保户", "basis": "低保证"}}
        return propose("hardship", amount, **{**told, "files": [upload("z.jpg", jpeg())], **more})

    return do


def key_of(claim):
    return f"receivables.claim:{claim.pk}"


def test_relief_waits_for_the_meeting_and_for_a_cap(claim, relieve, decide):
    with pytest.raises(Blocked, match="还没有“减免债权”的决议"):
        relieve("1000.00")
    decide(key_of(claim))
    with pytest.raises(Blocked, match="没有生效的困难减免办法"):
        relieve("1000.00")


def test_relief_wants_its_papers_and_its_plight(claim, cap, relieve, decide):
    decide(key_of(claim))
    with pytest.raises(Invalid, match="上传证明困难的材料"):
        relieve("1000.00", files=[])
    with pytest.raises(Invalid, match="困难情形"):
        relieve("1000.00", facts={"basis": "低保证"})


def test_two_hands_pass_it_and_the_books_give_it_up_like_a_discount(
    claim, cap, relieve, decide, lin, gao, zheng
):
    decide(key_of(claim))
    one = relieve("3000.00")
    with pytest.raises(Blocked, match="乡镇审批"):
        steps.confirm(proposal_ids=[one.pk], by=zheng, now=NOON)
    with pytest.raises(Forbidden):
        steps.approve(proposal_id=one.pk, by=lin, now=NOON)
    steps.approve(proposal_id=one.pk, by=gao, now=NOON)
    steps.confirm(proposal_ids=[one.pk], by=zheng, now=NOON)
    claim.refresh_from_db()
    assert claim.left == Decimal("6800.00")
    lines = Line.objects.order_by("pk")
    assert [(x.account[:3], x.debit, x.credit) for x in lines] == [
        ("515", Decimal("3000.00"), 0), ("113", 0, Decimal("3000.00")),
    ]  # fmt: skip
    assert totals(SHANGTIAN, TODAY)["receivables.written_off"] == 300_000


@pytest.mark.parametrize(("amount", "fits"), [("4000.00", True), ("4000.01", False)])
def test_the_cap_holds_to_the_fen(claim, cap, relieve, decide, amount, fits):
    decide(key_of(claim))
    if fits:
        assert relieve(amount).amount == Decimal(amount)
    else:
        with pytest.raises(Blocked, match="每户最多 4,000.00 元"):
            relieve(amount)


def test_the_cap_is_of_the_debtor_and_not_of_each_claim(claim, cap, relieve, decide, bring):
    bring(债权=[SUN, {**SUN, "number": "ZQ-8", "balance": "1000", "principal": "1000"}])
    other = Claim.objects.get(number="ZQ-8")
    for one in (claim, other):
        decide(key_of(one))
    relieve("3500.00")
    with pytest.raises(Blocked, match="已提出或办结 3,500.00 元，还可减免 500.00 元"):
        relieve("500.01", claim_id=other.pk)
    relieve("500.00", claim_id=other.pk)


@pytest.fixture
def estate(claim, lin):
    """Sun has died; his heirs inherit 5,000 yuan."""
    Claim.objects.filter(pk=claim.pk).update(debtor_status="死亡有继承人")
    claim.refresh_from_db()
    return enter_estate(
        claim_id=claim.pk, amount=Decimal("5000.00"), dated=date(2026, 2, 1), basis="遗产清单",
        files=[upload("q.jpg", jpeg())], by=lin, now=NOON,
    )  # fmt: skip


def test_an_estate_is_entered_for_the_dead_with_heirs_alone(claim, lin):
    told = {"claim_id": claim.pk, "amount": Decimal(1), "dated": TODAY, "basis": "清单"}
    with pytest.raises(Blocked, match="死亡有继承人"):
        enter_estate(**told, by=lin, now=NOON)


def test_no_more_than_the_estate_is_demanded_of_heirs(claim, estate, lin):
    assert beyond(claim) == Decimal("4800.00")
    due = {"due_on": date(2026, 4, 2), "dated": TODAY, "by": lin, "now": NOON}
    for demand in (
        lambda: letters.send_letters(claim_ids=[claim.pk], tone="demand", **due),
        lambda: replies.agree_plan(
            claim_id=claim.pk, months=3, first_on=TODAY, agreed_on=TODAY, by=lin, now=NOON
        ),
        lambda: pursuit.pursue(
            claim_id=claim.pk, kind="suit", court="法庭", number="", filed_on=TODAY, by=lin,
            now=NOON,
        ),
    ):  # fmt: skip
        with pytest.raises(Blocked, match=r"4,800.00 元不能要求继承人还（民法典第1161条）"):
            demand()
    letters.send_letters(claim_ids=[claim.pk], tone="reconcile", **due)


@pytest.mark.parametrize(("amount", "fits"), [("5000.00", True), ("5000.01", False)])
def test_no_more_than_the_estate_is_taken_of_heirs(claim, estate, propose, amount, fits):
    if fits:
        assert propose("cash", amount).amount == Decimal(amount)
    else:
        with pytest.raises(Blocked, match="民法典第1161条"):
            propose("cash", amount)


def test_what_they_paid_counts_and_what_they_pay_of_their_own_will_is_taken(
    claim, estate, pay, propose
):
    pay("3000.00")
    claim.refresh_from_db()
    assert rest_of(claim) == Decimal("2000.00")
    with pytest.raises(Blocked, match="遗产还剩 2,000.00 元"):
        propose("cash", "2500.00")
    one = propose("cash", "2500.00", facts={"money": "102", "voluntary": "自愿还款说明"})
    assert one.facts["voluntary"] == "自愿还款说明"


def test_an_estate_entered_stands_and_the_last_one_counts(claim, estate, lin):
    with pytest.raises(IntegrityError, match="只能追加"), transaction.atomic():
        Estate.objects.filter(pk=estate.pk).update(amount=Decimal(1))
    enter_estate(
        claim_id=claim.pk, amount=Decimal("9800.00"), dated=TODAY, basis="公证书", by=lin, now=NOON
    )
    assert beyond(claim) == 0


def test_the_pages_say_the_limit_and_why(claim, estate, lin, visit, client):
    html = visit(lin, reverse("receivables:claim", args=(claim.pk,)))
    assert "超出的 4,800.00 元不能要求继承人还" in html
    page = reverse("receivables:estate", args=(claim.pk,))
    assert "还可要求继承人还 5,000.00 元" in visit(lin, page)
    assert "自愿偿还的依据" in visit(lin, reverse("receivables:propose", args=(claim.pk, "cash")))
    client.force_login(lin)
    assert client.post(page, {"sent": "1"}).status_code == 422


def test_a_cap_is_drafted_on_the_page_without_any_discount(claim, chen, client, visit):
    client.force_login(chen)
    answer = client.post(reverse("policies:new"), {
        "key": "k", "village": SHANGTIAN, "name": "困难减免办法", "from_on": "2026-01-01",
        "until_on": "2026-12-31", "cap_rate": "50", "cap_amount": "4000",
    })  # fmt: skip
    assert answer.status_code == 302
    html = visit(chen, answer["Location"])
    assert "每户最多减免所欠的 50.0%，不超过 4,000.00 元" in html
