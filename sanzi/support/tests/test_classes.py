"""The leaders' class: recommended by one, chosen by another, ticked, drawn, told to everybody."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from sanzi.journal.models import Entry
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.letters.models import Letter
from sanzi.support.actions import aims, classes, lessons
from sanzi.support.measures import INCOME, MONTHLY
from sanzi.support.models import Circular, Cohort, Lesson, Presence, Seat
from sanzi.support.schooling import is_late, month_ends
from sanzi.villages.models import Income
from tests.world import CITY, LIYUAN, QINGSHUI, SHANGTIAN, XIATIAN

pytestmark = pytest.mark.django_db
LAST = date(2026, 12, 31)


class Class:
    """A city's class of the year and who does what in it."""

    def __init__(self, support):
        self.support, self.by = support, support.by
        self.cohort = classes.found_cohort(
            region=CITY, title="长训班", year=2026, seats_max=2, starts_on=date(2026, 1, 1),
            ends_on=LAST, criteria="想干事", measures=list(MONTHLY), **self.by("fang"),
        )  # fmt: skip

    def recommend(self, village, name, by="chen"):
        return classes.recommend(
            cohort_id=self.cohort.pk, village=village, name=name, duty="", statement="连任两届",
            **self.by(by),
        )  # fmt: skip

    def choose(self, chosen, passed=(), by="fang", reason="集体研究"):
        return classes.decide_seats(
            cohort_id=self.cohort.pk, chosen={seat.pk: group for seat, group in chosen.items()},
            passed_over=[seat.pk for seat in passed], reason=reason, **self.by(by),
        )  # fmt: skip

    def begin(self):
        Income.objects.create(village=SHANGTIAN, year=2025, operating_income=Decimal(80_000))
        self.a, self.b = self.recommend(SHANGTIAN, "田书记"), self.recommend(XIATIAN, "夏书记")
        self.choose({self.a: "A", self.b: "B"})
        self.step("start")

    def step(self, step, by="fang"):
        return classes.take_cohort_step(cohort_id=self.cohort.pk, step=step, **self.by(by))

    def lesson(self, **more):
        given = {
            "kind": "theory", "title": "学文件", "held_on": date(2026, 3, 1), "place": "市委党校",
            "teacher": "", "group": "", "homework": "", "homework_due_on": None, **more,
        }  # fmt: skip
        return lessons.arrange_lesson(cohort_id=self.cohort.pk, **given, **self.by("fang"))

    def mark(self, lesson, marks, by="fang"):
        given = {seat.pk: mark for seat, mark in marks.items()}
        return lessons.mark_presence(lesson_id=lesson.pk, marks=given, **self.by(by))

    def goal(self, seat, target=100_000, due_on=LAST):
        return aims.set_goal(
            of="seat", thing_id=seat.pk, measure=INCOME, base_on=date(2026, 1, 1),
            target=Decimal(target), due_on=due_on, **self.by("fang"),
        )  # fmt: skip


@pytest.fixture
def school(support):
    return Class(support)


def test_the_six_kinds_are_the_article_s():
    assert [kind.label for kind in Lesson.Kind] == [
        "政治理论", "党性锻炼", "延伸培训", "交叉调研", "实践锻炼", "专题研讨",
    ]  # fmt: skip


def test_the_chosen_keep_the_figures_of_the_day(school):
    school.begin()
    seat = Seat.objects.get(village=SHANGTIAN)
    assert (seat.stage, seat.group) == ("chosen", "A")
    assert seat.facts["村集体经济收入（不含补助）"] == "80,000.00 元"
    told = [e.label for e in Entry.objects.about(f"support.seat:{seat.pk}")]
    assert told == ["推荐 田书记 参加 2026 年长训班", "入选，A 班"]


def test_nobody_decides_an_own_recommendation(school):
    mine = school.recommend(SHANGTIAN, "田书记", by="shi")
    other = school.recommend(XIATIAN, "夏书记")
    with pytest.raises(Missing):
        school.choose({mine: "A"}, by="shi")
    own = school.recommend(LIYUAN, "李书记", by="fang")
    with pytest.raises(Blocked, match="李书记是您自己推荐的"):
        school.choose({own: "A", other: "B"})
    assert not Seat.objects.filter(stage="chosen").exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(pk=own.pk).update(decided_by=own.recommended_by)


def test_the_last_seat_is_given_and_no_more(school):
    three = [
        school.recommend(SHANGTIAN, "田书记"),
        school.recommend(XIATIAN, "夏书记"),
        school.recommend(LIYUAN, "李书记", by="luo"),
    ]
    with pytest.raises(Blocked, match="只余 2 个"):
        school.choose(dict.fromkeys(three, "A"))
    school.choose({three[0]: "A", three[1]: "B"}, passed=[three[2]])
    assert Seat.objects.get(village=LIYUAN).stage == "passed-over"


def test_a_village_recommends_itself_and_no_other(school):
    with pytest.raises(Missing):
        school.recommend(XIATIAN, "夏书记", by="lin")
    school.recommend(SHANGTIAN, "田书记", by="lin")
    with pytest.raises(Invalid, match="已经推荐过"):
        school.recommend(SHANGTIAN, "别人")
    with pytest.raises(Forbidden):
        school.recommend(SHANGTIAN, "别人", by="gao")


def test_a_class_begins_with_somebody_in_it_and_then_takes_nobody(school):
    with pytest.raises(Blocked, match="还没有选定学员"):
        school.step("start")
    school.begin()
    with pytest.raises(Blocked, match="不再接受推荐"):
        school.recommend(LIYUAN, "李书记", by="luo")


@pytest.mark.parametrize(("day", "early"), [(date(2026, 3, 2), False), (date(2026, 3, 3), True)])
def test_a_lesson_is_ticked_on_its_day_and_not_before(school, day, early):
    school.begin()
    lesson = school.lesson(held_on=day)
    if early:
        with pytest.raises(Blocked, match="上课后才能点名"):
            school.mark(lesson, {school.a: "present"})
    else:
        assert school.mark(lesson, {school.a: "present", school.b: "absent"}) == 2
        assert school.mark(lesson, {school.a: "present", school.b: "leave"}) == 1
        assert Entry.objects.filter(action="support.mark-presence").count() == 2


def test_another_class_is_not_ticked(school):
    school.begin()
    with pytest.raises(Missing):
        school.mark(school.lesson(group="A"), {school.b: "present"})
    with pytest.raises(Missing):
        school.mark(school.lesson(title="第二课"), {school.a: "present"}, by="chen")


def test_homework_is_handed_in_once_by_its_own(school):
    school.begin()
    lesson = school.lesson(homework="写一份发展计划", homework_due_on=date(2026, 3, 10))
    given = {"lesson_id": lesson.pk, "seat_id": school.a.pk, "text": "本村计划……"}
    with pytest.raises(Missing):
        lessons.hand_in(**given, **school.by("qian"))
    one = lessons.hand_in(**given, **school.by("lin"))
    assert one.handed_in_on == date(2026, 3, 2)
    with pytest.raises(Blocked, match="已经交过"):
        lessons.hand_in(**given, **school.by("lin"))


def test_homework_is_late_the_day_after_its_last(school):
    school.begin()
    lesson = school.lesson(homework="写计划", homework_due_on=date(2026, 3, 10))
    assert not is_late(lesson, None, date(2026, 3, 10))
    assert is_late(lesson, None, date(2026, 3, 11))
    assert is_late(lesson, Presence(), date(2026, 3, 11))
    assert not is_late(lesson, Presence(handed_in_on=date(2026, 3, 12)), date(2026, 3, 13))


def test_a_circular_freezes_what_it_says(school):
    school.begin()
    school.goal(school.a)
    made = lessons.issue_circular(
        cohort_id=school.cohort.pk, as_of=date(2026, 3, 2), **school.by("fang")
    )
    (row,) = made.rows
    assert (row["base"], row["value"], row["share"], row["state"]) == (
        "80,000", "80,000", "0.0%", "落后",
    )  # fmt: skip
    letter = Letter.objects.get()
    assert letter.values["rows"][0]["place"] == "清水镇上田村"
    assert "2 名学员共 1 项年度目标" in letter.values["summary"]
    Income.objects.create(village=SHANGTIAN, year=2026, operating_income=Decimal(100_000))
    assert Circular.objects.get().rows == made.rows
    with pytest.raises(IntegrityError), transaction.atomic():
        Circular.objects.update(rows=[])
    with pytest.raises(Invalid, match="已经发过"):
        lessons.issue_circular(
            cohort_id=school.cohort.pk, as_of=date(2026, 3, 2), **school.by("fang")
        )


def test_no_circular_without_goals_or_ahead_of_time(school):
    school.begin()
    with pytest.raises(Invalid, match="还没有给学员定年度目标"):
        lessons.issue_circular(
            cohort_id=school.cohort.pk, as_of=date(2026, 3, 2), **school.by("fang")
        )
    with pytest.raises(Invalid, match="不能晚于今天"):
        lessons.issue_circular(
            cohort_id=school.cohort.pk, as_of=date(2026, 3, 3), **school.by("fang")
        )


def test_months_are_listed_when_they_have_ended():
    cohort = Cohort(starts_on=date(2026, 1, 5), ends_on=LAST)
    assert month_ends(cohort, date(2026, 3, 30)) == [date(2026, 2, 28), date(2026, 1, 31)]
    assert month_ends(cohort, date(2026, 3, 31))[0] == date(2026, 3, 31)
    assert month_ends(cohort, date(2027, 5, 1))[0] == LAST


def get(client, person, page, *args, status=200, **params):
    client.force_login(person)
    answer = client.get(reverse(f"support:{page}", args=args), params)
    assert answer.status_code == status, answer.content.decode()[:800]
    return answer.content.decode()


def post(client, person, page, *args, status=302, **data):
    client.force_login(person)
    answer = client.post(reverse(f"support:{page}", args=args), data)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_the_year_goes_through_the_pages(client, school, fang, chen, lin):
    pk = school.cohort.pk
    post(client, chen, "recommend", pk, village=SHANGTIAN, name="田书记", statement="连任两届",
         duty="村党组织书记")  # fmt: skip
    seat = Seat.objects.get()
    assert "连任两届" in get(client, fang, "choose", pk)
    post(client, fang, "decide-seats", pk, reason="", status=422, **{f"seat-{seat.pk}": "A"})
    post(client, fang, "decide-seats", pk, reason="集体研究", **{f"seat-{seat.pk}": "A"})
    post(client, fang, "cohort-step", pk, step="start")
    post(client, fang, "arrange", pk, kind="seminar", title="谈发展", held_on="2026-03-01",
         group="A", homework="交计划", homework_due_on="2026-03-05")  # fmt: skip
    lesson = Lesson.objects.get()
    assert "checked" in get(client, fang, "lesson", lesson.pk)
    post(client, fang, "mark", lesson.pk, **{f"seat-{seat.pk}": "late"})
    post(client, lin, "hand-in", seat.pk, lesson.pk, text="我村的计划")
    post(client, fang, "seat-goal", seat.pk, measure="receivables.recovered",
         base_on="2026-01-01", target="5000", due_on="2026-12-31")  # fmt: skip
    shown = get(client, lin, "cohort", pk)
    assert "1 / 1" in shown
    post(client, fang, "issue", pk, as_of="2026-03-02")
    assert "清收债权" in get(client, lin, "circular", Circular.objects.get().pk)
    assert "我村的计划" in get(client, fang, "seat", seat.pk)


def test_a_neighbour_sees_no_seat_and_not_its_figures(client, school, qian, fang):
    school.begin()
    get(client, qian, "seat", school.a.pk, status=404)
    assert "田书记" not in get(client, qian, "figures", school.cohort.pk)
    shown = get(client, fang, "figures", school.cohort.pk, as_of="2026-01-31")
    assert "80,000.00" in shown
    get(client, fang, "figures", school.cohort.pk, as_of="2020-01-31", status=422)


def test_a_town_neither_runs_nor_decides_the_city_s_class(client, school, chen, gao):
    school.begin()
    get(client, gao, "choose", school.cohort.pk, status=404)
    post(client, chen, "cohort-step", school.cohort.pk, step="end", status=404)
    post(client, chen, "issue", school.cohort.pk, as_of="2026-03-02", status=404)
    assert QINGSHUI.startswith(CITY)


def test_pages_ask_few_queries(client, school, fang, django_assert_max_num_queries):
    school.begin()
    school.goal(school.a)
    lesson = school.lesson()
    client.force_login(fang)
    for page, pk in (("cohort", school.cohort.pk), ("choose", school.cohort.pk),
                     ("figures", school.cohort.pk), ("lesson", lesson.pk),
                     ("seat", school.a.pk)):  # fmt: skip
        with django_assert_max_num_queries(20):
            assert client.get(reverse(f"support:{page}", args=(pk,))).status_code == 200


def test_a_town_neither_sets_the_goals_of_the_city_s_class_nor_drops_who_is_in_it(
    client, school, chen
):
    """Its own secretary would do well by an easier goal."""
    school.begin()
    goal = school.goal(school.a)
    easy = {"measure": "receivables.recovered", "base_on": "2026-01-01", "target": "1",
            "due_on": "2026-12-31"}  # fmt: skip
    post(client, chen, "seat-goal", school.a.pk, status=404, **easy)
    post(client, chen, "drop-goal", goal.pk, reason="太高", status=404)
    post(client, chen, "leave", school.a.pk, reason="太忙", status=404)
    shown = get(client, chen, "seat", school.a.pk)
    assert "定一个目标" not in shown
    assert "中途退出" not in shown
