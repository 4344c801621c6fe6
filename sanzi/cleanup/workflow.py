"""A person's word on a finding: confirmed or overruled, and back again with a new reason."""

from sanzi.kernel.workflow import Step, Workflow

UNJUDGED, CONFIRMED, OVERRULED = "unjudged", "confirmed", "overruled"

JUDGING = Workflow(
    steps=(
        Step(CONFIRMED, "确认", (UNJUDGED, OVERRULED), CONFIRMED, "findings.judge"),
        Step(OVERRULED, "推翻", (UNJUDGED, CONFIRMED), OVERRULED, "findings.judge"),
    )
)
