"""A reduction for those who pay soon, adopted by the meeting: what is to pay and what is waived.

The "321" of one Shanxi village (clean-up.md 2.3): 30, 20, 10 % within 10, 20, 30 days of
confirming; households in hardship 30 % within 30 days; of the dead, heirs pay, without heirs all is
waived. Heirs answer only up to the estate they receive (民法典 第1161条). No framework; in yuan.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from sanzi.kernel.money import ZERO

HARDSHIP = frozenset({"脱贫户", "低保户", "五保户"})
HEIRS, NO_HEIRS = "死亡有继承人", "死亡无继承人"
EXAMPLE = "某村“321”办法，示例；以本村决议为准"
_FEN = Decimal("0.01")


@dataclass(frozen=True)
class Tier:
    """Paid within so many days of confirming, this part (0.30) is waived."""

    days: int
    rate: Decimal


@dataclass(frozen=True)
class Cap:
    """困难减免: how much a debtor in hardship may be forgiven at most, apart from any discount.

    A part of all that debtor owes the village (0.50), and yuan; both hold where both are set.
    """

    rate: Decimal
    most: Decimal | None = None

    def of(self, owed: Decimal) -> Decimal:
        """The most that may be forgiven of so much, in yuan."""
        part = (owed * self.rate).quantize(_FEN, ROUND_DOWN)
        return part if self.most is None else min(part, self.most)


@dataclass(frozen=True)
class Terms:
    """A policy as the meeting adopted it; a day stands in the first tier that holds it."""

    tiers: tuple[Tier, ...]
    hardship: Tier | None = None
    waives_heirless: bool = False
    cap: Cap | None = None


THREE_TWO_ONE = Terms(
    (Tier(10, Decimal("0.30")), Tier(20, Decimal("0.20")), Tier(30, Decimal("0.10"))),
    Tier(30, Decimal("0.30")),
    True,
)


@dataclass(frozen=True)
class Debtor:
    """Who owes, as far as a policy asks: state of life, standing, the estate left to heirs."""

    status: str = ""
    standing: Collection[str] = ()
    estate: Decimal | None = None


@dataclass(frozen=True)
class Offer:
    """What settles a claim on a day: the money, what is given up, and why."""

    cash: Decimal
    waived: Decimal
    why: str
    # The last day this holds.
    until: date | None = None


def offer(terms: Terms, owed: Decimal, confirmed_on: date, on: date, debtor: Debtor) -> Offer:
    """What settles `owed` yuan on a day under a policy; the whole of it when nothing is waived."""
    if debtor.status == NO_HEIRS and terms.waives_heirless:
        return Offer(ZERO, owed, "债务人死亡，没有继承人，按决议全部免除")
    days = (on - confirmed_on).days
    tier = tier_for(terms, days, debtor)
    if tier is None:
        found = Offer(owed, ZERO, "已过优惠期限" if days >= 0 else "尚未对账确认")
    else:
        waived = (owed * tier.rate).quantize(_FEN, ROUND_HALF_UP)
        said = f"确认后第 {days} 天付清，{tier.days} 天内减免 {_percent(tier.rate)}"
        found = Offer(
            owed - waived, waived, said, date.fromordinal(confirmed_on.toordinal() + tier.days)
        )
    return _within_estate(found, owed, debtor)


def tier_for(terms: Terms, days: int, debtor: Debtor) -> Tier | None:
    """The tier of a day counted from confirming (0 is the day itself); None outside all."""
    if days < 0:
        return None
    found = [tier for tier in terms.tiers if days <= tier.days]
    if terms.hardship and HARDSHIP & set(debtor.standing) and days <= terms.hardship.days:
        found.append(terms.hardship)
    return max(found, key=lambda tier: tier.rate, default=None)


def _within_estate(found: Offer, owed: Decimal, debtor: Debtor) -> Offer:
    """Heirs never pay more than the estate; what lies beyond is not theirs to owe."""
    if debtor.status != HEIRS or debtor.estate is None or found.cash <= debtor.estate:
        return found
    said = f"{found.why}；继承人以所得遗产 {debtor.estate} 元为限（民法典第1161条）"
    return Offer(debtor.estate, owed - debtor.estate, said, found.until)


def _percent(rate: Decimal) -> str:
    return f"{(rate * 100).normalize():f}%"


def fault_of(terms: Terms) -> str | None:
    """Why terms make no sense; None when they do."""
    for earlier, later in zip(terms.tiers, terms.tiers[1:], strict=False):
        if later.days <= earlier.days or later.rate >= earlier.rate:
            return "各档的天数应逐档增加，减免比例应逐档降低"
    if terms.cap and not (0 < terms.cap.rate <= 1 and (terms.cap.most or 1) > 0):
        return "困难减免的上限比例应大于 0、不超过 100%，上限金额应大于 0"
    if not terms.tiers and terms.cap:
        return None
    if not terms.tiers or not all(0 < tier.rate < 1 and tier.days > 0 for tier in terms.tiers):
        return "请至少填写一档（或困难减免的上限），天数大于 0，减免比例在 0 和 100% 之间"
    return None
