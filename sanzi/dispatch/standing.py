"""A raised matter as one person meets it: what the workflow's conditions look at."""

from dataclasses import dataclass
from datetime import date

from sanzi.kernel.calendar import add_working_days
from sanzi.kernel.regions import level, parent

from .arranging import arranged
from .blockers import Blocker
from .stages import BlockerStage
from .studies import Study


@dataclass(frozen=True)
class Standing:
    """The matter, where the person acts, and what the holder is called."""

    blocker: Blocker
    place: str
    holder_name: str

    @property
    def stage(self) -> str:
        return self.blocker.stage


def is_overdue(blocker: Blocker, today: date) -> bool:
    """Whether an answer is awaited beyond its day."""
    waiting = (BlockerStage.RAISED, BlockerStage.ACCEPTED)
    return blocker.stage in waiting and blocker.due_on < today


def above(region: str) -> str:
    """The level that answers what this one raises; a village's town, a town's county, …"""
    up = parent(region)
    assert up is not None, "the nation raises nothing"
    return up


def due_on(holder: str, today: date) -> date:
    """By when a level answers, in working days as its region arranges them."""
    return add_working_days(today, arranged(holder).days(level(holder)))


@dataclass(frozen=True)
class StudyStanding:
    """A study, and where the person acts."""

    study: Study
    place: str

    @property
    def stage(self) -> str:
        return self.study.stage
