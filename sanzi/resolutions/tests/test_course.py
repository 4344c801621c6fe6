"""The order of 四议两公开, who may do what, and what the journal says."""

from datetime import date

import pytest

from sanzi.documents.models import Document
from sanzi.journal.models import Entry
from sanzi.journal.recorder import key
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.resolutions.actions import meetings, posting, proposing
from sanzi.resolutions.models import Meeting, Objection, Posting, Resolution
from sanzi.resolutions.queries import decided, state_of, why_not
from sanzi.resolutions.stages import Stage

from .conftest import check
from .sittings import SITTINGS, noon, papers, sitting

WAY = ("propose", "consult", "review", "decide")


def test_a_matter_goes_through_four_meetings_and_two_postings(walk, hang, chen):
    resolution = walk("effective")

    assert [m.step for m in resolution.meetings.order_by("pk")] == list(WAY)
    hang(
        resolution, "publish_result",
        from_on=date(2026, 4, 1), to_on=date(2026, 4, 8), now=noon(4, 1),
    )  # fmt: skip
    check(resolution, "complete", chen, noon(4, 9))

    resolution.refresh_from_db()
    assert resolution.stage == Stage.COMPLETED
    assert (resolution.decided_on, resolution.law) == (
        date(2026, 3, 20),
        "农村集体经济组织法第二十七条",
    )


@pytest.mark.parametrize(
    ("stage", "step"),
    [
        (stage, step)
        for at, stage in enumerate(("drafted", "proposed", "consulted", "reviewed", "decided"))
        for place, step in enumerate(WAY)
        if place != at
    ],
)
def test_the_order_of_the_meetings_may_not_be_permuted(walk, hold, stage, step):
    resolution = walk(stage)

    with pytest.raises(Blocked):
        hold(resolution, step)

    assert resolution.meetings.count() == {"decided": 4}.get(stage, resolution.meetings.count())


@pytest.mark.parametrize(("day", "ok"), [(5, True), (4, False)])
def test_no_step_is_dated_before_the_one_before_it(walk, hold, day, ok):
    resolution = walk("consulted", now=noon(3, 2))
    hold(resolution, "review", sitting(3, 5, 30, 24, 20))
    early = sitting(3, day, 300, 210, 200, notified_on=date(2026, 2, 1))

    if ok:
        assert hold(resolution, "decide", early).has_passed
    else:
        with pytest.raises(Invalid, match="先后不能颠倒"):
            hold(resolution, "decide", early)


def test_a_meeting_short_of_its_quorum_is_refused_with_the_article(walk, hold):
    resolution = walk("reviewed")

    with pytest.raises(Blocked, match="实到199人，到会不足三分之二.*第二十七条"):
        hold(resolution, "decide", sitting(3, 20, 300, 199, 199, notified_on=date(2026, 3, 10)))

    assert not resolution.meetings.filter(step="decide").exists()


def test_a_meeting_that_failed_is_kept_as_one_and_the_next_may_pass(walk, hold):
    resolution = walk("reviewed")
    few = sitting(3, 20, 300, 199, 199, notified_on=date(2026, 3, 10))

    failed = hold(resolution, "decide", few, as_failed=True)
    hold(resolution, "decide")

    resolution.refresh_from_db()
    assert not failed.has_passed
    assert "不足三分之二" in failed.reasons
    assert resolution.stage == Stage.DECIDED


def test_a_meeting_that_passed_cannot_be_called_failed(walk, hold):
    with pytest.raises(Invalid):
        hold(walk("reviewed"), "decide", as_failed=True)


@pytest.mark.parametrize(("called", "ok"), [(10, True), (11, False)])
def test_the_assembly_is_called_ten_days_ahead(walk, hold, called, ok):
    minutes = sitting(3, 20, 300, 210, 200, notified_on=date(2026, 3, called))
    resolution = walk("reviewed")

    if ok:
        assert hold(resolution, "decide", minutes).has_passed
    else:
        with pytest.raises(Blocked, match="只有9天"):
            hold(resolution, "decide", minutes)


def test_votes_that_do_not_add_up_to_those_who_came_are_no_minutes(walk, hold):
    with pytest.raises(Invalid, match="合计209人，与实到210人不符"):
        hold(walk("reviewed"), "decide", sitting(3, 20, 300, 210, 200, abstained=9))


@pytest.mark.parametrize(("approved", "ok"), [(15, True), (14, False)])
def test_half_of_the_party_members_who_should_come_must_agree(walk, hold, approved, ok):
    resolution, minutes = walk("consulted"), sitting(3, 5, 30, 24, approved)
    if ok:
        assert hold(resolution, "review", minutes).has_passed
    else:
        with pytest.raises(Blocked, match="应到党员30人、同意14人，同意不足半数"):
            hold(resolution, "review", minutes)


def test_delegates_may_not_be_asked_for_a_contracting_scheme(propose):
    with pytest.raises(Invalid, match="成员代表大会不得决定土地承包方案.*第二十八条"):
        propose(matter="land.scheme", body="成员代表大会")


def test_one_matter_runs_once_at_a_time(propose):
    propose()
    with pytest.raises(Blocked, match="已有一项正在进行的决议"):
        propose()
    assert Resolution.objects.count() == 1


def test_a_list_of_things_of_one_village_is_decided_in_one_meeting(walk, brought, chen):
    walk("effective", also=[key(brought["lawful"])])

    assert why_not(key(brought["lawful"]), "contract.revise") is None


def test_things_of_two_villages_are_not_decided_together(propose, brought, chen):
    with pytest.raises((Invalid, Missing)):
        propose(also=[key(brought["next_door"])])


def test_who_does_not_know_the_thing_cannot_put_it_to_a_vote(propose, qian):
    with pytest.raises(Missing):
        propose(by=qian)


@pytest.mark.parametrize("on", ["access.person:1", "no.such:1", "contracts.contract:x", ""])
def test_only_business_rows_are_put_to_a_vote(propose, on):
    with pytest.raises(Missing):
        propose(on=on)


def test_the_town_neither_proposes_nor_holds_meetings(propose, hold, chen):
    with pytest.raises(Forbidden):
        propose(by=chen)
    with pytest.raises(Forbidden):
        hold(propose(), "propose", by=chen)


def test_the_village_does_not_check_itself(walk, lin):
    with pytest.raises(Forbidden):
        check(walk("published"), "accept", lin, noon(3, 29))


@pytest.mark.parametrize(("to", "ok"), [(date(2026, 3, 28), True), (date(2026, 3, 27), False)])
def test_a_decision_hangs_seven_days_the_first_not_counted(walk, hang, to, ok):
    resolution = walk("decided")
    if ok:
        assert hang(resolution, to_on=to)
    else:
        with pytest.raises(Invalid, match="最早到 2026-03-28 止"):
            hang(resolution, to_on=to)


@pytest.mark.parametrize(("day", "ok"), [(29, True), (28, False)])
def test_it_is_checked_after_the_last_day_of_its_posting(walk, chen, day, ok):
    resolution = walk("published")
    if ok:
        assert check(resolution, "accept", chen, noon(3, day)).stage == Stage.EFFECTIVE
    else:
        with pytest.raises(Blocked, match="公示到 2026-03-28 止"):
            check(resolution, "accept", chen, noon(3, day))


def test_an_open_objection_stands_in_the_way_until_it_is_answered(walk, lin, chen):
    resolution = walk("published")
    objection = posting.raise_objection(
        resolution_id=resolution.pk, raised_on=date(2026, 3, 22), who="王某", words="价格偏低",
        by=lin, now=noon(3, 22),
    )  # fmt: skip
    with pytest.raises(Blocked, match="还有 1 条异议没有答复"):
        check(resolution, "accept", chen, noon(3, 29))

    posting.answer_objection(
        objection_id=objection.pk, answer="按同类中位价确定", answered_on=date(2026, 3, 23),
        by=lin, now=noon(3, 23),
    )  # fmt: skip
    assert check(resolution, "accept", chen, noon(3, 29)).stage == Stage.EFFECTIVE
    with pytest.raises(Blocked):
        posting.answer_objection(
            objection_id=objection.pk, answer="再答", answered_on=date(2026, 3, 24),
            by=lin, now=noon(3, 24),
        )  # fmt: skip


def test_missing_papers_are_named_and_may_be_added(propose, hold, hang, lin, chen):
    resolution = propose(matter="ordinary", body="理事会")
    held = hold(resolution, "decide", sitting(3, 20, 5, 5, 5), files={})
    hang(resolution, files=[])
    with pytest.raises(Blocked, match="会议决议缺会议纪要、签到和表决记录、会议照片.*公示照片"):
        check(resolution, "accept", chen, noon(3, 29))

    for kind, files in papers().items():
        meetings.add_papers(meeting_id=held.pk, kind=kind, files=files, by=lin, now=noon(3, 22))
    posting.add_photos(
        posting_id=resolution.postings.get().pk, files=papers()["photo"], by=lin, now=noon(3, 22)
    )
    assert check(resolution, "accept", chen, noon(3, 29)).stage == Stage.EFFECTIVE


def test_a_step_taken_twice_is_taken_once(walk, hold, chen):
    resolution = walk("effective")

    with pytest.raises(Blocked, match="请刷新查看"):
        check(resolution, "accept", chen, noon(3, 29))
    with pytest.raises(Blocked):
        hold(resolution, "decide")
    assert Meeting.objects.filter(step="decide").count() == 1


def test_minutes_and_postings_are_never_rewritten(walk):
    from django.db import DatabaseError, transaction

    walk("published")
    for model, change in ((Meeting, {"approved": 1}), (Posting, {"words": "改"})):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(**change)


def test_a_motion_taken_back_makes_room_for_another(propose, lin):
    resolution = propose()
    proposing.withdraw(resolution_id=resolution.pk, reason="议案有误", by=lin, now=noon(3, 3))

    again = propose()
    assert again.pk != resolution.pk


def test_other_features_are_told_why_they_must_wait(walk, brought, lin):
    on, matter = key(brought["oral"]), "contract.revise"
    assert "还没有“完善修订合同”的决议" in why_not(on, matter)
    assert state_of(on, matter, lin).start_url

    resolution = walk("published")
    assert "期满核对后生效" in why_not(on, matter)
    assert decided(on) is None

    check(resolution, "accept", *_clerk(), noon(3, 29))
    assert why_not(on, matter) is None
    assert decided(on, matter) == resolution


def _clerk():
    from sanzi.access.models import Person

    return (Person.objects.get(username="chen"),)


def test_the_journal_tells_the_counts_of_every_meeting(walk):
    walk("decided")
    told = Entry.objects.filter(action="resolutions.decide").latest("seq").facts
    assert told["subject"] == "2026-03-20 应到300人、实到210人，同意200、反对0、弃权10"
    assert told["law"] == "农村集体经济组织法第二十七条"


def test_the_usual_sittings_are_lawful():
    assert all(minutes.present >= minutes.approved for minutes in SITTINGS.values())


def test_who_answered_an_objection_does_not_check_what_it_was_held_against(walk, chen):
    """Somebody with a post in the village and one in the town is one pair of hands."""
    resolution = walk("published")
    Objection.objects.create(
        village=resolution.village, posting=resolution.postings.get(), raised_on=date(2026, 3, 22),
        who="王某", words="价格偏低", recorded_by=resolution.proposed_by, recorded_at=noon(3, 22),
        answer="按中位价", answered_on=date(2026, 3, 23), answered_by=chen,
    )  # fmt: skip
    with pytest.raises(Blocked, match="须由另一人核对"):
        check(resolution, "accept", chen, noon(3, 29))


def test_who_hung_the_photos_does_not_check_them(walk, chen):
    resolution = walk("published")
    Document.objects.filter(on=key(resolution.postings.get())).update(added_by=chen)
    with pytest.raises(Blocked, match="须由另一人核对"):
        check(resolution, "accept", chen, noon(3, 29))
