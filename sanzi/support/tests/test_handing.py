"""Handover (交接): what support has in a person's hands goes with the rest, in one action."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from sanzi.access.models import Person, Post
from sanzi.kernel.refusals import Blocked, Invalid
from sanzi.responsibility.actions.handover import hand_over
from sanzi.responsibility.hands import holding_of
from sanzi.support.actions import classes, inquiries, lessons, matching, showcase
from sanzi.support.models import Help, Inquiry, Lesson, Offering
from tests.world import CITY, NOON, QINGSHUI, SHANGTIAN

from .test_showcase import Centre

pytestmark = pytest.mark.django_db


@pytest.fixture
def successor(places, lin):
    """Who takes over Lin's post in Shangtian."""
    person = Person(username="lin2", name="林二")
    person.set_unusable_password()
    person.save()
    Post.objects.create(person=person, role="village_accountant", region=places[SHANGTIAN],
                        from_on=NOON.date())  # fmt: skip
    return person


def run(giver, taker, by, key="h"):
    held = holding_of(giver, by.region_code)
    return hand_over(
        giver_id=giver.pk, taker_id=taker.pk, reason="岗位调整", on=NOON.date(),
        digest=held.digest, key=key, by=by, now=NOON,
    )  # fmt: skip


def labels(person, code):
    return [thing.label for thing in holding_of(person, code).things]


def test_what_a_village_s_hand_tends_goes_to_the_successor_with_its_paper(
    client, support, lin, qian, gao, successor
):
    centre = Centre(support)
    tended = support.agree(support.propose_help(contact="林会计"))
    given = support.agree(
        support.propose_help(kind="town-head", helper="林会计", contact="", matter="跑项目")
    )
    support.propose_help(helper="待同意公司", contact="林会计")
    support.agree(support.propose_help(helper="另一家公司"))
    draft = centre.write(title="小米")
    waiting = centre.write(title="核桃")
    showcase.submit_offering(offering_id=waiting.pk, **support.by("lin"))
    shown = centre.publish()
    lead, new = centre.ask(shown), centre.ask(shown, address="10.0.0.2")
    inquiries.handle_inquiry(inquiry_id=lead.pk, step="contact", note="约看样", **support.by("lin"))
    day = localdate(lead.asked_at)
    assert labels(lin, QINGSHUI) == [
        "示例果品公司（村企结对）：收购苹果", "林会计（乡镇党政正职）：跑项目", "特色产品：小米",
        f"富士苹果：{day} 的线索",
    ]  # fmt: skip
    assert labels(qian, QINGSHUI) == []

    done = run(lin, successor, gao)

    assert (done.count, labels(lin, QINGSHUI)) == (4, [])
    assert len(labels(successor, QINGSHUI)) == 4
    tended, given = (Help.objects.get(pk=one.pk) for one in (tended, given))
    assert (tended.contact, tended.phone, tended.helper) == ("林二", None, "示例果品公司")
    assert (given.helper, given.contact) == ("林二", "")
    # What somebody did stays theirs; the taker is the keeper.
    kept = {one.pk: (one.written_by, one.keeper) for one in Offering.objects.all()}
    assert kept[draft.pk] == (lin, successor)
    assert kept[waiting.pk] == (lin, lin)
    moved = Inquiry.objects.get(pk=lead.pk)
    assert (moved.handled_by, moved.keeper) == (lin, successor)
    assert Inquiry.objects.get(pk=new.pk).keeper is None
    client.force_login(lin)
    shown = client.get(reverse("support:offering", args=[draft.pk])).content.decode()
    assert "交接后由 林二 办理" in shown
    assert "王女士" not in str(done.letter.values)


def test_a_tie_the_taker_has_already_stops_the_whole_handover(support, lin, gao, successor):
    told = {"kind": "town-head", "contact": ""}
    given = support.agree(support.propose_help(helper="林会计", **told))
    support.propose_help(helper="林二", **told)
    tended = support.agree(support.propose_help(contact="林会计"))
    with pytest.raises(Invalid, match="林二已经在帮扶其中的村"):
        run(lin, successor, gao)
    assert Help.objects.get(pk=given.pk).helper == "林会计"
    assert Help.objects.get(pk=tended.pk).contact == "林会计"


def test_who_handed_an_offering_over_does_not_publish_it(support, chen, lin, gao):
    """Chen writes and publishes in the town: not what was Chen's own until it was handed over."""
    centre = Centre(support)
    offering = centre.write(by="chen")
    run(chen, lin, gao)
    showcase.submit_offering(offering_id=offering.pk, **support.by("lin"))
    with pytest.raises(Blocked, match="自己填写的"):
        centre.review(offering, by="chen")
    assert centre.review(offering, by="gao").stage == "published"


@pytest.fixture
def third(people, places):
    """A third leader of the city, who witnesses."""
    person = Person(username="wu3", name="吴市长")
    person.set_unusable_password()
    person.save()
    Post.objects.create(
        person=person, role="city_leader", region=places[CITY], from_on=date(2020, 1, 1)
    )
    return person


def test_a_matching_and_a_lesson_go_and_who_computed_it_does_not_confirm_it(
    support, fang, second, third
):
    support.ready()
    proposed = support.propose()
    cohort = classes.found_cohort(
        region=CITY, title="研修班", year=2026, seats_max=40, starts_on=NOON.date(),
        ends_on=localdate() + timedelta(days=90), criteria="", measures=[], **support.by("fang"),
    )  # fmt: skip
    told = {"kind": "theory", "place": "", "group": "", "homework": "", "homework_due_on": None,
            "cohort_id": cohort.pk, "teacher": fang.name, **support.by("fang")}  # fmt: skip
    coming = lessons.arrange_lesson(
        title="实地教学", held_on=localdate() + timedelta(days=9), **told
    )
    lessons.arrange_lesson(title="已上过", held_on=NOON.date(), **told)
    assert labels(fang, CITY) == ["匹配方案：百名人才进百村", "2026 年研修班：实地教学"]
    assert labels(fang, QINGSHUI) == []

    assert run(fang, second, third).count == 2

    assert labels(fang, CITY) == []
    assert Lesson.objects.get(pk=coming.pk).teacher == second.name
    proposed.refresh_from_db()
    assert (proposed.proposed_by, proposed.keeper) == (fang, second)
    with pytest.raises(Blocked, match="另一人确认"):
        support.confirm(proposed, "fang")
    matching.match_again(matching_id=proposed.pk, revision=proposed.revision, **support.by("zhou"))
    proposed.refresh_from_db()
    assert (proposed.proposed_by, proposed.keeper) == (second, second)
