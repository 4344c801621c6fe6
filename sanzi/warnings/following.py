"""What became of each cause between two looks: opened, still there, gone. Pure.

An event belongs to a rule and a cause, and lives from the look that first sees the cause to the
look that no longer does. Whether somebody pressed a button in between makes no difference.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

# Facts older than this are not looked for again, and so cannot be found missing.
FACT_DAYS = 400


class Key(NamedTuple):
    """What one event is about: a rule and the thing that breaks it."""

    rule: str
    cause: str


class Live(NamedTuple):
    """A cause known to stand: whether it is a fact, and the day of its earliest row."""

    is_fact: bool = False
    since: date | None = None


@dataclass(frozen=True)
class Changes:
    """What one look changes; each list in order of rule and cause."""

    opened: tuple[Key, ...]
    repeated: tuple[Key, ...]
    gone: tuple[Key, ...]


Fired = TypeVar("Fired")


def compare(live: Mapping[Key, Live], fired: Mapping[Key, Fired], on: date) -> Changes:
    """Hold what is known against what is seen on a day."""
    missing = (key for key in live if key not in fired and not _is_out_of_sight(live[key], on))
    return Changes(
        opened=tuple(sorted(key for key in fired if key not in live)),
        repeated=tuple(sorted(key for key in fired if key in live)),
        gone=tuple(sorted(missing)),
    )


def window_of(on: date) -> date:
    """The first day whose facts a look on this day still sees."""
    return on - timedelta(days=FACT_DAYS)


def _is_out_of_sight(one: Live, on: date) -> bool:
    return one.is_fact and one.since is not None and one.since < window_of(on)


def episodes(looks: Iterable[Iterable[str]]) -> list[str]:
    """How many events successive looks would have made: the cause of each, in order.

    A cause seen again and again is one; a cause that went and came back is two.
    """
    standing: set[str] = set()
    begun = []
    for look in looks:
        seen = set(look)
        begun += sorted(seen - standing)
        standing = seen
    return begun
