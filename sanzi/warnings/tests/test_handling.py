"""What people do with a warning: who may, when, and what it leaves behind."""

from datetime import date, timedelta

import pytest

from sanzi.journal.models import Entry
from sanzi.journal.recorder import key
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.warnings import queries
from sanzi.warnings.actions import handling
from sanzi.warnings.models import Event
from tests.world import NOON, SHANGTIAN

from .conftest import ON

pytestmark = pytest.mark.django_db


def give(event, to="lin", by=None, now=NOON):
    handling.dispatch(event_ids=[event.pk], username=to, by=by, now=now)
    event.refresh_from_db()
    return event


def step(event, name, by, words="租户已答应月底交", now=NOON):
    handling.take_step(event_id=event.pk, step=name, words=words, by=by, now=now)
    event.refresh_from_db()
    return event.stage


def test_given_out_taken_on_and_reported_done(late, chen, lin):
    give(late, by=chen)
    assert late.stage == "dispatched"
    assert late.accept_by_on == date(2026, 3, 4)  # two working days
    assert late.handle_by_on == date(2026, 3, 16)  # ten
    assert step(late, "accept", lin) == "handling"
    assert step(late, "finish", lin) == "finished"
    labels = [entry.label for entry in Entry.objects.about(key(late))]
    assert labels[1:] == ["交办给 林会计", "接收", "报办结"]


def test_done_is_when_the_cause_is_gone_not_when_somebody_says_so(late, see, chen, gao, lin):
    give(late, by=chen)
    step(late, "accept", lin)
    step(late, "finish", lin)
    with pytest.raises(Blocked, match="复评"):
        step(late, "settle", gao)
    see(on=ON + timedelta(days=1))
    late.refresh_from_db()
    assert (late.stage, late.ending) == ("closed", "gone")


def test_a_fact_is_settled_by_another_who_accepts_the_explanation(see, chen, gao, lin):
    see(("W-17", "yearend.reopening:1", 1, 0))
    fact = Event.objects.get()
    give(fact, by=chen)
    step(fact, "accept", lin)
    step(fact, "finish", lin)
    assert step(fact, "settle", gao) == "closed"
    assert fact.ending == "explained"
    see(("W-17", "yearend.reopening:1", 1, 0), on=ON + timedelta(days=1))
    fact.refresh_from_db()
    assert (fact.stage, fact.seen) == ("closed", 2)


def test_only_who_was_asked_takes_it_on(late, chen, lin, people):
    give(late, to="wu", by=chen)
    with pytest.raises(Blocked, match="吴代理"):
        step(late, "accept", lin)


def test_it_is_given_to_who_may_handle_it_there(late, chen):
    for username in ("qian", "gao", "nobody", "system_warnings"):
        with pytest.raises(Invalid):
            give(late, to=username, by=chen)


def test_nobody_handles_a_neighbour_s_warning(late, qian, luo, lin):
    with pytest.raises(Missing):
        step(late, "doubt", qian)
    with pytest.raises(Missing):
        give(late, to="luo", by=luo)
    with pytest.raises(Forbidden):
        give(late, by=lin)


def test_a_false_alarm_takes_two_people_and_counts_against_the_rule(late, shi, gao, lin, chen):
    assert step(late, "doubt", lin, "合同早已终止，登记漏了") == "doubted"
    with pytest.raises(Forbidden):
        step(late, "confirm", lin)
    assert step(late, "confirm", gao) == "closed"
    assert late.ending == "false"
    assert late.gone_on is None
    tally = queries.tallies(chen, SHANGTIAN, ON)["W-35"]
    assert (tally.handled, tally.false, tally.precision) == (1, 1, 0)


def test_who_doubted_it_does_not_confirm_it(late, chen, gao):
    Event.objects.update(stage="doubted", doubted_by=gao)
    with pytest.raises(Blocked, match="另一人"):
        step(late, "confirm", gao)


def test_a_false_alarm_stays_closed_until_it_is_worse(late, see, gao, lin):
    step(late, "doubt", lin)
    step(late, "confirm", gao)
    see(("W-35", late.cause, 60, 500), on=ON + timedelta(days=29))
    late.refresh_from_db()
    assert late.stage == "closed"
    see(("W-35", late.cause, 90, 500), on=ON + timedelta(days=59))
    late.refresh_from_db()
    assert (late.stage, late.ending, late.level) == ("open", "", 3)


def test_a_doubt_turned_down_goes_back_to_who_had_it(late, chen, gao, lin):
    give(late, by=chen)
    step(late, "accept", lin)
    step(late, "doubt", lin)
    assert step(late, "reject", gao) == "handling"


def test_words_are_asked_for_where_they_matter(late, chen, lin):
    give(late, by=chen)
    step(late, "accept", lin, "")
    for words in ("", "三个字", "长" * 301):
        with pytest.raises(Invalid):
            step(late, "finish", lin, words)


def test_a_step_taken_is_not_taken_twice(late, chen, lin):
    give(late, by=chen)
    step(late, "accept", lin)
    with pytest.raises(Blocked):
        step(late, "accept", lin)
    with pytest.raises(Blocked):
        step(late, "dispatch", chen)


def test_put_off_to_a_day_with_a_reason(late, chen, lin):
    until = ON + timedelta(days=10)
    handling.snooze(event_ids=[late.pk], until=until, reason="等收割后交租", by=chen, now=NOON)
    assert not queries.listed(lin, SHANGTIAN, until).exists()
    assert queries.held(lin, SHANGTIAN, until).snoozed == 1
    assert queries.listed(lin, SHANGTIAN, until + timedelta(days=1)).exists()


@pytest.mark.parametrize("day", [0, 91])
def test_it_is_put_off_neither_to_the_past_nor_for_good(late, chen, day):
    until = ON + timedelta(days=day)
    with pytest.raises(Invalid):
        handling.snooze(event_ids=[late.pk], until=until, reason="等收割后", by=chen, now=NOON)


def test_many_are_given_out_together_or_none(see, chen):
    see(("W-35", "a", 31, 500), ("W-35", "b", 31, 400))
    ids = list(Event.objects.values_list("pk", flat=True))
    with pytest.raises(Missing):
        handling.dispatch(event_ids=[*ids, 999_999], username="lin", by=chen, now=NOON)
    handling.dispatch(event_ids=ids, username="lin", by=chen, now=NOON)
    assert Event.objects.filter(stage="dispatched").count() == 2
    with pytest.raises(Invalid):
        handling.dispatch(event_ids=[], username="lin", by=chen, now=NOON)


def test_the_limits_of_taking_on_and_of_handling(late, chen):
    give(late, by=chen)
    assert late.late(date(2026, 3, 4)) == ""
    assert late.late(date(2026, 3, 5)) == "过了接收期限 1 天"
    Event.objects.update(stage="handling")
    late.refresh_from_db()
    assert late.late(date(2026, 3, 16)) == ""
    assert late.late(date(2026, 3, 17)) == "过了办理期限 1 天"


def test_a_person_sees_so_many_new_ones_a_day_and_no_more_when_they_deal_with_them(see, chen, lin):
    many = [("W-35", f"c:{n}", 31, 100 * n) for n in range(5)]
    for index, village in enumerate(("999901001201", "999901001202", "999901001203")):
        see(*((c, f"{village}:{t}", n, m + index) for c, t, n, m in many), village=village)
    first = list(queries.listed(chen, "999901001", ON))
    assert len(first) == 10
    assert queries.held(chen, "999901001", ON).by_person == 5
    Event.objects.filter(pk=first[0].pk).update(stage="closed", ending="gone", gone_on=ON)
    left = set(queries.listed(chen, "999901001", ON).values_list("pk", flat=True))
    assert left == {event.pk for event in first[1:]}


def test_the_two_rates_count_what_they_say(late, see, chen, lin):
    see(("W-35", late.cause, 31, 500), ("W-35", "b", 31, 1), ("W-35", "c", 31, 1))
    give(late, by=chen)
    see(("W-35", "b", 32, 1), on=ON + timedelta(days=1))
    tally = queries.tally(queries.events_for(lin))
    assert (tally.all, tally.dispatched, tally.handled, tally.handled_dispatched) == (3, 1, 2, 1)


def test_of_a_restricted_one_only_who_may_see_clues_reads_what_was_done(late, chen, gao, lin):
    Event.objects.update(is_restricted=True)
    late.refresh_from_db()
    until = ON + timedelta(days=5)
    handling.snooze(event_ids=[late.pk], until=until, reason="等纪检核对", by=gao, now=NOON)
    verbs = [entry.action for entry in Entry.objects.visible_to(gao).about(key(late))]
    assert verbs[-1] == "clues.warnings.snooze"
    for person in (chen, lin):
        told = Entry.objects.visible_to(person).about(key(late))
        assert "clues.warnings.snooze" not in [entry.action for entry in told]


def test_a_restricted_one_is_given_only_to_who_can_see_it(late, gao, lin):
    Event.objects.filter(pk=late.pk).update(is_restricted=True)
    with pytest.raises(Invalid, match="看不到线索"):
        give(late, by=gao)
