"""What may be reported and by whom; the papers that go with it."""

from datetime import date
from decimal import Decimal

import pytest

from sanzi.accounting.models import Voucher
from sanzi.agency.actions import steps
from sanzi.agency.actions.papers import add_papers, remove_paper
from sanzi.agency.models import Draft, Handling
from sanzi.agency.stages import Stage
from sanzi.documents.models import Document
from sanzi.documents.tests.files import PDF, jpeg, png, upload
from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from tests.world import NOON

S = Stage


def step(draft, name, by, words=""):
    return steps.take_step(draft_id=draft.pk, step=name, words=words, by=by, now=NOON)


def post(draft, by):
    return steps.post_matters(draft_ids=[draft.pk], by=by, now=NOON)


def stands(draft):
    draft.refresh_from_db()
    return draft.stage


def test_a_report_without_papers_is_not_submitted(report, lin):
    draft = report(attachments=0)
    with pytest.raises(Blocked, match="没有附件"):
        step(draft, "submit", lin)


def test_files_handed_in_are_counted_and_stored(report, lin):
    draft = report(attachments=0, files=[upload("a.pdf", PDF), upload("b.jpg", jpeg())])
    assert draft.attachments == 2
    assert set(Document.objects.values_list("on", "village")) == {
        (f"agency.draft:{draft.pk}", draft.village)
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"memo": " "},
        {"memo": "字" * 201},
        {"amount": Decimal("0.00")},
        {"amount": Decimal("-1.00")},
        {"dated": date(1024, 3, 5)},
    ],
)
def test_a_report_says_what_how_much_and_when(report, lin, wrong):
    with pytest.raises(Invalid):
        report(**wrong)
    assert not Draft.objects.exists()
    assert not Handling.objects.exists()


def test_a_report_is_changed_until_it_is_submitted(report, lin, min):
    draft = report()
    told = {
        "flow": "income", "dated": date(2024, 3, 6), "memo": "收房租", "amount": Decimal("800.00"),
        "payee": "李某", "attachments": 1, "moves_money": True,
    }  # fmt: skip
    steps.amend(draft_id=draft.pk, by=lin, now=NOON, **told)
    draft.refresh_from_db()
    assert (draft.memo, draft.amount, draft.payee) == ("收房租", Decimal("800.00"), "李某")
    assert "金额" in Entry.objects.get(action="agency.amend").facts["fields"]
    with pytest.raises(Forbidden):
        steps.amend(draft_id=draft.pk, by=min, now=NOON, **told)
    step(draft, "submit", lin)
    with pytest.raises(Blocked):
        steps.amend(draft_id=draft.pk, by=lin, now=NOON, **told)


def test_only_the_village_s_reporter_or_the_agency_begins(report, people):
    for name in ("min", "zheng", "chu", "gao", "chen"):
        with pytest.raises(Forbidden):
            report(by=people[name])
    with pytest.raises(Missing):
        report(by=people["qian"])


def test_the_agency_s_own_matter_starts_at_preparing(report, prepare, wu, zheng, feng):
    draft = report(by=wu, moves_money=False, memo="计提三月折旧")
    assert (draft.stage, draft.by_agency) == (S.VERIFIED, True)
    prepare(draft, "借 513 120.00\n贷 152 120.00")
    assert stands(draft) == S.PREPARED
    assert draft.amount == Decimal("120.00")
    step(draft, "review", zheng)
    post(draft, feng)
    assert Voucher.objects.get().prepared_by == wu


def test_the_agency_voids_its_own_matter(report, wu):
    draft = report(by=wu)
    step(draft, "scrap", wu, "重复")
    assert stands(draft) == S.VOIDED


def test_papers_are_completed_by_whoever_has_the_matter_in_hand(walk, lin, wu, zheng):
    draft = walk("drafting")
    add_papers(draft_id=draft.pk, files=[upload("a.pdf", PDF)], by=lin, now=NOON)
    with pytest.raises(Forbidden):
        add_papers(draft_id=draft.pk, files=[upload("b.png", png())], by=wu, now=NOON)
    draft = walk("overseen")
    add_papers(draft_id=draft.pk, files=[upload("c.png", png())], by=wu, now=NOON)
    draft = walk("prepared")
    for person in (lin, wu, zheng):
        with pytest.raises(Blocked, match="不能再改附件"):
            add_papers(draft_id=draft.pk, files=[upload("d.png", png())], by=person, now=NOON)


def test_a_paper_is_taken_off_before_submission_and_not_after(walk, lin, wu):
    draft = walk("drafting", files=[upload("a.pdf", PDF), upload("b.png", png())])
    first, second = Document.objects.order_by("pk")
    remove_paper(draft_id=draft.pk, document_id=first.pk, by=lin, now=NOON)
    draft.refresh_from_db()
    assert draft.attachments == 1
    step(draft, "submit", lin)
    with pytest.raises(Blocked):
        remove_paper(draft_id=draft.pk, document_id=second.pk, by=lin, now=NOON)
    assert Document.objects.filter(removed_at=None).get() == second


def test_a_voucher_names_the_hashes_of_its_papers(walk):
    draft = walk("posted", files=[upload("a.pdf", PDF)])
    voucher = Voucher.objects.get()
    assert voucher.papers_hash
    assert draft.attachments == 2
    assert walk("posted").voucher.papers_hash == ""
