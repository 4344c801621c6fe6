"""The procedures of step seven: their days in order, what the clock hears, what is due next."""

from collections.abc import Mapping
from datetime import date

from .deadlines import Deadline, execution, payment_order

EVENTS = {"order": "payment_order", "suit": "suit", "execution": "enforcement"}
# What may be recorded of each, in the usual order.
STEPS: dict[str, dict[str, str]] = {
    "order": {
        "filed": "申请支付令",
        "accepted": "法院受理",
        "served": "支付令送达债务人",
        "objected": "债务人提出异议，支付令失效",
        "effective": "异议期满，支付令生效",
        "closed": "结案（已清偿或撤回）",
    },
    "suit": {
        "filed": "起诉",
        "accepted": "法院立案",
        "heard": "开庭",
        "judged": "判决、裁定或调解书",
        "effective": "裁判文书生效",
        "closed": "结案（已清偿或撤诉）",
    },
    "execution": {
        "filed": "申请执行",
        "accepted": "执行立案",
        "closed": "执行终结",
    },
}
# These end the procedure; afterwards the claim is free for the next.
ENDS = frozenset({"objected", "effective", "closed"})


def steps_of(kind: str) -> dict[str, str]:
    """The days a procedure has, by name, in order."""
    return STEPS[kind]


def due_next(kind: str, milestones: Mapping[str, date]) -> Deadline | None:
    """What is due next, from which provision; None when nothing runs."""
    known = dict(milestones)
    if kind == "order" and "effective" not in known:
        return payment_order(known)
    return None if kind == "execution" else execution(known)
