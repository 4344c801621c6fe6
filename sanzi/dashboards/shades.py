"""What a village's tile on the wall says: a tone and always a word with it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

Tone = Literal["full", "done", "running", "warn", "danger", "plain"]


class Shade(NamedTuple):
    """A tone of the house style, and the word that stands for it without colour."""

    tone: Tone
    word: str


class Band(NamedTuple):
    """Rates from `least` on, up to the next band above."""

    least: Decimal
    shade: Shade
    range: str


BANDS: tuple[Band, ...] = (
    Band(Decimal("1"), Shade("full", "已完成"), "100% 及以上"),
    Band(Decimal("0.75"), Shade("done", "良好"), "75%—100%"),
    Band(Decimal("0.5"), Shade("running", "推进中"), "50%—75%"),
    Band(Decimal("0.0001"), Shade("warn", "偏慢"), "0—50%"),
    Band(Decimal("0"), Shade("danger", "未启动"), "0%"),
)
NOTHING = Shade("plain", "无此项")

# domain/clean-up.md 4.6: the two goals of the income campaign (百村百万、十万清零).
TIERS: tuple[tuple[str, Shade, str], ...] = (
    ("villages.income_at_least_1m", Shade("full", "百万村"), "100 万元及以上"),
    ("villages.income_at_least_100k", Shade("done", "达标"), "10 万元—100 万元"),
)
BELOW_TIERS = (Shade("danger", "未达标"), "不足 10 万元")


def shade_of(rate: Decimal | None) -> Shade:
    """The shade of a rate (decimal fraction); None is a rate without a denominator."""
    if rate is None:
        return NOTHING
    return next((band.shade for band in BANDS if rate >= band.least), BANDS[-1].shade)


def tier_of(totals: Mapping[str, int]) -> tuple[Shade, str]:
    """The income tier of one village from its sums: its shade and its range in words."""
    if not totals.get("villages.count", 0):
        return NOTHING, "未填村情"
    for metric, shade, words in TIERS:
        if totals.get(metric, 0) > 0:
            return shade, words
    return BELOW_TIERS


def legend(by_tier: bool) -> list[tuple[Shade, str]]:
    """Every shade with its range, best first."""
    if by_tier:
        return [*((shade, words) for _, shade, words in TIERS), BELOW_TIERS, (NOTHING, "未填村情")]
    return [*((band.shade, band.range) for band in BANDS), (NOTHING, "没有可比的数")]
