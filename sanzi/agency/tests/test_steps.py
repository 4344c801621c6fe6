"""What people do with a matter: done, refused, undone; and what the operation log says of it."""

import pytest

from sanzi.accounting.models import Account, Period, Voucher
from sanzi.agency.actions import steps
from sanzi.agency.models import Draft, DraftLine
from sanzi.agency.stages import Stage
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


def current(draft):
    rows = draft.handlings.filter(is_current=True).order_by("pk")
    return list(rows.values_list("step", flat=True))


# reliability.md A13: own voucher, a step skipped, twice, withdrawn after posting.


def test_nobody_reviews_a_voucher_by_the_post_of_its_maker(walk, wu):
    draft = walk("prepared")
    with pytest.raises(Forbidden):
        step(draft, "review", wu)


@pytest.mark.parametrize(
    ("stage", "name", "who"),
    [
        ("drafting", "oversee", "min"),
        ("submitted", "verify", "wu"),
        ("overseen", "review", "zheng"),
        ("prepared", "sign", "chu"),
        ("verified", "review", "zheng"),
    ],
)
def test_no_step_is_skipped(walk, people, stage, name, who):
    draft = walk(stage)
    with pytest.raises(Blocked, match="请刷新查看"):
        step(draft, name, people[who])
    assert stands(draft) == stage


def test_what_is_not_reviewed_is_not_posted(walk, feng):
    draft = walk("prepared")
    with pytest.raises(Blocked):
        post(draft, feng)
    assert not Voucher.objects.exists()


def test_money_that_moved_waits_for_the_cashier(walk, feng):
    draft = walk("reviewed")
    with pytest.raises(Blocked, match="出纳签章后才能记账"):
        post(draft, feng)


def test_what_moves_no_money_needs_no_cashier(walk, prepare, zheng, feng, chu):
    draft = walk("verified")
    prepare(draft, "借 513 500.00\n贷 211 500.00")
    step(draft, "review", zheng)
    with pytest.raises(Blocked, match="无需出纳签章"):
        step(draft, "sign", chu)
    post(draft, feng)
    assert Voucher.objects.get().cashier is None


def test_nothing_is_approved_twice(walk, zheng, feng):
    draft = walk("reviewed")
    with pytest.raises(Blocked):
        step(draft, "review", zheng)
    with pytest.raises(Blocked):
        step(draft, "review", feng)


def test_nothing_is_posted_twice(walk, feng, zheng):
    draft = walk("posted")
    for person in (feng, zheng):
        with pytest.raises(Blocked):
            post(draft, person)
    assert Voucher.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "who", "words"),
    [
        ("withdraw", "lin", ""),
        ("take_back", "wu", ""),
        ("return_reviewing", "feng", "发现差错"),
        ("void", "lin", "不要了"),
        ("scrap", "wu", "不要了"),
    ],
)
def test_after_posting_there_is_no_way_back(walk, people, name, who, words):
    draft = walk("posted")
    with pytest.raises(Blocked):
        step(draft, name, people[who], words)
    assert stands(draft) == S.POSTED


# Ways back


def test_the_reporter_withdraws_until_somebody_went_on(walk, lin, min):
    draft = walk("submitted")
    step(draft, "withdraw", lin)
    assert stands(draft) == S.DRAFTING
    assert current(draft) == ["report", "withdraw"]
    step(draft, "submit", lin)
    step(draft, "oversee", min)
    with pytest.raises(Blocked):
        step(draft, "withdraw", lin)


@pytest.mark.parametrize(
    ("stage", "name", "who", "to"),
    [
        ("submitted", "decline", "min", S.DRAFTING),
        ("overseen", "return_papers", "wu", S.DRAFTING),
        ("verified", "return_matter", "wu", S.DRAFTING),
        ("verified", "return_verifying", "wu", S.OVERSEEN),
        ("prepared", "return_preparing", "zheng", S.VERIFIED),
        ("prepared", "take_back", "wu", S.VERIFIED),
        ("reviewed", "dispute", "chu", S.PREPARED),
        ("reviewed", "return_reviewing", "feng", S.PREPARED),
        ("signed", "return_reviewing", "feng", S.PREPARED),
    ],
)
def test_a_matter_goes_back_with_a_reason_and_comes_again(walk, people, stage, name, who, to):
    draft = walk(stage)
    step(draft, name, people[who], "附件不清楚，请重拍")
    assert stands(draft) == to
    assert (draft.returned_because != "") is (to == S.DRAFTING)
    undone = draft.handlings.filter(is_current=False).values_list("step", flat=True)
    assert set(undone) <= {"submit", "oversee", "verify", "prepare", "review", "sign"}
    assert undone


@pytest.mark.parametrize("words", ["", " ", "错", "字" * 201])
def test_a_way_back_needs_a_reason_of_some_length(walk, min, words):
    draft = walk("submitted")
    with pytest.raises(Invalid):
        step(draft, "decline", min, words)
    assert stands(draft) == S.SUBMITTED


def test_submitting_again_clears_the_reason(walk, min, lin):
    draft = walk("submitted")
    step(draft, "decline", min, "缺发票")
    step(draft, "submit", lin)
    assert stands(draft) == S.SUBMITTED
    assert draft.returned_because == ""


def test_a_matter_is_voided_and_nothing_is_deleted(walk, lin):
    draft = walk("drafting")
    step(draft, "void", lin, "重复填报")
    assert stands(draft) == S.VOIDED
    assert Draft.objects.count() == 1
    with pytest.raises(Blocked):
        step(draft, "submit", lin)


def test_the_village_s_matter_is_not_for_the_agency_to_void(walk, wu):
    draft = walk("verified")
    with pytest.raises(Blocked, match="退回村里"):
        step(draft, "scrap", wu, "不合规定")


# reliability.md C36, C37, A14: what the gate would refuse is refused at 制单; nothing is written


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("借 513 500.00\n贷 102 499.99", "借贷不平：借方 500.00，贷方 499.99，差 0.01 元"),
        ("借 513 500.00", "只有 1 行分录"),
        ("", "只有 0 行分录"),
        ("借 999 500.00\n贷 102 500.00", "第 1 行的科目 999 在本账套中不存在"),
        ("借 513 500.00\n贷 112 500.00", "已停用"),
    ],
)
def test_lines_the_gate_would_refuse_are_refused_at_once(walk, prepare, book, text, words):
    Account.objects.filter(book=book, code="112").update(is_active=False)
    draft = walk("verified")
    before = Entry.objects.count()
    with pytest.raises(Invalid, match=words):
        prepare(draft, text)
    assert stands(draft) == S.VERIFIED
    assert not DraftLine.objects.exists()
    assert Entry.objects.count() == before


def test_a_closed_month_takes_no_voucher(walk, prepare, book, feng):
    signed = walk("signed")
    verified = walk("verified")
    Period.objects.filter(book=book, period=202403).update(state=Period.State.CLOSED)
    with pytest.raises(Blocked, match="已结账"):
        prepare(verified)
    with pytest.raises(Blocked, match="已结账"):
        post(signed, feng)
    assert stands(signed) == S.SIGNED
    assert not Voucher.objects.exists()


# Posting many


def test_many_are_posted_in_one_go_or_none(walk, feng):
    drafts = [walk("signed") for _ in range(3)]
    unsigned = walk("reviewed")
    pks = [draft.pk for draft in drafts]
    with pytest.raises(Blocked):
        steps.post_matters(draft_ids=[*pks, unsigned.pk], by=feng, now=NOON)
    assert not Voucher.objects.exists()
    posted = steps.post_matters(draft_ids=pks, by=feng, now=NOON)
    assert [draft.voucher.number for draft in posted] == [1, 2, 3]


def test_one_stranger_among_many_stops_all(walk, feng, luo):
    draft = walk("signed")
    with pytest.raises(Missing):
        steps.post_matters(draft_ids=[draft.pk, draft.pk + 999], by=feng, now=NOON)
    assert not Voucher.objects.exists()


def test_neighbours_find_no_such_matter(walk, qian, luo):
    draft = walk("drafting")
    for person in (qian, luo):
        with pytest.raises(Missing):
            step(draft, "submit", person)


def test_the_operation_log_tells_the_whole_way(walk):
    draft = walk("posted")
    told = Entry.objects.filter(object=f"agency.draft:{draft.pk}").order_by("seq")
    assert [(entry.actor, entry.label) for entry in told] == [
        ("lin", "报账"),
        ("lin", "提交"),
        ("min", "民主理财同意"),
        ("wu", "审核通过"),
        ("wu", "制单"),
        ("zheng", "复核通过"),
        ("chu", "出纳签章"),
        ("feng", "记账"),
    ]
    assert told.last().facts["reason"] == "记-1"
    assert {entry.village for entry in told} == {draft.village}
