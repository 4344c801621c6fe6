"""What people do with a task: take it, tell how it goes, hand it in; another strikes it off."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.roles import ROLES
from sanzi.documents.papers import attach, take_off
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid

from .models import Task, TaskStep
from .stages import Stage
from .taskfile import TaskFile, taskfile_of
from .workflow import LABELS, TASKS, WITH_REASON

WORDS_MIN, WORDS_MAX, PROBLEM_MAX = 2, 500, 300


@action("tasks.do")
def accept(*, task_id: int, by: Person, now: datetime) -> Task:
    """接办: from here on it is in the doer's hands."""
    file = _claim(task_id, by, now)
    TASKS.admit("accept", file, by)
    if file.task.person_id is None and not file.task.responsible:  # type: ignore[attr-defined]
        file.task.responsible = by.name  # type: ignore[attr-defined]
    return _go(file, "accept", "", {}, by=by, now=now)


@action("tasks.do")
def report(
    *, task_id: int, progress: int, problem: str, needs_above: bool, words: str, seen: int,
    files: Sequence[Any] = (), by: Person, now: datetime,
) -> Task:  # fmt: skip
    """报进展: how far, what stands in the way, whether somebody above must solve it.

    `seen`: how many steps the form saw, so that a second click tells nothing a second time.
    """
    file = _claim(task_id, by, now)
    TASKS.admit("report", file, by)
    if len(file.steps) != seen:
        raise Blocked("task.moved", "这项任务刚才有人办理过，请刷新后再报")
    if not 0 <= progress <= 100:
        raise Invalid("task.progress", "进度应在 0 到 100 之间")
    if len(problem) > PROBLEM_MAX:
        raise Invalid("task.problem", f"存在问题最多写 {PROBLEM_MAX} 个字")
    if needs_above and not problem.strip():
        raise Invalid("task.problem", "需要上级解决的，请写明是什么问题")
    task = file.task
    attach(task, files, by=by, now=now)
    task.progress, task.problem, task.needs_above = progress, problem.strip(), needs_above
    facts = {"progress": progress, "problem": task.problem, "needs_above": needs_above}
    return _go(file, "report", _words(words), facts, by=by, now=now)


@action("tasks.do")
def hand_in(
    *, task_id: int, words: str, files: Sequence[Any] = (), by: Person, now: datetime
) -> Task:
    """自查完成，申请销号: with evidence, or with the system's own finding that it is done."""
    file = _claim(task_id, by, now)
    if files:
        attach(file.task, files, by=by, now=now)
        file = taskfile_of(file.task, by, localdate(now))
    TASKS.admit("hand_in", file, by)
    task = file.task
    task.handed_by, task.progress, task.needs_above = by, 100, False
    return _go(file, "hand_in", _words(words, required="请写明自查情况"), {}, by=by, now=now)


@action("tasks.do")
def take_back(*, task_id: int, words: str, by: Person, now: datetime) -> Task:
    """撤回申请: by whoever handed it in, before anybody has struck it off."""
    file = _claim(task_id, by, now)
    TASKS.admit("take_back", file, by)
    file.task.handed_by = None
    return _go(file, "take_back", _words(words, required=_REASON), {}, by=by, now=now)


@action("tasks.do")
def remove_paper(*, task_id: int, paper_id: int, by: Person, now: datetime) -> Task:
    """Take a piece of evidence off, before it was handed in; row and bytes stay."""
    file = _claim(task_id, by, now)
    if file.task.stage != Stage.DOING:
        raise Blocked("task.handed", "已申请销号或已销号，佐证不能再移除")
    paper = take_off(file.task, paper_id, now=now)
    record(file.task, "tasks.remove_paper", by=by, at=now, label="移除佐证",
           public={"subject": paper.name})  # fmt: skip
    return file.task


@action("tasks.strike")
def strike(
    *, task_id: int, words: str = "", look_back_on: date | None = None, by: Person, now: datetime
) -> Task:
    """销号: by another than whoever worked on it, on evidence or the system's finding."""
    file = _claim(task_id, by, now)
    TASKS.admit("strike", file, by)
    task = file.task
    if look_back_on and look_back_on <= file.today:
        raise Invalid("task.look_back", "回头看的日期应在今天以后")
    task.struck_by, task.closed_on, task.progress = by, file.today, 100
    task.look_back_on, task.looked_back_on = look_back_on, None
    facts = {"look_back_on": look_back_on.isoformat() if look_back_on else ""}
    return _go(file, "strike", _words(words), facts, by=by, now=now)


@action("tasks.strike")
def send_back(*, task_id: int, step: str, words: str, by: Person, now: datetime) -> Task:
    """退回 what was handed in, or 重新打开 what was struck off or dropped: with a reason."""
    assert step in ("return", "reopen"), step
    file = _claim(task_id, by, now)
    TASKS.admit(step, file, by)
    return _again(file, step, words, by, now)


@action("tasks.look_back")
def look_back(*, task_id: int, step: str, words: str, by: Person, now: datetime) -> Task:
    """回头看: what was struck off has stayed done, or it comes back to the list."""
    assert step in ("stands", "relapsed"), step
    file = _claim(task_id, by, now)
    TASKS.admit(step, file, by)
    file.task.looked_back_on = file.today
    if step == "relapsed":
        return _again(file, step, words, by, now)
    file.task.look_back_on = None
    return _go(file, step, _words(words, required="请写明回头看的情况"), {}, by=by, now=now)


def _again(file: TaskFile, step: str, words: str, by: Person, now: datetime) -> Task:
    """Back into the doer's hands, with the reason on it until it moves again."""
    task, words = file.task, _words(words, required=_REASON)
    if task.stage == Stage.STRUCK:
        task.reopened += 1
    task.handed_by = task.struck_by = task.closed_on = task.look_back_on = None
    task.returned_because = words[:200]
    return _go(file, step, words, {}, by=by, now=now)


@action("tasks.give")
def drop(*, task_id: int, words: str, by: Person, now: datetime) -> Task:
    """撤销任务: given by mistake or overtaken, by another than whose it is; it stays on record."""
    file = _claim(task_id, by, now)
    TASKS.admit("drop", file, by)
    file.task.closed_on = file.today
    return _go(file, "drop", _words(words, required=_REASON), {}, by=by, now=now)


@action("tasks.give")
def extend(*, task_id: int, due_on: date, words: str, by: Person, now: datetime) -> Task:
    """改时限: another day, with a reason that stays; nobody who does the work moves its limit."""
    file = _claim(task_id, by, now)
    TASKS.admit("extend", file, by)
    task: Any = file.task
    if due_on == task.due_on:
        raise Invalid("task.due_on", "新的时限和原来一样，请核对")
    if task.starts_on and due_on < task.starts_on:
        raise Invalid("task.due_on", "完成时限早于开始日期，请核对")
    facts = {"from": str(task.due_on or ""), "to": due_on.isoformat()}
    task.due_on = due_on
    said = _words(words, required=_REASON)
    return _go(
        file, "extend", f"{said}（{facts['from']} 改为 {facts['to']}）", facts, by=by, now=now
    )


@action("tasks.give")
def reassign(
    *, task_id: int, responsible: str, role: str = "", person: Person | None = None, words: str,
    by: Person, now: datetime,
) -> Task:  # fmt: skip
    """改派: another post or person answers for it from now on."""
    file = _claim(task_id, by, now)
    TASKS.admit("reassign", file, by)
    if role and role not in ROLES:
        raise Invalid("task.role", "请选择责任岗位")
    name = responsible.strip() or (person.name if person else "")
    if not 1 <= len(name) <= 40:
        raise Invalid("task.responsible", "请填写责任人，最多 40 个字")
    task: Any = file.task
    facts = {"from": task.responsible, "to": name}
    task.responsible, task.role, task.person = name, role, person
    said = _words(words, required=_REASON)
    told = f"{said}（{facts['from'] or '未定'} 改为 {name}）"
    return _go(file, "reassign", told, facts, by=by, now=now)


_REASON = "请写明理由"


def _claim(task_id: int, by: Person, now: datetime) -> TaskFile:
    return taskfile_of(Task.objects.claim(task_id, by), by, localdate(now))


def _words(words: str, *, required: str = "") -> str:
    words = words.strip()
    if len(words) > WORDS_MAX or (required and len(words) < WORDS_MIN):
        raise Invalid("task.words", f"{required or '意见'}，{WORDS_MIN} 到 {WORDS_MAX} 个字")
    return words


def _go(
    file: TaskFile, step: str, words: str, facts: dict[str, Any], *, by: Person, now: datetime
) -> Task:
    """Move the task, keep the step, and leave the trace."""
    task, taken = file.task, TASKS[step]
    task.stage = taken.target or task.stage
    if step not in WITH_REASON:
        task.returned_because = ""
    task.save()
    TaskStep.objects.create(
        village=task.village, task=task, step=step, stage=task.stage, by=by, at=now,
        words=words, facts=facts,
    )  # fmt: skip
    record(task, f"tasks.{step}", by=by, at=now, label=LABELS[step], public={"reason": words})
    return task
