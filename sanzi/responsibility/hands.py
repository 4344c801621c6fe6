"""What is open in a person's hands, as each feature tells it; moved by a handover in one action.

    # sanzi/FEATURE/handing.py, and settings.py: HANDS gains "sanzi.FEATURE.handing"
    HANDS = (Hand("campaigns.task", "任务", open_tasks, told, move_tasks),)

`rows` is what a person has open within a region (trimmed code), `told` what one of them is called.
`move` gives rows, named by their keys in the journal, to another inside the handover's transaction;
it locks them and answers with how many it moved. A number other than asked undoes the whole
handover.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value

from sanzi.access.models import Person, Post


@dataclass(frozen=True)
class OpenThing:
    """One thing in somebody's hands: its key in the journal, what it is called, whose village."""

    key: str
    label: str
    village: str
    due_on: date | None = None


@dataclass(frozen=True)
class Move:
    """From whom, to whom, from which day on; who sees to it, and when."""

    giver: Person
    taker: Person
    on: date
    by: Person
    at: datetime


Rows = Callable[[Person, str], QuerySet[Any]]
Mover = Callable[[Sequence[str], Move], int]


@dataclass(frozen=True)
class Hand:
    """One kind of thing people have in their hands."""

    code: str
    title: str
    rows: Rows
    told: Callable[[Any], OpenThing]
    move: Mover

    def held(self, person: Person, code: str) -> tuple[OpenThing, ...]:
        """What of this kind a person has open within a region, in order."""
        return tuple(map(self.told, self.rows(person, code)))


@lru_cache(maxsize=1)
def hands() -> tuple[Hand, ...]:
    """Every kind, in the order of settings.HANDS."""
    found = [hand for module in settings.HANDS for hand in import_module(module).HANDS]
    assert len({hand.code for hand in found}) == len(found), "two kinds share a code"
    return tuple(found)


@dataclass(frozen=True)
class Holding:
    """What one person has in hand, by kind."""

    parts: tuple[tuple[Hand, tuple[OpenThing, ...]], ...]

    @property
    def count(self) -> int:
        return sum(len(things) for _, things in self.parts)

    @property
    def things(self) -> list[OpenThing]:
        return [thing for _, things in self.parts for thing in things]

    @property
    def digest(self) -> str:
        """Names exactly this list: what was looked at is what is moved, or nothing is."""
        return sha256("\n".join(sorted(thing.key for thing in self.things)).encode()).hexdigest()


def holding_of(person: Person, code: str) -> Holding:
    """What a person has open within a region; one query, and one for each kind there is."""
    kinds = _kinds_of(person, code)
    return Holding(tuple((hand, hand.held(person, code)) for hand in hands() if hand.code in kinds))


def _kinds_of(person: Person, code: str) -> set[str]:
    """The kinds a person has anything of. Most have few: the others are not asked for."""
    first, *others = [
        hand.rows(person, code)
        .order_by()
        .select_related(None)
        .annotate(hand_code=Value(hand.code, CharField()))
        .values_list("hand_code", flat=True)
        for hand in hands()
    ]
    return set(first.union(*others))


def by_name(person: Person, **names: str) -> Q:
    """Rows that name a person in words alone, of villages a post of theirs reached at any time.

    A namesake of another village is another person. `names`: the column of the name, equal to it.
    """
    place = ExpressionWrapper(OuterRef("village"), CharField())
    reached = Post.objects.filter(person=person).annotate(place=place)
    return Q(Exists(reached.filter(place__startswith=F("region__code"))), **names)


def ids_of(keys: Sequence[str]) -> list[int]:
    """The primary keys of rows named as the journal names them."""
    return [int(key.rpartition(":")[2]) for key in keys]
