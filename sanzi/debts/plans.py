"""化债计划: yearly targets by size of debt, as data, and how far a village is from them. Pure.

One county's targets (clean-up.md 2.7): up to 100,000 clear by the end of 2021; 100,000–500,000 by
2023; 500,000–1,000,000 a fifth each year and clear by 2025; above, 15 % less each year. They are
an example, shown as such, until an office enters its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sanzi.kernel.money import ZERO, grouped

EXAMPLE = "某地化债方案，示例；以本地文件为准"
_FEN = Decimal("0.01")


def percent(share: Decimal) -> str:
    """A share in words: 0.2 is 20%."""
    return f"{(share * 100).normalize():f}%"


@dataclass(frozen=True)
class Band:
    """Villages whose locked debt is above `over` and not above `most` (yuan; None: no bound).

    `yearly` is the part of the locked debt to take off each year, `clear_in` the year it is gone.
    """

    over: Decimal
    most: Decimal | None
    yearly: Decimal | None = None
    clear_in: int | None = None
    # Named years: the part of the locked debt that is gone by the end of each.
    by_year: tuple[tuple[int, Decimal], ...] = ()

    @property
    def told(self) -> dict[str, Any]:
        """As it is kept: texts and numbers, nothing rounded."""
        return {
            "over": str(self.over),
            "most": None if self.most is None else str(self.most),
            "yearly": None if self.yearly is None else str(self.yearly),
            "clear_in": self.clear_in,
            "by_year": [[year, str(share)] for year, share in self.by_year],
        }

    def holds(self, locked: Decimal) -> bool:
        return locked > self.over and (self.most is None or locked <= self.most)

    @property
    def words(self) -> str:
        """The target in a sentence."""
        said = []
        if self.yearly is not None:
            said.append(f"每年减 {percent(self.yearly)}")
        said += [f"{year} 年底累计减 {percent(share)}" for year, share in self.by_year]
        if self.clear_in is not None:
            said.append(f"{self.clear_in} 年底前还清")
        return "，".join(said)


BANDS: tuple[Band, ...] = (
    Band(ZERO, Decimal(100_000), None, 2021),
    Band(Decimal(100_000), Decimal(500_000), None, 2023),
    Band(Decimal(500_000), Decimal(1_000_000), Decimal("0.20"), 2025),
    Band(Decimal(1_000_000), None, Decimal("0.15"), None),
)


def band_of(locked: Decimal, bands: Iterable[Band] = BANDS) -> Band | None:
    """The band a village's locked debt falls in; None when it owes nothing."""
    return next((band for band in bands if band.holds(locked)), None)


def most_left(locked: Decimal, band: Band, base_year: int, year: int) -> Decimal:
    """The most that may be left at the end of a year under a band's target, in yuan."""
    if band.clear_in is not None and year >= band.clear_in:
        return ZERO
    if band.by_year:
        gone = max((share for named, share in band.by_year if named <= year), default=ZERO)
        return (locked * (1 - gone)).quantize(_FEN, ROUND_HALF_UP)
    if band.yearly is None:
        return locked
    years = max(year - base_year, 0)
    left = locked * (1 - band.yearly * years)
    return max(left, ZERO).quantize(_FEN, ROUND_HALF_UP)


def band_told(told: Mapping[str, Any]) -> Band:
    """A band out of what `told` kept of it."""
    most, yearly = told["most"], told["yearly"]
    return Band(
        Decimal(told["over"]),
        None if most is None else Decimal(most),
        None if yearly is None else Decimal(yearly),
        told["clear_in"],
        tuple((int(year), Decimal(share)) for year, share in told["by_year"]),
    )


def fault_of(bands: Sequence[Band]) -> str | None:
    """Why these bands make no plan; None when every debt falls in one, each with its goal."""
    if not bands:
        return "请至少填写一档"
    edge: Decimal | None = ZERO
    for n, band in enumerate(bands, start=1):
        if edge is None or band.over != edge or (band.most is not None and band.most <= band.over):
            return f"第 {n} 档的上限应大于上一档，只有最后一档可以不填上限"
        if fault := _goal_fault(band):
            return f"第 {n} 档{fault}"
        edge = band.most
    return None if edge is None else f"最后一档不填上限，否则 {grouped(edge)} 元以上没有目标"


def _goal_fault(band: Band) -> str | None:
    if band.yearly is None and band.clear_in is None and not band.by_year:
        return "没有目标：填每年减少的比例、还清年份或分年目标"
    if band.yearly is not None and band.by_year:
        return "只能填每年减少的比例或分年目标中的一种"
    shares = [share for _, share in band.by_year]
    if band.yearly is not None:
        shares.append(band.yearly)
    if any(not ZERO < share <= 1 for share in shares):
        return "的比例应在 0 到 100% 之间"
    years = [year for year, _ in band.by_year]
    if years != sorted(set(years)) or shares != sorted(shares):
        return "的分年目标应按年份从早到晚，累计比例只增不减"
    return None


@dataclass(frozen=True)
class Standing:
    """One village against its target at the end of a year, in yuan."""

    village: str
    locked: Decimal
    left: Decimal
    target: Decimal
    band: Band

    @property
    def is_met(self) -> bool:
        return self.left <= self.target


def standings(
    sums: Mapping[str, Mapping[str, Decimal]],
    base_years: Mapping[str, int],
    year: int,
    bands: Iterable[Band] = BANDS,
    local: Mapping[str, Sequence[Band]] | None = None,
) -> list[Standing]:
    """Every village that owed something when the base was locked; the furthest behind first.

    `local`: by village the bands of the plan its office adopted, before `bands`.
    `sums`: by village `locked`, `resolved` and `new` in yuan as of the end of the year.
    """
    listed, found, own = tuple(bands), [], local or {}
    for village, row in sums.items():
        locked = row.get("locked", ZERO)
        band = band_of(locked, own.get(village, listed))
        if band is not None:
            left = locked - row.get("resolved", ZERO) + row.get("new", ZERO)
            target = most_left(locked, band, base_years[village], year)
            found.append(Standing(village, locked, left, target, band))
    return sorted(found, key=lambda one: (one.target - one.left, one.village))
