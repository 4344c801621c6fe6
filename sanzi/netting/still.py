"""Whether what was frozen is still so when it is to be settled. Read inside the action."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sanzi.debts.models import Resolving
from sanzi.debts.stages import OPEN
from sanzi.kernel.money import grouped
from sanzi.receivables.standing import Standing
from sanzi.receivables.workflow import SEVEN, no_book

from .frozen import last_netting, last_private_netting
from .models import Obligation, PrivateDebt, Proposal
from .qualifying import CLAIM, DEBT, PRIVATE

_NAMES = {CLAIM: "债权", DEBT: "债务", PRIVATE: "民间欠款"}


def gaps_of(rows: Sequence[Obligation], proposal: Proposal, today: date) -> list[str]:
    """What has changed since: amounts, other steps under way, suits. Empty when nothing has."""
    after = {
        CLAIM: last_netting("债权", [row.claim for row in rows if row.claim is not None]),
        DEBT: last_netting("债务", [row.debt for row in rows if row.debt is not None]),
        PRIVATE: last_private_netting([row.private for row in rows if row.private is not None]),
    }
    found = []
    for row in rows:
        sides: list[tuple[str, Any, int]] = [
            (CLAIM, row.claim, row.claim_after), (DEBT, row.debt, row.debt_after),
            (PRIVATE, row.private, row.private_after),
        ]  # fmt: skip
        for kind, thing, frozen in sides:
            if thing is None:
                continue
            name = f"{_NAMES[kind]} {thing.number}"
            if after[kind][thing.pk] != frozen:
                found.append(f"{name}已用于另一次冲转")
            elif thing.left != row.amount:
                found.append(
                    f"{name}提出时尚欠 {grouped(row.amount)} 元，现在是 {grouped(thing.left)} 元"
                )
            found += [f"{name}：{why}" for why in _in_the_way(kind, thing, today)]
    return found


def _in_the_way(kind: str, thing: Any, today: date) -> list[str]:
    if kind == PRIVATE:
        is_sure = thing.stage == PrivateDebt.Stage.CONFIRMED
        return [] if is_sure else [f"现在是“{thing.get_stage_display()}”"]
    if kind == DEBT:
        waits = Resolving.objects.filter(debt=thing, stage__in=OPEN).exists()
        return ["有化解办理在办"] if waits else []
    standing = Standing(thing, today)
    # What a three-party set-off asks, except for books: a village may keep none here.
    reasons = [
        why
        for condition in SEVEN["three_party"].unless
        if condition is not no_book and (why := condition(standing))
    ]
    return [*reasons, "已打包封存"] if standing.put_aside else reasons
