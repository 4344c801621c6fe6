"""立案 → 方案 → 民主决策 → 乡镇审核 → 实施 → 验收 → 销号, with every way back and up, as a table.

Conditions are asked of a CaseFile (casefile.py): a case as one person faces it on one day. The
meetings' decision is no stage of its own: the review waits for it.
"""

from typing import Any

from sanzi.kernel.workflow import Step, Workflow

from .stages import Stage

HANDLE, REVIEW, STRIKE = "cases.handle", "cases.review", "cases.strike"
S = Stage


def wrong_level(file: Any) -> str | None:
    return file.bar_by_level()


def undecided(file: Any) -> str | None:
    return file.lacks_decision()


def own_plan(file: Any) -> str | None:
    return "方案是您定的，须由另一人审核" if file.did("plan") else None


def own_work(file: Any) -> str | None:
    return "您登记过实施情况，须由另一人办理" if file.did("carry") else None


def needs_leader(file: Any) -> str | None:
    return file.lacks_leader()


def needs_county(file: Any) -> str | None:
    return file.lacks_county()


def lapsed(file: Any) -> str | None:
    return file.lapsed_right()


def no_evidence(file: Any) -> str | None:
    return file.lacking_evidence()


def at_the_top(file: Any) -> str | None:
    return "已在县级，不能再提级" if file.is_at_top else None


def no_open_suit(file: Any) -> str | None:
    return None if file.open_suits else "没有在办的仲裁、诉讼或执行案件"


FORWARD = (
    Step("plan", "确定方案", (S.OPENED,), S.PLANNED, HANDLE, (wrong_level,)),
    Step(
        "review", "审核通过", (S.PLANNED,), S.REVIEWED, REVIEW,
        (own_plan, undecided, needs_leader),
    ),
    Step("carry", "登记实施", (S.REVIEWED,), S.CARRIED, HANDLE, (wrong_level, lapsed)),
    Step("accept", "验收通过", (S.CARRIED,), S.ACCEPTED, REVIEW, (own_work, no_evidence)),
    Step("strike", "销号", (S.ACCEPTED,), S.STRUCK, STRIKE, (own_work, needs_county)),
)  # fmt: skip
# Each needs a reason.
BACK = (
    Step("replan", "改定方案", (S.PLANNED, S.REVIEWED), S.OPENED, HANDLE, (wrong_level,)),
    Step("return", "退回重定方案", (S.PLANNED, S.REVIEWED), S.OPENED, REVIEW),
    Step("decline", "验收不通过", (S.CARRIED,), S.REVIEWED, REVIEW, (own_work,)),
    Step(
        "escalate", "提级处置", (S.OPENED, S.PLANNED, S.REVIEWED), S.OPENED, HANDLE,
        (wrong_level, at_the_top),
    ),
    Step("reopen", "重新立案", (S.STRUCK,), S.OPENED, STRIKE),
)  # fmt: skip
AFTER = (
    Step("close_suit", "登记结案", (S.STRUCK,), S.STRUCK, HANDLE, (wrong_level, no_open_suit)),
)

CASES = Workflow(steps=(*FORWARD, *BACK, *AFTER))
WITH_REASON = frozenset(step.name for step in BACK)
# Taken through a form of their own.
WITH_FORM = frozenset({"plan", "carry", "escalate", "close_suit"})
LABELS = {"open": "立案", **{step.name: step.label for step in CASES.steps}}
