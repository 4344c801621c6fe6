"""提议 → 商议 → 审议 → 决议 → 决议公开 → 实施结果公开, and the simple way, as two tables.

The order is the tables': a step taken from another stage is refused. Conditions are asked of a
Course (course.py): a resolution as one person faces it on one day.
"""

from typing import Any

from sanzi.kernel.workflow import Step, Workflow

from .matters import FOUR, SIMPLE
from .stages import Sitting, Stage

RECORD, VERIFY = "resolutions.record", "resolutions.verify"
S = Stage


def lacks_papers(course: Any) -> str | None:
    return course.lacking_papers()


def too_early(course: Any) -> str | None:
    return course.still_posted()


def open_objections(course: Any) -> str | None:
    n = course.open_objections
    return f"还有 {n} 条异议没有答复，请先答复" if n else None


def no_photo(course: Any) -> str | None:
    return None if course.has_board_photo else "还没有公示照片，请由村里补传公示栏照片"


def same_hand(course: Any) -> str | None:
    return "您登记过这项决议，须由另一人核对" if course.is_recorder else None


_CHECKS = (same_hand, too_early, open_objections, lacks_papers, no_photo)
_PUBLISH = Step("publish", "决议公开", (S.DECIDED,), S.PUBLISHED, RECORD)
_REST = (
    _PUBLISH,
    Step("accept", "核对生效", (S.PUBLISHED,), S.EFFECTIVE, VERIFY, _CHECKS),
    Step("publish_result", "实施结果公开", (S.EFFECTIVE,), S.RESULT_PUBLISHED, RECORD),
    Step("complete", "核对办结", (S.RESULT_PUBLISHED,), S.COMPLETED, VERIFY, _CHECKS),
)


def _withdraw(*stages: Stage) -> Step:
    return Step("withdraw", "撤回", stages, S.WITHDRAWN, RECORD)


WAYS: dict[str, Workflow] = {
    FOUR: Workflow(
        steps=(
            Step(Sitting.PROPOSE, "村党组织提议", (S.DRAFTED,), S.PROPOSED, RECORD),
            Step(Sitting.CONSULT, "“两委”会商议", (S.PROPOSED,), S.CONSULTED, RECORD),
            Step(Sitting.REVIEW, "党员大会审议", (S.CONSULTED,), S.REVIEWED, RECORD),
            Step(Sitting.DECIDE, "会议决议", (S.REVIEWED,), S.DECIDED, RECORD),
            *_REST,
            _withdraw(S.DRAFTED, S.PROPOSED, S.CONSULTED, S.REVIEWED),
        )
    ),
    SIMPLE: Workflow(
        steps=(
            Step(Sitting.DECIDE, "会议决议", (S.DRAFTED,), S.DECIDED, RECORD),
            *_REST,
            _withdraw(S.DRAFTED),
        )
    ),
}
SITTINGS = frozenset(Sitting.values)
POSTINGS = frozenset({"publish", "publish_result"})
