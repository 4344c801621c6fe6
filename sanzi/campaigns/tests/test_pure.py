"""The clock, the spreading, the ladder and the time in each hand: arithmetic without a database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given as supposing
from hypothesis import strategies as st

from sanzi.campaigns.clock import Clock, fault_of, phase_on
from sanzi.campaigns.reminding.ladder import (
    EXAMPLE,
    Rung,
    checked,
    first_day,
    from_json,
    rung_at,
    to_json,
)
from sanzi.campaigns.spreading import spread
from sanzi.campaigns.tasks.hands import times
from sanzi.kernel.refusals import Invalid

FEN = Decimal("0.01")
BEGAN = date(2022, 9, 1)
HUNDRED = BEGAN + timedelta(days=99)


@dataclass(frozen=True)
class Days:
    starts_on: date
    ends_on: date


@pytest.mark.parametrize(
    ("today", "day", "left", "percent"),
    [
        (BEGAN - timedelta(days=1), 0, 100, 0),
        (BEGAN, 1, 99, 1),
        (BEGAN + timedelta(days=61), 62, 38, 62),
        (HUNDRED - timedelta(days=1), 99, 1, 99),
        (HUNDRED, 100, 0, 100),
        (HUNDRED + timedelta(days=30), 100, 0, 100),
    ],
)
def test_a_hundred_days_are_counted_from_one_to_a_hundred(today, day, left, percent):
    clock = Clock(BEGAN, HUNDRED, today)
    assert (clock.day, clock.days_left, clock.percent) == (day, left, percent)


def test_the_clock_says_what_people_say():
    assert Clock(BEGAN, HUNDRED, date(2022, 8, 31)).words == "还有 1 天开始，共 100 天"
    assert Clock(BEGAN, HUNDRED, BEGAN).words == "第 1 天，共 100 天，还剩 99 天"
    assert Clock(BEGAN, HUNDRED, date(2022, 12, 10)).words == "共 100 天，已于 2022-12-09 结束"


days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@supposing(days, st.integers(0, 3000), days)
def test_day_and_days_left_make_the_whole_and_never_run_backwards(starts, length, today):
    clock = Clock(starts, starts + timedelta(days=length), today)
    later = Clock(clock.starts_on, clock.ends_on, today + timedelta(days=1))
    assert clock.day + clock.days_left == clock.days
    assert 0 <= later.day - clock.day <= 1
    assert 0 <= clock.percent <= later.percent <= 100
    assert (clock.percent == 100) == (today >= clock.ends_on)


@supposing(days, st.integers(0, 3000), st.integers(1, 3001))
def test_day_n_of_a_campaign_is_its_day_n(starts, length, number):
    clock = Clock(starts, starts + timedelta(days=length), starts)
    wanted = min(number, clock.days)
    assert Clock(clock.starts_on, clock.ends_on, clock.on_day(number)).day == wanted


def test_a_day_belongs_to_the_phase_it_lies_in():
    first, second = Days(BEGAN, BEGAN + timedelta(days=9)), Days(date(2022, 9, 11), HUNDRED)
    assert phase_on([first, second], date(2022, 9, 10)) == first
    assert phase_on([first, second], date(2022, 9, 11)) == second
    assert phase_on([first, second], date(2022, 8, 31)) is None


def test_phases_lie_within_the_campaign_and_in_order():
    inside = Days(BEGAN, HUNDRED)
    assert fault_of([inside], BEGAN, HUNDRED) is None
    late = Days(BEGAN, HUNDRED + timedelta(days=1))
    assert "不在行动的起止" in (fault_of([late], BEGAN, HUNDRED) or "")
    early = [Days(date(2022, 9, 2), HUNDRED), Days(BEGAN, HUNDRED)]
    assert "先后" in (fault_of(early, BEGAN, HUNDRED) or "")
    assert "早于开始" in (fault_of([], HUNDRED, BEGAN) or "")


weights = st.dictionaries(st.text("0123456789", min_size=1, max_size=4), st.integers(0, 10**12))


@supposing(st.integers(0, 10**13), weights.filter(lambda found: any(found.values())))
def test_shares_add_up_to_the_total_and_follow_the_weights(fen, found):
    total = fen * FEN
    shares = spread(total, found, FEN)
    assert sum(shares.values()) == total
    assert shares.keys() == found.keys()
    whole = sum(found.values())
    for code, weight in found.items():
        assert abs(shares[code] - total * weight / whole) <= FEN
        assert weight or not shares[code]


@supposing(st.integers(0, 10**6), weights.filter(lambda found: any(found.values())))
def test_spreading_does_not_depend_on_the_order_villages_come_in(total, found):
    backwards = dict(reversed(found.items()))
    step = Decimal(1)
    assert spread(Decimal(total), found, step) == spread(Decimal(total), backwards, step)


def test_what_does_not_divide_goes_to_the_largest_remainder_and_then_the_earlier_code():
    assert spread(Decimal("0.02"), {"b": 1, "a": 1, "c": 1}, FEN) == {
        "a": FEN, "b": FEN, "c": Decimal("0.00"),
    }  # fmt: skip


@pytest.mark.parametrize("total", ["0.001", "-1"])
def test_a_total_that_cannot_be_shared_is_refused(total):
    with pytest.raises(Invalid):
        spread(Decimal(total), {"a": 1}, FEN)


def test_weights_of_nothing_are_refused():
    with pytest.raises(Invalid, match="换一个依据"):
        spread(Decimal(1), {"a": 0}, FEN)


@pytest.mark.parametrize(
    ("days", "title"),
    [(-4, None), (-3, "临期提醒"), (0, "临期提醒"), (1, "催办"), (3, "催办"), (4, "督办"),
     (7, "督办"), (8, "通报"), (15, "通报"), (16, "提级督办"), (400, "提级督办")],
)  # fmt: skip
def test_each_rung_begins_on_its_very_day(days, title):
    rung = rung_at(EXAMPLE, days)
    assert (rung.title if rung else None) == title


rungs = st.lists(
    st.builds(Rung, st.integers(-30, 365), st.just("级"), st.just(("responsible",))),
    min_size=1, max_size=10, unique_by=lambda rung: rung.days,
)  # fmt: skip


@supposing(rungs, st.integers(-40, 400))
def test_more_days_never_mean_a_lower_rung(found, days):
    ladder = checked(found)
    now, later = rung_at(ladder, days), rung_at(ladder, days + 1)
    assert now is None or (later is not None and later.days >= now.days)
    assert (now is None) == (days < first_day(ladder))


@supposing(rungs)
def test_a_ladder_is_kept_as_it_was_made(found):
    ladder = checked(found)
    assert from_json(to_json(ladder)) == ladder


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        [Rung(1, "催办", ("responsible",)), Rung(1, "督办", ("responsible",))],
        [Rung(-31, "催办", ("responsible",))],
        [Rung(366, "催办", ("responsible",))],
        [Rung(1, "", ("responsible",))],
        [Rung(1, "催办", ())],
        [Rung(1, "催办", ("somebody",))],
    ],
)
def test_a_ladder_nobody_can_climb_is_refused(wrong):
    with pytest.raises(Invalid):
        checked(wrong)


NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
stages = st.sampled_from(["given", "doing", "handed", "struck"])


@supposing(st.lists(st.tuples(stages, st.integers(0, 500)), min_size=1, max_size=12))
def test_the_times_in_all_hands_add_up_to_the_time_it_was_open(found):
    moves, at = [], NOON
    for stage, hours in found:
        moves.append((stage, at))
        at += timedelta(hours=hours)
    closed = sum(hours for stage, hours in found if stage == "struck")
    held = times(moves, at)
    assert sum((one.time for one in held), timedelta()) == at - NOON - timedelta(hours=closed)
    assert sum(one.is_now for one in held) == (moves[-1][0] != "struck")


def test_time_in_hand_is_told_in_days_and_hours():
    moves = [("given", NOON), ("doing", NOON + timedelta(minutes=59))]
    found = times(moves, NOON + timedelta(days=3, hours=5))
    assert [(one.hand, one.words, one.is_now) for one in found] == [
        ("待接办", "不到 1 小时", False), ("承办人", "3 天 4 小时", True),
    ]  # fmt: skip
