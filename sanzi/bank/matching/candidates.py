"""Which lines come into question for a flow, and how well each fits. No framework."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from .flow import COMMON, NEAREST, WINDOW, Flow, apart
from .likeness import likeness

Scored = tuple[int, Flow, Flow]


def candidates(banks: list[Flow], books: list[Flow]) -> tuple[list[Scored], set[int]]:
    """Candidate pairs within the window, and the bank flows not all of whose candidates are seen.

    Where many lines of one amount lie close together only those that share a name are compared; a
    flow whose name does not narrow them down is offered the nearest, and left to a person.
    """
    found, vague = [], set()
    index: Mapping[str, list[Flow]] | None = None
    for bank in banks:
        near = _within(books, bank.dated)
        if len(near) > COMMON:
            if index is None:
                index = _by_name(books)
            near = _namesakes(bank, index) or near
            if len(near) > COMMON:
                vague.add(bank.key)
                at = _place(near, bank.dated)
                near = near[max(0, at - NEAREST) : at + NEAREST]
        found += [(_score(bank, book), bank, book) for book in near]
    return found, vague


def _by_name(books: list[Flow]) -> Mapping[str, list[Flow]]:
    found: dict[str, list[Flow]] = defaultdict(list)
    for book in books:
        for stretch in set(book.words.stretches):
            found[stretch].append(book)
    return found


def _namesakes(bank: Flow, index: Mapping[str, list[Flow]]) -> Sequence[Flow]:
    """The flows within the window that hold this one's rarest name."""
    named = [index[key] for key in bank.words.keys if key in index]
    return _within(min(named, key=len), bank.dated) if named else ()


def _within(flows: Sequence[Flow], day: date) -> Sequence[Flow]:
    """The flows no further than the window from a day; they stand in order of day."""
    low = _place(flows, day - timedelta(WINDOW))
    return flows[low : _place(flows, day + timedelta(WINDOW + 1))]


def _place(flows: Sequence[Flow], day: date) -> int:
    return bisect_left(flows, day, key=lambda flow: flow.dated)


def _score(bank: Flow, book: Flow) -> int:
    """0 to 200: up to 100 for the words, up to 100 for the days."""
    return likeness(bank.words, book.words) + 100 - 100 * apart(bank, book) // (WINDOW + 1)


def ranked(scored: list[Scored], side: int) -> dict[int, list[tuple[int, int]]]:
    """For each flow of one side its candidates (score, key), the best first."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for score, bank, book in scored:
        mine, other = (bank, book) if side == 0 else (book, bank)
        found[mine.key].append((score, other.key))
    for fitting in found.values():
        fitting.sort(key=lambda c: (-c[0], c[1]))
    return found
