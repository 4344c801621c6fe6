"""Dividing exact totals into plausible parts, and things among villages."""

import random
from collections.abc import Sequence
from decimal import Decimal

from sanzi.kernel.money import from_fen, split, to_fen, yuan


def uneven(
    total: Decimal, count: int, chance: random.Random, *, unit: int = 10, spread: int = 9
) -> list[Decimal]:
    """`count` amounts in whole `unit` yuan that add up to `total`; the last also takes what is odd.

    The largest is at most about `spread` times the smallest.
    """
    step = unit * 100
    units, odd = divmod(to_fen(total), step)
    weights = [chance.randint(100, 100 * spread) for _ in range(count)]
    parts = [from_fen(to_fen(part) * step) for part in split(from_fen(units), weights)]
    parts[-1] += from_fen(odd)
    assert sum(parts) == total
    assert min(parts) > 0, f"{total} is too little for {count} parts"
    return parts


def counts(total: int, weights: Sequence[int]) -> list[int]:
    """Whole numbers by weight that add up to `total`."""
    return [to_fen(part) for part in split(from_fen(total), weights)]


def partly(amounts: Sequence[Decimal], total: Decimal) -> list[Decimal]:
    """Parts of these amounts that add up to `total`, none larger than its amount."""
    parts = split(total, amounts)
    assert all(part <= amount for part, amount in zip(parts, amounts, strict=True))
    return parts


def money(text: str) -> Decimal:
    """The exact yuan of a figure written with grouping commas."""
    return yuan(text.replace(",", ""))
