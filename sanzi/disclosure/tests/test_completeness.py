from datetime import date

from sanzi.disclosure.completeness import Facts, missing, shown
from sanzi.disclosure.drawing import draw_sheet
from sanzi.disclosure.facts import facts_of
from sanzi.disclosure.queries import progress
from sanzi.disclosure.span import span_of
from tests.world import NOON, SHANGTIAN, XIATIAN

from .conftest import Q1

FULL = Facts(
    has_book=True, begins=202401, opened=frozenset(Q1.months), closed=frozenset(Q1.months),
    has_budget=True, has_assets=True, has_resources=True,
    told={f"plan-{n}": "有" for n in range(2, 8)},
)  # fmt: skip


def test_a_village_with_everything_shows_all_forty_four():
    assert missing(FULL, Q1) == {}
    assert shown({}) == 44


def test_each_missing_thing_is_named_and_why():
    absent = missing(Facts(has_book=True, begins=202401, opened=frozenset(Q1.months)), Q1)
    assert absent["plan-1"] == "没有已批准的2024年预算"
    assert absent["plan-4"] == "不在账内，村里还没有填报"
    assert absent["income-1"] == "2024年1月、2024年2月、2024年3月还没有结账"
    assert absent["asset-3"] == "资产台账没有登记"
    assert absent["resource"] == "资源台账没有登记"


def test_books_that_do_not_cover_the_months_say_so():
    assert missing(Facts(), Q1)["income-1"] == "没有账套，账还没有建在本系统"
    late = Facts(has_book=True, begins=202402, opened=frozenset(Q1.months))
    assert missing(late, Q1)["income-1"] == "账套从2024年2月启用，之前的账不在本系统"
    unopened = Facts(has_book=True, begins=202401)
    assert missing(unopened, span_of("2025Q1"))["income-1"] == "2025年1月还没有开账"


def test_the_committee_publishes_no_assets():
    absent = missing(Facts(is_collective=False), Q1)
    assert absent["resource"] == "资产、资源由集体经济组织公开"


def test_the_list_and_the_sheet_agree_on_what_is_missing(closed, collective):
    listed = missing(facts_of([collective], Q1)[collective.pk], Q1)
    drawn = draw_sheet(collective, Q1)
    assert dict(drawn.missing) == listed
    assert drawn.shown == 36


def test_a_village_is_late_from_the_day_after_the_limit(closed, collective, places):
    villages = [places[SHANGTIAN], places[XIATIAN]]
    on_time, _ = progress(villages, Q1, date(2024, 4, 15))
    late, nobody = progress(villages, Q1, date(2024, 4, 16))
    assert (on_time.late, late.late) == (0, 1)
    assert late.due_on == date(2024, 4, 15)
    assert (nobody.shown, nobody.reasons) == (0, (("没有登记集体经济组织", 44),))
    tones = [progress(villages, Q1, date(2024, 4, day))[0].tone for day in (19, 20, 30)]
    assert tones == ["plain", "warn", "danger"]


def test_late_stops_counting_when_it_is_published(public, places):
    (row,) = progress([places[SHANGTIAN]], Q1, date(2030, 1, 1))
    assert row.late == (NOON.date() - date(2024, 4, 15)).days
    assert row.latest["version"] == 1
