"""提出 → （批准）→ 确认入账, and the ways back, as a table.

Conditions are asked of a Facing (facing.py): a step out of a debt as one person faces it.
"""

from typing import Any

from sanzi.kernel.workflow import Step, Workflow

from .stages import Stage
from .ways import APPROVE, CONFIRM

WORK = "debts.work"
S = Stage


def no_papers(facing: Any) -> str | None:
    way = facing.one.way_row
    return None if facing.has_papers else f"还没有上传证明：{way.proof}"


def no_audit(facing: Any) -> str | None:
    asks = "audit" in facing.one.way_row.asks and facing.one.audit_id is None
    return "没有登记审计报告，请撤回后凭审计报告重新提出" if asks else None


def undecided(facing: Any) -> str | None:
    return facing.undecided if facing.one.way_row.matter else None


def own_proposal(facing: Any) -> str | None:
    return "这是您提出的，请由另一人办理" if facing.is_proposer else None


def own_approval(facing: Any) -> str | None:
    return "您已批准，请由另一人确认" if facing.is_approver else None


def needs_approval(facing: Any) -> str | None:
    waits = facing.stage == S.PROPOSED and APPROVE in facing.one.way_row.decides
    return "须先经乡镇批准" if waits else None


def needs_none(facing: Any) -> str | None:
    return None if APPROVE in facing.one.way_row.decides else "这种方式不需要乡镇批准，确认即可"


def not_proposer(facing: Any) -> str | None:
    return None if facing.is_proposer else "只能由提出人本人撤回"


def same_hand(facing: Any) -> str | None:
    return "冲回是您申请的，请由另一人确认" if facing.asked_to_reverse else None


RESOLVING = Workflow(
    steps=(
        Step(
            "approve", "批准", (S.PROPOSED,), S.APPROVED, APPROVE,
            (needs_none, no_papers, no_audit, undecided, own_proposal),
        ),
        Step(
            "confirm", "确认入账", (S.PROPOSED, S.APPROVED), S.DONE, CONFIRM,
            (needs_approval, no_papers, no_audit, undecided, own_proposal, own_approval),
        ),
        Step("refuse", "退回", (S.PROPOSED,), S.REFUSED, APPROVE, (needs_none,)),
        Step("send_back", "退回", (S.PROPOSED, S.APPROVED), S.REFUSED, CONFIRM),
        Step("withdraw", "撤回", (S.PROPOSED,), S.WITHDRAWN, WORK, (not_proposer,)),
        Step("ask_reversal", "申请冲回", (S.DONE,), S.REVERSING, WORK),
        Step("keep", "不冲回", (S.REVERSING,), S.DONE, CONFIRM),
        Step("reverse", "确认冲回", (S.REVERSING,), S.REVERSED, CONFIRM, (same_hand,)),
    )
)  # fmt: skip
WITH_REASON = frozenset({"refuse", "send_back", "ask_reversal", "keep"})
