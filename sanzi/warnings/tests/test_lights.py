"""W-62: so many lamps of a colour in a year, counted line by line."""

from datetime import date, timedelta

import pytest

from sanzi.warnings.digesting import lights_of_year
from sanzi.warnings.looking import look
from sanzi.warnings.models import Event
from sanzi.warnings.standards import Standards
from tests.world import SHANGTIAN, XIATIAN

from .conftest import ON

pytestmark = pytest.mark.django_db
NEXT = ON + timedelta(days=1)
RED = 180


def judged(on=NEXT):
    (found,) = look(SHANGTIAN, on, Standards(on), ["W-62"]).values() or [{}]
    return list(found.values())


@pytest.fixture
def standing(see):
    """Two red ones found by the first look, and one red one the day after."""
    old = [("W-35", "a", RED, 1), ("W-35", "b", RED, 1)]
    see(*old)
    see(*old, ("W-35", "c", RED, 1), on=NEXT)
    return [*old, ("W-35", "c", RED, 1)]


def test_what_stood_before_the_first_look_is_no_lamp(standing):
    assert judged() == []
    (lights,) = lights_of_year(SHANGTIAN, NEXT, Standards(NEXT))
    assert (lights.red, lights.is_too_many) == (1, False)


def test_the_second_red_one_of_a_year_is_too_many_and_names_both(standing, see):
    day = NEXT + timedelta(days=1)
    see(*standing, ("W-35", "d", RED, 1), on=day)
    (fired,) = judged(day)
    assert fired.verdict.level == 4
    assert fired.lane == "digest"
    events = Event.objects.filter(cause__in=("c", "d")).values_list("pk", flat=True)
    assert {row.key for row in fired.verdict.rows} == {f"warnings.event:{pk}" for pk in events}
    assert fired.rule.says(fired.verdict) == (
        "一年内同色预警为一票否决次数的 100 %，达到红线 100 %"
    )
    (lights,) = lights_of_year(SHANGTIAN, day, Standards(day))
    assert (lights.red, lights.is_too_many) == (2, True)


@pytest.mark.parametrize(
    "change",
    [
        {"stage": "closed", "ending": "false"},
        {"stage": "closed", "ending": "off"},
        {"lane": "digest"},
        {"is_restricted": True},
        {"shown_on": None},
        {"level": 3},
    ],
)
def test_what_was_no_lamp_does_not_count(standing, see, change):
    day = NEXT + timedelta(days=1)
    see(*standing, ("W-35", "d", RED, 1), on=day)
    Event.objects.filter(cause="d").update(**change)
    assert judged(day) == []


def test_years_are_counted_apart_and_last_year_s_stands_as_long_as_it_is_in_sight(standing, see):
    day = NEXT + timedelta(days=1)
    see(*standing, ("W-35", "d", RED, 1), on=day)
    assert len(judged(date(2027, 1, 15))) == 1
    assert judged(date(2028, 3, 1)) == []
    Event.objects.filter(cause="d").update(first_on=date(2027, 1, 2), shown_on=date(2027, 1, 2))
    assert judged(date(2027, 1, 15)) == []


def test_a_neighbour_s_lamps_are_not_counted(standing, see):
    for n in range(2):
        see(("W-35", f"x{n}", RED, 1), village=XIATIAN, on=ON + timedelta(days=n))
    assert judged() == []
