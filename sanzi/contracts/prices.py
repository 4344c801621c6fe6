"""What comparable land was let for: same town, same class of land, signed within two years."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from .terms import HOUSEHOLD, PriceReference, price_per_mu

YEARS_APART_MAX = 2
_TOWN_DIGITS = 9


class _Let(NamedTuple):
    key: tuple[str, str]
    year: int
    price: Decimal


def references(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], PriceReference]:
    """The reference of each contract that can be compared, by (village, number).

    Compared are contracts of one town and first-level land class with a price per mu and a date;
    a contract is never its own comparable, and free use is judged but sets no price.
    """
    groups: dict[tuple[str, str], list[_Let]] = defaultdict(list)
    for row in rows:
        if let := _let(row):
            groups[row["village"][:_TOWN_DIGITS], first_level(row["land_class"])].append(let)
    found: dict[tuple[str, str], PriceReference] = {}
    for lets in groups.values():
        _compare(lets, found)
    return found


def first_level(land_class: str) -> str:
    """The two-digit class: 01 of 0101 (GB/T 21010-2017), of 011 (2007) or of a prefixed code."""
    return land_class.rsplit(":", 1)[-1][:2]


def _let(row: Mapping[str, Any]) -> _Let | None:
    made_on = row.get("signed_on") or row.get("starts_on")
    if not made_on or not row.get("land_class") or row.get("legal_nature") == HOUSEHOLD:
        return None
    get = row.get
    price = price_per_mu(
        get("pricing"), get("unit_price"), get("yearly_amount"), get("contract_area_mu")
    )
    if price is None:
        return None
    return _Let((row["village"], row["number"]), made_on.year, price)


def _compare(lets: list[_Let], found: dict[tuple[str, str], PriceReference]) -> None:
    by_year: dict[int, list[Decimal]] = defaultdict(list)
    for let in lets:
        if let.price:
            by_year[let.year].append(let.price)
    pools: dict[int, list[Decimal]] = {}
    for let in lets:
        if let.year not in pools:
            near = range(let.year - YEARS_APART_MAX, let.year + YEARS_APART_MAX + 1)
            pools[let.year] = sorted(price for year in near for price in by_year.get(year, ()))
        pool = pools[let.year]
        own = bisect_left(pool, let.price) if let.price else None
        if reference := _median_of_others(pool, own):
            found[let.key] = reference


def _median_of_others(pool: list[Decimal], own: int | None) -> PriceReference | None:
    """The median of a sorted pool without the entry at `own`, in constant time."""
    count = len(pool) - (own is not None)
    if count <= 0:
        return None

    def other(position: int) -> Decimal:
        return pool[position + (own is not None and position >= own)]

    middle = count // 2
    median = other(middle) if count % 2 else (other(middle - 1) + other(middle)) / 2
    return PriceReference(median, count)


class Comparable(NamedTuple):
    """One contract a price was compared with."""

    key: tuple[str, str]
    year: int
    price: Decimal


class Comparison(NamedTuple):
    """One contract's price beside the others its reference was made of."""

    own: Decimal
    median: Decimal
    others: list[Comparable]


def comparables(rows: Iterable[Mapping[str, Any]], key: tuple[str, str]) -> Comparison | None:
    """The contracts behind the reference of the one at `key`; None where it has none.

    Hand in at least the contracts of its town; the same contracts as `references` uses are found.
    """
    lets = [(first_level(row["land_class"]), let) for row in rows if (let := _let(row)) is not None]
    own = next(((level, let) for level, let in lets if let.key == key), None)
    if own is None:
        return None
    level, mine = own
    others = [
        Comparable(let.key, let.year, let.price)
        for of, let in lets
        if of == level
        and let.key != key
        and let.key[0][:_TOWN_DIGITS] == key[0][:_TOWN_DIGITS]
        and let.price
        and abs(let.year - mine.year) <= YEARS_APART_MAX
    ]
    reference = _median_of_others(sorted(one.price for one in others), None)
    return Comparison(mine.price, reference.median, others) if reference else None
