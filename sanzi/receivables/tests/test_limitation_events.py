from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.receivables.actions import replies
from sanzi.receivables.actions.limitation import end_procedure, record_event, withdraw_event
from sanzi.receivables.keeping import misplaced_in
from sanzi.receivables.models import Claim, LimitationEvent
from sanzi.receivables.plans import put_plan
from sanzi.workbooks.verification import verify
from tests.sheets import CLAIM
from tests.world import NOON, SHANGTIAN

TODAY = date(2026, 3, 2)
PAGE = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def claim(bring):
    """Due at the end of 2024, so in time until the end of 2027."""
    row = {**CLAIM, "village": SHANGTIAN, "number": "ZQ-7", "balance": "900"}
    bring(债权=[{**row, "nature": "往来借款", "due_on": "2024-12-31"}])
    return Claim.objects.get(number="ZQ-7")


def _note(claim, by, kind="demand", dated=date(2025, 6, 10), evidence="signed", **more):
    return record_event(
        claim_id=claim.pk, kind=kind, dated=dated, evidence=evidence, by=by, now=NOON, **more
    )


def _last_day(claim):
    claim.refresh_from_db()
    return claim.last_day


def test_a_signed_demand_moves_the_last_day_of_the_row_and_the_journal_says_so(claim, lin):
    assert claim.last_day == date(2027, 12, 31)
    _note(claim, lin)
    assert _last_day(claim) == date(2028, 6, 12)
    entry = Entry.objects.filter(object=f"receivables.claim:{claim.pk}").latest("seq")
    assert (entry.action, entry.facts["last_day"]) == ("limitation.record", "2028-06-12")
    assert verify(TODAY) == []


def test_without_proof_nothing_moves(claim, lin):
    _note(claim, lin, evidence="none")
    assert _last_day(claim) == date(2027, 12, 31)


def test_a_procedure_counts_from_its_end_once_it_has_one(claim, lin):
    suit = _note(claim, lin, "suit", evidence="delivered")
    end_procedure(event_id=suit.pk, dated=date(2026, 1, 5), by=lin, now=NOON)
    assert _last_day(claim) == date(2029, 1, 5)
    with pytest.raises(Blocked, match="已经登记过终结"):
        end_procedure(event_id=suit.pk, dated=date(2026, 1, 6), by=lin, now=NOON)


def test_a_procedure_does_not_end_before_it_begins(claim, lin):
    suit = _note(claim, lin, "suit", evidence="delivered")
    with pytest.raises(Invalid, match="不能早于"):
        end_procedure(event_id=suit.pk, dated=date(2025, 6, 9), by=lin, now=NOON)
    demand = _note(claim, lin)
    with pytest.raises(Invalid, match="才登记终结"):
        end_procedure(event_id=demand.pk, dated=date(2026, 1, 5), by=lin, now=NOON)


def test_what_was_entered_wrongly_is_withdrawn_and_stays_to_be_read(claim, lin, visit):
    demand = _note(claim, lin)
    withdraw_event(event_id=demand.pk, reason="签收人不是债务人", by=lin, now=NOON)
    assert _last_day(claim) == date(2027, 12, 31)
    html = visit(lin, reverse("receivables:claim", args=(claim.pk,)))
    assert "已撤回" in html
    assert "签收人不是债务人" in html
    with pytest.raises(Blocked):
        withdraw_event(event_id=demand.pk, reason="再来一次", by=lin, now=NOON)


def test_an_event_is_never_changed(claim, lin):
    mine = LimitationEvent.objects.filter(pk=_note(claim, lin).pk)
    with pytest.raises(IntegrityError, match="只能追加"), transaction.atomic():
        mine.update(evidence="none")
    with pytest.raises(IntegrityError, match="只能追加"), transaction.atomic():
        mine.delete()


def test_a_claim_without_due_day_starts_from_the_grace_given(bring, lin):
    row = {**CLAIM, "village": SHANGTIAN, "number": "ZQ-8", "debtor": "王某"}
    bring(债权=[{key: value for key, value in row.items() if key != "due_on"}])
    claim = Claim.objects.get(number="ZQ-8")
    assert claim.last_day is None
    _note(claim, lin, "grace_end", date(2025, 7, 1))
    assert _last_day(claim) == date(2028, 7, 3)


def test_who_may_not_and_who_must_not_know(claim, min, qian):
    with pytest.raises(Forbidden):
        _note(claim, min)
    with pytest.raises(Missing):
        _note(claim, qian)
    assert not LimitationEvent.objects.exists()


@pytest.mark.parametrize(("kind", "dated"), [("demand", date(2026, 3, 3)), ("ended", TODAY)])
def test_a_day_ahead_and_an_end_of_nothing_are_refused(claim, lin, kind, dated):
    with pytest.raises(Invalid):
        _note(claim, lin, kind, dated)


def test_the_form_takes_the_proof_and_the_page_shows_it(claim, lin, client):
    client.force_login(lin)
    given = {"kind": "repayment_plan", "dated": "2026-02-01", "evidence": "signed"}
    file = SimpleUploadedFile("还款计划.pdf", PAGE, "application/pdf")
    url = reverse("receivables:limitation", args=(claim.pk,))
    answer = client.post(url, {**given, "file": file})
    assert answer.status_code == 302
    html = client.get(answer.url).content.decode()
    assert "还款计划.pdf" in html
    assert "2029-02-01" in html


def test_a_workbooks_last_claim_counts_as_far_as_it_proves_something(bring):
    row = {**CLAIM, "village": SHANGTIAN, "due_on": "2024-12-31", "claimed_on": "2025-06-10"}
    bring(
        债权=[
            {**row, "number": "ZQ-1", "claimed_by": "书面催收"},
            {**row, "number": "ZQ-2", "claimed_by": "签收对账"},
            {**row, "number": "ZQ-3", "claimed_by": "无"},
        ]
    )
    found = dict(Claim.objects.values_list("number", "last_day"))
    assert found["ZQ-1"] == date(2028, 6, 12)
    assert found["ZQ-2"] == found["ZQ-3"] == date(2027, 12, 31)


@pytest.mark.parametrize(
    ("last_day", "found"),
    [
        ("2026-03-01", "expired"), ("2026-03-02", "red"), ("2026-05-01", "red"),
        ("2026-05-02", "warning"), ("2026-08-29", "warning"), ("2026-08-30", "valid"),
    ],
)  # fmt: skip
def test_the_register_is_narrowed_by_the_alarm(claim, lin, client, last_day, found):
    Claim.objects.update(last_day=last_day)
    client.force_login(lin)
    register = reverse("registers:register", args=("receivables",))
    for state in ("expired", "red", "warning", "valid"):
        html = client.get(register, {"limitation": state, "as_of": "2026-03-02"}).content.decode()
        assert ("ZQ-7" in html) is (state == found), state


@pytest.mark.parametrize(
    ("due_on", "found"),
    [
        ("2026-03-02", "not_due"), ("2026-03-01", "1"), ("2025-03-02", "1"), ("2025-03-01", "2"),
        ("2024-03-02", "2"), ("2024-03-01", "3"), ("2023-03-03", "3"), ("2023-03-02", "3"),
        ("2023-03-01", "4"),
    ],
)  # fmt: skip
def test_the_register_is_narrowed_by_age(claim, lin, client, due_on, found):
    Claim.objects.update(due_on=due_on)
    client.force_login(lin)
    register = reverse("registers:register", args=("receivables",))
    for age in ("not_due", "1", "2", "3", "4"):
        html = client.get(register, {"age": age, "as_of": "2026-03-02"}).content.decode()
        assert ("ZQ-7" in html) is (age == found), age


def test_the_page_runs_the_clock_on_the_agreed_instalments_both_ways(claim, lin, visit):
    before = Claim.objects.get(pk=claim.pk).last_day
    with transaction.atomic():
        put_plan(Claim.objects.get(pk=claim.pk), 3, date(2026, 6, 1), "test", every=12, now=NOON)
    html = visit(lin, reverse("receivables:claim", args=(claim.pk,)))
    assert "作为同一债务到 <b>2031-06-02</b>" in html  # 2031-06-01 is a Sunday
    assert "2026-06-01 到期的一期，到 2029-06-01" in html
    assert _last_day(claim) == before  # the alarm keeps the earlier day


def test_a_claim_without_due_day_starts_from_its_plan(bring, lin):
    row = {**CLAIM, "village": SHANGTIAN, "number": "ZQ-8", "debtor": "王某"}
    bring(债权=[{key: value for key, value in row.items() if key != "due_on"}])
    claim = Claim.objects.get(number="ZQ-8")
    replies.agree_plan(
        claim_id=claim.pk, months=2, first_on=date(2026, 6, 1), every=12, agreed_on=NOON.date(),
        by=lin, now=NOON,
    )  # fmt: skip
    assert _last_day(claim) == date(2029, 6, 1)
    assert list(misplaced_in([SHANGTIAN], lambda _: Claim.objects.get(pk=claim.pk).base_on)) == []
