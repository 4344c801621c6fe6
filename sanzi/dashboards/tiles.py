"""The villages of a region as tiles: tone, word and number of one chosen figure."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from sanzi.access.models import Person
from sanzi.metrics import regions
from sanzi.metrics.catalogue import figure, metric
from sanzi.metrics.parts import stored
from sanzi.web import formats
from sanzi.web.asked import WAN

from . import links, queries
from .shades import TIERS, Shade, legend, shade_of, tier_of

INCOME = "income"
CHOICES: dict[str, str] = {
    "contracts.regularised_rate": "合同规范率",
    "receivables.recovery_rate": "清收率",
    "debts.resolution_rate": "化解率",
    INCOME: "村集体经济收入（万元）",
}
DEFAULT = "receivables.recovery_rate"


class Tile(NamedTuple):
    name: str
    url: str
    shade: Shade
    text: str
    hint: str


class Wall(NamedTuple):
    """The tiles by town (code, name), and the legend with the number of villages of each shade."""

    label: str
    towns: list[tuple[str, str, list[Tile]]]
    legend: list[tuple[Shade, str, int]]
    villages: int


def wall_of(person: Person, code: str, as_of: date, by: str) -> Wall:
    """The wall of a region; three queries, however many villages."""
    spots = regions.regions_in(code, "village")
    needs = {"villages.count", *(id for id, _, _ in TIERS)} if by == INCOME else stored([by])
    (sums,) = regions.sums_on(code, "village", [as_of], needs)
    incomes = queries.incomes_of(person, code, as_of) if by == INCOME else {}
    living = [spot for spot in spots if spot.is_living]
    tiles = {
        spot.code: _income_tile(spot, as_of, sums.get(spot.code, {}), incomes.get(spot.code))
        if by == INCOME
        else _rate_tile(spot, as_of, by, sums.get(spot.code, {}))
        for spot in living
    }
    counts = Counter(tile.shade.word for tile in tiles.values())
    return Wall(
        label=CHOICES[by],
        towns=_by_town(living, tiles, as_of),
        legend=[(shade, words, counts[shade.word]) for shade, words in legend(by == INCOME)],
        villages=len(tiles),
    )


def _by_town(
    spots: Sequence[regions.Spot], tiles: dict[str, Tile], as_of: date
) -> list[tuple[str, str, list[Tile]]]:
    return [
        (name, links.wall(town, as_of), [tiles[spot.code] for spot in members])
        for (town, name), members in groupby(spots, lambda s: (s.parent, s.parent_name))
    ]


def _rate_tile(spot: regions.Spot, as_of: date, by: str, totals: regions.Totals) -> Tile:
    rate = figure(metric(by), totals).value
    shade = shade_of(rate if isinstance(rate, Decimal) else None)
    text = formats.figure(rate, "率")
    return Tile(spot.name, links.figures(spot.code, as_of), shade, text, shade.word)


def _income_tile(
    spot: regions.Spot, as_of: date, totals: regions.Totals, income: queries.YearIncome | None
) -> Tile:
    shade, words = tier_of(totals)
    text = formats.money(income.amount, WAN) if income else words
    hint = f"{shade.word} {income.year} 年" if income else shade.word
    return Tile(spot.name, links.figures(spot.code, as_of), shade, text, hint)
