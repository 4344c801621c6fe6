"""A raised matter's way to an answer and back, as a table of steps."""

from typing import Any

from sanzi.kernel.workflow import Step, Workflow

from .stages import BlockerStage as B
from .stages import StudyStage as S

RAISE, ANSWER = "blockers.raise", "blockers.answer"


def not_ours(held: Any) -> str | None:
    """The clock runs for one level only: those above look on."""
    return None if held.place == held.blocker.holder else f"由{held.holder_name}答复，不归本级办理"


def not_raised_here(held: Any) -> str | None:
    return None if held.place == held.blocker.raiser else "只有提出的单位可以办结或再次提出"


def no_higher(held: Any) -> str | None:
    return "已到市级，不能再提交上级" if len(held.blocker.holder) <= len("1405") else None


BLOCKER = Workflow(
    steps=(
        Step("accept", "受理", (B.RAISED,), B.ACCEPTED, ANSWER, (not_ours,)),
        Step("answer", "答复", (B.RAISED, B.ACCEPTED), B.ANSWERED, ANSWER, (not_ours,)),
        Step("pass", "提交上级", (B.RAISED, B.ACCEPTED), B.RAISED, ANSWER, (not_ours, no_higher)),
        Step("return", "退回补充", (B.RAISED, B.ACCEPTED), B.RETURNED, ANSWER, (not_ours,)),
        Step("close", "办结", (B.ANSWERED, B.RETURNED), B.CLOSED, RAISE, (not_raised_here,)),
        Step("again", "再次提出", (B.ANSWERED, B.RETURNED), B.RAISED, RAISE, (not_raised_here,)),
    )
)
# Steps that say something to the other side.
SAY = {
    "answer": "答复",
    "pass": "提交上级的理由",
    "return": "要补充什么",
    "again": "再次提出的理由",
}

KEEP, DECIDE = "studies.keep", "studies.decide"


def not_our_study(held: Any) -> str | None:
    return None if held.place == held.study.office else "由研判单位办理"


def no_facts(held: Any) -> str | None:
    return None if held.study.facts.strip() else "基本事实还没有写"


def no_law(held: Any) -> str | None:
    return None if held.study.laws else "政策法律依据还没有写"


def no_choice(held: Any) -> str | None:
    return None if len(held.study.options) > 1 else "至少要有两个备选方案，才好比较"


def not_struck_off(held: Any) -> str | None:
    """Who carries it out does not say alone that it was carried out."""
    task = held.study.task
    is_open = task is not None and task.is_open
    return "落实任务还没有由另一人验收销号" if is_open else None


STUDY = Workflow(
    steps=(
        Step("hold", "登记研判会", (S.DRAFT,), S.HELD, KEEP,
             (not_our_study, no_facts, no_law, no_choice)),
        Step("decide", "作出决定", (S.HELD,), S.DECIDED, DECIDE, (not_our_study,)),
        Step("return", "退回修改", (S.HELD,), S.DRAFT, DECIDE, (not_our_study,)),
        Step("finish", "登记落实", (S.DECIDED,), S.DONE, KEEP, (not_our_study, not_struck_off)),
    )
)  # fmt: skip
