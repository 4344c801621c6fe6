"""Letters and replies, packages, mediation, pursuit and clues: each door, and each refusal."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from sanzi.dispositions.models import Disposition
from sanzi.documents.tests.files import jpeg, upload
from sanzi.journal.history import history
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.metrics.models import Share
from sanzi.metrics.shares import differences, totals
from sanzi.receivables.actions import letters, mediation, pursuit, replies, sealing
from sanzi.receivables.casework import Clue, Instalment, Proposal
from sanzi.receivables.keeping import shares_in
from sanzi.receivables.plans import broken, followed, put_plan
from sanzi.receivables.stages import Stage
from sanzi.receivables.standing import Standing
from sanzi.resolutions.models import Resolution
from tests.world import NOON, SHANGTIAN

from .conftest import TODAY


@pytest.fixture
def send(claim, lin):
    def do(tone="reconcile", **more):
        facts = {"claim_ids": [claim.pk], "tone": tone, "due_on": date(2026, 4, 2), "by": lin}
        (letter,) = letters.send_letters(**{**facts, "now": NOON, "dated": TODAY, **more})
        return letter

    return do


@pytest.fixture
def answer():
    def do(letter, given="accepted", **more):
        facts = {"amount": None, "reason": "", "months": None, "first_on": None}
        facts |= {"signed_as": "孙某", "by": None, "now": NOON}
        return replies.answer(letter=letter, given=given, **{**facts, **more})

    return do


@pytest.fixture
def sealing_of(claim, lin):
    def do(**more):
        facts = {"claim_ids": [claim.pk], "number": "FC-1", "reason": "税费尾欠，暂缓清收"}
        facts |= {"review_on": date(2027, 3, 2), "dated": TODAY, "by": lin, "now": NOON}
        return sealing.pack(**{**facts, **more})

    return do


@pytest.fixture
def decide(people):
    """A decision in force about a thing, as the resolutions feature leaves it."""

    def do(on, matter):
        return Resolution.objects.create(
            village=SHANGTIAN, on=on, matter=matter, title="决议", way="four", body="成员大会",
            stage="effective", motion="议案", decided_on=TODAY, proposed_by=people["lin"],
            proposed_at=NOON,
        )  # fmt: skip

    return do


def test_a_letter_counts_as_a_notice_and_moves_no_clock_by_itself(claim, send):
    before = claim.last_day
    letter = send()
    claim.refresh_from_db()
    assert letter.serial == f"{SHANGTIAN}-2026-DZ-0001"
    assert Disposition.objects.get(method="下函对账").document_number == letter.serial
    assert totals(SHANGTIAN, TODAY)["receivables.notices"] == 1
    assert claim.last_day == before
    assert letter.values["owed"] == "9800.00"


@pytest.mark.parametrize("tone", ["reminder", "demand", "final"])
def test_a_demand_has_three_tones_and_one_series_of_numbers(send, tone):
    letter = send(tone)
    assert letter.series == "CJ"
    assert "催缴通知书" in letter.title


def test_proof_of_service_interrupts_and_a_refusal_without_proof_does_not(claim, send, lin):
    letter = send("demand")
    letters.serve(letter_id=letter.pk, way="refused", served_on=TODAY, by=lin, now=NOON)
    claim.refresh_from_db()
    assert claim.last_day == date(2027, 3, 1)
    letters.serve(
        letter_id=letter.pk, way="in_person", served_on=TODAY, receiver="孙某", by=lin, now=NOON
    )
    claim.refresh_from_db()
    assert claim.last_day == date(2029, 3, 2)


def test_a_letter_is_answered_once_until_it_is_sent_back(claim, send, answer, lin):
    letter = send()
    first = answer(letter, "partly", amount=Decimal("9000.00"), reason="还过八百")
    with pytest.raises(Blocked, match="已经回复过"):
        answer(letter)
    replies.reopen_reply(reply_id=first.pk, reason="金额填错", by=lin, now=NOON)
    assert answer(letter).amount == Decimal("9800.00")


def test_nothing_moves_before_somebody_confirms_and_an_amount_never_extends(
    claim, send, answer, lin
):
    reply = answer(send(), "partly", amount=Decimal("9000.00"), reason="还过八百")
    claim.refresh_from_db()
    assert (claim.left, claim.last_day) == (Decimal("9800.00"), date(2027, 3, 1))
    replies.confirm_reply(reply_id=reply.pk, by=lin, now=NOON)
    claim.refresh_from_db()
    assert claim.last_day == date(2027, 3, 1)
    assert [(e.kind, e.evidence) for e in claim.events.all()] == [("amount_confirmed", "none")]
    assert Standing(claim, TODAY).stage == Stage.CONFIRMED


def test_a_signed_slip_asking_for_instalments_interrupts(claim, send, lin):
    letter = send()
    reply = replies.enter_reply(
        letter_id=letter.pk, given="instalments", amount=None, reason="", months=10,
        first_on=date(2026, 4, 1), signed_as="孙某", dated=TODAY,
        files=[upload("回执.jpg", jpeg())], by=lin, now=NOON,
    )  # fmt: skip
    replies.confirm_reply(reply_id=reply.pk, by=lin, now=NOON)
    claim.refresh_from_db()
    assert claim.last_day == date(2029, 3, 2)


@pytest.mark.parametrize(
    ("given", "more", "said"),
    [
        ("partly", {"amount": None}, "认可的金额"),
        ("partly", {"amount": Decimal("9800.00")}, "应小于"),
        ("denied", {"reason": ""}, "理由"),
        ("instalments", {"months": 1}, "分几期"),
        ("accepted", {"signed_as": " "}, "姓名"),
        ("nonsense", {}, "请选择"),
    ],
)
def test_an_answer_that_is_not_whole_is_told_what_is_missing(send, answer, given, more, said):
    with pytest.raises(Invalid, match=said):
        answer(send(), given, **more)


def test_one_address_does_not_answer_for_a_whole_village(send, answer):
    letter = send()
    for _ in range(20):
        with pytest.raises(Invalid):
            answer(letter, "denied", address="203.0.113.9")
    with pytest.raises(Exception, match="稍后再试"):
        answer(letter, address="203.0.113.9")


def test_a_plan_pays_out_to_the_fen_and_says_when_it_is_broken(claim, lin):
    letter = replies.agree_plan(
        claim_id=claim.pk, months=3, first_on=date(2026, 3, 2), agreed_on=TODAY, by=lin, now=NOON
    )
    plan = list(Instalment.objects.filter(claim=claim))
    assert sum(one.amount for one in plan) == Decimal("9800.00")
    assert letter.series == "FQ"
    assert broken(plan, Decimal("9800.00"), date(2026, 3, 2)) == ""
    assert "1 期未足额" in broken(plan, Decimal("9800.00"), date(2026, 3, 3))
    assert broken(plan, Decimal("9800.00") - plan[0].amount, date(2026, 3, 3)) == ""
    assert [due.paid for due in followed(plan, Decimal("9000.00"), TODAY)][0] == Decimal("800.00")
    claim.refresh_from_db()
    assert claim.last_day == date(2029, 3, 2)


def test_a_new_plan_replaces_the_old_whole(claim, lin):
    for months in (3, 5):
        put_plan(claim, months, TODAY, "x", now=NOON)
    assert Instalment.objects.filter(claim=claim, replaced_at=None).count() == 5


def test_a_package_waits_for_its_resolution_and_then_moves_no_money(
    claim, sealing_of, decide, gao, ledger
):
    package = sealing_of()
    with pytest.raises(Blocked, match="打包封存债权"):
        sealing.approve_package(package_id=package.pk, by=gao, now=NOON)
    decide(f"receivables.package:{package.pk}", "claim.seal")
    sealing.approve_package(package_id=package.pk, by=gao, now=NOON)
    claim.refresh_from_db()
    assert (claim.left, claim.put_aside) == (Decimal("9800.00"), Decimal("9800.00"))
    assert ledger.vouchers.count() == 0
    assert totals(SHANGTIAN, TODAY)["receivables.sealed"] == 980000
    assert totals(SHANGTIAN, TODAY).get("receivables.recovered", 0) == 0


def test_a_payment_waits_while_a_claim_is_being_sealed(sealing_of, propose):
    sealing_of()
    with pytest.raises(Blocked, match="打包封存"):
        propose("cash", "5.00")


def test_what_was_sealed_is_released_with_a_reason_and_collected_again(
    claim, sealing_of, decide, gao, propose
):
    package = sealing_of()
    decide(f"receivables.package:{package.pk}", "claim.seal")
    sealing.approve_package(package_id=package.pk, by=gao, now=NOON)
    with pytest.raises(Blocked):
        propose("cash", "5.00")
    sealing.release(claim_id=claim.pk, reason="债务人有了收入", by=gao, now=NOON)
    claim.refresh_from_db()
    assert claim.put_aside == 0
    assert propose("cash", "5.00").pk


def test_a_package_sent_back_frees_its_claims(sealing_of, gao, propose):
    package = sealing_of()
    sealing.void_package(package_id=package.pk, reason="先催收", by=gao, now=NOON)
    assert propose("cash", "5.00").pk


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"review_on": TODAY}, "复查日期"),
        ({"reason": " "}, "封存理由"),
        ({"claim_ids": []}, "勾选"),
    ],
)
def test_a_package_needs_a_reason_and_a_day_to_look_again(sealing_of, more, said):
    with pytest.raises(Invalid, match=said):
        sealing_of(**more)


def test_a_write_off_goes_by_resolution_town_and_chief_and_is_an_expense(
    claim, propose, decide, gao, zheng, chen
):
    from sanzi.receivables.actions import steps

    decide(f"receivables.claim:{claim.pk}", "claim.write_off")
    one = propose("write_off", facts={"ground": "dissolved", "basis": "注销证明"})
    with pytest.raises(Blocked, match="乡镇审批"):
        steps.confirm(proposal_ids=[one.pk], by=zheng, now=NOON)
    steps.approve(proposal_id=one.pk, by=gao, now=NOON)
    steps.confirm(proposal_ids=[one.pk], by=zheng, now=NOON)
    one.refresh_from_db()
    claim.refresh_from_db()
    assert claim.left == 0
    assert [line.account for line in one.voucher.lines] == ["515", "113"]
    assert totals(SHANGTIAN, TODAY)["receivables.written_off"] == 980000


@pytest.fixture
def mediated(claim, lin):
    def do(**more):
        facts = {"claim_ids": [claim.pk], "number": "调-1", "room": "镇法庭调解室"}
        facts |= {"mediator": "周调解", "opened_on": TODAY, "by": lin, "now": NOON}
        return mediation.open_case(**{**facts, **more})

    return do


def test_asking_for_mediation_interrupts_and_holds_the_claim(claim, mediated, propose):
    mediated()
    claim.refresh_from_db()
    assert claim.last_day == date(2029, 3, 2)
    with pytest.raises(Blocked, match="调解案"):
        propose("cash", "5.00")
    with pytest.raises(Blocked, match="还没有达成协议"):
        propose("mediated", "5.00")
    with pytest.raises(Blocked, match="调解案"):
        mediated(number="调-2")


def test_an_agreement_is_performed_under_mediation_and_counts_there(
    claim, mediated, propose, lin, zheng
):
    from sanzi.receivables.actions import steps

    case = mediated()
    mediation.agree(
        case_id=case.pk, agreed_on=TODAY, terms="分四期还清", months=4,
        first_on=date(2026, 4, 1), by=lin, now=NOON,
    )  # fmt: skip
    assert Instalment.objects.filter(claim=claim, replaced_at=None).count() == 4
    assert [letter.series for letter in Standing(claim, TODAY).letters] == ["SQ", "TJ"]
    one = propose("mediated", "2450.00")
    steps.confirm(proposal_ids=[one.pk], by=zheng, now=NOON)
    found = totals(SHANGTIAN, TODAY)
    assert (found["receivables.mediated"], found.get("receivables.cash", 0)) == (245000, 0)
    mediation.confirm_by_court(
        case_id=case.pk, confirmed_on=TODAY, number="（2026）调确1号", by=lin, now=NOON
    )
    mediation.end_case(case_id=case.pk, ended_on=TODAY, failed=False, words="", by=lin, now=NOON)
    claim.refresh_from_db()
    assert Standing(claim, TODAY).stage == Stage.COLLECTING
    with pytest.raises(Blocked, match="已结案"):
        mediation.agree(case_id=case.pk, agreed_on=TODAY, terms="再来", by=lin, now=NOON)


@pytest.fixture
def sued(claim, lin):
    def do(**more):
        facts = {"claim_id": claim.pk, "kind": "order", "court": "示例县法院", "number": ""}
        return pursuit.pursue(**{**facts, "filed_on": TODAY, "by": lin, "now": NOON, **more})

    return do


def test_a_set_off_is_refused_during_a_suit_and_says_so(claim, sued, propose):
    sued(kind="suit")
    facts = {"counter": "应付工程款", "basis": "协议"}
    with pytest.raises(Blocked, match="法院起诉"):
        propose("set_off", "5.00", facts=facts)
    assert propose("pursued", "5.00").pk


def test_a_suit_waits_while_a_payment_is_open(propose, sued):
    propose("cash", "5.00")
    with pytest.raises(Blocked, match="收款"):
        sued()


def test_an_objection_ends_the_order_and_the_clock_begins_again(claim, sued, lin):
    later = datetime(2026, 3, 20, 4, 0, tzinfo=UTC)
    order = sued()
    for name, day in (("accepted", 5), ("served", 10), ("objected", 20)):
        order = pursuit.reach(
            pursuit_id=order.pk, name=name, dated=date(2026, 3, day), by=lin, now=later
        )
    assert not order.is_live
    claim.refresh_from_db()
    assert claim.last_day == date(2029, 3, 20)
    with pytest.raises(Blocked, match="已经结束"):
        pursuit.reach(pursuit_id=order.pk, name="closed", dated=TODAY, by=lin, now=later)


def test_days_of_a_procedure_stand_in_order_and_once(sued, lin):
    order = sued()
    with pytest.raises(Invalid, match="之后"):
        pursuit.reach(
            pursuit_id=order.pk, name="accepted", dated=date(2026, 3, 1), by=lin, now=NOON
        )
    with pytest.raises(Blocked, match="已经登记"):
        pursuit.reach(pursuit_id=order.pk, name="filed", dated=TODAY, by=lin, now=NOON)


def test_a_clue_is_seen_by_inspection_and_the_town_leader_alone(claim, gao, jian, lin, chen):
    facts = {"claim_id": claim.pk, "number": "XS-1", "facts": "挪用集体资金", "now": NOON}
    facts |= {"handed_to": "县纪委监委", "handed_on": TODAY}
    for nobody in (lin, chen):
        with pytest.raises(Forbidden):
            pursuit.hand_clue(**facts, by=nobody)
    clue = pursuit.hand_clue(**facts, by=gao)
    assert "挪用" not in str([(e.label, e.facts) for e in history(claim, lin)])
    assert pursuit.read_clue(clue_id=clue.pk, by=jian, now=NOON) == "挪用集体资金"
    assert [entry.label for entry in history(clue, jian)] == ["移送线索", "查看线索内容"]
    assert "挪用" not in Clue.objects.get().facts.token
    pursuit.answer_clue(clue_id=clue.pk, answer="已立案", answered_on=TODAY, by=jian, now=NOON)
    with pytest.raises(Blocked):
        pursuit.answer_clue(clue_id=clue.pk, answer="再报", answered_on=TODAY, by=jian, now=NOON)


def test_a_neighbour_neither_sends_nor_seals_nor_sues(claim, qian, send, sealing_of, sued):
    for take in (send, sealing_of, sued):
        with pytest.raises(Missing):
            take(by=qian)
    assert Proposal.objects.count() == 0


def rates(day=TODAY):
    sums = totals(SHANGTIAN, day)
    names = ("notices", "reconciliations", "replies", "served")
    return [sums.get(f"receivables.{name}", 0) for name in names]


def test_letters_replies_and_services_are_counted_on_their_days(claim, send, answer, lin):
    letter = send()
    send(tone="demand")
    assert rates() == [2, 1, 0, 0]
    reply = answer(letter)
    assert rates() == [2, 1, 1, 0]
    for _ in range(2):  # the same letter served twice is one letter served
        letters.serve(
            letter_id=letter.pk, way="in_person", served_on=TODAY, receiver="孙某", by=lin,
            now=NOON, files=[upload("签收.jpg", jpeg())],
        )  # fmt: skip
    assert rates() == [2, 1, 1, 1]
    assert rates(date(2026, 3, 1)) == [0, 0, 0, 0]
    replies.reopen_reply(reply_id=reply.pk, reason="填错了", by=lin, now=NOON)
    assert rates() == [2, 1, 0, 1]
    rows = Share.objects.filter(village=SHANGTIAN, metric="receivables.served")
    assert sum(rows.values_list("value", flat=True)) == 1
    assert not list(differences("receivables", shares_in([SHANGTIAN], lambda _: claim.base_on)))
