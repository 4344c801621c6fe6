"""How much a told case is like a contract at hand, and why, in words. No framework.

Same findings weigh most, then the legal nature, then the size. What comes out is a reason a person
can read and disagree with, not a score to believe.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

# Yuan: below ten thousand, to a hundred thousand, to a million, to five million (大额), above.
BANDS = (Decimal(10_000), Decimal(100_000), Decimal(1_000_000), Decimal(5_000_000))
_WORDS = ("一万元以下", "一万至十万元", "十万至一百万元", "一百万至五百万元", "五百万元以上")
_RULE, _NATURE, _BAND = 3, 2, 1


@dataclass(frozen=True)
class Traits:
    """What is compared: rule codes, legal nature, value in yuan."""

    rules: frozenset[str]
    legal_nature: str
    value: Decimal


@dataclass(frozen=True)
class Likeness:
    """How like a case is; `key` is the case's. Higher weight, more alike."""

    key: int
    weight: int
    reasons: tuple[str, ...]


def band_of(value: Decimal) -> int:
    """Which size a contract is of: 0 the smallest."""
    return sum(value >= edge for edge in BANDS)


def alike(
    one: Traits, told: Iterable[tuple[int, Traits]], names: dict[str, str], most: int = 3
) -> list[Likeness]:
    """The cases most like a contract, best first; only those that share a finding.

    `names` are the titles of rules by code.
    """
    found = [
        likeness for key, case in told if (likeness := _likeness(key, one, case, names)) is not None
    ]
    return sorted(found, key=lambda like: (-like.weight, -like.key))[:most]


def _likeness(key: int, one: Traits, case: Traits, names: dict[str, str]) -> Likeness | None:
    shared = sorted(one.rules & case.rules)
    if not shared:
        return None
    reasons = [f"同样有“{_named(shared, names)}”问题"]
    weight = _RULE * len(shared)
    if one.legal_nature and one.legal_nature == case.legal_nature:
        reasons.append(f"同为{one.legal_nature}")
        weight += _NATURE
    if band_of(one.value) == band_of(case.value):
        reasons.append(f"标的额同在{_WORDS[band_of(one.value)]}")
        weight += _BAND
    return Likeness(key, weight, tuple(reasons))


def _named(codes: Collection[str], names: dict[str, str]) -> str:
    return "、".join(names.get(code, code) for code in codes)


def masked_name(name: str) -> str:
    """A person's or firm's name as told to others: 万某某, 某公司; blank stays blank."""
    for ending in ("公司", "合作社", "厂", "矿", "学校", "委员会", "村"):
        if name.endswith(ending):
            return f"某{ending}"
    return f"{name[0]}{'某' * max(1, len(name) - 1)}" if name else ""


def without_names(text: str, names: Iterable[str]) -> str:
    """A text with every one of these names masked, the longest first."""
    for name in sorted({name for name in names if len(name) > 1}, key=len, reverse=True):
        text = text.replace(name, masked_name(name))
    return text
