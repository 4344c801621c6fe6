"""A draft as one person faces it: what the conditions of the workflow ask."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sanzi.access.models import Person
from sanzi.access.roles import ROLES

from .duties import TITLES, Reach, apart_from, between
from .hands import Hands, hands_of
from .models import Draft, Handling
from .stages import Stage
from .workflow import DUTY_OF, PAPERS_BY


@dataclass
class Matter:
    """A draft, the hands it is in, and the steps that stand."""

    draft: Draft
    hands: Hands
    handlings: list[Handling]

    @property
    def stage(self) -> str:
        return self.draft.stage

    @property
    def has_papers(self) -> bool:
        return self.draft.attachments > 0 or self.draft.reverses_id is not None

    @cached_property
    def has_lines(self) -> bool:
        return self.draft.lines.exists()

    @property
    def is_reporter(self) -> bool:
        return self.draft.reported_by_id == self.hands.person.pk

    @property
    def is_preparer(self) -> bool:
        prepared = self.last("prepare")
        return prepared is not None and prepared.by_id == self.hands.person.pk

    @property
    def papers_by(self) -> str | None:
        """Whose duty it is to complete the papers at this stage; nobody's once it is prepared."""
        return PAPERS_BY.get(Stage(self.stage))

    @property
    def may_add_papers(self) -> bool:
        return self.papers_by is not None and self.hands.can(self.papers_by)

    def last(self, step: str) -> Handling | None:
        """The handling of a step that still stands."""
        return next((h for h in reversed(self.handlings) if h.step == step), None)

    def bar_to(self, duty: str) -> str | None:
        """Why this person may not take this duty here (不相容职务), or None."""
        return self._bar_by_post(duty) or self._bar_by_matter(duty)

    def warning_of(self, duty: str) -> str | None:
        """What is only recommended against this person taking the duty, or None."""
        for done in self._done_by({self.hands.person.pk}):
            rule = between(duty, done)
            if rule is not None and rule.is_recommended:
                return f"您已办理本事项的{TITLES[done]}；{rule.basis}，有条件的请换人办理"
        return None

    def _bar_by_matter(self, duty: str) -> str | None:
        people = {self.hands.person.pk}
        if absent := self.hands.instead_of(duty):
            people.add(absent.pk)
        for done in self._done_by(people):
            rule = between(duty, done)
            if rule is not None and not rule.is_recommended:
                return (
                    f"您（或您代办的人）已办理本事项的{TITLES[done]}，"
                    f"{rule.title}不得由同一人办理，请由另一人办理（{rule.basis}）"
                )
        return None

    def _bar_by_post(self, duty: str) -> str | None:
        held = duties_held(self.hands.person, self.draft.village)
        for other in TITLES:
            if other in held & apart_from(duty, Reach.POSTS):
                rule = between(duty, other)
                assert rule is not None, "apart_from names only pairs of the table"
                return f"您的岗位承担{TITLES[other]}，不得再办理{TITLES[duty]}（{rule.basis}）"
        return None

    def _done_by(self, people: set[int]) -> list[str]:
        """The duties these people have exercised here, in their own name or another's."""
        return [
            DUTY_OF[h.step]
            for h in self.handlings
            if h.step in DUTY_OF and {h.by_id, h.instead_of_id} & people
        ]


def matter_of(draft: Draft, person: Person, today: date) -> Matter:
    """Lay a draft before a person: three queries."""
    return Matter(draft, hands_of(person, draft.village, today), list(draft.standing))


def duties_held(person: Person, village: str) -> set[str]:
    """The duties that all of a person's posts, acted from or not, give them in a village."""
    mine = [ROLES[p.role].may for p in person.posts if village.startswith(p.region.code)]
    return set(TITLES) & set[str]().union(*mine)
