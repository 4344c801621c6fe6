"""The gate of opening balances: three numbers of the old balance sheet. No framework."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sanzi.kernel.money import ZERO, grouped
from sanzi.kernel.refusals import Invalid

from .entry import Side

# A cost is unfinished produce and stands among the assets (accounting.md 1.3: 存货 = 121 + 401).
_PART = {"asset": "assets", "cost": "assets", "liability": "liabilities", "equity": "equity"}
_WORDS = {"assets": "资产", "liabilities": "负债", "equity": "所有者权益"}


@dataclass(frozen=True)
class Totals:
    """What the old balance sheet says, in yuan. Split accounts count net on the asset side."""

    assets: Decimal
    liabilities: Decimal
    equity: Decimal

    def told(self) -> dict[str, str]:
        """For the operation log."""
        return {name: format(getattr(self, name), "f") for name in _WORDS}


def added_up(sides: Sequence[Side], categories: Mapping[str, str]) -> Totals:
    """Assets, liabilities and equity of opening lines, by the category of their accounts.

    Raises Invalid for a balance on an income or expense account: those begin a year at zero.
    """
    sums = dict.fromkeys(_WORDS, ZERO)
    for side in sides:
        part = _PART.get(categories.get(side.account, ""))
        if part is None:
            raise Invalid("opening.account", f"科目 {side.account} 是收入或支出科目，没有期初余额")
        net = side.debit - side.credit
        sums[part] += net if part == "assets" else -net
    return Totals(**sums)


def check_totals(sides: Sequence[Side], categories: Mapping[str, str], expected: Totals) -> None:
    """Raises Invalid naming each of the three numbers that differs and by how much."""
    found = added_up(sides, categories)
    gaps = [
        f"{word}录入 {grouped(mine)}，原表 {grouped(theirs)}，差 {grouped(mine - theirs)}"
        for name, word in _WORDS.items()
        if (mine := getattr(found, name)) != (theirs := getattr(expected, name))
    ]
    if gaps:
        raise Invalid("opening.totals", "期初余额与原资产负债表不符：" + "；".join(gaps))
