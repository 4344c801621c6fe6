"""Which agreements there are to sign for circles, and how many signatures. No framework.

By default circles of the same parties share a paper: short papers, but a party in several circles
signs several. When whoever hangs together signs one paper, everybody signs exactly once, and fewer
signatures than parties no plan can have.
"""

from collections.abc import Sequence
from typing import NamedTuple


class Agreement(NamedTuple):
    """The circles of one paper, by their place in the list, and who signs it, in paying order."""

    circles: list[int]
    members: list[str]


def agreements(circles: Sequence[Sequence[str]], *, is_one_paper: bool = False) -> list[Agreement]:
    """The papers for these circles, in the order of their first circle."""
    group = _connected(circles) if is_one_paper else _alike(circles)
    found: dict[object, Agreement] = {}
    for at, members in enumerate(circles):
        paper = found.setdefault(group[at], Agreement([], []))
        paper.circles.append(at)
        paper.members.extend(key for key in members if key not in paper.members)
    return list(found.values())


def signatures(papers: Sequence[Agreement]) -> int:
    """How many signatures these papers ask for in all."""
    return sum(len(paper.members) for paper in papers)


def _alike(circles: Sequence[Sequence[str]]) -> list[object]:
    return [frozenset(members) for members in circles]


def _connected(circles: Sequence[Sequence[str]]) -> list[object]:
    """Circles that share a party, directly or through others, belong together."""
    up: dict[str, str] = {}

    def root(key: str) -> str:
        while up.setdefault(key, key) != key:
            up[key] = up[up[key]]
            key = up[key]
        return key

    for members in circles:
        for key in members[1:]:
            up[root(key)] = root(members[0])
    return [root(members[0]) for members in circles]
