"""巡察覆盖: of the places there are, which a term's rounds have come to. No framework."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Coverage:
    """Places in all, those come to, and those that still stand out, in the order given."""

    places: tuple[str, ...]
    covered: frozenset[str]

    @property
    def done(self) -> int:
        return len(self.covered)

    @property
    def left(self) -> tuple[str, ...]:
        return tuple(place for place in self.places if place not in self.covered)

    @property
    def rate(self) -> Decimal | None:
        """The share come to; None where there is no place at all."""
        return Decimal(self.done) / len(self.places) if self.places else None

    @property
    def is_full(self) -> bool:
        return bool(self.places) and not self.left


def cover(places: Iterable[str], visited: Collection[str]) -> Coverage:
    """Which places were come to; a place twice counts once, one that no longer is, not at all."""
    known = tuple(dict.fromkeys(places))
    return Coverage(known, frozenset(visited) & frozenset(known))


def cover_by_town(places: Iterable[str], visited: Collection[str]) -> Mapping[str, Coverage]:
    """The same for each town (9 digits): the town itself and its villages."""
    by_town: dict[str, list[str]] = {}
    for place in places:
        by_town.setdefault(place[:9], []).append(place)
    return {town: cover(here, visited) for town, here in by_town.items()}
