"""A person's word on a finding: confirmed or overruled, and back again with a new reason."""

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
