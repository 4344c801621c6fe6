"""The money steps: two hands, one transaction, and every reason why not."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from sanzi.accounting import pages
from sanzi.accounting.actions.sets import open_book
from sanzi.accounting.models import Voucher
from sanzi.accounting.periods import open_year
from sanzi.dispositions.models import Disposition
from sanzi.journal.history import history
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.metrics.shares import totals
from sanzi.receivables.actions import steps
from sanzi.receivables.casework import Proposal
from tests.books import written
from tests.world import NOON, SHANGTIAN

from .conftest import TODAY


def figures(region=SHANGTIAN):
    return totals(region, TODAY)


def test_a_payment_becomes_voucher_movement_event_and_figure_at_once(claim, propose, zheng):
    one = propose("cash", "800.50", interest=Decimal("20.00"))
    assert figures().get("receivables.cash", 0) == 0
    steps.confirm(proposal_ids=[one.pk], by=zheng, now=NOON)

    one.refresh_from_db()
    claim.refresh_from_db()
    assert one.stage == Proposal.Stage.DONE
    assert claim.left == Decimal("8999.50")
    assert [(line.account, line.debit, line.credit) for line in one.voucher.lines] == [
        ("102", Decimal("820.50"), Decimal("0.00")),
        ("113", Decimal("0.00"), Decimal("800.50")),
        ("504", Decimal("0.00"), Decimal("20.00")),
    ]
    act = Disposition.objects.get(source=f"receivables.proposal:{one.pk}")
    assert (act.method, act.amount, act.voucher_id) == (
        "专人清收",
        Decimal("800.50"),
        one.voucher_id,
    )
    assert act.document_number == one.paper.serial
    assert [(e.kind, e.dated) for e in claim.events.all()] == [("part_payment", TODAY)]
    assert claim.last_day == date(2029, 3, 2)
    assert figures()["receivables.cash"] == 80050


def test_the_books_owe_what_the_claim_owes(claim, pay, ledger):
    pay("800.00")
    pay("200.00")
    balance = pages.balances(ledger.pk, 202601, 202612)["113"]
    claim.refresh_from_db()
    assert -balance.closing == Decimal("1000.00") == Decimal("9800.00") - claim.left


def test_the_receipt_is_written_with_the_money_and_numbered_without_gaps(pay):
    first, second = pay("1.00"), pay("2.00")
    assert first.paper.serial.endswith("-2026-SJ-0001")
    assert second.paper.serial.endswith("-2026-SJ-0002")
    assert first.paper.values["paid"] == "1.00"
    assert second.paper.values["left"] == "9797.00"


def test_a_form_sent_twice_is_one_proposal(propose):
    first = propose("cash", "5.00", key="once")
    assert propose("cash", "5.00", key="once").pk == first.pk
    assert Proposal.objects.count() == 1


def test_nobody_confirms_what_he_proposed(claim, propose, zheng, monkeypatch):
    one = propose("cash", "5.00")
    Proposal.objects.filter(pk=one.pk).update(proposed_by=zheng)
    with pytest.raises(Forbidden, match="另一人"):
        steps.confirm(proposal_ids=[one.pk], by=zheng, now=NOON)
    assert Voucher.objects.count() == 0


@pytest.mark.parametrize("who", ["lin", "gao", "chen", "min"])
def test_only_the_chief_accountant_confirms(propose, people, who):
    one = propose("cash", "5.00")
    with pytest.raises(Forbidden):
        steps.confirm(proposal_ids=[one.pk], by=people[who], now=NOON)


def test_a_neighbour_finds_neither_claim_nor_proposal(claim, propose, qian):
    with pytest.raises(Missing):
        propose("cash", "5.00", by=qian)
    one = propose("cash", "5.00")
    with pytest.raises(Missing):
        steps.withdraw(proposal_id=one.pk, reason="看看", by=qian, now=NOON)


def test_of_two_proposals_on_one_claim_the_second_is_told(propose, chen):
    propose("cash", "5.00")
    with pytest.raises(Blocked, match="收款"):
        propose("cash", "5.00", by=chen)


def test_more_than_is_owed_is_refused_to_the_fen(propose):
    with pytest.raises(Invalid, match=r"9,800\.00"):
        propose("cash", "9800.01")
    assert propose("cash", "9800.00").pk


def test_a_day_ahead_is_refused(propose):
    with pytest.raises(Invalid, match="晚于今天"):
        propose("cash", "5.00", dated=date(2026, 3, 3))


def test_a_second_confirmation_is_told_that_it_is_done(pay, zheng, feng):
    one = pay("5.00")
    with pytest.raises(Blocked, match="已办结"):
        steps.confirm(proposal_ids=[one.pk], by=feng, now=NOON)
    assert Voucher.objects.count() == 1


def test_a_closed_month_takes_nothing_and_nothing_is_left_half_done(claim, propose, ledger, zheng):
    from sanzi.accounting.models import Period

    one = propose("cash", "5.00")
    Period.objects.filter(book=ledger, period=202603).update(state="closed")
    with pytest.raises(Blocked, match="已结账"):
        steps.confirm(proposal_ids=[one.pk], by=zheng, now=NOON)
    claim.refresh_from_db()
    one.refresh_from_db()
    assert (claim.left, one.stage) == (Decimal("9800.00"), "proposed")
    assert claim.events.count() == 0


def test_a_write_off_waits_for_the_resolution_and_says_so(propose):
    facts = {"ground": "dissolved", "basis": "注销证明"}
    with pytest.raises(Blocked, match="还没有“核销债权”的决议"):
        propose("write_off", facts=facts)


def test_land_income_and_subsidies_never_settle_a_claim(propose):
    for counter in ("流转收益", "地力保护补贴", "征地补偿"):
        with pytest.raises(Blocked, match="农村土地承包法"):
            propose("set_off", "5.00", facts={"counter": counter, "basis": "协议"})


def test_a_set_off_moves_no_result(propose, ledger, zheng):
    one = propose("set_off", "300.00", facts={"counter": "应付工程款", "basis": "抵销协议"})
    steps.confirm(proposal_ids=[one.pk], by=zheng, now=NOON)
    moved = {
        k: b.closing for k, b in pages.balances(ledger.pk, 202601, 202612).items() if b.closing
    }
    assert {code.rstrip("+") for code in moved} <= {"113", "211"}
    assert figures()["receivables.set_off"] == 30000


def test_three_parties_name_the_creditor(propose, ledger, zheng):
    with pytest.raises(Invalid, match="债权人"):
        propose("three_party", "5.00", facts={"counter": "应付工程款", "basis": "三方协议"})
    facts = {"counter": "应付工程款", "basis": "三方协议", "creditor": "李建筑队"}
    one = propose("three_party", "5.00", facts=facts)
    steps.confirm(proposal_ids=[one.pk], by=zheng, now=NOON)
    one.refresh_from_db()
    assert [line.account for line in one.voucher.lines] == ["211", "113"]
    assert one.paper.series == "DX"
    assert one.paper.values["creditor"] == "李建筑队"


def test_a_proposal_sent_back_frees_the_claim_and_keeps_its_reason(propose, zheng):
    one = propose("cash", "5.00")
    with pytest.raises(Invalid, match="原因"):
        steps.decline(proposal_id=one.pk, reason=" ", by=zheng, now=NOON)
    steps.decline(proposal_id=one.pk, reason="没有进账单", by=zheng, now=NOON)
    assert propose("cash", "6.00").pk != one.pk


def test_a_mistake_is_taken_back_in_red_by_two_hands_and_nothing_is_erased(
    claim, pay, lin, zheng, ledger
):
    done = pay("500.00")
    back = steps.take_back(
        proposal_id=done.pk, reason="收错了人", dated=TODAY, key="back", by=lin, now=NOON
    )
    claim.refresh_from_db()
    assert claim.left == Decimal("9300.00")
    steps.confirm(proposal_ids=[back.pk], by=zheng, now=NOON)
    done.refresh_from_db()
    back.refresh_from_db()
    claim.refresh_from_db()
    assert (done.stage, claim.left) == ("taken_back", Decimal("9800.00"))
    assert back.voucher.reverses_id == done.voucher_id
    assert pages.balances(ledger.pk, 202601, 202612)["113"].closing == 0
    assert figures()["receivables.cash"] == 0
    assert claim.last_day == date(2027, 3, 1)
    assert done.paper.ended.word == "已作废"
    with pytest.raises(Blocked, match="已冲回"):
        steps.take_back(
            proposal_id=done.pk, reason="再来", dated=TODAY, key="again", by=lin, now=NOON
        )
    assert pay("500.00").pk


NEXT_YEAR = NOON.replace(year=2027)


@pytest.mark.parametrize(
    ("scheme", "lines"),
    [
        ("2023", "贷 102 520.00\n借 113 500.00\n借 504 20.00"),
        # The year it was income of is closed: 未分配收益 bears it (2004, acct 322).
        ("2004", "贷 102 520.00\n借 113 500.00\n借 32202 20.00"),
    ],
)
def test_a_mistake_of_an_earlier_year_is_put_right_in_blue_in_this_one(
    claim, pay, lin, zheng, ledger, collective, wu, monkeypatch, scheme, lines
):
    book = ledger
    if scheme == "2004":
        book = open_book(collective_id=collective.pk, scheme="2004", begins=202601, by=wu, now=NOON)
        monkeypatch.setattr("sanzi.receivables.completing.book_for", lambda *_: book)
    done = pay("500.00", interest=Decimal("20.00"))
    with transaction.atomic():
        open_year(book, 2027)
    day = NEXT_YEAR.date()
    back = steps.take_back(
        proposal_id=done.pk, reason="收错了人", dated=day, key="back", by=lin, now=NEXT_YEAR
    )
    steps.confirm(proposal_ids=[back.pk], by=zheng, now=NEXT_YEAR)
    back.refresh_from_db()
    claim.refresh_from_db()
    assert (back.voucher.kind, back.voucher.reverses_id) == ("correction", done.voucher_id)
    assert back.voucher.dated == day
    assert sorted(written(back.voucher).split("\n")) == sorted(lines.split("\n"))
    assert back.voucher.lines[0].memo.startswith("订正2026年3月2日")
    assert (claim.left, totals(SHANGTIAN, day)["receivables.cash"]) == (Decimal("9800.00"), 0)
    with pytest.raises(Blocked, match="已冲回"):
        steps.take_back(
            proposal_id=done.pk, reason="再来", dated=day, key="b2", by=lin, now=NEXT_YEAR
        )


def test_only_the_author_withdraws(propose, chen):
    one = propose("cash", "5.00")
    with pytest.raises(Forbidden, match="本人"):
        steps.withdraw(proposal_id=one.pk, reason="写错了", by=chen, now=NOON)


def test_the_history_of_the_claim_tells_the_steps(claim, pay, lin):
    pay("5.00")
    assert [entry.label for entry in history(claim, lin)][-2:] == ["提出收款", "复核入账：收款"]
