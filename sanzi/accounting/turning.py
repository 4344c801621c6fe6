"""What vouchers add to the pages of a ledger, as integers in fen. No framework.

A page is 27 numbers: brought forward (net, a debit balance positive), then debit and credit of each
bucket 1 to 13. What is added here is added in the database in the same transaction.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

WIDTH = 27
SPLIT_MARK = "+"

Numbers = list[int]
PageKey = tuple[int, int, str]  # book, year, account
SubKey = tuple[int, int, str, int]  # book, year, account, dimension


def empty() -> Numbers:
    """A page on which nothing happened."""
    return [0] * WIDTH


class Turnings:
    """What a batch of vouchers adds to the pages of accounts and of their dimensions."""

    def __init__(self) -> None:
        self.pages: dict[PageKey, Numbers] = defaultdict(empty)
        self.subs: dict[SubKey, Numbers] = defaultdict(empty)

    def add(
        self,
        book: int,
        year: int,
        bucket: int,
        account: str,
        debit: int,
        credit: int,
        dimensions: Iterable[int],
    ) -> None:
        """One line."""
        _put(self.pages[book, year, account], bucket, debit, credit)
        for dimension in dimensions:
            self.add_sub(book, year, bucket, account, dimension, debit, credit)

    def add_sub(
        self,
        book: int,
        year: int,
        bucket: int,
        account: str,
        dimension: int,
        debit: int,
        credit: int,
    ) -> None:
        """One line to the page of one of its dimensions."""
        _put(self.subs[book, year, account, dimension], bucket, debit, credit)

    def carry(self, later_years: Mapping[int, Sequence[int]]) -> None:
        """What moves in a year moves what is brought forward in the years opened after it."""
        # Nets first: what is carried into a year is not to be carried on from there once more.
        moved = [(key, net(numbers)) for key, numbers in self.pages.items()]
        for (book, year, account), amount in moved:
            for later in _after(year, later_years[book]):
                self.pages[book, later, account][0] += amount
        deep = [(key, net(numbers)) for key, numbers in self.subs.items()]
        for (book, year, account, dimension), amount in deep:
            for later in _after(year, later_years[book]):
                self.subs[book, later, account, dimension][0] += amount


def _put(numbers: Numbers, bucket: int, debit: int, credit: int) -> None:
    if bucket == 0:
        numbers[0] += debit - credit
    else:
        numbers[2 * bucket - 1] += debit
        numbers[2 * bucket] += credit


def _after(year: int, years: Sequence[int]) -> list[int]:
    return [later for later in years if later > year]


def net(numbers: Sequence[int]) -> int:
    """The closing balance of a page after its closing entries; a debit balance is positive."""
    return numbers[0] + sum(numbers[1::2]) - sum(numbers[2::2])


def debit_balances(numbers: Sequence[int]) -> Numbers:
    """A sub-ledger's debit balance as a page of its own: what it adds to the `113+` page.

    Brought forward and each bucket's movement of max(balance, 0), in the debit column.
    """
    found = empty()
    balance = numbers[0]
    before = found[0] = max(balance, 0)
    for bucket in range(1, (WIDTH + 1) // 2):
        balance += numbers[2 * bucket - 1] - numbers[2 * bucket]
        after = max(balance, 0)
        found[2 * bucket - 1] = after - before
        before = after
    return found


def moved_debit_balances(before: Sequence[int], added: Sequence[int]) -> Numbers:
    """What the `113+` page gains when a sub-ledger's page gains `added`."""
    after = [a + b for a, b in zip(before, added, strict=True)]
    return [
        new - old for new, old in zip(debit_balances(after), debit_balances(before), strict=True)
    ]
