"""May this be spent? A payment held against the year's budget, in plain values. No framework.

A movement belongs to exactly one line: the most specific that covers it, a line of its project
before one of the whole account, a longer account code before a shorter. So lines add up without
counting anything twice, and the line of an account above holds what has no line of its own below.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeVar

from sanzi.kernel.money import grouped


class Control(StrEnum):
    """What a line does to a payment it has not enough left for."""

    WARN = "warn"
    BLOCK = "block"

    @property
    def label(self) -> str:
        """As the form says it."""
        return "提醒" if self is Control.WARN else "禁止"


@dataclass(frozen=True, slots=True)
class Allowance:
    """A line of the budget in force with what it has been used for, in yuan."""

    account: str
    project: int | None
    name: str
    amount: Decimal
    control: Control
    used: Decimal

    @property
    def left(self) -> Decimal:
        """Negative when overspent."""
        return self.amount - self.used

    @property
    def title(self) -> str:
        """As a message names it."""
        return f"{self.account} {self.name}"


@dataclass(frozen=True, slots=True)
class Policy:
    """A region's rule: the single payment above which a report is due, and unplanned spending.

    `is_example` marks the built-in default nobody has decided here.
    """

    report_above: Decimal
    unplanned: Control
    basis: str
    is_example: bool = False


# platforms.md I-2 [S15]: one town's limit. An editable default, never shown as official.
EXAMPLE = Policy(Decimal("3000.00"), Control.WARN, "示例标准，请按本地规定修改", is_example=True)


@dataclass(frozen=True, slots=True)
class Check:
    """What the budget says of a payment. `left` is before it, in yuan; None without a line.

    `is_short` is true of a payment the budget has not enough for, `blocks` when it may not be made.
    """

    left: Decimal | None
    words: str
    blocks: bool
    is_short: bool = False
    needs_report: bool = False


class Line(Protocol):
    """Whatever covers an account and perhaps one project."""

    @property
    def account(self) -> str: ...

    @property
    def project(self) -> int | None: ...


AnyLine = TypeVar("AnyLine", bound=Line)


def line_for(lines: Iterable[AnyLine], account: str, project: int | None) -> AnyLine | None:
    """The one line a movement belongs to."""
    covering = [
        line
        for line in lines
        if account.startswith(line.account) and line.project in (None, project)
    ]
    return max(
        covering, key=lambda line: (line.project is not None, len(line.account)), default=None
    )


def check(
    lines: Sequence[Allowance], account: str, project: int | None, amount: Decimal, policy: Policy
) -> Check:
    """Hold a payment against the lines of the budget in force."""
    found = line_for(lines, account, project)
    report = _report(amount, policy)
    if found is None:
        return _unplanned(account, policy, report)
    left = found.left
    if amount <= left:
        words = (
            f"预算“{found.title}”尚余 {grouped(left)} 元，本次 {grouped(amount)} 元，"
            f"付后余 {grouped(left - amount)} 元"
        )
        return Check(left, _and(words, report), blocks=False, needs_report=bool(report))
    blocks = found.control is Control.BLOCK
    return Check(left, _and(_short(found, amount, blocks), report), blocks, True, bool(report))


def _short(line: Allowance, amount: Decimal, blocks: bool) -> str:
    left = f"尚余 {grouped(line.left)} 元" if line.left >= 0 else f"已超支 {grouped(-line.left)} 元"
    what = (
        f"预算“{line.title}”{left}，本次 {grouped(amount)} 元，"
        f"超出 {grouped(amount - max(line.left, Decimal(0)))} 元"
    )
    if blocks:
        return f"{what}；本项控制方式为禁止，请减少金额，或先按程序调整预算后再付"
    return f"{what}；可以继续，请在事由中写明超预算的原因，并列入预算调整"


def _unplanned(account: str, policy: Policy, report: str) -> Check:
    blocks = policy.unplanned is Control.BLOCK
    words = f"科目 {account} 没有列入本年预算；" + (
        "预算外支出不得支付，请先按程序调整预算"
        if blocks
        else "预算外支出须经民主理财并说明资金来源，请尽快调整预算"
    )
    return Check(None, _and(words, report), blocks, True, bool(report))


def without_budget(words: str, amount: Decimal, policy: Policy) -> Check:
    """What is said of a payment in a year nobody approved a budget for."""
    report = _report(amount, policy)
    return Check(None, _and(words, report), False, is_short=True, needs_report=bool(report))


def _report(amount: Decimal, policy: Policy) -> str:
    if amount <= policy.report_above:
        return ""
    mark = "（示例标准，未核对）" if policy.is_example else f"（{policy.basis}）"
    return f"单笔超过 {grouped(policy.report_above)} 元，须附支出预算报告{mark}"


def _and(words: str, report: str) -> str:
    return f"{words}。{report}" if report else words
