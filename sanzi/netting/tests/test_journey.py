"""From a proposal by consent and refusal to the books, and back again."""

from datetime import date
from decimal import Decimal

import pytest

from sanzi.accounting import pages
from sanzi.accounting.actions.sets import open_book
from sanzi.accounting.models import Voucher
from sanzi.debts.models import Debt
from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.letters.models import Letter
from sanzi.netting.actions import consenting, proposing, settling
from sanzi.netting.models import Circle, Consent, Obligation, Proposal
from sanzi.receivables.actions import steps
from sanzi.receivables.models import Claim
from tests.world import BAIYAN, NOON, QINGSHUI, SHANGTIAN, XIATIAN

from .conftest import RING, SUN, ZHAO, claim, debt

pytestmark = pytest.mark.django_db


def lefts():
    rows = [*Claim.objects.order_by("number"), *Debt.objects.order_by("number")]
    return {row.number: row.left for row in rows}


def balances(books):
    return {
        (village, code): one.closing
        for village, book in books.items()
        for code, one in pages.balances(book.pk, 202601, 202612).items()
        if one.closing
    }


def names(proposal):
    return {(frozenset(one.names), one.amount) for one in Circle.objects.filter(proposal=proposal)}


def test_a_proposal_finds_the_circles_and_says_what_each_owes_less(ring, propose):
    one = propose()
    assert one.cancelled == Decimal("14000.00")
    assert one.owed == Decimal("21000.00")
    assert one.is_best
    assert names(one) == {
        (frozenset({"赵某", "上田村", "李某", "下田村"}), Decimal("3000.00")),
        (frozenset({"孙某", "上田村"}), Decimal("1000.00")),
    }
    relieved = dict(Consent.objects.filter(proposal=one).values_list("name", "amount"))
    assert relieved == {
        "赵某": 3000, "李某": 3000, "下田村": 3000, "上田村": 4000, "孙某": 1000,
    }  # fmt: skip


def test_a_form_sent_twice_is_one_proposal(ring, propose):
    assert propose(key="once").pk == propose(key="once").pk
    assert Proposal.objects.count() == 1


def test_a_limit_of_length_keeps_to_short_circles_and_shows_the_loss(ring, propose):
    one = propose(longest=2)
    assert (one.cancelled, one.optimum) == (Decimal("2000.00"), Decimal("14000.00"))


def test_nothing_that_qualifies_is_told(places, propose):
    with pytest.raises(Invalid) as refused:
        propose()
    assert refused.value.code == "netting.nothing"


def test_protected_money_never_enters(bring, ring, propose):
    bring(
        债权=[claim(SHANGTIAN, "ZQ-9", "孙某", SUN, "7000", nature="征占地补偿")],
        债务=[debt(SHANGTIAN, "ZW-9", "孙某", SUN, "7000", cause="代管的土地流转费")],
    )
    one = propose()
    assert one.cancelled == Decimal("14000.00")
    numbers = {thing.number for row in Obligation.objects.all() for thing in row.things}
    assert not numbers & {"ZQ-9", "ZW-9"}


def test_everybody_gets_a_slip_of_its_own(ring, propose, chen):
    one = propose()
    proposing.send(proposal_id=one.pk, by=chen, now=NOON)
    slips = Letter.objects.filter(on=f"netting.proposal:{one.pk}")
    assert sorted(slips.values_list("addressee", flat=True)) == sorted(
        ["赵某", "李某", "孙某", "上田村", "下田村"]
    )
    mine = slips.get(addressee="孙某").told()
    assert {(row["role"], row["other"]) for row in mine["items"]} == {
        ("应付", "上田村"), ("应收", "上田村"),
    }  # fmt: skip


def test_a_refusal_computes_again_at_once_and_says_what_it_costs(ring, propose, agree, chen):
    one = propose()
    proposing.send(proposal_id=one.pk, by=chen, now=NOON)
    agree(one, no=("李某",))
    one.refresh_from_db()
    assert one.cancelled == Decimal("2000.00")
    refusal = Consent.objects.get(proposal=one, name="李某")
    assert (refusal.answer, refusal.cost) == ("no", Decimal("12000.00"))
    # Who had agreed to more is asked again; whose part is the same is not.
    village = Consent.objects.get(proposal=one, name="上田村")
    assert (village.amount, one.stage) == (Decimal("1000.00"), "agreed")


def test_a_yes_to_something_else_does_not_count_after_a_refusal(ring, propose, chen):
    one = propose()
    proposing.send(proposal_id=one.pk, by=chen, now=NOON)

    def say(name, given):
        mine = Consent.objects.get(proposal=one, name=name)
        return consenting.answer(letter=mine.slip, given=given, signed_as=name, by=None, now=NOON)

    say("上田村", "yes")
    say("孙某", "yes")
    old = Consent.objects.get(proposal=one, name="上田村").slip
    say("赵某", "no")
    assert Consent.objects.get(proposal=one, name="上田村").answer == ""
    assert Consent.objects.get(proposal=one, name="孙某").answer == "yes"
    with pytest.raises(Blocked):
        consenting.answer(letter=old, given="yes", signed_as="上田村", by=None, now=NOON)
    say("上田村", "yes")
    one.refresh_from_db()
    assert one.stage == "agreed"


def test_paper_needs_its_scan(ring, propose, chen):
    one = propose()
    proposing.send(proposal_id=one.pk, by=chen, now=NOON)
    mine = Consent.objects.get(proposal=one, name="孙某")
    with pytest.raises(Invalid, match="扫描件"):
        consenting.enter(consent_id=mine.pk, given="yes", signed_as="孙某", by=chen, now=NOON)


def test_nothing_is_settled_before_everybody_agreed(ring, propose, chen, gao):
    one = propose()
    proposing.send(proposal_id=one.pk, by=chen, now=NOON)
    with pytest.raises(Blocked, match="还没有同意"):
        settling.settle(proposal_id=one.pk, by=gao, now=NOON)


def test_settlement_lowers_registers_and_books_of_every_party(ring, agreed, zheng):
    done = settling.settle(proposal_id=agreed.pk, by=zheng, now=NOON)
    assert lefts() == {
        "ZQ-1": 2000, "ZQ-2": 0, "ZQ-3": 1000, "ZW-1": 1000, "ZW-2": 3000, "ZW-3": 0,
    }  # fmt: skip
    vouchers = {v.book.village: v for v in Voucher.objects.all()}
    assert set(vouchers) == {SHANGTIAN, XIATIAN}
    assert vouchers[SHANGTIAN].total == Decimal("4000.00")
    assert balances(ring) == {
        (SHANGTIAN, "113"): -4000, (SHANGTIAN, "211"): 4000,
        (XIATIAN, "113"): -3000, (XIATIAN, "211"): 3000,
    }  # fmt: skip
    assert done.netting_id in vouchers[XIATIAN].memo
    agreed.refresh_from_db()
    assert agreed.stage == "settled"
    assert agreed.paper.told()["total"] == "14000.00"
    last = Entry.objects.order_by("-seq")[0]
    assert (last.action, last.object) == ("netting.settle", f"netting.proposal:{agreed.pk}")


def test_who_proposed_does_not_confirm(ring, agreed, chen, lin, zheng):
    with pytest.raises(Forbidden):
        settling.settle(proposal_id=agreed.pk, by=chen, now=NOON)
    Proposal.objects.filter(pk=agreed.pk).update(made_by=zheng)
    with pytest.raises(Blocked, match="另一人"):
        settling.settle(proposal_id=agreed.pk, by=zheng, now=NOON)


def test_reversal_restores_every_balance(ring, agreed, chen, zheng):
    before = lefts(), balances(ring), clocks()
    settling.settle(proposal_id=agreed.pk, by=zheng, now=NOON)
    assert (lefts(), balances(ring)) != before[:2]
    told = {"proposal_id": agreed.pk, "now": NOON}
    settling.ask_reversal(reason="金额有误", by=chen, **told)
    settling.reverse(by=zheng, **told)
    assert (lefts(), balances(ring), clocks()) == before
    agreed.refresh_from_db()
    assert agreed.stage == "reversed"
    assert agreed.paper.ended.reason == "冲转已冲回"


def clocks():
    return dict(Claim.objects.values_list("number", "last_day"))


def test_of_two_settlements_of_one_obligation_the_second_is_refused(
    ring, agreed, propose, agree, chen, zheng
):
    second = propose()
    proposing.send(proposal_id=second.pk, by=chen, now=NOON)
    agree(second)
    settling.settle(proposal_id=agreed.pk, by=zheng, now=NOON)
    before = lefts()
    with pytest.raises(Blocked, match="已用于另一次冲转"):
        settling.settle(proposal_id=second.pk, by=zheng, now=NOON)
    assert lefts() == before
    assert Voucher.objects.count() == 2


def test_what_is_left_may_be_netted_again_and_a_reversed_part_too(
    bring, ring, agreed, propose, agree, chen, zheng
):
    settling.settle(proposal_id=agreed.pk, by=zheng, now=NOON)
    bring(债务=[debt(SHANGTIAN, "ZW-8", "赵某", ZHAO, "500")])
    again = propose()
    assert again.cancelled == Decimal("1000.00")
    proposing.send(proposal_id=again.pk, by=chen, now=NOON)
    agree(again)
    settling.settle(proposal_id=again.pk, by=zheng, now=NOON)
    assert lefts()["ZQ-1"] == Decimal("1500.00")


def test_a_claim_paid_meanwhile_stops_the_settlement(ring, agreed, zheng, lin, chen):
    one = Claim.objects.get(number="ZQ-1")
    paid = steps.propose(
        claim_id=one.pk, kind="cash", amount=Decimal("100.00"), dated=date(2026, 3, 2), key="p",
        by=lin, now=NOON,
    )  # fmt: skip
    with pytest.raises(Blocked, match="清收单"):
        settling.settle(proposal_id=agreed.pk, by=zheng, now=NOON)
    steps.confirm(proposal_ids=[paid.pk], by=zheng, now=NOON)
    with pytest.raises(Blocked, match="现在是"):
        settling.settle(proposal_id=agreed.pk, by=zheng, now=NOON)


def test_a_village_without_books_is_said_so(
    bring, base, collective, propose, agree, chen, zheng, wu
):
    open_book(collective_id=collective.pk, scheme="2023", begins=202601, by=wu, now=NOON)
    bring(**RING)
    one = propose()
    proposing.send(proposal_id=one.pk, by=chen, now=NOON)
    agree(one)
    done = settling.settle(proposal_id=one.pk, by=zheng, now=NOON)
    assert done.without_books == [XIATIAN]
    assert Voucher.objects.count() == 1
    assert lefts()["ZQ-2"] == 0


def test_a_neighbouring_town_sees_nothing(ring, agreed, luo, propose):
    with pytest.raises(Missing):
        proposing.send(proposal_id=agreed.pk, by=luo, now=NOON)
    with pytest.raises(Missing):
        propose(region=QINGSHUI, by=luo)
    with pytest.raises(Invalid):
        propose(region=BAIYAN, by=luo)
    assert not Proposal.objects.visible_to(luo).exists()


def test_a_withdrawn_proposal_voids_its_slips(ring, propose, chen):
    one = propose()
    proposing.send(proposal_id=one.pk, by=chen, now=NOON)
    proposing.withdraw(proposal_id=one.pk, reason="重新对账", by=chen, now=NOON)
    mine = Consent.objects.filter(proposal=one)[0]
    with pytest.raises(Blocked):
        consenting.answer(letter=mine.slip, given="yes", signed_as="某某", by=None, now=NOON)


def test_who_entered_the_papers_does_not_confirm_on_them(ring, agreed, zheng):
    """Somebody with a post in the office and one in the agency is one pair of hands."""
    Consent.objects.filter(proposal=agreed).update(recorded_by=zheng)
    with pytest.raises(Blocked, match="由您登记"):
        settling.settle(proposal_id=agreed.pk, by=zheng, now=NOON)
