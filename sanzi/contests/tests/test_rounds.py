"""A round from its card to the published result, and everything that stands in the way."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from sanzi.access.models import Person, Post
from sanzi.contests.actions import contests, entering, judging, people
from sanzi.contests.models import Contest, Judge, Mark, Result
from sanzi.contests.queries import latest
from sanzi.journal.models import Entry as Journal
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from tests.world import CITY, COUNTY, NOON, QINGSHUI, SHANGTIAN

from .conftest import SHEET

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def placed(held, closing=1):
    found = Result.objects.filter(entry__round=held.round, closing=closing).order_by("rank")
    return [(str(one.entry)[3:], one.rank, one.total, one.band) for one in found]


def test_a_round_is_scored_from_marks_figures_and_what_was_typed(held):
    held.run()
    # No claims anywhere: the 20 marks of the rate are shared among the other 80.
    assert placed(held) == [("上田村", 1, D("88.75"), "优"), ("下田村", 2, D("50.00"), "良")]
    lines = Result.objects.get(entry__name="清水镇上田村").lines
    assert [(line["code"], line["points"], line["out_of"]) for line in lines] == [
        ("P1", "42.50", "50.00"),
        ("P2", "21.25", "25.00"),
        ("M1", "0.00", "0.00"),
        ("T1", "25.00", "25.00"),
    ]


def test_a_veto_takes_everything(held):
    held.run()
    held.step("reopen", reason="查实虚报")
    held.fill("上田村", {"T1": "4"}, {"v1": "虚报合同规范数"})
    held.step("close")
    assert placed(held, 2) == [("下田村", 1, D("50.00"), "良"), ("上田村", 2, D("0.00"), "良")]
    assert placed(held, 1)[0][0] == "上田村", "the first closing's results stand"


def test_a_round_opens_only_with_participants_and_judges(held):
    held.set_card()
    with pytest.raises(Blocked, match=r"还没有参评对象.*请先指定评委"):
        held.step("open")


def test_a_round_closes_only_when_everybody_handed_in_and_marked(held):
    held.prepare()
    held.step("open")
    with pytest.raises(Blocked, match="还有 3 家没有提交材料"):
        held.step("close")
    held.hand_in("上田村", "lin")
    held.withdraw("下田村")
    held.withdraw("梨园村")
    with pytest.raises(Blocked, match="评委还有 4 项没有打完"):
        held.step("close")


def test_a_card_is_locked_once_the_round_is_open(held):
    held.prepare()
    held.step("open")
    with pytest.raises(Blocked, match="评分表不能再改"):
        held.set_card()


def test_a_card_that_makes_no_hundred_is_refused(held):
    with pytest.raises(Invalid, match="合计 80 分"):
        held.set_card(replace(SHEET, rows=SHEET.rows[:-1]))


def test_two_who_change_one_card_do_not_overwrite_each_other(held, fang):
    held.set_card()
    with pytest.raises(Blocked, match="已在别处保存过"):
        contests.set_card(round_id=held.round.pk, revision=1, sheet=SHEET, by=fang, now=NOON)


def test_a_judge_changes_a_mark_until_the_round_closes_and_no_longer(held):
    held.prepare()
    held.step("open")
    held.hand_in("上田村", "lin")
    held.mark("上田村", "fang", "30", "10")
    held.mark("上田村", "fang", "31", "10")
    assert list(Mark.objects.values_list("code", "points")) == [("P1", D("31")), ("P2", D("10"))]
    held.mark("上田村", "jian", "31", "10")
    held.withdraw("下田村")
    held.withdraw("梨园村")
    held.step("close")
    with pytest.raises(Blocked, match="不能打分"):
        held.mark("上田村", "fang", "40", "20")


@pytest.mark.parametrize(("points", "says"), [(("41", "0"), "0 到 40"), (("1",), "还没有打分")])
def test_a_mark_keeps_within_its_line_and_leaves_none_out(held, points, says):
    held.prepare()
    held.step("open")
    held.hand_in("上田村", "lin")
    with pytest.raises(Invalid, match=says):
        held.mark("上田村", "fang", *points)
    assert not Mark.objects.exists()


def test_only_a_named_judge_marks_and_only_who_may(held, fang):
    held.prepare()
    held.step("open")
    held.hand_in("上田村", "lin")
    with pytest.raises(Missing, match="不是本轮的评委"):
        held.mark("上田村", "shi", "1", "1")
    with pytest.raises(Invalid, match="没有评分权限"):
        people.name_judge(round_id=held.round.pk, username="lin", group="", by=fang, now=NOON)
    with pytest.raises(Missing, match="没有找到账号"):
        people.name_judge(round_id=held.round.pk, username="nobody", group="", by=fang, now=NOON)


def test_a_leader_marks_no_village_of_the_own_town(held):
    held.prepare(judges=("fang", "gao"))
    held.step("open")
    held.hand_in("上田村", "lin")
    with pytest.raises(Blocked, match="应当回避"):
        held.mark("上田村", "gao", "1", "1")
    held.mark("上田村", "fang", "1", "1")
    held.withdraw("下田村")
    held.withdraw("梨园村")
    held.step("close")
    assert placed(held)[0][0] == "上田村"


def test_an_excused_judge_counts_no_more(held, fang):
    held.prepare(judges=("fang", "jian"))
    held.step("open")
    held.hand_in("上田村", "lin")
    held.withdraw("下田村")
    held.withdraw("梨园村")
    held.mark("上田村", "fang", "40", "20")
    jian = Judge.objects.get(person__username="jian")
    people.excuse_judge(
        round_id=held.round.pk, judge_id=jian.pk, reason="亲属参评", by=fang, now=NOON
    )
    held.step("close")
    assert placed(held)[0][2] == D("75.00")


def test_a_returned_entry_is_changed_and_handed_in_again(held, lin, fang):
    held.prepare()
    held.step("open")
    held.hand_in("上田村", "lin")
    with pytest.raises(Blocked, match="已经提交"):
        entering.write(
            entry_id=held.entry("上田村").pk, statement="改", pledge=None, by=lin, now=NOON
        )
    entering.send_back(
        round_id=held.round.pk, entry_id=held.entry("上田村").pk, reason="目标不具体", by=fang,
        now=NOON,
    )  # fmt: skip
    held.hand_in("上田村", "lin", "目标十二万元")
    assert held.entry("上田村").statement == "目标十二万元"


def test_nobody_writes_for_a_neighbour(held):
    held.prepare()
    held.step("open")
    with pytest.raises(Missing):
        held.hand_in("上田村", "qian")


def test_a_town_clerk_cannot_run_the_city_s_round(held):
    held.prepare()
    with pytest.raises(Missing):
        held.step("open", by="chen")
    with pytest.raises(Forbidden):
        held.step("open", by="lin")


def test_a_contest_is_founded_within_one_s_region(shi, chen):
    def found(by, region, level="village"):
        return contests.found(
            region=region, kind="assessment", level=level, title="考核", year=2026, by=by, now=NOON
        )

    with pytest.raises(Missing):
        found(shi, CITY)
    with pytest.raises(Missing):
        found(chen, COUNTY)
    for region, by, level in ((QINGSHUI, chen, "town"), (COUNTY, shi, "county")):
        with pytest.raises(Invalid, match="参评对象要在举办地区以下"):
            found(by, region, level)
    assert found(chen, QINGSHUI).rounds.count() == 1
    with pytest.raises(Invalid, match="请换一个名称"):
        found(chen, QINGSHUI)


def test_next_year_begins_with_this_year_s_cards(held, fang):
    held.set_card()
    again = contests.found(
        region=CITY, kind="contest", level="village", title="大比武", year=2027,
        like=held.contest.pk, by=fang, now=NOON,
    )  # fmt: skip
    first = again.rounds.get(ordinal=1)
    assert (first.card, first.copied_from) == (held.round.card, held.round)
    assert Contest.objects.count() == 2


def test_the_database_keeps_results_as_they_were(held):
    held.run()
    result = Result.objects.first()
    for attempt in (result.delete, lambda: Result.objects.update(rank=9)):
        with pytest.raises(IntegrityError, match="评比结果"), transaction.atomic():
            attempt()


def test_the_journal_tells_who_marked_and_never_how(held, fang):
    held.run()
    told = Journal.objects.filter(action="contests.mark", actor=fang.username)
    assert told.count() == 2
    assert not any("36" in str(one.public) for one in told)


def test_judging_asks_the_right_person(held, lin):
    held.prepare()
    with pytest.raises(Forbidden):
        judging.mark(round_id=held.round.pk, given={}, by=lin, now=NOON)


def test_what_came_on_paper_is_taken_down_by_the_organiser(held, fang):
    held.prepare()
    held.step("open")
    one = held.entry("上田村")
    entering.take_down(
        round_id=held.round.pk, papers={one.pk: ("纸上写的", None)}, by=fang, now=NOON
    )
    one.refresh_from_db()
    assert (one.statement, one.is_in, one.submitted_by) == ("纸上写的", True, fang)
    with pytest.raises(Blocked, match="已经提交"):
        entering.take_down(round_id=held.round.pk, papers={one.pk: ("再", None)}, by=fang, now=NOON)


def send_back(held, name, by):
    entering.send_back(
        round_id=held.round.pk, entry_id=held.entry(name).pk, reason="目标不具体", by=by, now=NOON
    )


def test_marks_of_who_gave_up_afterwards_do_not_stand_for_those_still_missing(held, fang):
    held.prepare(judges=("fang",))
    held.step("open")
    held.hand_in("上田村", "lin")
    held.hand_in("下田村", "qian")
    held.withdraw("梨园村")
    held.mark("上田村", "fang", "30", "10")
    send_back(held, "上田村", fang)
    held.withdraw("上田村")
    with pytest.raises(Blocked, match="评委还有 2 项没有打完"):
        held.step("close")


def test_who_gives_up_after_a_reopening_is_no_longer_among_the_results(held, fang):
    held.run()
    held.step("reopen", reason="上田村申请退出")
    send_back(held, "上田村", fang)
    held.withdraw("上田村")
    held.step("close")
    assert placed(held, 2) == [("下田村", 1, D("50.00"), "良")]
    shown = latest(Result.objects.visible_to(fang).filter(entry__round=held.round))
    assert [str(one.entry) for one in shown] == ["清水镇下田村"]


def test_who_gave_up_is_not_ranked_by_figures_either(held):
    typed = replace(SHEET, rows=(replace(SHEET.rows[3], full="100"),), tie_break=())
    held.prepare(judges=(), sheet=typed)
    held.step("open")
    held.withdraw("梨园村")
    held.step("close")
    assert [name for name, *_ in placed(held)] == ["上田村", "下田村"]


def test_a_judge_given_another_group_no_longer_counts_for_the_first(held, fang):
    held.prepare()
    held.step("open")
    held.hand_in("上田村", "lin")
    held.withdraw("下田村")
    held.withdraw("梨园村")
    held.mark("上田村", "fang", "40", "20")
    held.mark("上田村", "jian", "20", "10")
    people.name_judge(round_id=held.round.pk, username="jian", group="乙", by=fang, now=NOON)
    held.step("close")
    assert placed(held) == [("上田村", 1, D("75.00"), "良")]


def test_no_round_closes_without_a_judge_for_everybody(held, fang):
    held.prepare(judges=("fang",))
    held.step("open")
    held.hand_in("上田村", "lin")
    held.withdraw("下田村")
    held.withdraw("梨园村")
    people.name_judge(round_id=held.round.pk, username="fang", group="乙", by=fang, now=NOON)
    with pytest.raises(Blocked, match="有 1 家没有评委打分"):
        held.step("close")
    judge = Judge.objects.get(person=fang)
    people.excuse_judge(
        round_id=held.round.pk, judge_id=judge.pk, reason="亲属参评", by=fang, now=NOON
    )
    with pytest.raises(Blocked, match="请先指定评委"):
        held.step("close")


def test_a_panel_of_another_full_mark_is_carried_over_in_proportion(held):
    rows = (replace(SHEET.rows[0], terms="10"), *SHEET.rows[1:])
    held.prepare(judges=("fang",), sheet=replace(SHEET, rows=rows))
    held.step("open")
    held.hand_in("上田村", "lin")
    held.withdraw("下田村")
    held.withdraw("梨园村")
    held.mark("上田村", "fang", "20", "20")
    held.step("close")
    line = Result.objects.get().lines[0]
    assert (line["value"], line["points"], line["out_of"]) == ("5.0000", "25.00", "50.00")


def test_figures_are_not_frozen_before_their_day(held, fang):
    contests.arrange(
        round_id=held.round.pk, form="路演", weight=30, cut_off_on=localdate(NOON) + DAY,
        dropped=1, judges_min=5, by=fang, now=NOON,
    )  # fmt: skip
    held.prepare()
    held.step("open")
    held.mark_all()
    with pytest.raises(Blocked, match="数据截止日 2026-03-03 还没到"):
        held.step("close")


def test_a_judge_keeps_away_from_the_village_of_a_second_post(held, jian, places):
    Post.objects.create(
        person=jian, role="village_head", region=places[SHANGTIAN], from_on=NOON.date() - DAY
    )
    held.who["jian"] = Person.objects.get(pk=jian.pk)
    held.prepare()
    held.step("open")
    held.hand_in("上田村", "lin")
    with pytest.raises(Blocked, match="应当回避"):
        held.mark("上田村", "jian", "40", "20")
