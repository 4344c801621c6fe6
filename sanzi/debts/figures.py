"""A debt's part in the figures (domain/clean-up.md 2.6): a locked base and what was resolved of it.

化解率 = 化解 ÷ 锁定债务. Debts formed after the base are 新增债务 and should be none.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sanzi.kernel.money import ZERO, to_fen
from sanzi.metrics.share import Contribution

# A reconciliation letter moves no money; every other way of dealing with a debt resolves it.
NOTICE = "下函对账"


def debt_shares(
    debt: Mapping[str, Any], movements: Iterable[Mapping[str, Any]], base_on: date | None
) -> list[Contribution]:
    """What one debt adds to each figure, and from which day.

    `movements`: the dispositions of this debt (`dated`, `method`, `amount` in yuan or None).
    Those on or before `base_on` are already in its balance. What is paid on a new debt is no part
    of the rate.
    """
    formed_on = debt.get("formed_on") or date.min
    shares = [Contribution("debts.count", formed_on, 1)]
    if base_on is not None and formed_on > base_on:
        if principal := to_fen(debt.get("principal") or ZERO):
            shares.append(Contribution("debts.new", formed_on, principal))
        return shares
    if locked := to_fen(_balance(debt)):
        shares.append(Contribution("debts.locked", formed_on, locked))
    shares += [
        Contribution("debts.resolved", act["dated"], to_fen(act["amount"]))
        for act in movements
        if (base_on is None or act["dated"] > base_on)
        and act["method"] != NOTICE
        and act.get("amount")
    ]
    return shares


def _balance(debt: Mapping[str, Any]) -> Decimal:
    """The balance on the books; where blank, what is left of the principal, never below zero."""
    balance: Decimal | None = debt.get("balance")
    if balance is not None:
        return balance
    return max((debt.get("principal") or ZERO) - (debt.get("repaid_amount") or ZERO), ZERO)
