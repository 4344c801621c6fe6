"""代办: a named person for named days, and never what the law keeps apart."""

from datetime import date, timedelta

import pytest

from sanzi.access.models import Person, Post
from sanzi.accounting.models import Voucher
from sanzi.agency.actions import steps
from sanzi.agency.actions.standing import DAYS_MAX, end_stand_in, stand_in
from sanzi.agency.models import StandIn
from sanzi.agency.queries import waiting, waiting_counts
from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from tests.world import BAIYAN, NOON, QINGSHUI

TODAY = date(2026, 3, 2)


@pytest.fixture
def arrange(zheng):
    def do(duty, absent, person, *, by=None, days=(0, 0), reason="外出培训"):
        return stand_in(
            duty=duty,
            absent_id=absent.pk,
            person_id=person.pk,
            from_on=TODAY + timedelta(days[0]),
            to_on=TODAY + timedelta(days[1]),
            reason=reason,
            by=by or zheng,
            now=NOON,
        )

    return do


@pytest.fixture
def helper(places, db):
    """Somebody of the town without an accounting duty."""

    def do(name, role="town_clerk", region=QINGSHUI):
        person = Person.objects.create(username=name, name=name)
        Post.objects.create(
            person=person, role=role, region=places[region], from_on=date(2020, 1, 1)
        )
        return person

    return do


def review(draft, by, now=NOON):
    return steps.take_step(draft_id=draft.pk, step="review", by=by, now=now)


def test_a_stand_in_reviews_and_everything_says_for_whom(walk, arrange, helper, feng, zheng, chu):
    he = helper("he")
    draft = walk("prepared")
    with pytest.raises(Forbidden):
        review(draft, he)
    arrange("books.review", feng, he)
    review(draft, he)
    handling = draft.handlings.get(step="review")
    assert (handling.by, handling.instead_of) == (he, feng)
    assert Entry.objects.latest("seq").label == "复核通过（代冯主管）"
    steps.take_step(draft_id=draft.pk, step="sign", by=chu, now=NOON)
    steps.post_matters(draft_ids=[draft.pk], by=zheng, now=NOON)
    assert Voucher.objects.get().reviewed_by == he


def test_whose_own_post_holds_the_duty_acts_in_their_own_name(walk, arrange, feng, zheng):
    arrange("books.review", zheng, feng)
    draft = walk("prepared")
    review(draft, feng)
    assert draft.handlings.get(step="review").instead_of is None


@pytest.mark.parametrize(("days", "may"), [((0, 0), True), ((1, 2), False)])
def test_it_holds_on_its_days_only(walk, arrange, helper, feng, days, may):
    he = helper("he")
    draft = walk("prepared")
    arrange("books.review", feng, he, days=days)
    if may:
        review(draft, he)
        return
    with pytest.raises(Forbidden):
        review(draft, he)
    review(draft, he, now=NOON + timedelta(days=1))


def test_the_day_after_the_last_it_is_over(walk, arrange, helper, feng):
    he = helper("he")
    draft = walk("prepared")
    arrange("books.review", feng, he, days=(0, 1))
    with pytest.raises(Forbidden):
        review(draft, he, now=NOON + timedelta(days=2))
    review(draft, he, now=NOON + timedelta(days=1))


def test_it_ends_when_ended(walk, arrange, helper, feng, zheng):
    he = helper("he")
    draft = walk("prepared")
    one = arrange("books.review", feng, he)
    end_stand_in(stand_in_id=one.pk, by=zheng, now=NOON)
    with pytest.raises(Forbidden):
        review(draft, he)
    with pytest.raises(Blocked, match="已经结束"):
        end_stand_in(stand_in_id=one.pk, by=zheng, now=NOON)


def test_nobody_stands_in_for_a_duty_its_holder_has_lost(walk, arrange, helper, feng):
    he = helper("he")
    draft = walk("prepared")
    arrange("books.review", feng, he)
    Post.objects.filter(person=feng).update(to_on=date(2021, 1, 1))
    with pytest.raises(Forbidden):
        review(draft, he)


def test_the_maker_reviews_nothing_in_another_s_place_either(walk, arrange, wu, feng):
    arrange("books.review", feng, wu)
    draft = walk("prepared")
    with pytest.raises(Blocked, match="制单与复核不得由同一人办理"):
        review(draft, wu)


def test_nor_may_the_matter_go_round_the_absent_one(walk, arrange, helper, feng, prepare, zheng):
    """He prepared in Wu's place; then nobody reviews in Wu's name."""
    he = helper("he")
    wu = Person.objects.get(username="wu")
    arrange("books.prepare", wu, he)
    draft = prepare(walk("verified"), by=he)
    Post.objects.filter(person=wu).update(role="agency_chief")
    with pytest.raises(Blocked, match="同一人"):
        review(draft, Person.objects.get(pk=wu.pk))


@pytest.mark.parametrize(
    ("duty", "absent", "person"),
    [
        ("books.cash", "chu", "wu"),
        ("books.cash", "chu", "feng"),
        ("books.review", "feng", "chu"),
        ("books.prepare", "wu", "chu"),
    ],
)
def test_what_the_law_keeps_apart_is_not_arranged(arrange, people, duty, absent, person):
    with pytest.raises(Blocked, match="不得代办"):
        arrange(duty, people[absent], people[person])
    assert not StandIn.objects.exists()


def test_a_cashier_s_place_is_taken_by_whoever_keeps_no_books(walk, arrange, helper, chu):
    he = helper("he")
    arrange("books.cash", chu, he)
    draft = walk("reviewed")
    steps.take_step(draft_id=draft.pk, step="sign", by=he, now=NOON)
    assert draft.handlings.get(step="sign").instead_of == chu


def test_what_is_asked_of_an_arrangement(arrange, helper, people, feng, zheng, lin):
    he = helper("he")
    for wrong, words in (
        ({"reason": " "}, "请写明事由"),
        ({"days": (1, 0)}, "不能早于"),
        ({"days": (-1, 0)}, "以前的日期"),
        ({"days": (0, DAYS_MAX)}, f"最多 {DAYS_MAX} 天"),
    ):
        with pytest.raises(Invalid, match=words):
            arrange("books.review", feng, he, **wrong)
    with pytest.raises(Invalid, match="不承担"):
        arrange("books.review", people["wu"], he)
    with pytest.raises(Invalid, match="同一人"):
        arrange("books.review", feng, feng)
    with pytest.raises(Invalid, match="本单位"):
        arrange("books.review", feng, lin)
    with pytest.raises(Invalid, match="职责"):
        arrange("books.lock", feng, he)
    with pytest.raises(Invalid, match="调整岗位"):
        arrange("books.oversee", people["min"], he)
    arrange("books.review", feng, he, days=(0, 3))
    with pytest.raises(Blocked, match="已安排"):
        arrange("books.review", feng, zheng, days=(2, 5))


def test_only_the_chief_arranges_and_only_in_their_own_region(arrange, helper, people, feng):
    he = helper("he")
    for name in ("wu", "lin", "gao", "chu"):
        with pytest.raises(Forbidden):
            arrange("books.review", feng, he, by=people[name])
    stranger = helper("yu", "agency_chief", BAIYAN)
    with pytest.raises(Missing):
        arrange("books.review", feng, he, by=stranger)


def test_the_desk_counts_what_the_stand_in_may_do(walk, arrange, helper, feng):
    he = helper("he")
    draft = walk("prepared")
    assert waiting_counts(he, TODAY) == []
    arrange("books.review", feng, he)
    assert [(step.name, n) for step, n in waiting_counts(he, TODAY)] == [("review", 1)]
    assert list(waiting(he, TODAY)) == [draft]


def test_the_log_says_who_arranged_what(arrange, helper, feng):
    arrange("books.review", feng, helper("何某"))
    entry = Entry.objects.latest("seq")
    assert entry.actor == "zheng"
    assert entry.label == "安排何某代冯主管办理复核，2026-03-02 至 2026-03-02"
    assert entry.facts["reason"] == "外出培训"
