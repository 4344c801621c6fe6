"""A proposal as one person faces it: what the workflow asks, read when asked for."""

from dataclasses import dataclass
from functools import cached_property

from sanzi.access.models import Person

from .meetings import undecided
from .models import Consent, Proposal, Settlement


@dataclass
class Facing:
    """One proposal and the person who looks at it."""

    proposal: Proposal
    person: Person

    @property
    def stage(self) -> str:
        return str(self.proposal.stage)

    @cached_property
    def asked(self) -> list[Consent]:
        """Those whose word the present plan needs."""
        return list(Consent.objects.filter(proposal=self.proposal, amount__gt=0).order_by("pk"))

    @property
    def missing(self) -> list[str]:
        """Parties of the present plan that have not agreed."""
        return [one.name for one in self.asked if one.answer != Consent.Answer.YES]

    @property
    def has_agreed(self) -> bool:
        return len(self.missing) < len(self.asked)

    @cached_property
    def undecided(self) -> list[str]:
        """Villages whose meeting must decide first and has not, each with what it waits for."""
        return undecided(self.asked)

    @property
    def is_maker(self) -> bool:
        return bool(self.proposal.made_by_id == self.person.pk)

    @property
    def entered(self) -> bool:
        """Whether a word the plan rests on was entered from paper by this person."""
        paper = Consent.Way.PAPER
        return any(one.way == paper and one.recorded_by_id == self.person.pk for one in self.asked)

    @cached_property
    def asked_to_reverse(self) -> bool:
        done = Settlement.objects.filter(proposal=self.proposal).first()
        return done is not None and done.reversal_asked_by_id == self.person.pk
