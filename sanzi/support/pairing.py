"""Which strong village might help which weak one, by figures, with the reason in a sentence.

A suggestion, not a decision: the weakest choose first, each the nearest strong village that helps
least so far. The edges are the tiers of the goal (百村百万、十万清零), clean-up.md 4.6.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sanzi.kernel.money import grouped

WEAK_BELOW = Decimal("100000.00")
STRONG_FROM = Decimal("1000000.00")
# How many weak villages one strong village is asked to help.
EACH_MAX = 2
_NEAR = ((9, "同乡镇"), (6, "同县"), (4, "同市"))


@dataclass(frozen=True)
class Village:
    """A village with its yearly income in yuan, and how many it helps already."""

    code: str
    name: str
    income: Decimal
    helps: int = 0


@dataclass(frozen=True)
class Suggestion:
    """A weak village, a strong one, and why these two."""

    weak: Village
    strong: Village
    reason: str


def suggest(villages: Sequence[Village], helped: Collection[str]) -> list[Suggestion]:
    """A strong village for every weak one that has none; `helped` are codes that have."""
    strong = [one for one in villages if one.income >= STRONG_FROM]
    weak = [one for one in villages if one.income < WEAK_BELOW and one.code not in helped]
    load = {one.code: one.helps for one in strong}
    found = []
    for one in sorted(weak, key=lambda v: (v.income, v.code)):
        chosen = _nearest(one, [s for s in strong if load[s.code] < EACH_MAX], load)
        if chosen is None:
            break
        found.append(Suggestion(one, chosen, _reason(one, chosen, load[chosen.code])))
        load[chosen.code] += 1
    return found


def _nearest(weak: Village, strong: Sequence[Village], load: dict[str, int]) -> Village | None:
    return min(
        strong,
        key=lambda s: (-_shared(weak, s), load[s.code], -s.income, s.code),
        default=None,
    )


def _shared(one: Village, other: Village) -> int:
    return next((n for n, _ in _NEAR if one.code[:n] == other.code[:n]), 0)


def _reason(weak: Village, strong: Village, load: int) -> str:
    near = dict(_NEAR).get(_shared(weak, strong), "不同市")
    return (
        f"{weak.name}最近一年收入 {grouped(weak.income)} 元，不足 10 万元；"
        f"{strong.name} {grouped(strong.income)} 元，{near}，已结对 {load} 个村"
    )
