"""Villages of a region with their incomes and tiers, as the pages list them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sanzi.kernel.money import from_fen

from .asked import Asked
from .queries import VillageYear, years_in
from .tiers import share, tier_of, tiers


@dataclass(frozen=True)
class VillageRow:
    """One village: what counts for its tier, what is one-off, where it was read."""

    code: str
    name: str
    held: VillageYear | None
    whole: int | None
    apart: int
    tier: int | None

    @property
    def income(self) -> Decimal | None:
        """All of it, in yuan."""
        return None if self.whole is None else from_fen(self.whole)

    @property
    def one_off(self) -> Decimal:
        return from_fen(self.apart)

    @property
    def lasting(self) -> Decimal | None:
        """Without what is one-off."""
        return None if self.whole is None else from_fen(self.whole - self.apart)

    @property
    def origin(self) -> str:
        return self.held.origin_words if self.held else "没有数据"


def village_rows(region: str, names: Mapping[str, str], asked: Asked) -> list[VillageRow]:
    """Every village named, in order; a handful of queries."""
    years = years_in(
        region, asked.year, asked.month, definition=asked.definition,
        accounts=asked.judged.accounts,
    )  # fmt: skip
    return [_row(code, name, years.get(code), asked) for code, name in names.items()]


def _row(code: str, name: str, held: VillageYear | None, asked: Asked) -> VillageRow:
    whole = held.under(asked.definition) if held else None
    if held is None or whole is None:
        return VillageRow(code, name, held, None, 0, None)
    apart = held.apart_under(asked.definition)
    counted = whole if asked.tiers.counts_one_off else whole - apart
    return VillageRow(code, name, held, whole, apart, tier_of(counted, asked.tiers.edges))


@dataclass(frozen=True)
class TierCount:
    """One tier of a region: how many villages, what share of all, known or not."""

    ordinal: int
    label: str
    count: int
    share: Decimal | None


@dataclass(frozen=True)
class Tally:
    """A region's villages by tier, and from each edge upward."""

    tiers: tuple[TierCount, ...]
    upward: tuple[tuple[Decimal, int, Decimal | None], ...]
    villages: int
    unknown: int
    whole: Decimal
    one_off: Decimal

    @property
    def known(self) -> int:
        return self.villages - self.unknown


def tally(rows: Sequence[VillageRow], edges: Sequence[int]) -> Tally:
    """The villages counted by tier; shares are of all villages, those without data included."""
    found = [sum(row.tier == tier.ordinal for row in rows) for tier in tiers(edges)]
    known = sum(found)
    return Tally(
        tiers=tuple(
            TierCount(tier.ordinal, tier.label, count, share(count, len(rows)))
            for tier, count in zip(tiers(edges), found, strict=True)
        ),
        upward=tuple(
            (from_fen(edge), sum(found[i + 2 :]), share(sum(found[i + 2 :]), len(rows)))
            for i, edge in enumerate(edges)
        ),
        villages=len(rows),
        unknown=len(rows) - known,
        whole=from_fen(sum(row.whole or 0 for row in rows)),
        one_off=from_fen(sum(row.apart for row in rows)),
    )


def by_child(rows: Iterable[VillageRow], children: Sequence[str]) -> dict[str, list[VillageRow]]:
    """The rows of each region right below, by its code."""
    found: dict[str, list[VillageRow]] = {code: [] for code in children}
    for row in rows:
        home = next((code for code in children if row.code.startswith(code)), None)
        if home is not None:
            found[home].append(row)
    return found
