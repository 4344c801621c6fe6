"""Where a step out of a debt stands. No framework."""

from enum import StrEnum


class Stage(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    DONE = "done"
    REVERSING = "reversing"
    REVERSED = "reversed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


TITLES: dict[str, str] = {
    Stage.PROPOSED: "待批准或确认",
    Stage.APPROVED: "已批准，待确认入账",
    Stage.DONE: "已办结",
    Stage.REVERSING: "申请冲回，待确认",
    Stage.REVERSED: "已冲回",
    Stage.REFUSED: "已退回",
    Stage.WITHDRAWN: "已撤回",
}
TONES: dict[str, str] = {
    Stage.PROPOSED: "running",
    Stage.APPROVED: "running",
    Stage.DONE: "done",
    Stage.REVERSING: "warn",
    Stage.REVERSED: "plain",
    Stage.REFUSED: "danger",
    Stage.WITHDRAWN: "plain",
}
OPEN = ("proposed", "approved", "reversing")
