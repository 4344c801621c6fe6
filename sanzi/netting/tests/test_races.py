"""Two settlements at once: one uses an obligation, the other is told."""

import pytest
from django.db import connection

from sanzi.accounting.models import Voucher
from sanzi.netting.actions import consenting, proposing, settling
from sanzi.netting.models import Consent
from sanzi.receivables.models import Claim
from sanzi.receivables.tests.test_races import at_once
from tests.world import NOON

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer"),
    pytest.mark.django_db(transaction=True),
]


def test_of_two_settlements_of_one_obligation_at_once_one_happens(
    ring, agreed, propose, agree, chen, zheng, gao
):
    second = propose()
    proposing.send(proposal_id=second.pk, by=chen, now=NOON)
    agree(second)
    ended = at_once(
        lambda: settling.settle(proposal_id=agreed.pk, by=zheng, now=NOON),
        lambda: settling.settle(proposal_id=second.pk, by=gao, now=NOON),
    )
    assert sorted(ended) in (["done", "netting.changed"], ["done", "netting.used"])
    assert Voucher.objects.count() == 2
    assert Claim.objects.get(number="ZQ-1").left == 2000


def test_one_settlement_confirmed_twice_at_once_happens_once(ring, agreed, zheng, gao):
    ended = at_once(
        *(
            lambda by=by: settling.settle(proposal_id=agreed.pk, by=by, now=NOON)
            for by in (zheng, gao)
        )
    )
    assert sorted(ended) == ["done", "workflow.moved"]
    assert Voucher.objects.count() == 2


def test_two_refusals_entered_at_once_are_both_computed(ring, propose, chen):
    one = propose()
    proposing.send(proposal_id=one.pk, by=chen, now=NOON)
    asked = [Consent.objects.get(proposal=one, name=name).pk for name in ("李某", "孙某")]
    ended = at_once(
        *(
            lambda pk=pk: consenting.enter(
                consent_id=pk, given="no", signed_as="某某", by=chen, now=NOON
            )
            for pk in asked
        )
    )
    assert ended == ["done", "done"]
    one.refresh_from_db()
    assert one.cancelled == 0
    assert not Consent.objects.filter(proposal=one, amount__gt=0).exists()
