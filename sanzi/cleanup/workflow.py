"""A person's word on a finding, back and forth; a check sheet's way from village to town."""

from typing import Any

from sanzi.kernel.workflow import Step, Workflow

UNJUDGED, CONFIRMED, OVERRULED = "unjudged", "confirmed", "overruled"


def not_yet(found: Any) -> str | None:
    return None if found.is_due else f"{found.finding.since_on} 起才成立，到时再认定"


JUDGING = Workflow(
    steps=(
        Step(CONFIRMED, "确认", (UNJUDGED, OVERRULED), CONFIRMED, "findings.judge", (not_yet,)),
        Step(OVERRULED, "推翻", (UNJUDGED, CONFIRMED), OVERRULED, "findings.judge", (not_yet,)),
    )
)

OPEN, HANDED, ACCEPTED = "open", "handed", "accepted"


def not_looked_up(sheet: Any) -> str | None:
    """`sheet.left`: the titles of sources without an answer."""
    return f"还没查：{'、'.join(sheet.left)}（查不到的也请选“查不到”）" if sheet.left else None


def not_visited(sheet: Any) -> str | None:
    return None if sheet.is_visited else "还没有走访记录：至少走访一人，或写明无人可访"


CHECKING = Workflow(
    steps=(
        Step("hand_in", "交给镇里审核", (OPEN,), HANDED, "contracts.check",
             (not_looked_up, not_visited)),
        Step("return", "退回补查", (HANDED,), OPEN, "findings.judge"),
        Step("accept", "审核通过", (HANDED,), ACCEPTED, "findings.judge"),
        Step("reopen", "重新核查", (ACCEPTED,), OPEN, "findings.judge"),
    )
)  # fmt: skip
