"""不相容职务: nobody takes two duties kept apart, proved pair by pair where it is written."""

from datetime import date
from itertools import combinations

import pytest
from django.urls import reverse

from sanzi.access.models import Post
from sanzi.access.roles import ROLES
from sanzi.accounting.models import Voucher
from sanzi.agency.actions import steps
from sanzi.agency.duties import (
    CASH,
    INCOMPATIBLE,
    OVERSEE,
    POST,
    PREPARE,
    REPORT,
    REVIEW,
    TITLES,
    VERIFY,
    Reach,
    between,
)
from sanzi.agency.models import Draft, Handling
from sanzi.agency.stages import WAY, Stage
from sanzi.agency.workflow import DUTY_OF, FORWARD, MATTERS
from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked
from tests.world import NOON, QINGSHUI, SHANGTIAN

ROLE_OF = {
    REPORT: ("village_accountant", SHANGTIAN),
    OVERSEE: ("village_supervisor", SHANGTIAN),
    VERIFY: ("agency_accountant", QINGSHUI),
    PREPARE: ("agency_accountant", QINGSHUI),
    REVIEW: ("agency_chief", QINGSHUI),
    CASH: ("agency_cashier", QINGSHUI),
    POST: ("agency_chief", QINGSHUI),
}
HANDS = {REPORT: "lin", OVERSEE: "min", VERIFY: "wu", PREPARE: "wu", REVIEW: "zheng", CASH: "chu"}
STEP_OF = {step.needs: step for step in FORWARD}
# In the order of the work, each pair once.
PAIRS = list(combinations(TITLES, 2))
KEPT_APART = [p for p in PAIRS if (rule := between(*p)) and not rule.is_recommended]
MEETING = [(VERIFY, PREPARE), (VERIFY, REVIEW), (VERIFY, POST), (PREPARE, POST)]


@pytest.fixture
def two_posts(places):
    """Give a person a second post, and have them act from it."""

    def do(person, duty):
        role, code = ROLE_OF[duty]
        held = [p for p in person.posts if p.role == role]
        if not held:
            post = Post.objects.create(
                person=person, role=role, region=places[code], from_on=date(2020, 1, 1)
            )
            del person.posts
            held = [p for p in person.posts if p.pk == post.pk]
        person.act_from(held[0].pk)
        return person

    return do


def take(draft, duty, person, prepare):
    step = STEP_OF[duty].name
    if step == "prepare":
        return prepare(draft, by=person)
    if step == "post":
        return steps.post_matters(draft_ids=[draft.pk], by=person, now=NOON)
    return steps.take_step(draft_id=draft.pk, step=step, by=person, now=NOON)


def before(duty):
    """The stage a matter is at when this duty's step comes."""
    stage = STEP_OF[duty].source[-1]
    return Stage(stage)


@pytest.mark.parametrize(("earlier", "later"), KEPT_APART, ids=lambda d: TITLES.get(d, d))
def test_whoever_took_the_one_cannot_take_the_other(
    earlier, later, walk, people, two_posts, prepare
):
    draft = walk(before(later))
    # The one who took the earlier duty holds a second post now, and acts from it.
    person = people[HANDS[earlier]]
    two_posts(person, later)
    handled = Handling.objects.count()

    with pytest.raises(Blocked, match="同一人|不得再办理"):
        take(draft, later, person, prepare)

    draft.refresh_from_db()
    assert draft.stage == before(later)
    assert Handling.objects.count() == handled
    assert not Voucher.objects.exists()


@pytest.mark.parametrize(("earlier", "later"), KEPT_APART, ids=lambda d: TITLES.get(d, d))
def test_control_another_person_can(earlier, later, walk, people, prepare):
    draft = walk(before(later))
    other = people[{**HANDS, POST: "feng"}[later]]
    take(draft, later, other, prepare)
    if later != POST:
        draft.refresh_from_db()
        assert draft.stage == STEP_OF[later].target


@pytest.mark.parametrize(
    ("earlier", "later"),
    [p for p in KEPT_APART if between(*p).reach is Reach.POSTS],
    ids=lambda d: TITLES.get(d, d),
)
def test_two_posts_kept_apart_by_law_bar_even_a_matter_never_touched(
    earlier, later, walk, people, two_posts, prepare, chen
):
    draft = walk(before(later))
    two_posts(chen, earlier)
    two_posts(chen, later)
    with pytest.raises(Blocked, match="不得再办理"):
        take(draft, later, chen, prepare)


@pytest.mark.parametrize(("earlier", "later"), MEETING, ids=lambda d: TITLES.get(d, d))
def test_what_may_meet_in_one_person_does(earlier, later, walk, people, two_posts, prepare):
    # Wu prepares; whoever verified the papers goes on to the later duty.
    hands = {"verify": "wu"} if PREPARE in (earlier, later) else {"verify": "zheng"}
    draft = walk(before(later), **hands, review="feng")
    person = two_posts(people[hands["verify"]], later)
    take(draft, later, person, prepare)


def test_every_pair_is_kept_apart_recommended_or_may_meet():
    recommended = [p for p in PAIRS if (rule := between(*p)) and rule.is_recommended]
    assert recommended == [(REVIEW, POST)]
    assert sorted(map(sorted, [*KEPT_APART, *recommended, *MEETING])) == sorted(map(sorted, PAIRS))
    assert len(INCOMPATIBLE) == len(KEPT_APART) + len(recommended)


def test_no_role_holds_two_duties_the_law_keeps_apart():
    for name, role in ROLES.items():
        for rule in INCOMPATIBLE:
            if rule.reach is Reach.POSTS:
                assert not rule.pair <= role.may, f"{name}: {rule.title}"


def test_the_same_person_may_review_and_post_and_is_told_better_not(walk, zheng):
    draft = walk("signed")
    steps.post_matters(draft_ids=[draft.pk], by=zheng, now=NOON)
    entry = Entry.objects.filter(action="agency.post").latest("seq")
    assert "宜由不同人员" in entry.facts["warning"]


def test_what_was_sent_back_does_not_bar_for_good(walk, wu, prepare, zheng, feng, two_posts):
    """Wu prepared, it came back, Feng prepared anew: then Wu's hand is on it no more."""
    draft = walk("prepared")
    steps.take_step(
        draft_id=draft.pk, step="return_preparing", words="科目不对", by=zheng, now=NOON
    )
    prepare(draft, by=two_posts(feng, PREPARE))
    steps.take_step(draft_id=draft.pk, step="review", by=two_posts(wu, REVIEW), now=NOON)
    draft.refresh_from_db()
    assert draft.stage == Stage.REVIEWED


OVER_HTTP = [(PREPARE, REVIEW), (REPORT, REVIEW), (CASH, POST), (REVIEW, CASH), (REPORT, OVERSEE)]


@pytest.mark.parametrize(("earlier", "later"), OVER_HTTP, ids=lambda d: TITLES.get(d, d))
def test_over_the_wire_it_is_409_told_on_the_page(client, earlier, later, walk, people, two_posts):
    draft = walk(before(later))
    person = people[HANDS[earlier]]
    two_posts(person, later)
    client.force_login(person)
    client.post(reverse("administration:switch-post"), {"post": person.post.pk})

    url = reverse("agency:step", args=(draft.pk,))
    answer = client.post(url, {"step": STEP_OF[later].name})

    assert answer.status_code == 409
    html = answer.content.decode()
    assert "不得由同一人办理" in html or "不得再办理" in html
    assert "disabled" in html
    assert Draft.objects.get(pk=draft.pk).stage == before(later)


def test_the_duties_follow_the_way():
    assert [DUTY_OF[s.name] for s in FORWARD] == list(TITLES)
    assert [MATTERS[s.name].target for s in FORWARD] == list(WAY[1:])
