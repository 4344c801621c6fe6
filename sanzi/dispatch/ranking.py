"""Who stands where: villages (or towns) ordered by their rates, with flags for both ends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Flag = Literal["red", "yellow"]
FLAG_WORDS: dict[Flag, str] = {"red": "红旗", "yellow": "黄旗"}

# What happens when equals stand across the last flag (a region chooses).
Ties = Literal["all", "none"]
TIES: dict[Ties, str] = {
    "all": "同分跨在名额边上的都插旗",
    "none": "同分跨在名额边上的都不插旗",
}


@dataclass(frozen=True)
class FlagRule:
    """How many flags at each end, and what equals get. The defaults: domain/clean-up.md 4.3."""

    reds: int = 3
    yellows: int = 3
    ties: Ties = "all"

    @property
    def sentence(self) -> str:
        """The rule as the sheet prints it."""
        return (
            f"排名按合同规范率、清收率、化解率的平均数由高到低；没有问题合同、债权或债务的，该项不计入平均；"
            f"同分同名次；三项都没有的不排名。前{self.reds}名红旗，后{self.yellows}名黄旗，"
            f"{TIES[self.ties]}；参加排名的不足{self.reds + self.yellows}家时最多各取一半"
        )


DEFAULT_RULE = FlagRule()
_PLACES = Decimal("0.000001")


def score(rates: Iterable[Decimal | None]) -> Decimal | None:
    """The mean of those rates that exist, to six places; None when none does."""
    known = [rate for rate in rates if rate is not None]
    if not known:
        return None
    return (sum(known, Decimal(0)) / len(known)).quantize(_PLACES, ROUND_HALF_UP)


def ranks(scores: Mapping[str, Decimal | None]) -> dict[str, int]:
    """1 for the highest; equals share a rank and the next one is skipped. Without a score, none."""
    known = {key: value for key, value in scores.items() if value is not None}
    ordered = sorted(known.values(), reverse=True)
    first: dict[Decimal, int] = {}
    for place, value in enumerate(ordered, 1):
        first.setdefault(value, place)
    return {key: first[value] for key, value in known.items()}


def flags(scores: Mapping[str, Decimal | None], rule: FlagRule = DEFAULT_RULE) -> dict[str, Flag]:
    """Flags by key. Whoever would get both, because nearly all are equal, gets neither."""
    known = {key: value for key, value in scores.items() if value is not None}
    # As the sentence has it: half each only where there are fewer places than flags.
    most = len(known) if len(known) >= rule.reds + rule.yellows else len(known) // 2
    red = _first(known, min(rule.reds, most), rule.ties)
    yellow = _first(
        {key: -value for key, value in known.items()}, min(rule.yellows, most), rule.ties
    )
    found: dict[str, Flag] = {}
    for key in known:
        if (key in red) != (key in yellow):
            found[key] = "red" if key in red else "yellow"
    return found


def _first(scores: Mapping[str, Decimal], several: int, ties: Ties) -> set[str]:
    """Who is among the first `several`; equals across the edge all or none."""
    placed = ranks(scores)
    found = {key for key, place in placed.items() if place <= several}
    if ties == "none" and len(found) > several:
        edge = max(placed[key] for key in found)
        found = {key for key in found if placed[key] < edge}
    return found
