from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from sanzi.kernel.refusals import Blocked, Forbidden, Missing
from sanzi.policies import actions
from sanzi.policies.models import ReliefPolicy
from sanzi.policies.queries import policy_on
from sanzi.policies.relief import THREE_TWO_ONE
from sanzi.receivables.actions import steps
from sanzi.receivables.actions.limitation import record_event
from sanzi.receivables.casework import Proposal
from sanzi.receivables.models import Claim
from tests.books import written
from tests.sheets import CLAIM
from tests.world import NOON, SHANGTIAN

CONFIRMED, PAID = date(2024, 3, 1), date(2024, 3, 9)


@pytest.fixture
def decided(monkeypatch):
    """The meeting has decided; its own rules are tested where they live."""
    monkeypatch.setattr(
        "sanzi.policies.queries.decided", lambda on, matter: on.startswith("policies.") or None
    )


@pytest.fixture
def policy(places, chen):
    return actions.draft(
        village=SHANGTIAN, name="321", terms=THREE_TWO_ONE, from_on=date(2024, 1, 1),
        until_on=date(2024, 12, 31), key="p1", by=chen, now=NOON,
    )  # fmt: skip


@pytest.fixture
def claim(brought, bring, book, lin):
    """9,800 owed, confirmed by the debtor's signature on 1 March 2024."""
    row = {**CLAIM, "village": SHANGTIAN, "number": "ZQ-7", "balance": "9800"}
    bring(债权=[row])
    found = Claim.objects.get(number="ZQ-7")
    record_event(
        claim_id=found.pk, kind="amount_confirmed", dated=CONFIRMED, evidence="signed", by=lin,
        now=NOON,
    )  # fmt: skip
    found.refresh_from_db()
    return found


def _settle(claim, by, waived, amount="9800"):
    return steps.propose(
        claim_id=claim.pk, kind="cash", amount=Decimal(amount), waived=Decimal(waived), dated=PAID,
        key="k1", facts={"money": "102"}, by=by, now=NOON,
    )  # fmt: skip


def test_a_policy_binds_nobody_until_the_meeting_has_decided(policy, claim, lin):
    assert policy_on(SHANGTIAN, PAID) is None
    with pytest.raises(Blocked, match="减免须由会议决定"):
        _settle(claim, lin, "2940")


def test_the_adopted_discount_goes_through_books_and_claim(policy, claim, decided, lin, zheng):
    proposal = _settle(claim, lin, "2940")
    (done,) = steps.confirm(proposal_ids=[proposal.pk], by=zheng, now=NOON)
    assert written(done.voucher).startswith("借 102 6860.00\n借 515 2940.00\n贷 11")
    claim.refresh_from_db()
    assert claim.left == Decimal("0.00")


@pytest.mark.parametrize(("waived", "amount"), [("2940.01", "9800"), ("1", "5000")])
def test_nobody_waives_beyond_the_policy(policy, claim, decided, lin, waived, amount):
    with pytest.raises(Blocked, match=r"最多减免 2,940.00 元"):
        _settle(claim, lin, waived, amount)


def test_a_policy_holds_within_its_days_and_until_it_is_stopped(policy, decided, chen):
    assert policy_on(SHANGTIAN, date(2024, 12, 31)) == policy
    assert policy_on(SHANGTIAN, date(2025, 1, 1)) is None
    actions.end(policy_id=policy.pk, by=chen, now=NOON)
    assert policy_on(SHANGTIAN, PAID) is None


def test_who_may_not_and_who_must_not_know(policy, lin, luo):
    with pytest.raises(Forbidden):
        actions.end(policy_id=policy.pk, by=lin, now=NOON)
    with pytest.raises(Missing):
        actions.end(policy_id=policy.pk, by=luo, now=NOON)


def test_the_pages_draft_show_and_settle(places, claim, chen, lin, client, visit, decided):
    client.force_login(chen)
    form = client.get(reverse("policies:new")).content.decode()
    assert 'value="30"' in form
    told = {
        "key": "web", "village": SHANGTIAN, "name": "提前还款优惠", "from_on": "2024-01-01",
        "until_on": "2099-12-31", "days_1": "10", "rate_1": "30", "days_2": "20", "rate_2": "20",
        "hardship_days": "30", "hardship_rate": "30", "waives_heirless": "on",
    }  # fmt: skip
    answer = client.post(reverse("policies:new"), told)
    assert answer.status_code == 302, answer.content.decode()[-500:]
    html = visit(chen, answer.url)
    assert "6,860.00" in html or "7,840.00" in html
    client.force_login(lin)
    url = reverse("receivables:early", args=(claim.pk,))
    assert "已过优惠期限" in client.get(url).content.decode()
    answer = client.post(url, {"key": "e1", "dated": "2024-03-09", "money": "102"})
    assert answer.status_code == 302, answer.content.decode()[-900:]
    assert Proposal.objects.get().waived == Decimal("2940.00")
    assert ReliefPolicy.objects.get().terms.waives_heirless


def test_the_example_stands_in_the_form_as_people_type_it(chen, client, places):
    client.force_login(chen)
    html = client.get(reverse("policies:new")).content.decode()
    assert 'value="30"' in html
    assert "E+1" not in html
