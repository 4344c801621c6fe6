"""A village's statement: handed in, returned with a reason, handed in again."""

from typing import Any

from sanzi.kernel.workflow import Step, Workflow

from .stages import Stage

FILL, COLLECT = "income.fill", "income.collect"


def reported(held: Any) -> str | None:
    """Once the town's sums are up, its villages' figures stand under them."""
    return "乡镇已经汇总上报，请先由上级退回汇总" if held.is_reported else None


STATEMENT = Workflow(
    steps=(
        Step("file", "上报", (Stage.WAITING, Stage.RETURNED), Stage.FILED, FILL, (reported,)),
        Step("return", "退回", (Stage.FILED,), Stage.RETURNED, COLLECT, (reported,)),
    )
)
