"""Two who act on one claim at the same moment: one wins, the other is told, nothing doubles."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from sanzi.accounting import pages
from sanzi.accounting.models import Voucher
from sanzi.kernel.refusals import Refusal
from sanzi.receivables.actions import pursuit, sealing, steps
from sanzi.receivables.casework import Package, Proposal, Pursuit
from tests.world import NOON

from .conftest import TODAY

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer"),
    pytest.mark.django_db(transaction=True),
]
ROUNDS = 5


def at_once(*deeds):
    """All at once; how each ended: done, or the code of its refusal."""
    together = Barrier(len(deeds))

    def one(do):
        together.wait()
        try:
            do()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


def test_of_two_clerks_who_take_one_payment_one_does(claim, propose, lin, chen, zheng):
    for n in range(ROUNDS):
        ended = at_once(
            lambda n=n: propose("cash", "100.00", by=lin, key=f"a{n}"),
            lambda n=n: propose("cash", "100.00", by=chen, key=f"b{n}"),
        )
        assert sorted(ended) == ["done", "workflow.blocked"]
        one = Proposal.objects.get(stage="proposed")
        steps.confirm(proposal_ids=[one.pk], by=zheng, now=NOON)
    claim.refresh_from_db()
    assert claim.left == Decimal("9800.00") - 100 * ROUNDS


def test_of_two_chiefs_who_confirm_one_payment_one_does(claim, propose, zheng, feng, ledger):
    for n in range(1, ROUNDS + 1):
        one = propose("cash", "100.00")
        ended = at_once(
            *(
                lambda by=by, pk=one.pk: steps.confirm(proposal_ids=[pk], by=by, now=NOON)
                for by in (zheng, feng)
            )
        )
        assert sorted(ended) == ["done", "step.moved"]
        assert Voucher.objects.count() == n
    claim.refresh_from_db()
    assert -pages.balances(ledger.pk, 202601, 202612)["113"].closing == 100 * ROUNDS
    assert claim.left == Decimal("9800.00") - 100 * ROUNDS


def test_one_form_sent_twice_at_once_is_one_payment(propose):
    for n in range(ROUNDS):
        send = [lambda n=n: propose("cash", "1.00", key=f"same-{n}")] * 2
        assert at_once(*send) == ["done", "done"]
        one = Proposal.objects.get(stage="proposed")
        steps.withdraw(proposal_id=one.pk, reason="下一轮", by=one.proposed_by, now=NOON)


def test_a_payment_and_a_sealing_never_both_hold_a_claim(claim, propose, lin, chen, gao):
    facts = {"claim_ids": [claim.pk], "reason": "暂缓清收", "review_on": date(2027, 3, 2)}
    for n in range(ROUNDS):
        ended = at_once(
            lambda: propose("cash", "100.00", by=lin),
            lambda n=n: sealing.pack(**facts, number=f"FC-{n}", dated=TODAY, by=chen, now=NOON),
        )
        assert sorted(ended) == ["done", "workflow.blocked"]
        one = Proposal.objects.get(stage="proposed")
        if one.package_id:
            sealing.void_package(package_id=one.package_id, reason="下一轮", by=gao, now=NOON)
        else:
            assert Package.objects.filter(stage="drafted").count() == 0
            steps.withdraw(proposal_id=one.pk, reason="下一轮", by=lin, now=NOON)


def test_a_set_off_and_a_suit_never_both_hold_a_claim(claim, propose, lin, chen):
    facts = {"counter": "应付工程款", "basis": "抵销协议"}
    suit = {"claim_id": claim.pk, "kind": "suit", "court": "示例县法院", "number": ""}
    for _ in range(ROUNDS):
        ended = at_once(
            lambda: propose("set_off", "100.00", by=lin, facts=facts),
            lambda: pursuit.pursue(**suit, filed_on=TODAY, by=chen, now=NOON),
        )
        assert sorted(ended) == ["done", "workflow.blocked"]
        for one in Proposal.objects.filter(stage="proposed"):
            steps.withdraw(proposal_id=one.pk, reason="下一轮", by=lin, now=NOON)
        for begun in Pursuit.objects.filter(is_live=True):
            pursuit.reach(pursuit_id=begun.pk, name="closed", dated=TODAY, by=chen, now=NOON)
