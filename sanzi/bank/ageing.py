"""How long flows have been unmatched, by 5, 30 and 90 days (platforms.md W-44). No framework."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from sanzi.kernel.money import ZERO

from .reconciling import AGES, age_word, age_words


class Dated(Protocol):
    """Anything with a day and an amount."""

    @property
    def dated(self) -> date: ...
    @property
    def amount(self) -> Decimal: ...


@dataclass(slots=True)
class Age:
    """One stretch of days: how many flows of either side, and what came in and went out."""

    word: str
    tone: str
    banks: int = 0
    bank_in: Decimal = ZERO
    bank_out: Decimal = ZERO
    books: int = 0
    book_in: Decimal = ZERO
    book_out: Decimal = ZERO


def ageing(banks: Sequence[Dated], books: Sequence[Dated], today: date) -> list[Age]:
    """Every stretch, the youngest first."""
    tones = ("plain", "running", "warn", "danger")
    ages = {word: Age(word, tone) for word, tone in zip(age_words(), tones, strict=True)}
    assert len(ages) == len(AGES) + 1
    for flow in banks:
        age = ages[age_word((today - flow.dated).days)]
        age.banks += 1
        age.bank_in += max(flow.amount, ZERO)
        age.bank_out += max(-flow.amount, ZERO)
    for flow in books:
        age = ages[age_word((today - flow.dated).days)]
        age.books += 1
        age.book_in += max(flow.amount, ZERO)
        age.book_out += max(-flow.amount, ZERO)
    return list(ages.values())
