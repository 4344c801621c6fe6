"""A task's way: done and refused, for the wrong hand, the wrong moment, the wrong village."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from sanzi.campaigns.models import Task, TaskStep
from sanzi.campaigns.tasks import actions
from sanzi.journal.timeline import timeline
from sanzi.kernel.refusals import Blocked, Forbidden, Invalid, Missing
from sanzi.metrics.share import Contribution
from sanzi.metrics.shares import RowShares, replace
from tests.world import NOON, QINGSHUI, SHANGTIAN

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=40)


def paper(name="收据.pdf", text=b"%PDF-1.4 one"):
    return SimpleUploadedFile(name, text)


@pytest.fixture
def task(given):
    return given()[0]


def did(task, *steps, by=None, files=()):
    """Take steps by the people whose steps they are."""
    for step in steps:
        if step == "accept":
            actions.accept(task_id=task.pk, by=by, now=NOON)
        elif step == "hand_in":
            actions.hand_in(task_id=task.pk, words="自查合格", files=files, by=by, now=NOON)
    return Task.objects.get(pk=task.pk)


def test_a_task_goes_from_hand_to_hand_until_another_strikes_it_off(task, lin, chen):
    actions.accept(task_id=task.pk, by=lin, now=NOON)
    actions.report(
        task_id=task.pk, progress=60, problem="李某外出", needs_above=True, words="收了六成",
        seen=2, files=[paper()], by=lin, now=NOON,
    )  # fmt: skip
    actions.hand_in(task_id=task.pk, words="自查合格", by=lin, now=NOON)
    done = actions.strike(
        task_id=task.pk, words="已核", look_back_on=date(2026, 6, 1), by=chen, now=NOON
    )
    assert (done.stage, done.struck_by, done.closed_on) == ("struck", chen, date(2026, 3, 2))
    assert done.problem == "李某外出"
    assert [line.title for line in timeline(task, chen)] == [
        "下达任务", "接办", "报进展", "自查完成，申请销号", "销号",
    ]  # fmt: skip


def test_nobody_strikes_off_what_they_worked_on_themselves(task, chen, gao):
    did(task, "accept", "hand_in", by=chen, files=[paper()])
    with pytest.raises(Blocked, match="须由另一人办理"):
        actions.strike(task_id=task.pk, by=chen, now=NOON)
    actions.strike(task_id=task.pk, by=gao, now=NOON)


def test_nobody_strikes_off_a_task_they_are_named_for(given, lin, gao):
    (task,) = given(person=gao, responsible="高镇长")
    did(task, "accept", "hand_in", by=lin, files=[paper()])
    with pytest.raises(Blocked, match="须由另一人办理"):
        actions.strike(task_id=task.pk, by=gao, now=NOON)


def test_who_once_worked_on_it_does_not_strike_it_off_after_another_handed_it_in(
    task, lin, chen, gao
):
    did(task, "accept", by=chen)
    did(task, "hand_in", by=lin, files=[paper()])
    with pytest.raises(Blocked):
        actions.strike(task_id=task.pk, by=chen, now=NOON)


def test_the_database_too_refuses_one_hand(task, lin):
    did(task, "accept", "hand_in", by=lin, files=[paper()])
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(
            stage="struck", struck_by=lin, closed_on=date(2026, 3, 2)
        )


def test_a_step_taken_is_never_changed(task, lin):
    did(task, "accept", by=lin)
    with pytest.raises(IntegrityError), transaction.atomic():
        TaskStep.objects.filter(task=task).update(words="改")


def test_without_evidence_it_is_not_handed_in(task, lin):
    did(task, "accept", by=lin)
    with pytest.raises(Blocked, match="还没有佐证"):
        did(task, "hand_in", by=lin)
    did(task, "hand_in", by=lin, files=[paper()])


@pytest.mark.parametrize(("fen", "passes"), [(74_99, False), (75_00, True)])
def test_a_task_by_a_figure_is_done_at_the_very_figure(given, lin, fen, passes):
    (task,) = given(
        judged="metric", metric="receivables.recovered", target=Decimal("75"), unit="元"
    )
    with transaction.atomic():
        part = Contribution("receivables.recovered", date(2026, 3, 1), fen)
        replace("receivables", {1: RowShares(SHANGTIAN, [part])})
    did(task, "accept", by=lin)
    if passes:
        assert did(task, "hand_in", by=lin).stage == "handed"
    else:
        with pytest.raises(Blocked, match="系统核对还没有完成：清收债权 74.99 元，应达到 75 元"):
            did(task, "hand_in", by=lin)


def test_a_task_comes_back_with_its_reason_and_the_count_of_times(task, lin, chen, gao):
    did(task, "accept", "hand_in", by=lin, files=[paper()])
    with pytest.raises(Invalid, match="请写明理由"):
        actions.send_back(task_id=task.pk, step="return", words=" ", by=chen, now=NOON)
    back = actions.send_back(task_id=task.pk, step="return", words="收据不清", by=chen, now=NOON)
    assert (back.stage, back.returned_because) == ("doing", "收据不清")
    assert did(task, "hand_in", by=lin).returned_because == ""
    actions.strike(task_id=task.pk, by=chen, now=NOON)
    again = actions.send_back(
        task_id=task.pk, step="reopen", words="村民反映没有到账", by=gao, now=NOON
    )
    assert (again.stage, again.reopened, again.closed_on) == ("doing", 1, None)


def test_who_handed_in_may_take_it_back_and_nobody_else(task, lin, chen):
    did(task, "accept", "hand_in", by=lin, files=[paper()])
    with pytest.raises(Blocked, match="由申请人撤回"):
        actions.take_back(task_id=task.pk, words="看错了", by=chen, now=NOON)
    assert actions.take_back(task_id=task.pk, words="少一张", by=lin, now=NOON).stage == "doing"


def test_looking_back_waits_for_its_day_and_a_relapse_opens_it_again(task, lin, chen, jian):
    did(task, "accept", "hand_in", by=lin, files=[paper()])
    actions.strike(task_id=task.pk, look_back_on=date(2026, 4, 11), by=chen, now=NOON)
    early, day = NOON + timedelta(days=39), NOON + timedelta(days=40)
    with pytest.raises(Blocked, match="还没有到"):
        actions.look_back(task_id=task.pk, step="stands", words="没有反弹", by=jian, now=early)
    kept = actions.look_back(task_id=task.pk, step="stands", words="没有反弹", by=jian, now=day)
    assert (kept.stage, kept.looked_back_on, kept.look_back_on) == (
        "struck", date(2026, 4, 11), None,
    )  # fmt: skip
    open_ = actions.look_back(task_id=task.pk, step="relapsed", words="又欠上了", by=jian, now=day)
    assert (open_.stage, open_.reopened) == ("doing", 1)


def test_a_look_back_lies_ahead(task, lin, chen):
    did(task, "accept", "hand_in", by=lin, files=[paper()])
    with pytest.raises(Invalid, match="今天以后"):
        actions.strike(task_id=task.pk, look_back_on=date(2026, 3, 2), by=chen, now=NOON)


def test_who_does_the_work_does_not_move_its_limit(task, lin, chen, gao):
    did(task, "accept", by=chen)
    with pytest.raises(Blocked, match="时限须由另一人改"):
        actions.extend(task_id=task.pk, due_on=date(2026, 5, 1), words="农忙", by=chen, now=NOON)
    moved = actions.extend(task_id=task.pk, due_on=date(2026, 5, 1), words="农忙", by=gao, now=NOON)
    assert moved.due_on == date(2026, 5, 1)
    assert "2026-03-31 改为 2026-05-01" in timeline(task, gao)[-1].note


def test_a_problem_that_somebody_above_must_solve_is_named(task, lin):
    did(task, "accept", by=lin)
    told = {"task_id": task.pk, "progress": 10, "words": "", "by": lin, "now": NOON}
    with pytest.raises(Invalid, match="请写明是什么问题"):
        actions.report(problem=" ", needs_above=True, seen=2, **told)
    with pytest.raises(Invalid, match="0 到 100"):
        actions.report(problem="", needs_above=False, seen=2, **(told | {"progress": 101}))


def test_a_second_click_tells_nothing_a_second_time(task, lin):
    did(task, "accept", by=lin)
    told = {"progress": 10, "problem": "", "needs_above": False, "words": "一"}
    actions.report(task_id=task.pk, seen=2, by=lin, now=NOON, **told)
    with pytest.raises(Blocked, match="刷新"):
        actions.report(task_id=task.pk, seen=2, by=lin, now=NOON, **told)
    with pytest.raises(Blocked, match="刷新"):
        did(task, "accept", by=lin)


def test_posts_and_neighbours_without_the_right_are_refused(task, lin, qian, luo, min, jian):
    for stranger in (qian, luo):
        with pytest.raises(Missing):
            actions.accept(task_id=task.pk, by=stranger, now=NOON)
    for other in (min, jian):
        with pytest.raises(Forbidden):
            actions.accept(task_id=task.pk, by=other, now=NOON)
    did(task, "accept", "hand_in", by=lin, files=[paper()])
    for other in (lin, jian):
        with pytest.raises(Forbidden):
            actions.strike(task_id=task.pk, by=other, now=NOON)
    with pytest.raises(Missing):
        actions.strike(task_id=task.pk, by=luo, now=NOON)


def test_a_dropped_task_waits_for_nobody(task, chen, lin):
    dropped = actions.drop(task_id=task.pk, words="重复下达", by=chen, now=NOON)
    assert (dropped.stage, dropped.closed_on) == ("dropped", date(2026, 3, 2))
    with pytest.raises(Blocked):
        actions.accept(task_id=task.pk, by=lin, now=NOON)


def test_evidence_stays_once_it_was_handed_in(task, lin):
    did(task, "accept", "hand_in", by=lin, files=[paper()])
    with pytest.raises(Blocked, match="不能再移除"):
        actions.remove_paper(task_id=task.pk, paper_id=1, by=lin, now=NOON)


def test_a_task_is_given_into_other_hands_on_record(task, chen, min):
    moved = actions.reassign(
        task_id=task.pk, responsible="", person=min, words="人员调整", by=chen, now=NOON
    )
    assert (moved.responsible, moved.person) == ("民监事", min)
    assert "未定 改为 民监事" in timeline(task, chen)[-1].note


def test_a_task_dropped_by_mistake_is_opened_again_with_a_reason(task, chen, gao, lin):
    actions.drop(task_id=task.pk, words="重复下达", by=chen, now=NOON)
    with pytest.raises(Forbidden):
        actions.send_back(task_id=task.pk, step="reopen", words="撤错了", by=lin, now=NOON)
    back = actions.send_back(task_id=task.pk, step="reopen", words="撤错了", by=gao, now=NOON)
    assert (back.stage, back.closed_on, back.reopened) == ("doing", None, 0)


def test_who_is_to_do_a_task_neither_drops_it_nor_moves_its_limit(given, chen, gao):
    (named,) = given(person=chen, responsible="陈经办")
    (post,) = given(village=f"{QINGSHUI}000", role="town_clerk")
    for own in (named, post):
        with pytest.raises(Blocked, match="时限须由另一人改"):
            actions.extend(task_id=own.pk, due_on=date(2026, 5, 1), words="农忙", by=chen, now=NOON)
        with pytest.raises(Blocked, match="须由另一人撤销"):
            actions.drop(task_id=own.pk, words="不办了", by=chen, now=NOON)
        assert actions.drop(task_id=own.pk, words="不用办了", by=gao, now=NOON).stage == "dropped"
