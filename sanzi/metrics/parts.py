"""Which stored sums figures are worked out from."""

from collections.abc import Iterable

from sanzi.metrics.catalogue import METRICS, metric

KNOWN = frozenset(one.id for one in METRICS)


def stored(ids: Iterable[str]) -> set[str]:
    """The stored metrics these figures need: themselves, or both sides of a rate."""
    found: set[str] = set()
    for one in map(metric, ids):
        sides = (*(one.numerator or ()), *(one.denominator or ()))
        found |= {part for part, _ in sides} or {one.id}
    return found
