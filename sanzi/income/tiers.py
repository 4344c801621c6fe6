"""Tiers of income with exact edges (百村百万、十万清零, clean-up.md 4.6).

    0 · (0, 5) · [5, 10) · [10, 50) · [50, 100) · [100, …) 万元

The lower edge belongs to the tier above it: 99,999.99 is below 100,000, and 1,000,000.00 is a
million. Where the edges lie is dated data of a region; these are the ones to begin with. Fen.
No framework.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_WAN = 1_000_000  # fen
EDGES: tuple[int, ...] = (5 * _WAN, 10 * _WAN, 50 * _WAN, 100 * _WAN)
EDGES_MAX = 12
SHARE_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Tier:
    """One tier: from `least` (included) to below `most`, in fen; None is open."""

    ordinal: int
    least: int | None
    most: int | None

    @property
    def label(self) -> str:
        if self.least is None:
            return "没有收入（0 元及以下）"
        low = _wan(self.least)
        if self.most is None:
            return f"{low} 万元及以上"
        return (
            f"{low}～{_wan(self.most)} 万元" if self.least > 0 else f"不到 {_wan(self.most)} 万元"
        )


def _wan(fen: int) -> str:
    return f"{Decimal(fen) / _WAN:f}".rstrip("0").rstrip(".") if fen % _WAN else str(fen // _WAN)


def faults_of(edges: Sequence[int]) -> list[str]:
    """What is wrong with these edges as a person set them; empty when nothing is."""
    found = []
    if not 1 <= len(edges) <= EDGES_MAX:
        found.append(f"分档线应有 1 到 {EDGES_MAX} 条，现有 {len(edges)} 条")
    if any(edge <= 0 for edge in edges):
        found.append("分档线应大于 0")
    if list(edges) != sorted(set(edges)):
        found.append("分档线应从低到高，不能重复")
    return found


def tiers(edges: Sequence[int] = EDGES) -> tuple[Tier, ...]:
    """Every tier of these edges, the lowest first: nothing, up to the first edge, and so on."""
    least: list[int | None] = [None, 0, *edges]
    most: list[int | None] = [0, *edges, None]
    return tuple(Tier(i, low, high) for i, (low, high) in enumerate(zip(least, most, strict=True)))


def tier_of(fen: int, edges: Sequence[int] = EDGES) -> int:
    """The ordinal of the tier an income lies in; a loss lies with those that have none."""
    return 0 if fen <= 0 else 1 + bisect_right(edges, fen)


def counts(incomes: Iterable[int | None], edges: Sequence[int] = EDGES) -> list[int]:
    """How many lie in each tier, in order; what is not known (None) in none of them."""
    found = Counter(tier_of(fen, edges) for fen in incomes if fen is not None)
    return [found[ordinal] for ordinal in range(len(edges) + 2)]


def at_least(incomes: Iterable[int | None], threshold: int) -> int:
    """How many reach a threshold in fen, to the fen."""
    return sum(fen is not None and fen >= threshold for fen in incomes)


def share(count: int, of: int) -> Decimal | None:
    """A count as a fraction with four places, as the catalogue of figures gives rates."""
    return (Decimal(count) / of).quantize(SHARE_PLACES, ROUND_HALF_UP) if of else None
