"""Whose claim is asked for next: expected recovery times urgency, as a formula people can read.

The shares and factors are this project's example, an editable default and no official policy.
No framework.
"""

from dataclasses import dataclass
from decimal import Decimal

from sanzi.kernel.money import ZERO, grouped

BASE = 60
# Percentage points added to the base by what is known of the claim.
POINTS: dict[str, int] = {
    "对账认可": 20,
    "部分认可": 10,
    "申请分期": 15,
    "不认可": -20,
    "有原始凭据": 10,
    "无原始凭据": -20,
}
# What leaves little hope whatever else is known.
CEILINGS: dict[str, int] = {"死亡无继承人": 5, "注销": 5, "失联": 20, "死亡有继承人": 40}
# Days left on the limitation clock, at most: the factor and its words.
URGENCY: tuple[tuple[int, Decimal, str], ...] = (
    (60, Decimal("3"), "红色"),
    (180, Decimal("2"), "预警"),
    (365, Decimal("1.5"), "一年内"),
)
EXPIRED = Decimal("0.3")


@dataclass(frozen=True)
class Known:
    """What the ranking looks at: balance in yuan, the reply, the evidence, the debtor, the clock.

    `days_left` is None where the clock cannot be read.
    """

    balance: Decimal
    reply: str = ""
    evidence: str = ""
    debtor_status: str = ""
    days_left: int | None = None


@dataclass(frozen=True)
class Rank:
    """The score in yuan (it only orders) and the sentence that leads to it."""

    score: Decimal
    why: str


def rank(known: Known) -> Rank:
    """Expected recovery × urgency."""
    chance, reasons = _chance(known)
    factor, word = _urgency(known.days_left)
    score = (known.balance * chance * factor / 100).quantize(Decimal("0.01"))
    because = f"（{'，'.join(reasons)}）" if reasons else ""
    why = f"余额 {grouped(known.balance)} × 可收率 {chance}%{because} × 紧迫 {factor}（{word}）"
    return Rank(score, f"{why} = {grouped(score)}")


def _chance(known: Known) -> tuple[int, list[str]]:
    chance, reasons = BASE, []
    evidence = {"有": "有原始凭据", "无": "无原始凭据"}.get(known.evidence, "")
    for word in (known.reply, evidence):
        if points := POINTS.get(word, 0):
            chance += points
            reasons.append(f"{word}{points:+d}")
    if (ceiling := CEILINGS.get(known.debtor_status)) is not None and chance > ceiling:
        return ceiling, [f"{known.debtor_status}，最多 {ceiling}"]
    return min(max(chance, 5), 95), reasons


def _urgency(days_left: int | None) -> tuple[Decimal, str]:
    if days_left is None:
        return Decimal(1), "时效未算出"
    if days_left < 0:
        return EXPIRED, "时效已届满，可协商自愿履行"
    for most, factor, word in URGENCY:
        if days_left <= most:
            return factor, f"{word}，剩 {days_left} 天"
    return Decimal(1), f"剩 {days_left} 天"


def is_hopeless(known: Known) -> bool:
    """Nothing is left to ask for."""
    return known.balance <= ZERO
