"""民间欠款: told by one, confirmed by the other, netted and put back; in no village's books."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from sanzi.accounting.models import Voucher
from sanzi.documents.tests.files import jpeg, upload
from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.letters.models import Letter
from sanzi.letters.printing import pdf
from sanzi.netting.actions import private, proposing, settling
from sanzi.netting.models import Circle, Consent, Obligation, PrivateDebt, PrivateMovement, Proposal
from tests.world import NOON, SHANGTIAN, XIATIAN

from .conftest import LI, ZHAO, claim, debt

pytestmark = pytest.mark.django_db
BUILDER = private.Told("吴建工", "个人", LI)
VILLAGER = private.Told("赵某", "农户", ZHAO, "13800138000")
FORM = {
    "village": SHANGTIAN, "told_by": "creditor", "amount": "800.00", "formed_on": "2024-05-01",
    "due_on": "", "words": "修渠人工费", "evidence": "欠条", "key": "f-1", "debtor_name": "吴建工",
    "debtor_kind": "个人", "debtor_number": LI, "debtor_phone": "", "creditor_name": "赵某",
    "creditor_kind": "农户", "creditor_number": ZHAO, "creditor_phone": "",
}  # fmt: skip


@pytest.fixture
def declare(places, lin):
    """Lin enters that Wu, a builder, owes Zhao 800 for work."""

    def do(**more):
        told = {
            "village": SHANGTIAN, "debtor": BUILDER, "creditor": VILLAGER, "told_by": "creditor",
            "amount": Decimal("800.00"), "formed_on": date(2024, 5, 1), "due_on": None,
            "words": "修渠人工费", "evidence": "欠条", "key": "d-1", "by": lin, "now": NOON,
        }  # fmt: skip
        return private.declare(**{**told, **more})

    return do


def confirm(one, given="yes"):
    return private.answer_debt(letter=one.asked, given=given, signed_as="吴某", by=None, now=NOON)


@pytest.fixture
def triangle(bring, base, books, declare):
    """Zhao owes Shangtian 1,000, Shangtian owes Wu 900, Wu owes Zhao 800."""
    bring(
        债权=[claim(SHANGTIAN, "ZQ-1", "赵某", ZHAO, "1000")],
        债务=[debt(SHANGTIAN, "ZW-1", "吴建工", LI, "900")],
    )
    return confirm(declare())


def test_villager_village_contractor_is_a_circle_once_the_contractor_has_confirmed(
    triangle, propose
):
    one = propose()
    (circle,) = Circle.objects.filter(proposal=one)
    assert (circle.amount, set(circle.names)) == (800, {"赵某", "上田村", "吴建工"})
    assert Obligation.objects.get(private=triangle).cancelled == Decimal("800.00")


@pytest.mark.parametrize("given", [None, "no"])
def test_what_the_other_side_has_not_confirmed_closes_no_circle(
    bring, base, books, declare, propose, given
):
    bring(
        债权=[claim(SHANGTIAN, "ZQ-1", "赵某", ZHAO, "1000")],
        债务=[debt(SHANGTIAN, "ZW-1", "吴建工", LI, "900")],
    )
    one = declare()
    if given:
        assert confirm(one, given).stage == "denied"
    assert propose(with_unconfirmed=True).cancelled == 0


def test_land_income_owed_by_a_contractor_never_enters(bring, base, books, declare, propose):
    bring(
        债权=[claim(SHANGTIAN, "ZQ-1", "赵某", ZHAO, "1000")],
        债务=[debt(SHANGTIAN, "ZW-1", "吴建工", LI, "900")],
    )
    confirm(declare(words="2024年土地流转费"))
    assert propose().cancelled == 0


def test_settlement_lowers_it_gives_both_a_paper_and_reversal_restores_it(
    triangle, propose, agree, chen, zheng
):
    one = propose()
    proposing.send(proposal_id=one.pk, by=chen, now=NOON)
    agree(one)
    done = settling.settle(proposal_id=one.pk, by=zheng, now=NOON)
    triangle.refresh_from_db()
    assert (triangle.left, Voucher.objects.count()) == (0, 1)
    receipts = Letter.objects.filter(wording__code="netting.receipt").order_by("addressee")
    assert {one.addressee for one in receipts} == {"吴建工", "赵某"}
    assert receipts[0].told()["after"] == "0.00"
    assert pdf(list(receipts), "http://x")[:4] == b"%PDF"
    settling.ask_reversal(proposal_id=one.pk, reason="金额有误", by=chen, now=NOON)
    settling.reverse(proposal_id=one.pk, by=zheng, now=NOON)
    triangle.refresh_from_db()
    assert triangle.left == Decimal("800.00")
    moved = [(m.kind, m.amount) for m in triangle.movements.order_by("pk")]
    assert moved == [("netted", 800), ("reversed", -800)]
    assert not Letter.objects.filter(wording__code="netting.receipt", ending=None).exists()
    assert done.netting_id in triangle.movements.order_by("pk")[0].note


def test_cancelled_meanwhile_it_stops_the_settlement(triangle, propose, agree, chen, zheng, lin):
    one = propose()
    proposing.send(proposal_id=one.pk, by=chen, now=NOON)
    agree(one)
    private.cancel_debt(debt_id=triangle.pk, reason="双方已还清", by=lin, now=NOON)
    with pytest.raises(Blocked, match="民间欠款"):
        settling.settle(proposal_id=one.pk, by=zheng, now=NOON)
    triangle.refresh_from_db()
    assert (triangle.stage, triangle.left) == ("cancelled", 0)
    last = Entry.objects.filter(action="netting.cancel_debt").get()
    assert "双方已还清" in str(last.public)


def test_of_two_settlements_one_uses_it(triangle, propose, agree, chen, zheng):
    first, second = propose(), propose()
    for one in (first, second):
        proposing.send(proposal_id=one.pk, by=chen, now=NOON)
        agree(one)
    settling.settle(proposal_id=first.pk, by=zheng, now=NOON)
    with pytest.raises(Blocked, match="已用于另一次冲转"):
        settling.settle(proposal_id=second.pk, by=zheng, now=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Obligation.objects.filter(proposal=second, private=triangle).update(is_used=True)


def test_a_movement_is_never_changed_and_numbers_are_sealed(triangle, lin):
    made = private.cancel_debt(debt_id=triangle.pk, reason="登记有误", by=lin, now=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        PrivateMovement.objects.filter(debt=made).update(amount=1)
    found = PrivateDebt.objects.get(pk=made.pk)
    assert "13800138000" not in str(found.creditor_phone)
    clear = private.reveal_debt(debt_id=made.pk, reason="电话催办", by=lin, now=NOON)
    assert clear["creditor_phone"] == "13800138000"
    assert Entry.objects.order_by("-seq")[0].action == "sealed.reveal"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"amount": Decimal("0.00")}, "大于零"),
        ({"amount": Decimal("0.001")}, "最小到分"),
        ({"formed_on": date(2026, 3, 3)}, "晚于今天"),
        ({"due_on": date(2024, 4, 30)}, "早于形成日期"),
        ({"debtor": private.Told("吴建工", "个人", "12345")}, "证件号有误"),
        ({"debtor": private.Told("吴建工", "个人", "", "12")}, "电话有误"),
        ({"debtor": private.Told("赵某某", "农户", ZHAO)}, "同一个人"),
        ({"told_by": "both"}, "申报"),
        ({"words": ""}, "事由"),
    ],
)
def test_what_cannot_be_is_refused_in_words(declare, more, words):
    with pytest.raises(Invalid, match=words):
        declare(**more)
    assert not PrivateDebt.objects.exists()


def test_the_last_fitting_day_is_taken(declare):
    assert declare(formed_on=date(2026, 3, 2), due_on=date(2026, 3, 2), amount=Decimal("0.01"))


def test_a_collective_belongs_in_the_registers_of_claims_and_debts(declare, books):
    with pytest.raises(Invalid, match="债权、债务台账"):
        declare(debtor=private.Told("下田村股份经济合作社", "其他单位"))


def test_the_same_debt_told_by_both_is_one_and_a_form_sent_twice_too(declare):
    one = declare()
    assert declare().pk == one.pk
    with pytest.raises(Blocked, match="已经登记过"):
        declare(key="d-2", told_by="debtor")


def test_neighbours_and_other_posts_do_not_reach_it(declare, qian, gao, luo):
    one = declare()
    for person in (qian, luo):
        with pytest.raises(Missing):
            private.cancel_debt(debt_id=one.pk, reason="还清", by=person, now=NOON)
    with pytest.raises(Forbidden):
        private.cancel_debt(debt_id=one.pk, reason="还清", by=gao, now=NOON)
    with pytest.raises(Missing):
        declare(village=XIATIAN)


def test_the_paper_counts_with_its_scan_and_only_once(declare, lin):
    one = declare()
    with pytest.raises(Invalid, match="扫描件"):
        private.enter_debt(debt_id=one.pk, given="yes", signed_as="吴某", by=lin, now=NOON)
    private.enter_debt(
        debt_id=one.pk, given="yes", signed_as="吴某", files=[upload("a.jpg", jpeg())], by=lin,
        now=NOON,
    )  # fmt: skip
    with pytest.raises(Blocked, match="不能再答复"):
        confirm(PrivateDebt.objects.get(pk=one.pk))


def test_the_whole_way_through_the_pages(places, client, lin, qian, visit):
    client.force_login(lin)
    told = client.post(reverse("netting:debt-new"), FORM, follow=True).content.decode()
    one = PrivateDebt.objects.get()
    assert "请把确认书交给吴建工" in told
    assert LI not in told
    assert "待对方确认" in visit(lin, reverse("netting:debts"), most=20)
    assert one.number not in visit(qian, reverse("netting:debts"), most=20)
    for name in ("netting:debt", "netting:debt-enter"):
        visit(qian, reverse(name, args=(one.pk,)), status=404)
    client.logout()
    address = reverse("netting:debt-answer", args=(one.asked.token,))
    told = client.get(address).content.decode()
    assert "吴＊＊" in told
    assert "吴建工" not in told
    assert client.post(address, {"signed_as": "吴某"}).status_code == 422
    told = client.post(address, {"given": "yes", "signed_as": "吴某"}).content.decode()
    assert "已收到您的确认" in told
    client.force_login(lin)
    told = client.get(reverse("netting:debt", args=(one.pk,))).content.decode()
    assert "可以参加冲转" in told
    told = client.post(reverse("netting:debt-reveal", args=(one.pk,)), {"reason": "核对"})
    assert LI in told.content.decode()
    cancel = reverse("netting:debt-cancel", args=(one.pk,))
    told = client.post(cancel, {"reason": "双方已还清"}, follow=True).content.decode()
    assert "已注销：双方已还清" in told
    assert client.post(reverse("netting:debt-new"), {**FORM, "amount": "x"}).status_code == 422
    assert pdf([one.asked], "http://x")[:4] == b"%PDF"


def test_a_party_of_a_private_debt_is_asked_in_the_village_it_stands_in(triangle, propose):
    one = propose()
    homes = dict(Consent.objects.filter(proposal=one).values_list("name", "village"))
    assert homes == {"赵某": SHANGTIAN, "吴建工": SHANGTIAN, "上田村": SHANGTIAN}
    assert Proposal.objects.get(pk=one.pk).owed == Decimal("2700.00")
