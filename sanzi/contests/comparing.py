"""Regions beside each other by what their participants came to: averages anyone recomputes.

A region's total is the average of all its participants, vetoed ones included, rounded half up to
the hundredth once; equal averages share a place. No framework.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Came:
    """One participant's result: its region's full code, total, place, band, whether vetoed."""

    code: str
    total: Decimal
    place: int
    band: str = ""
    is_vetoed: bool = False


@dataclass(frozen=True)
class Compared:
    """One region: how many took part, their average, its place, the best of them, the bands."""

    code: str
    count: int
    average: Decimal
    place: int
    best: int
    bands: Mapping[str, int]
    vetoed: int


def compare(came: Iterable[Came], length: int) -> list[Compared]:
    """The regions whose codes have this length (6 counties, 9 towns), the best average first."""
    by_region: dict[str, list[Came]] = defaultdict(list)
    for one in came:
        by_region[one.code[:length]].append(one)
    averages = {code: _average(several) for code, several in by_region.items()}
    ordered = sorted(averages, key=lambda code: (-averages[code], code))
    found: list[Compared] = []
    for average, equals in groupby(ordered, key=averages.__getitem__):
        place = len(found) + 1
        found += [_compared(code, by_region[code], average, place) for code in equals]
    return found


def _compared(code: str, came: Sequence[Came], average: Decimal, place: int) -> Compared:
    return Compared(
        code=code,
        count=len(came),
        average=average,
        place=place,
        best=min(one.place for one in came),
        bands=Counter(one.band for one in came if one.band),
        vetoed=sum(one.is_vetoed for one in came),
    )


def _average(came: Sequence[Came]) -> Decimal:
    exact = sum((Fraction(one.total) for one in came), Fraction(0)) / len(came)
    hundredths, rest = divmod(exact.numerator * 100, exact.denominator)
    return _HUNDREDTH * (hundredths + (2 * rest >= exact.denominator))
