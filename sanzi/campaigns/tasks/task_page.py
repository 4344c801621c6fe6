"""One task put together for its page: the answer, the track, what was done, the times."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sanzi.access.roles import ROLES
from sanzi.campaigns.reminding.ladder import Rung, rung_at
from sanzi.kernel.workflow import Offer
from sanzi.web.register import Badge

from .models import Task, TaskStep
from .stages import WAY, Stage
from .taskfile import TaskFile
from .workflow import CHANGES, LABELS, WITH_REASON

TONES: dict[str, Any] = {
    Stage.GIVEN: "plain",
    Stage.DOING: "running",
    Stage.HANDED: "warn",
    Stage.STRUCK: "done",
    Stage.DROPPED: "plain",
}
SOON_DAYS = 3


@dataclass(frozen=True)
class Station:
    """One station of the track: done, now or still to come; who and when."""

    title: str
    state: str
    who: str = ""
    on: date | datetime | None = None


@dataclass(frozen=True)
class Done:
    """One step as the page tells it."""

    title: str
    who: str
    at: datetime
    words: str


@dataclass(frozen=True)
class Offers:
    """The steps by the form they are taken through."""

    plain: list[Offer]
    strike: Offer | None
    report: Offer | None
    hand_in: Offer | None
    reasons: list[Offer]
    changes: dict[str, Offer]


def stage_badge(task: Any) -> Badge:
    """Where it stands, in colour and words."""
    if task.stage == Stage.DOING and task.returned_because:
        return Badge("退回重办", "danger")
    return Badge(Stage(task.stage).label, TONES[task.stage])


def limit_badge(task: Any, today: date) -> Badge | None:
    """How far its limit lies ahead or behind; nothing of a closed one."""
    if not task.is_open or task.due_on is None:
        return None
    over = task.days_over(today)
    if over > 0:
        return Badge(f"逾期 {over} 天", "danger")
    if over == 0:
        return Badge("今天到期", "warn")
    return Badge(f"还有 {-over} 天", "warn" if -over <= SOON_DAYS else "plain")


def answer(file: TaskFile, village: str, rungs: Sequence[Rung]) -> str:
    """The page's first line: whose, what it waits for, until when, on which rung."""
    task: Any = file.task
    parts = [village, task.category, str(stage_badge(task))]
    limit = limit_badge(task, file.today)
    if limit:
        parts.append(str(limit))
    rung = rung_at(rungs, task.days_over(file.today)) if task.is_open and task.due_on else None
    if rung and rung.days > 0:
        parts.append(f"已到“{rung.title}”")
    if task.reopened:
        parts.append(f"重新打开过 {task.reopened} 次")
    return "，".join(part for part in parts if part)


def track(file: TaskFile) -> list[Station]:
    """下达, 接办, 自查, 销号, 回头看: who and when; none of a dropped task."""
    task: Any = file.task
    if task.stage == Stage.DROPPED:
        return []
    given = next((s for s in file.steps if s.step == "give"), None)
    brought = task.starts_on
    stations = [Station("下达", "done", given.by.name if given else "工作簿导入",
                        given.at if given else brought)]  # fmt: skip
    place = WAY.index(Stage(task.stage))
    for step, title, stage in (
        ("accept", "接办", Stage.DOING),
        ("hand_in", "自查", Stage.HANDED),
        ("strike", "销号", Stage.STRUCK),
    ):
        last = _last(file.steps, step)
        is_done = WAY.index(stage) <= place
        state = "done" if is_done else "now" if WAY.index(stage) == place + 1 else "next"
        who = (last.by.name, last.at) if last and is_done else ("", None)
        stations.append(Station(title, state, *who))
    if task.looked_back_on and task.stage == Stage.STRUCK:
        last = _last(file.steps, "stands")
        stations.append(
            Station("回头看", "done", last.by.name if last else "", task.looked_back_on)
        )
    elif task.look_back_on:
        stations.append(Station("回头看", "now", "", task.look_back_on))
    return stations


def _last(steps: Sequence[TaskStep], name: str) -> TaskStep | None:
    return next((s for s in reversed(steps) if s.step == name), None)


def handlings(steps: Sequence[TaskStep]) -> list[Done]:
    """Everything done with the task, in order, in words."""
    return [Done(LABELS.get(s.step, s.step), s.by.name, s.at, _told(s)) for s in steps]


def _told(step: TaskStep) -> str:
    facts, parts = step.facts, [step.words]
    if step.step == "report":
        parts.insert(0, f"进度 {facts.get('progress', 0)}%")
        if problem := facts.get("problem"):
            parts.append(f"问题：{problem}")
        if facts.get("needs_above"):
            parts.append("需上级解决")
    if facts.get("look_back_on"):
        parts.append(f"{facts['look_back_on']} 回头看")
    return "；".join(part for part in parts if part)


def split(offers: Sequence[Offer]) -> Offers:
    """The offers by how they are taken."""
    by_name = {offer.step.name: offer for offer in offers}
    changes = {step.name for step in CHANGES}
    plain = [by_name[name] for name in ("accept", "stands") if name in by_name]
    return Offers(
        plain=plain,
        strike=by_name.get("strike"),
        report=by_name.get("report"),
        hand_in=by_name.get("hand_in"),
        reasons=[o for o in offers if o.step.name in WITH_REASON - changes and _is_theirs(o)],
        changes={name: by_name[name] for name in changes if name in by_name},
    )


def _is_theirs(offer: Offer) -> bool:
    """Taking back is offered to whoever handed it in, and to nobody else, not even grey."""
    return offer.step.name != "take_back" or not offer.reasons_against


def who_answers(task: Any) -> str:
    """The person in words, or the post that answers for it."""
    title = ROLES[task.role].title if task.role in ROLES else ""
    return task.responsible or title


def waits_for(task: Task) -> str:
    """Who is to go on with it, for somebody who can do nothing now."""
    words = {
        Stage.GIVEN: "等承办人接办",
        Stage.DOING: "承办人正在办理",
        Stage.HANDED: "等乡镇或上级验收销号",
        Stage.STRUCK: "已销号",
        Stage.DROPPED: "已撤销，不用再办；撤错了的由验收人重新打开",
    }
    return words[Stage(task.stage)]
