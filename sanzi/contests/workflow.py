"""A round's way from preparation to publication, and an entry's from draft to handed in."""

from typing import Any

from sanzi.kernel.workflow import Step, Workflow

from .stages import EntryStage, Stage

RUN, ENTER = "contests.run", "contests.enter"


def nobody_takes_part(held: Any) -> str | None:
    return None if held.entries_count else "还没有参评对象，请先列入"


def no_judges(held: Any) -> str | None:
    if not held.needs_judges or held.judges_count:
        return None
    return "评分表有评委打分的指标，请先指定评委"


def too_early(held: Any) -> str | None:
    """Figures frozen before their day would not be those of that day."""
    day = held.round.cut_off_on
    return f"数据截止日 {day} 还没到，到当天才能封分" if day > held.today else None


def nobody_judges(held: Any) -> str | None:
    if not held.unjudged or not held.judges_count:
        return None
    return f"有 {held.unjudged} 家没有评委打分（都要回避或不在其组），请增加评委"


def not_handed_in(held: Any) -> str | None:
    late = held.entries_count - held.entries_in if held.needs_judges else 0
    return f"还有 {late} 家没有提交材料；到期未交的，先作弃权处理" if late else None


def marks_missing(held: Any) -> str | None:
    late = held.marks_wanted - held.marks_given
    return f"评委还有 {late} 项没有打完" if late > 0 else None


ROUND = Workflow(
    steps=(
        Step("open", "开始申报与评分", (Stage.PREPARING,), Stage.OPEN, RUN,
             (nobody_takes_part, no_judges)),
        Step("close", "封分并计算", (Stage.OPEN,), Stage.CLOSED, RUN,
             (too_early, not_handed_in, no_judges, nobody_judges, marks_missing)),
        Step("reopen", "重新打开", (Stage.CLOSED,), Stage.OPEN, RUN),
        Step("publish", "公布结果", (Stage.CLOSED,), Stage.PUBLISHED, RUN),
    )
)  # fmt: skip


def nothing_written(held: Any) -> str | None:
    return None if held.entry.statement.strip() else "申报材料还没有写"


def round_not_open(held: Any) -> str | None:
    return None if held.round.stage == Stage.OPEN else f"本轮{held.round.get_stage_display()}"


HANDING_IN = Workflow(
    steps=(
        Step("submit", "提交", (EntryStage.DRAFT, EntryStage.RETURNED), EntryStage.SUBMITTED,
             ENTER, (round_not_open, nothing_written)),
        Step("return", "退回修改", (EntryStage.SUBMITTED,), EntryStage.RETURNED, RUN,
             (round_not_open,)),
    )
)  # fmt: skip
