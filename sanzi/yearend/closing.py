"""What empties the accounts of a year (accounting.md 1.4, steps 4, 5, 7), to the fen. No framework.

An account on its usual side is closed from the other side; one that stands on the unusual side (a
red letter, an investment that lost) from its own. The counterparties, projects, objects and items
an account is analysed by travel with it, so that their sub-ledgers end at zero too.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sanzi.accounting.entry import Side
from sanzi.accounting.keys import LINES_MAX
from sanzi.kernel.money import ZERO


@dataclass(frozen=True, slots=True)
class Held:
    """What one account holds under one set of dimensions: net yuan, a debit balance positive."""

    account: str
    amount: Decimal
    counterparty: int | None = None
    project: int | None = None
    object: int | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """A voucher proposed: its summary and its lines."""

    memo: str
    sides: tuple[Side, ...]

    @property
    def total(self) -> Decimal:
        """The sum of its debit side, yuan."""
        return sum((side.debit for side in self.sides), ZERO)


def line(account: str, amount: Decimal, memo: str, held: Held | None = None) -> Side:
    """A line of a net amount: a positive one on the debit side, a negative one on the credit."""
    named = (held.counterparty, held.project, held.object, held.item) if held else (None,) * 4
    debit, credit = (amount, ZERO) if amount > 0 else (ZERO, -amount)
    return Side(account, debit, credit, memo, *named)


def emptied(held: Sequence[Held], into: str, memo: str) -> list[Proposed]:
    """Vouchers that carry these balances into one account; none when all are zero.

    Each voucher balances by itself and keeps within the lines a voucher may have.
    """
    standing = sorted(
        (one for one in held if one.amount),
        key=lambda one: (one.account, one.counterparty or 0, one.project or 0, one.item or 0),
    )
    return [_voucher(part, into, memo) for part in _parts(standing, LINES_MAX - 1)]


def _voucher(held: Sequence[Held], into: str, memo: str) -> Proposed:
    sides = [line(one.account, -one.amount, memo, one) for one in held]
    net = sum((one.amount for one in held), ZERO)
    if net:
        target = line(into, net, memo)
        # As accountants write it: the debit lines of a voucher come first.
        sides = [target, *sides] if target.debit else [*sides, target]
    return Proposed(memo, tuple(sides))


def _parts(held: Sequence[Held], most: int) -> Iterator[Sequence[Held]]:
    for start in range(0, len(held), most):
        yield held[start : start + most]


def results(
    held: Iterable[Held], income: frozenset[str], expense: frozenset[str], into: str, year: int
) -> list[Proposed]:
    """Income, then expense, into this year's result (收支结转本年收益)."""
    standing = list(held)
    gains = [one for one in standing if one.account in income]
    costs = [one for one in standing if one.account in expense]
    return [
        *emptied(gains, into, f"结转{year}年各项收入"),
        *emptied(costs, into, f"结转{year}年各项支出"),
    ]
