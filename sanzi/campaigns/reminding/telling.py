"""Whom a day's overdue tasks are told to: the ladder of their region over the posts held there."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from sanzi.access.models import Person, Post
from sanzi.campaigns.tasks.models import Task
from sanzi.campaigns.tasks.stages import Stage
from sanzi.kernel.regions import trim

from .ladder import Rung, first_day, rung_at
from .queries import Ladders, every_ladder

# How long the region code of a post of this kind is.
LEVELS = {
    "village_head": 12,
    "town_clerk": 9,
    "town_leader": 9,
    "county_office": 6,
    "city_leader": 4,
}
# Who answers where neither a person nor a post is named, by the length of the region's code.
_OWN = {
    12: ("village_head", "village_accountant"),
    9: ("town_clerk",),
    6: ("county_office",),
    4: ("city_leader",),
}
LINES_MAX = 200


class Late(NamedTuple):
    """What is asked of one task."""

    pk: int
    village: str
    due_on: date
    person: int | None
    role: str


class Told(NamedTuple):
    """One line of one person's reminder."""

    days: int
    task: int
    rung: str


class Posts:
    """The people who hold each kind of post in each region on a day; one query."""

    def __init__(self, by: Person, day: date) -> None:
        held: dict[tuple[str, str], list[int]] = defaultdict(list)
        mine = Post.objects.visible_to(by).held_on(day)
        mine = mine.filter(person__is_active=True, person__is_system=False)
        for role, code, person in mine.values_list("role", "region__code", "person"):
            held[role, code].append(person)
        self._held = held
        self._people = {person for people in held.values() for person in people}

    def of(self, role: str, region: str) -> Iterable[int]:
        return self._held.get((role, region), ())

    def holds_any(self, person: int) -> bool:
        """Whether somebody still holds a post: who has left is told nothing."""
        return person in self._people


def told_on(by: Person, day: date) -> dict[int, list[Told]]:
    """By person: what to remind them of on a day, the longest overdue first. Three queries."""
    ladders = every_ladder()
    soonest = min(map(first_day, ladders.all()))
    rows = Task.objects.visible_to(by).filter(
        stage__in=(Stage.GIVEN, Stage.DOING), due_on__lte=day - timedelta(days=soonest)
    )
    posts = Posts(by, day)
    told: dict[int, list[Told]] = defaultdict(list)
    wanted: Any = rows.values_list("pk", "village", "due_on", "person", "role")
    for late in map(Late._make, wanted.iterator(chunk_size=5000)):
        _tell(late, day, ladders, posts, told)
    return {person: sorted(lines, reverse=True)[:LINES_MAX] for person, lines in told.items()}


def _tell(
    late: Late, day: date, ladders: Ladders, posts: Posts, told: dict[int, list[Told]]
) -> None:
    days = (day - late.due_on).days
    rung = rung_at(ladders.of(late.village), days)
    if rung is None:
        return
    people = {person for who in rung.tells for person in _people(who, late, posts)}
    for person in people:
        told[person].append(Told(days, late.pk, rung.title))


def _people(who: str, late: Late, posts: Posts) -> Iterable[int]:
    region = trim(late.village)
    if who != "responsible":
        # A rung below the task's own level has nobody to tell.
        length = LEVELS[who]
        return posts.of(who, region[:length]) if len(region) >= length else ()
    if late.person is not None and posts.holds_any(late.person):
        return (late.person,)
    roles = (late.role,) if late.role else _OWN.get(len(region), ())
    return [person for role in roles for person in posts.of(role, region)]


def rungs_told(rungs: Iterable[Rung]) -> list[tuple[str, str, str]]:
    """A ladder in words: from when, called what, told to whom."""
    return [(rung.words, rung.title, rung.told) for rung in rungs]
