"""A task as one person faces it on one day: what the conditions of the workflow ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sanzi.access.models import Person
from sanzi.campaigns.completion import Verdict, verdicts
from sanzi.documents.models import Document
from sanzi.documents.papers import papers_on
from sanzi.kernel.workflow import Offer

from .models import Task, TaskStep
from .stages import Judged
from .workflow import DOING, TASKS


@dataclass(frozen=True)
class TaskFile:
    """A task with the steps taken, its papers, and what the system finds of it."""

    task: Task
    steps: Sequence[TaskStep]
    papers: Sequence[Document]
    verdict: Verdict | None
    person: Person
    today: date

    @property
    def stage(self) -> str:
        return self.task.stage

    @property
    def offers(self) -> list[Offer]:
        """What this person could do now, live or grey."""
        return TASKS.offers(self, self.person)

    @property
    def is_doer(self) -> bool:
        """Whether this person is named for it or ever worked on it."""
        worked = any(s.by_id == self.person.pk and s.step in DOING for s in self.steps)
        return worked or self.task.person_id == self.person.pk

    @property
    def is_theirs(self) -> bool:
        """Whether it is theirs to do: their own work, or their post's in their own region."""
        post = self.person.post
        if post is None or self.task.person_id is not None:
            return self.is_doer
        here = self.task.village == post.region.full_code
        return self.is_doer or (here and self.task.role == post.role)

    def lacks_proof(self) -> str | None:
        """Why it cannot be called done: the system's own finding, or no evidence."""
        if self.verdict is not None:
            return None if self.verdict.is_done else f"系统核对还没有完成：{self.verdict.words}"
        return None if self.papers else "还没有佐证材料，请先上传"

    @property
    def is_computed(self) -> bool:
        return self.task.judged != Judged.EVIDENCE and self.verdict is not None

    @property
    def percent(self) -> int:
        """How far it has come in hundredths: computed where it can be, told otherwise."""
        if self.task.stage == "struck":
            return 100
        if self.verdict is not None and self.verdict.percent is not None:
            return self.verdict.percent
        return self.task.progress


def taskfile_of(task: Task, person: Person, today: date) -> TaskFile:
    """Put a task together; the caller has been scoped to it. Four queries at most."""
    steps = list(task.steps.select_related("by").order_by("pk"))
    found = verdicts([task], today).get(task.pk)
    return TaskFile(task, steps, list(papers_on(task)), found, person, today)
