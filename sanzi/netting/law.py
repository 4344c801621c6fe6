"""Which settlements a village's meeting must decide first, as dated data. No framework.

No provision read here (民法典第五百六十八、五百六十九条) asks for a meeting; what does is how a
county understands 重大事项. So the amount is a default that an office replaces by its own row, and
what ships is never shown as official.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sanzi.kernel.money import grouped

EXAMPLE = "示例，可修改，非官方依据"
MATTER = "netting.settle"


@dataclass(frozen=True)
class Rule:
    """From which amount in yuan of one village in one netting a meeting decides; None: never."""

    region: str
    from_on: date
    amount_min: Decimal | None
    source: str
    unverified: bool = False

    @property
    def told(self) -> str:
        """The rule in words, with where it comes from."""
        words = (
            "不要求决议"
            if self.amount_min is None
            else f"一个村一次冲转达到 {grouped(self.amount_min)} 元的，先经会议决议"
        )
        return f"{words}（{self.source}{f'；{EXAMPLE}' if self.unverified else ''}）"

    def asks(self, amount: Decimal) -> bool:
        """Whether a village relieved of so much needs its meeting's decision."""
        return self.amount_min is not None and amount >= self.amount_min


SHIPPED = Rule("", date(1949, 10, 1), Decimal("10000.00"), "默认标准", unverified=True)


def rule_of(rules: Iterable[Rule], village: str, on: date) -> Rule:
    """The rule of a village on a day: of the nearest region, there the latest; else shipped."""
    over = [one for one in rules if village.startswith(one.region) and one.from_on <= on]
    return max(over, key=lambda one: (len(one.region), one.from_on), default=SHIPPED)
