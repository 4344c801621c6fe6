"""Terms of office: from a day to a day, both included; what overlaps, what a new one ends."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included; `last` None has no end yet."""

    first: date
    last: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the day lies within."""
        return self.first <= day and (self.last is None or day <= self.last)

    def meets(self, other: "Span") -> bool:
        """Whether the two share a day."""
        return (other.last is None or self.first <= other.last) and (
            self.last is None or other.first <= self.last
        )


@dataclass(frozen=True)
class Placing:
    """What taking a new term does to those there are: which one it ends and on which day.

    `conflict` is the term in its way, if there is one; then nothing is done.
    """

    ends: int | None = None
    on: date | None = None
    conflict: Span | None = None


def place(there: Sequence[Span], new: Span) -> Placing:
    """Fit a new term among those of the same scope: it takes over from the open one before it.

    The open term ends the day before the new one begins. Any other shared day is a conflict:
    what was written of the past is not shortened silently.
    """
    ends: int | None = None
    for index, span in enumerate(there):
        if not span.meets(new):
            continue
        if span.last is None and span.first < new.first and new.last is None:
            ends = index
        else:
            return Placing(conflict=span)
    return Placing(ends, new.first - ONE_DAY if ends is not None else None)


def without_anyone(held: Iterable[Span], within: Span) -> list[Span]:
    """The days within a closed span on which nobody held office, as spans in order."""
    assert within.last is not None, "gaps are asked for within known days"
    free: list[Span] = []
    day = within.first
    for span in sorted((s for s in held if s.meets(within)), key=lambda s: s.first):
        if span.first > day:
            free.append(Span(day, span.first - ONE_DAY))
        if span.last is None:
            return free
        day = max(day, span.last + ONE_DAY)
    if day <= within.last:
        free.append(Span(day, within.last))
    return free


# Where groups without a number stand in a list: after all others.
UNNUMBERED = 1_000
_NUMERALS = {word: number for number, word in enumerate("一二三四五六七八九", start=1)}


def group_order(name: str) -> tuple[int, str]:
    """Where a group stands in a list: 第二组 before 第三组 before 第十组, unnumbered names last."""
    found = re.search(r"\d+", name)
    if found:
        return int(found[0]), name
    chinese = re.search("[一二三四五六七八九十]+", name)
    if chinese is None:
        return UNNUMBERED, name
    tens, ten, ones = chinese[0].rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0), name


def which_group(name: str) -> tuple[int, str]:
    """A group by its number, however it is spelt (三组, 第三组, 第三村民小组); else by its name."""
    number, _ = group_order(name)
    return (number, "") if number < UNNUMBERED else (number, name)
