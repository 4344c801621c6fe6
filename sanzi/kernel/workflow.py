"""A process is a table of steps; the few lines that run it are written here, once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from .refusals import Blocked, Forbidden


class Actor(Protocol):
    """Whoever takes a step."""

    def can(self, permission: str) -> bool:
        """Whether this actor's post holds the permission."""
        ...


# A condition answers with the reason it blocks the step, or None to let it pass.
Condition = Callable[[Any], str | None]


@dataclass(frozen=True)
class Step:
    """One row of the table: from where to where, who may, and what stands in the way."""

    name: str
    label: str
    source: tuple[str, ...]
    target: str
    needs: str
    unless: tuple[Condition, ...] = ()

    def reasons_against(self, subject: Any) -> list[str]:
        """Why the step cannot be taken on this subject now; empty when it can."""
        return [reason for condition in self.unless if (reason := condition(subject))]


@dataclass(frozen=True)
class Offer:
    """A step as one person sees it on one page: a live button, or a grey one that says why."""

    step: Step
    reasons_against: list[str]


@dataclass(frozen=True)
class Workflow:
    """A process: subjects carry a `stage`, steps move it."""

    steps: tuple[Step, ...]

    def __getitem__(self, name: str) -> Step:
        return next(step for step in self.steps if step.name == name)

    def offers(self, subject: Any, actor: Actor) -> list[Offer]:
        """The steps this actor could take from the subject's stage, live or grey."""
        return [
            Offer(step, step.reasons_against(subject))
            for step in self.steps
            if subject.stage in step.source and actor.can(step.needs)
        ]

    def admit(self, name: str, subject: Any, actor: Actor) -> Step:
        """Return the step if this actor may take it now. Raises Forbidden or Blocked."""
        step = self[name]
        if not actor.can(step.needs):
            raise Forbidden("workflow.role", f"您没有“{step.label}”的权限")
        if subject.stage not in step.source:
            raise Blocked("workflow.moved", f"该事项已不在可“{step.label}”的环节，请刷新查看")
        if reasons := step.reasons_against(subject):
            raise Blocked("workflow.blocked", "；".join(reasons))
        return step
