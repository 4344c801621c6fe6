"""What is open in a person's hands, as each feature tells it; moved by a handover in one action.

    # sanzi/FEATURE/handing.py, and settings.py: HANDS gains "sanzi.FEATURE.handing"
    HANDS = (Hand("campaigns.task", "任务", open_tasks, move_tasks),)

`held` tells what a person has open within a region (trimmed code). `move` gives rows, named by
their keys in the journal, to another inside the handover's transaction; it locks them and answers
with how many it moved. A number other than asked undoes the whole handover.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from importlib import import_module

from django.conf import settings

from sanzi.access.models import Person


@dataclass(frozen=True)
class OpenThing:
    """One thing in somebody's hands: its key in the journal, what it is called, whose village."""

    key: str
    label: str
    village: str
    due_on: date | None = None


@dataclass(frozen=True)
class Move:
    """From whom, to whom, from which day on."""

    giver: Person
    taker: Person
    on: date


Held = Callable[[Person, str], Iterable[OpenThing]]
Mover = Callable[[Sequence[str], Move], int]


@dataclass(frozen=True)
class Hand:
    """One kind of thing people have in their hands."""

    code: str
    title: str
    held: Held
    move: Mover


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
    """What a person has open within a region; a query or two a kind."""
    parts = ((hand, tuple(hand.held(person, code))) for hand in hands())
    return Holding(tuple((hand, things) for hand, things in parts if things))


def ids_of(keys: Sequence[str]) -> list[int]:
    """The primary keys of rows named as the journal names them."""
    return [int(key.rpartition(":")[2]) for key in keys]
