"""A debt's part in the figures (domain/clean-up.md 2.6): a locked base and what was resolved of it.

化解率 = 化解 ÷ 锁定债务, and beside it how much of that was money. Debts formed after the base are
新增债务 and should be none.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sanzi.dispositions.balances import opening_of
from sanzi.kernel.money import ZERO, to_fen
from sanzi.metrics.share import Contribution

# A reconciliation letter moves no money; every other way of dealing with a debt resolves it.
NOTICE = "下函对账"
UNCLASSIFIED = "debts.unclassified"

# Which line of the report each way of resolving a debt belongs to; any other is 未分项.
KINDS: dict[str, str] = {
    "现金偿还": "debts.cash",
    "冲转": "debts.set_off",
    "抵顶": "debts.set_off",
    "资产抵债": "debts.asset",
    "减息": "debts.reduced",
    "减免": "debts.reduced",
    "核销": "debts.written_off",
    "冲销": "debts.written_off",
    "账务调整": "debts.adjusted",
    "剔除水分": "debts.adjusted",
}


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
    if locked := to_fen(opening_of(debt, "repaid_amount")):
        shares.append(Contribution("debts.locked", formed_on, locked))
    for act in movements:
        is_after = base_on is None or act["dated"] > base_on
        if is_after and act["method"] != NOTICE and act.get("amount"):
            fen = to_fen(act["amount"])
            kind = KINDS.get(act["method"], UNCLASSIFIED)
            shares.append(Contribution("debts.resolved", act["dated"], fen))
            shares.append(Contribution(kind, act["dated"], fen))
    return shares
