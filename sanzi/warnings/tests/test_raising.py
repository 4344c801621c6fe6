"""提级: what nobody dealt with in time goes up a level, once, and that level's clock begins."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sanzi.access.system import system_person
from sanzi.journal.models import Entry
from sanzi.journal.recorder import key
from sanzi.kernel.refusals import Forbidden, Missing
from sanzi.warnings import queries, raising
from sanzi.warnings.actions import handling
from sanzi.warnings.actions.raising import raise_unanswered
from sanzi.warnings.models import Event, Setting
from sanzi.warnings.parameters import shipped
from sanzi.warnings.raising import Raise, Unanswered, next_step
from sanzi.warnings.stages import UNDER_WAY, Stage
from tests.world import COUNTY, NOON, QINGSHUI, SHANGTIAN

from .conftest import ON

VALUES = shipped()[raising.CODE].values
DAY = timedelta(days=1)
# Listed on a Monday: ten working days end on Monday the 16th, two on Wednesday the 4th.
OPEN = Unanswered(SHANGTIAN, 3, Stage.OPEN, ON)
GIVEN = replace(
    OPEN, stage=Stage.DISPATCHED, held_in=SHANGTIAN, accept_by_on=date(2026, 3, 4),
    handle_by_on=date(2026, 3, 16),
)  # fmt: skip
HANDLED = replace(GIVEN, stage=Stage.HANDLING)


def step(one, today):
    return next_step(one, VALUES, 10, today)


@pytest.mark.parametrize(
    ("one", "last"),
    [
        (OPEN, date(2026, 3, 16)),
        (GIVEN, date(2026, 3, 4)),
        (HANDLED, date(2026, 3, 16)),
        (replace(OPEN, snoozed_until=date(2026, 3, 20)), date(2026, 3, 20)),
        (replace(OPEN, handle_by_on=date(2026, 3, 25)), date(2026, 3, 25)),
    ],
)
def test_it_goes_up_the_day_after_its_last_day(one, last):
    assert step(one, last) is None
    up = step(one, last + DAY)
    assert up is not None
    assert (up.to, up.title) == (QINGSHUI, "乡镇")
    # Three working days from then on.
    assert up.answer_by_on > last + 3 * DAY


def test_from_the_town_it_goes_to_the_county_when_the_town_s_days_have_passed():
    raised = replace(OPEN, raised_to=QINGSHUI, answer_by_on=date(2026, 3, 20))
    assert step(raised, date(2026, 3, 20)) is None
    assert step(raised, date(2026, 3, 23)) == Raise(COUNTY, date(2026, 3, 30), "县")


def test_what_the_town_has_in_hand_goes_to_the_county_and_no_further():
    assert step(replace(HANDLED, held_in=QINGSHUI), date(2026, 3, 17)).to == COUNTY
    assert step(replace(HANDLED, held_in=COUNTY), date(2026, 3, 17)) is None
    top = replace(OPEN, raised_to=COUNTY, answer_by_on=date(2026, 3, 20))
    assert step(top, date(2026, 12, 1)) is None


def test_a_slight_one_goes_no_further_than_the_town():
    yellow = replace(OPEN, level=2)
    assert step(yellow, date(2026, 3, 17)).to == QINGSHUI
    raised = replace(yellow, raised_to=QINGSHUI, answer_by_on=date(2026, 3, 20))
    assert step(raised, date(2026, 12, 1)) is None


def test_its_stages_are_stages_under_way():
    assert set(raising.WAITING) <= {str(stage) for stage in UNDER_WAY}


@pytest.mark.parametrize("stage", [Stage.FINISHED, Stage.DOUBTED, Stage.CLOSED])
def test_what_waits_for_its_judge_or_is_over_goes_nowhere(stage):
    assert step(replace(HANDLED, stage=stage), date(2026, 12, 1)) is None


@given(st.lists(st.integers(min_value=0, max_value=40), max_size=40), st.sampled_from([2, 3, 4]))
def test_however_often_it_is_asked_each_level_is_told_once(gaps, level):
    one, today, told = replace(OPEN, level=level), ON, []
    for gap in gaps:
        today += gap * DAY
        up = step(one, today)
        if up is not None:
            told.append(len(up.to))
            assert up.answer_by_on > today
            one = replace(one, raised_to=up.to, answer_by_on=up.answer_by_on)
    assert told == sorted(set(told), reverse=True)
    assert set(told) <= {9, 6}


def at(day):
    return datetime.combine(day, NOON.timetz())


def night(day, region=QINGSHUI):
    return raise_unanswered(region=region, by=system_person("system_warnings"), now=at(day))


@pytest.fixture
def orange(late):
    Event.objects.update(level=3)
    late.refresh_from_db()
    return late


@pytest.mark.django_db
def test_nobody_took_it_and_the_town_then_the_county_has_it(orange, chen, shi):
    assert not night(date(2026, 3, 16))
    assert night(date(2026, 3, 17)) == {"乡镇": 2}
    assert not night(date(2026, 3, 17))
    orange.refresh_from_db()
    assert (orange.raised_to, orange.raised_on) == (QINGSHUI, date(2026, 3, 17))
    assert orange.answer_by_on == date(2026, 3, 20)
    assert orange.raised(date(2026, 3, 20)) == "提级到乡镇，限 2026-03-20 前答复"
    assert queries.counted(chen, QINGSHUI, date(2026, 3, 18)).raised == 2
    assert queries.counted(shi, COUNTY, date(2026, 3, 18)).raised == 0
    assert night(date(2026, 3, 23)) == {"县": 2}
    assert queries.counted(shi, COUNTY, date(2026, 3, 24)).raised == 2
    labels = [entry.label for entry in Entry.objects.about(key(orange))]
    assert "提级到清水镇，限 2026-03-20 前答复" in labels[1]
    assert len(labels) == 3


@pytest.mark.django_db
def test_given_out_by_the_town_it_stops_climbing_until_that_time_has_passed(orange, chen, lin):
    night(date(2026, 3, 17))
    given = at(date(2026, 3, 19))
    handling.dispatch(event_ids=[orange.pk], username="lin", by=chen, now=given)
    handling.take_step(event_id=orange.pk, step="accept", by=lin, now=given)
    orange.refresh_from_db()
    assert orange.held_in == SHANGTIAN
    assert night(date(2026, 4, 2)) == {"县": 1}  # the neighbour's, which nobody took
    assert orange.handle_by_on == date(2026, 4, 2)
    assert night(date(2026, 4, 3)) == {"县": 1}


@pytest.mark.django_db
def test_sent_back_it_has_its_full_time_again(orange, chen, gao, lin):
    handling.take_step(event_id=orange.pk, step="doubt", words="登记漏了终止", by=lin, now=NOON)
    handling.take_step(
        event_id=orange.pk, step="reject", words="合同还在", by=gao, now=at(date(2026, 3, 20))
    )
    assert night(date(2026, 3, 23)) == {"乡镇": 1}  # the neighbour's
    orange.refresh_from_db()
    assert orange.raised_to == ""


@pytest.mark.django_db
def test_raised_ones_are_on_the_list_of_their_level_whatever_the_day_s_budget(orange, shi):
    Setting.objects.create(
        region=COUNTY, rule="BUDGET", values={"person_day": "0"}, lane="warn", from_on=ON,
        basis="示例", made_by=shi, made_at=NOON, live_by=system_person("system_warnings"),
        live_at=NOON,
    )  # fmt: skip
    assert not queries.listed(shi, COUNTY, date(2026, 3, 30)).exists()
    night(date(2026, 3, 17))
    night(date(2026, 3, 23))
    assert queries.listed(shi, COUNTY, date(2026, 3, 30)).count() == 2


@pytest.mark.django_db
def test_a_county_may_switch_the_ladder_off(orange, shi):
    Setting.objects.create(
        region=COUNTY, rule=raising.CODE, values={}, lane="warn", is_on=False, from_on=ON,
        basis="示例", made_by=shi, made_at=NOON, live_by=system_person("system_warnings"),
        live_at=NOON,
    )  # fmt: skip
    assert not night(date(2026, 6, 1))


@pytest.mark.django_db
def test_only_the_look_raises_and_only_in_its_region(orange, lin, chen):
    with pytest.raises(Forbidden):
        raise_unanswered(region=SHANGTIAN, by=lin, now=NOON)
    with pytest.raises(Missing):
        raise_unanswered(region=COUNTY, by=chen, now=NOON)


@pytest.mark.django_db
def test_the_database_keeps_clock_and_level_together(orange):
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=orange.pk).update(raised_to=QINGSHUI)


@pytest.mark.django_db
def test_the_pages_say_where_it_went(client, orange, shi):
    night(date(2026, 3, 17))
    night(date(2026, 3, 23))
    client.force_login(shi)
    assert "提级到县" in client.get(reverse("warnings:event", args=[orange.pk])).content.decode()
    asked = {"region": COUNTY, "state": "raised"}
    html = client.get(reverse("warnings:events"), asked).content.decode()
    assert orange.sentence in html
    html = client.get(reverse("warnings:rule", args=["W-61"]), {"region": COUNTY}).content.decode()
    assert "提级到乡镇后答复期限" in html
