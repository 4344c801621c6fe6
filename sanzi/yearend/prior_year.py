"""Putting an earlier year right: one blue voucher in the open month (会计基础工作规范 第51条).

What was wrong on accounts that carry balances is put right there. Income and expense of a closed
year have no accounts any more: what was wrong on them goes where the scheme says. No framework.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sanzi.accounting.entry import Side
from sanzi.kernel.money import ZERO

from .closing import Held, line


@dataclass(frozen=True)
class Rule:
    """Where a scheme puts what earlier years' income or expense got wrong."""

    scheme: str
    # For what raises the result and for what lowers it.
    gain: str
    loss: str
    words: str
    source: str
    is_checked: bool


RULES: Mapping[str, Rule] = {
    "2004": Rule(
        "2004", "32202", "32202",
        "以前年度的收支差错直接调整“收益分配—未分配收益”，不动本年收支。",
        "财会〔2004〕12号 322 科目", True,
    ),
    "2023": Rule(
        "2023", "504", "515",
        "以前年度的收支差错在发现的当期处理：少计的收益记其他收入，多计的记其他支出。",
        "未来适用法，参照农民专业合作社会计制度（财会〔2021〕37号）", False,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Wrong:
    """A line of the wrong voucher and what should have stood there, net yuan, debit positive."""

    stood: Held
    should: Decimal

    @property
    def change(self) -> Decimal:
        """What has to be added to the line's account."""
        return self.should - self.stood.amount


def correcting(
    wrongs: Sequence[Wrong], scheme: str, closed: frozenset[str], memo: str
) -> list[Side]:
    """The lines of the correcting voucher; `closed` are the income and expense accounts.

    Only what differs is booked. Amounts are positive: a blue voucher.
    """
    rule = RULES[scheme]
    found = []
    result = ZERO
    for wrong in wrongs:
        if wrong.stood.account in closed:
            result += wrong.change
        elif wrong.change:
            found.append(line(wrong.stood.account, wrong.change, memo, wrong.stood))
    if result:
        found.append(line(rule.loss if result > 0 else rule.gain, result, memo))
    return sorted(found, key=lambda side: not side.debit)
