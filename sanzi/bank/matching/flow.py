"""Flows of both sides as plain values, and what may be proposed of them. No framework."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from .likeness import Words, likeness, words_of

WINDOW = 31  # days between the bank's day and the books'; vouchers are often a month's end late
NEAR = 10  # days within which a pair needs no words in common
ALIKE = 50  # of 100
CLEAR_LEAD = 15  # points by which the best candidate must lead to be certain
COMMON = 20  # lines of one amount in a window from which on names must narrow them down
NEAREST = 5  # of them on either side of a day are offered where names do not
CHOICES = 20  # candidates kept for a person to choose from
GROUP_MAX = 200


@dataclass(frozen=True)
class Flow:
    """One side's record of money moving.

    `group` ties lines of one voucher; `undoes` is the group a red letter takes back.
    """

    key: int
    dated: date
    amount: int
    text: str = ""
    group: int = 0
    undoes: int = 0

    @cached_property
    def words(self) -> Words:
        """Its words, ready to be compared."""
        return words_of(self.text)


@dataclass(frozen=True)
class Proposal:
    """Flows that belong together; `is_certain` when nothing else comes into question."""

    bank: tuple[int, ...]
    book: tuple[int, ...]
    amount: int
    is_certain: bool
    why: str


@dataclass
class Proposals:
    """What the engine found; `choices` holds, by bank flow, the lines it might be."""

    found: list[Proposal] = field(default_factory=list)
    choices: dict[int, list[int]] = field(default_factory=dict)


def buckets(flows: Iterable[Flow]) -> Mapping[int, list[Flow]]:
    """Flows by amount, each bucket by day."""
    found: dict[int, list[Flow]] = defaultdict(list)
    for flow in flows:
        found[flow.amount].append(flow)
    for bucket in found.values():
        bucket.sort(key=lambda flow: (flow.dated, flow.key))
    return found


def apart(one: Flow, other: Flow) -> int:
    """Days between two flows."""
    return abs((one.dated - other.dated).days)


def are_alike(one: Flow, other: Flow) -> bool:
    """Whether their words are about the same."""
    return likeness(one.words, other.words) >= ALIKE
