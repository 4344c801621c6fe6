"""What a matching is asked: villages with needs, helpers with skills, and what a pair costs.

Every cost is a whole number of points, so that an optimum can be proved exactly. The weights are an
editable default of this house ([design]); no source publishes any.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isqrt

# How well a skill is had: 0 not at all.
LEVELS = {1: "了解", 2: "熟悉", 3: "精通"}
LEVEL_MAX = 3
# How much a need weighs.
WEIGHTS = {1: "一般", 2: "重要", 3: "急需"}

# Metres taken for granted where no coordinates are known: by what two codes share.
TIERS: tuple[tuple[int, str, int], ...] = (
    (9, "同乡镇", 5_000),
    (6, "同县", 20_000),
    (4, "同市", 60_000),
    (0, "外市", 150_000),
)

# Said of a pair that is in force already, among the conflicts that keep pairs apart.
HELPED = "正在帮扶这个村"

Point = tuple[int, int]


@dataclass(frozen=True)
class Terms:
    """The weights of one matching, in points."""

    # When every need goes unmet; a need half met costs half its share.
    gap: int = 1000
    per_km: int = 5
    # For each village already in hand.
    load: int = 200

    def __post_init__(self) -> None:
        # Beyond these the solver's integers would not hold a city's sums.
        assert 0 <= self.gap <= 10_000
        assert 0 <= self.load <= 10_000
        assert 0 <= self.per_km <= 100


@dataclass(frozen=True)
class Village:
    """A village to be helped: {skill: weight}, and where it lies (metres east and north)."""

    code: str
    name: str
    needs: Mapping[str, int]
    point: Point | None = None


@dataclass(frozen=True)
class Helper:
    """An expert: {skill: level from 1}, base region, how many villages at most and already in hand.

    `conflicts` names region codes (a village or a whole town) with the reason to stay away.
    """

    key: int
    name: str
    skills: Mapping[str, int]
    base: str
    load_max: int = 1
    held: int = 0
    point: Point | None = None
    conflicts: Mapping[str, str] = field(default_factory=dict)

    @property
    def county(self) -> str:
        return self.base[:6]

    @property
    def free(self) -> int:
        """How many more villages may be given."""
        return max(0, self.load_max - self.held)


@dataclass(frozen=True)
class Parts:
    """What a pair costs, in points: needs unmet, the way; the load comes with the place taken."""

    gap: int
    way: int

    @property
    def total(self) -> int:
        return self.gap + self.way


def metres_between(village: Village, helper: Helper) -> int:
    """The distance in whole metres: measured, or taken from what the two codes share."""
    if village.point is not None and helper.point is not None:
        east, north = village.point[0] - helper.point[0], village.point[1] - helper.point[1]
        return isqrt(east * east + north * north)
    return _tier(village, helper)[1]


def way_between(village: Village, helper: Helper) -> str:
    """The distance in words, with where it comes from."""
    metres = metres_between(village, helper)
    if village.point is not None and helper.point is not None:
        return f"相距 {metres // 1000} 公里"
    return f"{_tier(village, helper)[0]}（按 {metres // 1000} 公里计）"


def _tier(village: Village, helper: Helper) -> tuple[str, int]:
    for length, word, metres in TIERS:
        if len(helper.base) >= length and village.code[:length] == helper.base[:length]:
            return word, metres
    raise AssertionError("the last tier takes everybody")


def parts(village: Village, helper: Helper, terms: Terms) -> Parts:
    """The points of one pair; whole numbers, rounded down once each."""
    # A plain loop: this is asked for every pair of a city.
    weights = unmet = 0
    for skill, weight in village.needs.items():
        weights += weight
        unmet += weight * (LEVEL_MAX - helper.skills.get(skill, 0))
    gap = terms.gap * unmet // (LEVEL_MAX * weights) if weights else 0
    return Parts(gap, metres_between(village, helper) * terms.per_km // 1000)


def load_points(helper: Helper, place: int, terms: Terms) -> int:
    """What the n-th village given in this matching costs (0 the first)."""
    return terms.load * (helper.held + place)


def why_not(village: Village, helper: Helper) -> str | None:
    """The hard limit that keeps this pair apart; None when it may be."""
    for code, reason in helper.conflicts.items():
        if village.code.startswith(code):
            if reason == HELPED:
                return f"{helper.name}{reason}"
            return f"{helper.name}应当回避：{reason}"
    if helper.skills.keys().isdisjoint(village.needs):
        return f"{helper.name}没有该村需要的任何一项专长"
    if not helper.free:
        return f"{helper.name}手上已有 {helper.held} 个村，达到上限"
    return None
