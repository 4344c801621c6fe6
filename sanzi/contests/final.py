"""The final result of several rounds: each round's total by its declared weight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Final:
    """One participant: the totals by round (None: took no part) and the weighted sum."""

    subject: str
    totals: Sequence[Decimal | None]
    total: Decimal
    place: int


def finals(weights: Sequence[int], totals: Mapping[str, Sequence[Decimal | None]]) -> list[Final]:
    """Everybody in order of the weighted sum, half up to the hundredth; equal ones share a place.

    `weights` in hundredths. A round somebody took no part in counts nothing.
    """
    sums = {subject: _weighted(weights, own) for subject, own in totals.items()}
    ordered = sorted(sums, key=lambda subject: (-sums[subject], subject))
    found: list[Final] = []
    for total, equals in groupby(ordered, key=sums.__getitem__):
        place = len(found) + 1
        found += [Final(subject, totals[subject], total, place) for subject in equals]
    return found


def _weighted(weights: Sequence[int], totals: Sequence[Decimal | None]) -> Decimal:
    exact = sum(
        (
            total * weight
            for weight, total in zip(weights, totals, strict=True)
            if total is not None
        ),
        Decimal(0),
    )
    return (exact / 100).quantize(_HUNDREDTH, ROUND_HALF_UP)
