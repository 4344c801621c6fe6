"""How a year's result is shared out (财务制度 第28条, 农村集体经济组织法 第42条). No framework.

The order is law: cover losses, set aside for 公积公益金, share among the members, then others. What
cannot be shared to the fen stays undistributed: less than a fen a head.
"""

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from sanzi.accounting.entry import Side, credit, debit
from sanzi.kernel.money import ZERO, grouped

FEN = Decimal("0.01")


@dataclass(frozen=True)
class Pot:
    """What there is, in yuan: this year's result, what earlier years left (a loss is negative)."""

    result: Decimal
    before: Decimal

    @property
    def loss(self) -> Decimal:
        """What earlier years lost and this year's result does not cover."""
        return max(ZERO, -(self.result + self.before))

    @property
    def covered(self) -> Decimal:
        """弥补亏损: what this year's result covers of earlier losses."""
        return min(max(self.result, ZERO), max(-self.before, ZERO))

    @property
    def base(self) -> Decimal:
        """What the reserve is reckoned from: the result after losses are covered."""
        return max(self.result - self.covered, ZERO)

    @property
    def distributable(self) -> Decimal:
        """可分配收益."""
        return max(self.result + self.before, ZERO)


@dataclass(frozen=True)
class Wish:
    """What the assembly decided."""

    from_reserve: Decimal = ZERO
    reserve_rate: Decimal = Decimal(0)
    members: Decimal = ZERO
    heads: int = 0
    other: Decimal = ZERO


@dataclass(frozen=True)
class Shares:
    """What the decision comes to, yuan. `members` is per_head × heads, the voucher's amount."""

    from_reserve: Decimal
    reserve: Decimal
    members: Decimal
    per_head: Decimal
    remainder: Decimal
    other: Decimal
    left: Decimal

    @property
    def total(self) -> Decimal:
        """Everything shared out."""
        return self.reserve + self.members + self.other


def shared(pot: Pot, wish: Wish) -> Shares:
    """The amounts of a decision; `faults` says whether they may be."""
    reserve = (pot.base * wish.reserve_rate).quantize(FEN, ROUND_HALF_UP)
    per_head = (wish.members / wish.heads).quantize(FEN, ROUND_DOWN) if wish.heads else ZERO
    members = per_head * wish.heads
    left = pot.result + pot.before + wish.from_reserve - reserve - members - wish.other
    return Shares(
        wish.from_reserve, reserve, members, per_head, wish.members - members, wish.other, left
    )


def faults(pot: Pot, wish: Wish, reserve_fund: Decimal) -> list[str]:
    """Why a decision cannot be carried out; `reserve_fund` is what stands in 公积公益金."""
    found = []
    if wish.from_reserve > pot.loss:
        found.append(
            f"公积公益金补亏 {grouped(wish.from_reserve)} 元，"
            f"超过尚未弥补的亏损 {grouped(pot.loss)} 元"
        )
    if wish.from_reserve > reserve_fund:
        found.append(f"公积公益金只有 {grouped(reserve_fund)} 元，不够补亏")
    if wish.members and not wish.heads:
        found.append("向成员分配要填人（股）数，才能算出每人（股）的金额")
    shares = shared(pot, wish)
    if shares.total > pot.distributable:
        found.append(
            f"提取、分配合计 {grouped(shares.total)} 元，"
            f"超过可分配收益 {grouped(pot.distributable)} 元"
        )
    return found


@dataclass(frozen=True)
class Accounts:
    """The accounts a plan is booked to."""

    allotted: str  # 各项分配
    undistributed: str  # 未分配收益
    reserve: str
    members: str
    other: str


def sides(shares: Shares, to: Accounts, members: int | None, year: int) -> list[list[Side]]:
    """The lines of a confirmed plan's vouchers; none when nothing is shared out.

    What covers a loss goes to 未分配收益 in a voucher of its own: it is no distribution.
    `members` is the counterparty under which what is owed to the members stands by itself.
    """
    shared_out = []
    for amount, account, memo, who in (
        (shares.reserve, to.reserve, f"提取{year}年公积公益金", None),
        (shares.members, to.members, f"{year}年收益向成员分配", members),
        (shares.other, to.other, f"{year}年收益其他分配", None),
    ):
        if amount:
            shared_out.append(debit(to.allotted, amount, memo=memo))
            shared_out.append(credit(account, amount, memo=memo, counterparty=who))
    return [lines for lines in (_covering(shares, to, year), shared_out) if lines]


def _covering(shares: Shares, to: Accounts, year: int) -> list[Side]:
    if not shares.from_reserve:
        return []
    memo = f"公积公益金弥补{year}年及以前亏损"
    return [
        debit(to.reserve, shares.from_reserve, memo=memo),
        credit(to.undistributed, shares.from_reserve, memo=memo),
    ]
