"""代办: what a person may do in a matter, by their own post and in the place of somebody absent."""

from dataclasses import dataclass, field
from datetime import date

from sanzi.access.models import Person
from sanzi.access.roles import ROLES

from .models import StandIn


@dataclass(frozen=True)
class Hands:
    """An actor of the workflow: a person, and whose duties they have taken over for the day."""

    person: Person
    standing_in: dict[str, Person] = field(default_factory=dict)

    def can(self, permission: str) -> bool:
        """By the post acted from, or in somebody's place."""
        return self.person.can(permission) or permission in self.standing_in

    def instead_of(self, permission: str) -> Person | None:
        """Whom this duty is done for; nobody where one's own post holds it."""
        return None if self.person.can(permission) else self.standing_in.get(permission)


def hands_of(person: Person, village: str, today: date) -> Hands:
    """A person's hands in the matters of one village on one day."""
    return Hands(person, {s.duty: s.absent for s in standing(person, today) if _covers(s, village)})


def standing(person: Person, today: date) -> list[StandIn]:
    """The stand-ins this person is in today, with whom it is for; one query.

    Whoever no longer holds the duty has nothing to be done in their place.
    """
    found = StandIn.objects.filter(
        person=person, from_on__lte=today, to_on__gte=today, ended_at=None
    ).select_related("absent")
    return [one for one in found if holds(one.absent, one.duty, one.village)]


def holds(person: Person, duty: str, region: str) -> bool:
    """Whether one of the person's present posts gives this duty in this region."""
    return person.is_active and any(
        duty in ROLES[post.role].may and region.startswith(post.region.code)
        for post in person.posts
    )


def home_of(person: Person, duty: str) -> str | None:
    """The region of the post that gives a person this duty; None if none does."""
    found = (post.region.code for post in person.posts if duty in ROLES[post.role].may)
    return next(found, None) if person.is_active else None


def _covers(stand_in: StandIn, village: str) -> bool:
    return village.startswith(stand_in.village)
