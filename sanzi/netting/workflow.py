"""草案 → 征求同意 → 各方同意 → 冲转 → （冲回）, as a table.

Conditions are asked of a Facing (facing.py): a proposal as one person faces it. A refusal and the
last consent move the proposal by themselves (keeping.py).
"""

from typing import Any

from sanzi.kernel.workflow import Step, Workflow

from .stages import Stage

PROPOSE, CONFIRM = "netting.propose", "netting.confirm"
S = Stage


def no_circle(facing: Any) -> str | None:
    return None if facing.proposal.cancelled else "没有可以冲转的圈"


def missing(facing: Any) -> str | None:
    names = facing.missing
    if not names:
        return None
    more = f"等 {len(names)} 方" if len(names) > 3 else ""
    return f"还没有同意：{'、'.join(names[:3])}{more}"


def nobody_waits(facing: Any) -> str | None:
    return None if facing.missing else "各方都已答复"


def nobody_agreed(facing: Any) -> str | None:
    return None if facing.has_agreed else "还没有一方同意"


def undecided(facing: Any) -> str | None:
    reasons = facing.undecided
    more = f"等 {len(reasons)} 个村" if len(reasons) > 2 else ""
    return "；".join(reasons[:2]) + more or None


def own_proposal(facing: Any) -> str | None:
    return "这是您提出的，请由另一人确认" if facing.is_maker else None


def entered_papers(facing: Any) -> str | None:
    return "有同意书由您登记，请由另一人确认" if facing.entered else None


def same_hand(facing: Any) -> str | None:
    return "冲回是您申请的，请由另一人确认" if facing.asked_to_reverse else None


def not_maker(facing: Any) -> str | None:
    return None if facing.is_maker else "只能由提出人本人撤回"


NETTING = Workflow(
    steps=(
        Step("send", "定稿并征求同意", (S.DRAFTED,), S.SENT, PROPOSE, (no_circle,)),
        Step(
            "settle", "确认冲转并记账", (S.SENT, S.AGREED), S.SETTLED, CONFIRM,
            (no_circle, missing, undecided, own_proposal, entered_papers),
        ),
        Step(
            "leave_out", "只留已同意的各方，重算", (S.SENT,), S.SENT, PROPOSE,
            (nobody_waits, nobody_agreed),
        ),
        Step(
            "withdraw", "撤回方案", (S.DRAFTED, S.SENT, S.AGREED), S.WITHDRAWN, PROPOSE,
            (not_maker,),
        ),
        Step("ask_reversal", "申请冲回", (S.SETTLED,), S.REVERSING, PROPOSE),
        Step("keep", "不冲回", (S.REVERSING,), S.SETTLED, CONFIRM),
        Step("reverse", "确认冲回", (S.REVERSING,), S.REVERSED, CONFIRM, (same_hand,)),
    )
)  # fmt: skip
WITH_REASON = frozenset({"leave_out", "withdraw", "ask_reversal"})
