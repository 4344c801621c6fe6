"""A step out of a debt as one person faces it: what the workflow asks, read when asked for."""

from dataclasses import dataclass
from functools import cached_property

from sanzi.access.models import Person
from sanzi.documents.papers import papers_on
from sanzi.journal.recorder import key
from sanzi.resolutions.queries import why_not

from .models import Resolving


@dataclass
class Facing:
    """One step and the person who looks at it."""

    one: Resolving
    person: Person

    @property
    def stage(self) -> str:
        return self.one.stage

    @cached_property
    def has_papers(self) -> bool:
        return papers_on(self.one).exists()

    @cached_property
    def undecided(self) -> str | None:
        """Why the resolution its way waits for does not stand yet."""
        return why_not(key(self.one.debt), self.one.way_row.matter)

    @property
    def is_proposer(self) -> bool:
        return self.one.proposed_by_id == self.person.pk

    @property
    def is_approver(self) -> bool:
        return self.one.approved_by_id == self.person.pk

    @property
    def asked_to_reverse(self) -> bool:
        return self.one.reversal_asked_by_id == self.person.pk
