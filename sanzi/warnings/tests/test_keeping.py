"""Looks and the events they leave: one a cause, counted, ended when it is gone, in a budget."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DataError, IntegrityError, transaction

from sanzi.access.system import system_person
from sanzi.journal.models import Entry
from sanzi.journal.recorder import key
from sanzi.kernel.refusals import Blocked, Forbidden, Missing
from sanzi.warnings.actions import settings
from sanzi.warnings.actions.looking import look_again, write_down
from sanzi.warnings.models import Event, Look
from sanzi.warnings.standards import Standards
from tests.world import COUNTY, LIYUAN, NOON, SHANGTIAN, XIATIAN

from .conftest import ON, fired

pytestmark = pytest.mark.django_db


def days(n):
    return ON + timedelta(days=n)


def test_a_cause_seen_again_is_the_same_event_and_counts(see):
    see(("W-35", "a", 31, 500))
    told = see(("W-35", "a", 32, 500), on=days(1))
    (event,) = Event.objects.all()
    assert (told.opened, told.repeated) == (0, 1)
    assert (event.seen, event.first_on, event.last_on) == (2, ON, days(1))
    assert event.value == 32


def test_two_looks_on_one_day_are_one_sighting(see):
    see(("W-35", "a", 31, 500))
    see(("W-35", "a", 31, 500))
    assert Event.objects.get().seen == 1


def test_an_event_ends_when_its_cause_is_gone_and_says_so(see, lin):
    see(("W-35", "a", 31, 500))
    told = see(on=days(1))
    event = Event.objects.get()
    assert told.gone == 1
    assert (event.stage, event.ending, event.gone_on) == ("closed", "gone", days(1))
    labels = [entry.label for entry in Entry.objects.about(key(event))]
    assert labels == [
        "发现：最久逾期 31 天，达到黄线 30 天，涉及 500 元", "复评：这一情形已经没有了",
    ]  # fmt: skip


def test_a_cause_that_comes_back_is_a_new_event(see):
    see(("W-35", "a", 31, 500))
    see(on=days(1))
    see(("W-35", "a", 33, 500), on=days(2))
    assert Event.objects.count() == 2
    assert Event.objects.live().count() == 1


def test_the_database_keeps_one_live_event_a_cause(see):
    see(("W-35", "a", 31, 500))
    event = Event.objects.get()
    event.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        event.save(force_insert=True)


def test_whatever_the_order_events_are_what_was_seen_and_the_budget_holds(see):
    chance = random.Random(7)
    known = [("W-35", f"c:{n}", 31 + 60 * (n % 3), 100 * n) for n in range(9)]
    for day in range(25):
        seen = chance.sample(known, chance.randint(0, len(known)))
        on = days(day)
        see(*((code, thing, n + day, money) for code, thing, n, money in seen), on=on)
        live = Event.objects.live()
        assert {event.cause for event in live} == {thing for _, thing, _, _ in seen}
        assert len(live) == len(seen)
        assert Event.objects.filter(shown_on__month=on.month).count() <= 5
        ended = Event.objects.exclude(gone_on=None)
        assert all(event.stage == "closed" and event.ending == "gone" for event in ended)


def test_the_sixth_of_a_month_is_held_and_shown_when_there_is_room(see):
    six = [("W-35", f"c:{n}", 31, 100 * n) for n in range(1, 7)]
    assert see(*six).held == 1
    held = Event.objects.get(shown_on=None)
    assert held.cause == "c:1"  # the least money
    assert held.is_held
    assert see(*six, on=days(1)).held == 1
    later = [(code, thing, n + 30, money) for code, thing, n, money in six]
    assert see(*later, on=days(30)).held == 0
    assert Event.objects.get(cause="c:1").shown_on == days(30)


def test_a_warning_dealt_with_makes_no_room_in_the_month(see):
    six = [("W-35", f"c:{n}", 31, 100 * n) for n in range(1, 7)]
    see(*six)
    see(six[0], on=days(1))
    assert Event.objects.get(cause="c:1").shown_on is None


def test_the_gravest_take_the_budget(see):
    mild = [("W-35", f"m:{n}", 31, 900) for n in range(5)]
    see(*mild, ("W-35", "grave", 181, 1))
    assert Event.objects.get(cause="grave").shown_on == ON
    assert Event.objects.filter(shown_on=None).count() == 1


def test_blue_goes_to_the_digest_and_costs_nothing(see):
    blue = [("W-35", f"b:{n}", 1, 100) for n in range(9)]
    assert see(*blue).held == 0
    assert set(Event.objects.values_list("lane", "shown_on")) == {("digest", None)}
    see(("W-35", "b:1", 30, 100), on=days(29))
    assert Event.objects.get(cause="b:1").shown_on == days(29)


def test_a_village_already_seen_later_is_left_alone(see):
    see(("W-35", "a", 31, 500), on=days(5))
    told = see(on=ON)
    assert told.later == [SHANGTIAN]
    assert Event.objects.get().gone_on is None


def test_a_fact_older_than_the_window_is_not_called_gone(see):
    see(("W-17", "yearend.reopening:1", 1, 0))
    see(on=days(401))
    assert Event.objects.get().gone_on is None
    see(("W-17", "yearend.reopening:2", 1, 0), on=days(402))
    see(on=days(403))
    assert Event.objects.get(cause="yearend.reopening:2").ending == "gone"


def test_looks_keep_villages_apart(see):
    see(("W-35", "a", 31, 500))
    see(("W-35", "b", 31, 500), village=XIATIAN)
    see(on=days(1))
    assert Event.objects.get(village=XIATIAN).gone_on is None
    assert Look.objects.count() == 2


def test_a_town_s_villages_are_written_together_or_not_at_all(see, chen):
    see(("W-35", "a", 31, 500))
    good = dict([fired(SHANGTIAN, ("W-35", "b", 31, 1), ON)])
    one, what = fired(XIATIAN, ("W-35", "c", 31, 1), ON)
    too_much = what._replace(verdict=what.verdict._replace(money=Decimal(10) ** 30))
    with pytest.raises((OverflowError, DataError)):
        write_down(
            villages=[SHANGTIAN, XIATIAN], seen={SHANGTIAN: good, XIATIAN: {one: too_much}}, on=ON,
            standards=Standards(ON), by=chen, now=NOON,
        )  # fmt: skip
    assert list(Event.objects.values_list("cause", "gone_on")) == [("a", None)]
    assert not Look.objects.filter(village=XIATIAN).exists()


def test_nobody_looks_beyond_their_region_or_without_the_post(places, luo, lin, chen):
    with pytest.raises(Missing):
        look_again(region=SHANGTIAN, by=luo, now=NOON)
    with pytest.raises(Forbidden):
        look_again(region=SHANGTIAN, by=lin, now=NOON)
    with pytest.raises(Missing):
        write_down(villages=[SHANGTIAN, LIYUAN], seen={}, on=ON, standards=Standards(ON), by=chen,
                   now=NOON)  # fmt: skip
    assert look_again(region=SHANGTIAN, by=chen, now=NOON).villages == 1


def change(shi, fang, rule, *, is_on=True, lane="warn", now=NOON, **values):
    made = settings.propose(
        region=COUNTY, rule=rule, values=values, lane=lane, is_on=is_on, from_on=date(2026, 1, 1),
        basis="县发〔2026〕1号", by=shi, now=now,
    )  # fmt: skip
    return settings.put_in_force(setting_id=made.pk, by=fang, now=now)


LATE = {"blue": "1", "yellow": "40", "orange": "90", "red": "180"}


def test_an_office_s_numbers_judge_from_the_next_look_and_the_event_names_them(see, shi, fang):
    see(("W-35", "a", 41, 500))
    made = change(shi, fang, "W-35", **LATE)
    see(("W-35", "a", 42, 500), on=days(1))
    event = Event.objects.get()
    assert event.setting_id == made.pk
    assert event.threshold == 40


def test_a_rule_switched_off_ends_its_warnings_as_such(see, shi, fang):
    see(("W-35", "a", 41, 500))
    change(shi, fang, "W-35", is_on=False, **LATE)
    see(on=days(1))
    event = Event.objects.get()
    assert event.ending == "off"


def test_the_budget_is_a_number_the_county_sets(see, shi, fang):
    change(shi, fang, "BUDGET", village_month="1", person_day="10", accept_days="2",
           handle_days="10")  # fmt: skip
    assert see(("W-35", "a", 31, 1), ("W-35", "b", 31, 2)).held == 1


def test_a_system_user_may_only_look(places):
    robot = system_person("system_warnings")
    assert robot.can("warnings.evaluate")
    assert not robot.can("warnings.manage")


def test_numbers_that_would_not_judge_are_not_put_in_force(see, shi, fang):
    def proposed(from_on):
        return settings.propose(
            region=COUNTY, rule="W-35", values=LATE, lane="warn", is_on=True, from_on=from_on,
            basis="县发〔2026〕1号", by=shi, now=NOON,
        )  # fmt: skip

    first, last = proposed(date(2026, 2, 1)), proposed(date(2026, 2, 1))
    earlier = proposed(date(2026, 1, 1))
    settings.put_in_force(setting_id=last.pk, by=fang, now=NOON)
    for one in (first, earlier):
        with pytest.raises(Blocked, match="启用了也不作数"):
            settings.put_in_force(setting_id=one.pk, by=fang, now=NOON)
