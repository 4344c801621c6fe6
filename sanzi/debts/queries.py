"""One debt as its page tells it."""

from collections.abc import Iterable
from typing import Any

from sanzi.dispositions.ledger import Ledger, ledger
from sanzi.intake.dictionary import sheet
from sanzi.kernel.money import grouped
from sanzi.metrics.rows import shares_of_row
from sanzi.web.formats import rate

from .models import Debt

SHEET = sheet("债务")


def movements(debt: Debt, acts: Iterable[Any]) -> Ledger:
    """The debt's ledger; one query."""
    return ledger(
        acts,
        shares_of_row("debts", debt.pk),
        locked="debts.locked",
        kind_of=lambda method: "debts.resolved",
    )


def answer(debt: Any, kept: Ledger) -> str:
    """What is owed, what was resolved since the base, and how far that is."""
    said = []
    if kept.locked is None:
        if debt.balance is not None:
            said.append(f"账面 {grouped(debt.balance)} 元")
        said.append("不在锁定基数内，不计入化解率")
    else:
        assert kept.moved is not None
        assert kept.left is not None
        said.append(f"账面 {grouped(kept.locked)} 元")
        said.append(f"基准日后已化解 {grouped(kept.moved)} 元")
        said.append(f"尚欠 {grouped(kept.left)} 元")
        said.append(f"化解率 {rate(kept.rate)}")
    return f"欠{debt.creditor}：{'，'.join(said)}"
