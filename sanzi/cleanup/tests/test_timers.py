"""Rights that die quietly: the last day, the day to be reminded, and what stops the clock."""

from datetime import date

import pytest

from sanzi.cleanup.actions.answering import answer_timer
from sanzi.cleanup.models import Finding
from sanzi.cleanup.timers import timer_of
from sanzi.contracts.terms import terms_of
from sanzi.kernel.refusals import Blocked, Invalid, Missing
from tests.world import NOON

from .lawful import LAND, LEASE
from .test_judge import say


def timer(rule, base=LEASE, known=None, answered=None, **changes):
    return timer_of(rule, terms_of(base | changes), known, answered)


def test_six_months_to_object_to_a_sublease_and_a_reminder_after_five():
    found = timer("P14", sublet_known_on=date(2024, 8, 31))
    assert (found.alarm_on, found.last_on) == (date(2025, 1, 31), date(2025, 2, 28))


@pytest.mark.parametrize(("known_on", "runs"), [(date(2020, 12, 31), 0), (date(2021, 1, 1), 1)])
def test_silence_became_consent_with_the_civil_code(known_on, runs):
    assert bool(timer("P14", sublet_known_on=known_on)) == bool(runs)


def test_the_right_to_end_a_contract_dies_a_year_after_the_village_knows():
    assert timer("P10") is None, "nobody has confirmed it yet"
    assert timer("P10", known=date(2024, 2, 29)).last_on == date(2025, 2, 28)


def test_after_consent_is_refused_the_year_to_end_the_contract_still_runs():
    known = {"known": date(2025, 1, 10), "sublet_known_on": date(2025, 1, 1)}
    assert timer("P14", **known).kind == "consent"
    assert timer("P14", answered=date(2025, 2, 1), **known) is None, "acted upon in time"
    assert timer("P14", answered=date(2025, 8, 1), **known).kind == "consent", "too late to count"


@pytest.mark.parametrize(
    ("known", "last_on"),
    [(None, date(2026, 1, 1)), (date(2021, 6, 1), date(2022, 6, 1)),
     (date(2025, 6, 1), date(2026, 1, 1))],
)  # fmt: skip
def test_unfairness_dies_one_year_after_knowing_and_five_after_the_act(known, last_on):
    found = timer("P04", LAND, known, signed_on=date(2021, 1, 1))
    assert found.last_on == last_on
    assert "条文未核对" not in found.reason
    assert "条文未核对" in timer("P04", LAND, signed_on=date(2020, 12, 31)).reason


def test_a_lease_turns_indefinite_by_silence_and_land_contracts_do_not():
    found = timer("P09")
    assert (found.alarm_on, found.last_on) == (date(2024, 12, 1), date(2024, 12, 31))
    assert timer("P09", LAND) is None
    assert timer("P09", ends_on=date.max) is None


@pytest.fixture
def sublet(bring, brought):
    """The lawful lease turns out to be let on, known since January."""
    from tests.sheets import LEASE as ROW
    from tests.world import SHANGTIAN

    let_on = {"sublet": "未经同意", "sublet_known_on": "2026-01-05"}
    same = {"village": SHANGTIAN, "number": "HT-2", "title": "果园", "contractor": "孙某"}
    bring(合同=[{**ROW, **same, **let_on}])
    return brought["lawful"]


def done(contract, by, on=date(2026, 3, 1), rule="P14"):
    return answer_timer(
        contract_id=contract.pk,
        rule=rule,
        done_on=on,
        done="送达异议通知，回执在档案盒三",
        by=by,
        now=NOON,
    )


def test_acting_stops_the_timer_and_says_so(sublet, lin):
    mine = Finding.objects.filter(contract=sublet, rule="P14")
    assert mine.get().last_on == date(2026, 7, 5)
    done(sublet, lin)
    assert mine.get().last_on is None
    with pytest.raises(Blocked, match="已经办理"):
        done(sublet, lin)


def test_what_is_not_done_yet_or_too_late_does_not_count(sublet, lin, qian):
    with pytest.raises(Invalid, match="还没到"):
        done(sublet, lin, on=date(2026, 3, 3))
    with pytest.raises(Missing):
        done(sublet, qian)


def test_confirming_a_finding_starts_the_year(bring, brought, sublet, chen):
    say(sublet, "confirmed", chen, rule="P14")
    done(sublet, chen)
    assert Finding.objects.get(contract=sublet, rule="P14").timer == ""


def test_the_list_shows_what_wants_acting_upon(sublet, chen, visit, client, lin):
    # Whenever this runs, half a year after January 2026 has passed.
    assert "六个月内对转租提出异议" in visit(chen, "/contracts/deadlines/?open=dead")
    url = f"/contracts/{sublet.pk}/"
    assert "最后一天 <b>2026-07-05</b>" in visit(lin, url)

    told = {"rule": "P14", "done_on": "2026-03-01", "done": "送达异议通知"}
    assert client.post(f"{url}timers/", told | {"done": "无"}).status_code == 422
    late = client.post(f"{url}timers/", told | {"done_on": "2026-07-06"})
    assert late.status_code == 422, "after the last day it does not count"
    assert client.post(f"{url}timers/", told).status_code == 302
    assert "已办的期限" in visit(lin, url)
    assert "没有符合条件" in visit(chen, "/contracts/deadlines/?open=dead")
