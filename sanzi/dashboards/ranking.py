"""Who stands where: villages (or towns) ordered by their rates, with flags for both ends."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Flag = Literal["red", "yellow"]

# domain/clean-up.md 4.3: a red flag for the first three, a yellow one for the last three.
FLAGGED = 3
FLAG_WORDS: dict[Flag, str] = {"red": "红旗", "yellow": "黄旗"}

RULE = (
    "排名按合同规范率、清收率、化解率的平均数由高到低；没有问题合同、债权或债务的，该项不计入平均；"
    "同分同名次；三项都没有的不排名。前三名红旗，后三名黄旗；参加排名的不足六家时各取一半"
)

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


def flags(scores: Mapping[str, Decimal | None]) -> dict[str, Flag]:
    """Flags by key. Whoever would get both, because nearly all are equal, gets neither."""
    known = {key: value for key, value in scores.items() if value is not None}
    several = min(FLAGGED, len(known) // 2)
    from_above = ranks(known)
    from_below = ranks({key: -value for key, value in known.items()})
    found: dict[str, Flag] = {}
    for key in known:
        is_first, is_last = from_above[key] <= several, from_below[key] <= several
        if is_first != is_last:
            found[key] = "red" if is_first else "yellow"
    return found
