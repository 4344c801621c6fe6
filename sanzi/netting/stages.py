"""Where a proposal to net debts stands. No framework."""

from enum import StrEnum


class Stage(StrEnum):
    DRAFTED = "drafted"
    SENT = "sent"
    AGREED = "agreed"
    SETTLED = "settled"
    REVERSING = "reversing"
    REVERSED = "reversed"
    WITHDRAWN = "withdrawn"


TITLES: dict[str, str] = {
    Stage.DRAFTED: "草案",
    Stage.SENT: "征求同意",
    Stage.AGREED: "各方同意，待确认冲转",
    Stage.SETTLED: "已冲转",
    Stage.REVERSING: "申请冲回，待确认",
    Stage.REVERSED: "已冲回",
    Stage.WITHDRAWN: "已撤回",
}
TONES: dict[str, str] = {
    Stage.DRAFTED: "plain",
    Stage.SENT: "running",
    Stage.AGREED: "warn",
    Stage.SETTLED: "done",
    Stage.REVERSING: "warn",
    Stage.REVERSED: "plain",
    Stage.WITHDRAWN: "plain",
}
# Parties may still answer.
ASKING = (Stage.SENT, Stage.AGREED)
