"""银行存款余额调节表: both balances led to one by what only one side knows yet. No framework."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sanzi.kernel.money import ZERO

AGES = (5, 30, 90)  # days


@dataclass(frozen=True, slots=True)
class Outstanding:
    """A flow one side knows and the other does not (未达账项); `amount` is signed from our side."""

    dated: date
    amount: Decimal
    memo: str
    # What it is called: a voucher (记-12), or who the bank names.
    title: str = ""
    url: str = ""

    def days(self, on: date) -> int:
        """How long it has been outstanding."""
        return (on - self.dated).days


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """An account's two balances at a day, and what stands between them."""

    on: date
    bank_balance: Decimal
    book_balance: Decimal
    # Ours received, bank not yet; ours paid, bank not yet; bank received, ours not yet; bank paid.
    ours_in: Sequence[Outstanding]
    ours_out: Sequence[Outstanding]
    banks_in: Sequence[Outstanding]
    banks_out: Sequence[Outstanding]

    @property
    def bank_adjusted(self) -> Decimal:
        """The bank's balance as if it knew what we know."""
        return self.bank_balance + total(self.ours_in) + total(self.ours_out)

    @property
    def book_adjusted(self) -> Decimal:
        """Our balance as if we knew what the bank knows."""
        return self.book_balance + total(self.banks_in) + total(self.banks_out)

    @property
    def difference(self) -> Decimal:
        """What no outstanding flow explains; zero when the account is reconciled."""
        return self.bank_adjusted - self.book_adjusted

    @property
    def outstanding(self) -> int:
        """How many flows only one side knows."""
        return sum(map(len, (self.ours_in, self.ours_out, self.banks_in, self.banks_out)))


def reconcile(
    on: date,
    bank_balance: Decimal,
    book_balance: Decimal,
    ours: Iterable[Outstanding],
    banks: Iterable[Outstanding],
) -> Reconciliation:
    """Sort what is outstanding into the four groups of the form."""
    ours, banks = sorted(ours, key=_by_day), sorted(banks, key=_by_day)
    return Reconciliation(
        on,
        bank_balance,
        book_balance,
        [flow for flow in ours if flow.amount > 0],
        [flow for flow in ours if flow.amount < 0],
        [flow for flow in banks if flow.amount > 0],
        [flow for flow in banks if flow.amount < 0],
    )


def _by_day(flow: Outstanding) -> tuple[date, Decimal]:
    return flow.dated, flow.amount


def total(flows: Iterable[Outstanding]) -> Decimal:
    """Their sum in yuan."""
    return sum((flow.amount for flow in flows), ZERO)


def age_word(days: int) -> str:
    """The stretch of AGES a flow of so many days falls in."""
    lower = 0
    for limit in AGES:
        if days <= limit:
            return f"{lower}–{limit} 天" if lower else f"{limit} 天以内"
        lower = limit + 1
    return f"超过 {AGES[-1]} 天"


def age_words() -> list[str]:
    """Every stretch, the youngest first."""
    return [age_word(days) for days in (*AGES, AGES[-1] + 1)]
