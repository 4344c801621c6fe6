"""What is looked at before a month is closed (结账前检查), over plain facts. No framework.

财会〔2024〕12号 第24条: every voucher of the period is posted before it is closed; that blocks, as
does what the ledger itself contradicts. What may have its reasons only warns.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sanzi.kernel.money import ZERO

OK, WARN, BLOCK = "ok", "warn", "block"
TONES = {OK: "done", WARN: "warn", BLOCK: "danger"}
WORDS = {OK: "通过", WARN: "提醒", BLOCK: "不能结账"}


@dataclass(frozen=True)
class Cash:
    """A money account in the month: how low it went, when, and where it ended; yuan."""

    code: str
    name: str
    lowest: Decimal
    lowest_on: date | None
    closing: Decimal


@dataclass(frozen=True)
class Gap:
    """Two figures that should be one, in yuan."""

    name: str
    ours: Decimal
    theirs: Decimal

    @property
    def difference(self) -> Decimal:
        """Ours less theirs."""
        return self.ours - self.theirs


@dataclass(frozen=True)
class Facts:
    """What is known of one month of one book. Amounts in yuan, a debit balance positive."""

    period: int
    has_begun: bool = True
    is_over: bool = True
    is_opening_locked: bool = True
    # Matters on their way into the books, by the name of their stage.
    under_way: Mapping[str, int] = field(default_factory=dict)
    counted: int = 0
    found: int = 0
    highest: int = 0
    open_before: Sequence[int] = ()
    out_of_balance: Decimal = ZERO
    money: Sequence[Cash] = ()
    # What nothing explains between bank and books; None where a statement is missing.
    bank: Decimal | None = None
    has_bank: bool = True
    has_cards: bool = False
    cards: Sequence[Gap] = ()
    # What accounts of claims and debts hold without a name.
    nameless: Sequence[tuple[str, str, Decimal]] = ()
    pending: Decimal = ZERO
    produce: Decimal = ZERO
    # Of December: the label of the step of the year end that waits, empty when all is done.
    waiting: str = ""

    @property
    def is_december(self) -> bool:
        """Whether the year ends with it."""
        return self.period % 100 == 12


@dataclass(frozen=True)
class Check:
    """What one look found: its state, a sentence, and the page where it is put right."""

    name: str
    title: str
    state: str
    sentence: str
    place: str = ""
    argument: str = ""

    @property
    def tone(self) -> str:
        """Its colour."""
        return TONES[self.state]

    @property
    def word(self) -> str:
        """Its state in a word."""
        return WORDS[self.state]


def month_name(period: int) -> str:
    """2024年3月."""
    return f"{period // 100}年{period % 100}月"
