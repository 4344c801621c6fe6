"""下达 → 接办 → 报进展 → 自查申请销号 → 另一人销号 → 回头看, with every way back, as a table.

Conditions are asked of a TaskFile (taskfile.py): a task as one person faces it on one day
(domain/clean-up.md 4.2: 销号 needs evidence and a checker who is not the doer; re-open is logged).
"""

from typing import Any

from sanzi.kernel.workflow import Step, Workflow

from .stages import OPEN, Stage

DO, GIVE, STRIKE, LOOK = "tasks.do", "tasks.give", "tasks.strike", "tasks.look_back"
S = Stage


def unproved(file: Any) -> str | None:
    return file.lacks_proof()


def own_work(file: Any) -> str | None:
    return "这项任务您办过，须由另一人办理" if file.is_doer else None


def own_limit(file: Any) -> str | None:
    return "这项任务该您办，时限须由另一人改" if file.is_theirs else None


def own_to_drop(file: Any) -> str | None:
    return "这项任务该您办，须由另一人撤销" if file.is_theirs else None


def not_handed_by_me(file: Any) -> str | None:
    mine = file.task.handed_by_id == file.person.pk
    return None if mine else "由申请人撤回；验收人请用“退回”"


def too_early(file: Any) -> str | None:
    on = file.task.look_back_on
    return f"回头看定在 {on}，还没有到" if on and file.today < on else None


FORWARD = (
    Step("accept", "接办", (S.GIVEN,), S.DOING, DO),
    Step("report", "报进展", (S.DOING,), S.DOING, DO),
    Step("hand_in", "自查完成，申请销号", (S.DOING,), S.HANDED, DO, (unproved,)),
    Step("strike", "销号", (S.HANDED,), S.STRUCK, STRIKE, (own_work, unproved)),
    Step("stands", "回头看：保持住了", (S.STRUCK,), S.STRUCK, LOOK, (own_work, too_early)),
)  # fmt: skip
# Each needs a reason.
BACK = (
    Step("take_back", "撤回申请", (S.HANDED,), S.DOING, DO, (not_handed_by_me,)),
    Step("return", "退回", (S.HANDED,), S.DOING, STRIKE, (own_work,)),
    Step("relapsed", "回头看：又反弹了", (S.STRUCK,), S.DOING, LOOK, (own_work, too_early)),
    Step("reopen", "重新打开", (S.STRUCK, S.DROPPED), S.DOING, STRIKE),
    Step("drop", "撤销任务", (S.GIVEN, S.DOING), S.DROPPED, GIVE, (own_to_drop,)),
)  # fmt: skip
# The stage stays: its limit, or who answers for it.
CHANGES = (
    Step("extend", "改时限", tuple(OPEN), "", GIVE, (own_limit,)),
    Step("reassign", "改派", tuple(OPEN), "", GIVE),
)

TASKS = Workflow(steps=(*FORWARD, *BACK, *CHANGES))
WITH_REASON = frozenset(step.name for step in (*BACK, *CHANGES))
# What makes somebody a doer, who may not strike off the same task.
DOING = ("accept", "report", "hand_in")
LABELS = {"give": "下达", **{step.name: step.label for step in TASKS.steps}}
