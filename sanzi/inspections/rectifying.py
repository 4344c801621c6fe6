"""整改: where a finding stands, worked out from its task; closed when struck and looked back at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sanzi.access.models import Person
from sanzi.campaigns.models import Task
from sanzi.campaigns.queries import tasks_from
from sanzi.campaigns.tasks.stages import Stage
from sanzi.journal.recorder import key
from sanzi.web.register import Badge

from .models import InspectionFinding


@dataclass(frozen=True)
class Standing:
    """Where one finding stands, with its task if it has one."""

    word: str
    tone: Any
    task: Task | None = None

    @property
    def is_closed(self) -> bool:
        return self.word == CLOSED

    @property
    def badge(self) -> Badge:
        return Badge(self.word, self.tone)


CLUE, UNGIVEN, UNDER_WAY, LATE = "线索，按规定移送", "待交办", "整改中", "整改逾期"
TO_LOOK_BACK, CLOSED = "待回头看", "已销号"


def standing_of(finding: InspectionFinding, task: Task | None, day: date) -> Standing:
    """Where a finding stands on a day. A task dropped mends nothing: it is to be opened again."""
    if finding.is_clue:
        return Standing(CLUE, "running")
    if task is None or task.stage == Stage.DROPPED:
        return Standing(UNGIVEN, "warn", task)
    if task.stage != Stage.STRUCK:
        late = task.is_overdue(day)
        return Standing(LATE if late else UNDER_WAY, "danger" if late else "running", task)
    if task.looked_back_on is None:
        return Standing(TO_LOOK_BACK, "running", task)
    return Standing(CLOSED, "done", task)


def standings(
    findings: Iterable[InspectionFinding], person: Person, day: date
) -> dict[int, Standing]:
    """The same for many; one query."""
    rows = list(findings)
    tasks = tasks_from([key(row) for row in rows], person) if rows else {}
    return {row.pk: standing_of(row, tasks.get(key(row)), day) for row in rows}
