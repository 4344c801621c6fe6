"""A set of books as plainly as can be: a list of vouchers, added up anew for every question.

What the property tests hold the real books against; amounts in fen.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

# account, fen (debit positive), whether on the credit side, counterparty ("" for nobody)
ModelLine = tuple[str, int, bool, str]


@dataclass(frozen=True)
class ModelVoucher:
    dated: date
    kind: str
    lines: tuple[ModelLine, ...]

    @property
    def bucket(self) -> int:
        """0 brought forward, 1 to 12, 13 closing entries."""
        if self.kind == "opening":
            return 0
        return 13 if self.kind == "closing" else self.dated.month


@dataclass
class ModelBook:
    vouchers: list[ModelVoucher] = field(default_factory=list)
    shut: set[int] = field(default_factory=set)
    last_year: int = 2024

    def takes(self, day: date) -> bool:
        """Whether the month of this day is open."""
        return 2024 <= day.year <= self.last_year and self.period(day) not in self.shut

    @staticmethod
    def period(day: date) -> int:
        return day.year * 100 + day.month

    def balances(
        self, first: int, last: int, *, closing: bool = True
    ) -> dict[str, tuple[int, int, int]]:
        """Opening net, debit and credit of every account in months of one year."""
        found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for account, _, place, debit, credit in self._moved(first, last, closing):
            if place < 0:
                found[account][0] += debit - credit
            elif place == 0:
                found[account][1] += debit
                found[account][2] += credit
        return {account: tuple(sums) for account, sums in found.items() if any(sums)}

    def owed(self, last: int) -> int:
        """The debit balances of the sub-ledgers of 113 after a month, closing entries apart."""
        sums: Counter[tuple[str, str]] = Counter()
        for account, whom, place, debit, credit in self._moved(last, last, last % 100 == 12):
            if account.startswith("113") and place <= 0:
                sums[account, whom] += debit - credit
        return sum(balance for balance in sums.values() if balance > 0)

    def whom(self, last: int) -> Counter[tuple[str, str]]:
        """Closing balance by account and counterparty."""
        sums: Counter[tuple[str, str]] = Counter()
        for account, whom, place, debit, credit in self._moved(last, last, True):
            if whom and place <= 0:
                sums[account, whom] += debit - credit
        return sums

    def counts(self) -> Counter[int]:
        """How many vouchers each month holds."""
        return Counter(
            voucher.dated.year * 100 + (0 if voucher.kind == "opening" else voucher.dated.month)
            for voucher in self.vouchers
        )

    def _moved(
        self, first: int, last: int, closing: bool
    ) -> Iterator[tuple[str, str, int, int, int]]:
        """Each line: -1 before the months, 0 in them, 1 after."""
        end = last % 100
        for voucher in self.vouchers:
            bucket = voucher.bucket
            if voucher.dated.year == first // 100 and bucket:
                until = 13 if end == 12 and closing else end
                place = -1 if bucket < first % 100 else 0 if bucket <= until else 1
            else:
                place = -1 if voucher.dated.year <= first // 100 else 1
            for account, fen, is_credit, whom in voucher.lines:
                yield account, whom, place, 0 if is_credit else fen, fen if is_credit else 0
