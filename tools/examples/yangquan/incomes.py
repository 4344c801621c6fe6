"""Yearly income by the named reading: operating, investment and other, no subsidy."""

import random
from collections.abc import Iterator
from decimal import Decimal

from tools.examples.book import Book
from tools.examples.places import Village
from tools.examples.shares import money

MILLION_VILLAGES = 69
VILLAGES_AT_LEAST_100K = 496

_MILLION = money("1,000,000.00")
_HUNDRED_THOUSAND = money("100,000.00")
_FEN = Decimal("0.01")


def yearly_incomes(villages: int, chance: random.Random) -> Iterator[Decimal]:
    """The income of 2022 of each village, on both sides of both edges."""
    low = villages - VILLAGES_AT_LEAST_100K
    middle = VILLAGES_AT_LEAST_100K - MILLION_VILLAGES
    incomes = [_MILLION, _HUNDRED_THOUSAND, _HUNDRED_THOUSAND - _FEN, _MILLION - _FEN]
    incomes += [Decimal(chance.randint(1_010, 3_600) * 1_000) for _ in range(MILLION_VILLAGES - 1)]
    incomes += [Decimal(chance.randint(101, 980) * 1_000) for _ in range(middle - 2)]
    incomes += [Decimal(chance.randint(12, 98) * 1_000) for _ in range(low - 1)]
    chance.shuffle(incomes)
    return iter(incomes)


def add_income(book: Book, village: Village, income: Decimal, chance: random.Random) -> None:
    """2022 as given, 2021 a little less; a subsidy beside it that counts nowhere."""
    for year, amount in ((2021, (income * 85 / 100).quantize(_FEN)), (2022, income)):
        other = (amount / 20).quantize(_FEN)
        investment = (amount / 10).quantize(_FEN) if chance.random() < 0.4 else Decimal(0)
        book.add(
            "incomes",
            village=village.code,
            year=year,
            operating_income=amount - other - investment,
            investment_income=investment,
            subsidy_income=Decimal(30_000),
            other_income=other,
        )
