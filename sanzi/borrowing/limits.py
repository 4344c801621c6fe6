"""新增债务管控: which vouchers borrow, and what a village may not borrow for. No framework.

Source: domain/clean-up.md 2.7 (one town's rules: loans up to 3,000 yuan by the two committees,
above by 四议两公开; none for public works, none to repay old debt). Local, so shown as an example.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Protocol

from sanzi.kernel.money import ZERO

# 短期借款, 长期借款及应付款, under both schemes (财会〔2023〕14号; 财会〔2004〕12号).
LOAN_ACCOUNTS = ("201", "221")
# What a loan account may be filled from without anybody borrowing: one payable becoming another.
PAYABLES = {"2023": ("201", "211", "221"), "2004": ("201", "202", "221")}
# Up to this the two committees decide; above, the meeting (石西乡; an example until checked).
SMALL = Decimal("3000.00")
EXAMPLE = "地方规定示例，未与本地文件核对"

PURPOSES = {
    "production": "生产经营",
    "emergency": "抢险救灾等应急",
    "settle": "工程款等转为长期应付",
    "works": "兴办公益事业",
    "repay": "借新还旧",
    "wages": "发放报酬、招待等运转",
}
BANNED = {
    "works": "不得举债兴办公益事业",
    "repay": "不得借新债还旧债",
    "wages": "不得举债用于日常开支",
}


class Lined(Protocol):
    """A line of a voucher: an account and an amount in yuan on one side."""

    account: str
    debit: Decimal
    credit: Decimal


def borrowed(sides: Iterable[Lined], scheme: str) -> Decimal:
    """By how much a voucher raises what is owed on loans, in yuan; zero for most vouchers."""
    payables = PAYABLES[scheme]
    up = down = ZERO
    for side in sides:
        if side.account.startswith(LOAN_ACCOUNTS):
            up += side.credit
        if side.debit and side.account.startswith(payables):
            down += side.debit
    return max(up - down, ZERO)


def ban_on(purpose: str) -> str | None:
    """Why nobody may borrow for this; None when it may be asked for."""
    said = BANNED.get(purpose)
    return f"{said}（{EXAMPLE}）" if said else None
