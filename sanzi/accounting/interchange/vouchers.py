"""Vouchers as a file holds them: plain values and the lines of the file they came from."""

from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

COLUMNS = ("date", "voucher", "summary", "account", "debit", "credit", "counterparty")

# What the voucher with the balances brought into a set is called in a file.
OPENING = "期初"


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a file from being taken: the line of the file (from 1) and why."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """One row: an account by its digits, the name written beside it, both sides in fen."""

    line: int
    account: str
    name: str
    debit: int
    credit: int
    memo: str
    counterparty: str


@dataclass(slots=True)
class FileVoucher:
    """The rows that share a month and a voucher label; its day is that of the first."""

    label: str
    dated: date
    lines: list[FileLine] = field(default_factory=list)
    is_flawed: bool = False

    @property
    def period(self) -> int:
        """YYYYMM."""
        return self.dated.year * 100 + self.dated.month

    @property
    def is_opening(self) -> bool:
        """Whether these are the balances the set begins with."""
        return self.label == OPENING

    @property
    def memo(self) -> str:
        """The summary of the voucher: its first row's that has one."""
        return next((line.memo for line in self.lines if line.memo), "")

    @property
    def span(self) -> str:
        """Where it stands in the file, as a person is told: 第 8–11 行凭证 记-12."""
        first, last = self.lines[0].line, self.lines[-1].line
        where = f"第 {first} 行" if first == last else f"第 {first}–{last} 行"
        return f"{where}凭证 {self.label}"

    def digest(self) -> str:
        """Eighty bits of what it says, whatever file says it: the mark against a second booking."""
        said = [self.dated.isoformat()]
        for line in self.lines:
            said += (line.account, str(line.debit), str(line.credit), line.memo, line.counterparty)
        return sha256("\x1f".join(said).encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read: its vouchers in order, what is wrong with it, and its SHA-256."""

    vouchers: list[FileVoucher]
    problems: list[Problem]
    digest: str

    @property
    def lines_count(self) -> int:
        """Rows of all vouchers."""
        return sum(len(voucher.lines) for voucher in self.vouchers)
