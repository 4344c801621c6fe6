"""12,603 contracts of a city, every one with something to put right, and how it was put right."""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sanzi.kernel.calendar import years_after
from tools.examples.book import Book
from tools.examples.people import Register
from tools.examples.places import Village
from tools.examples.shares import counts

CLEANED = 12_603
_BEGUN_ON = date(2022, 1, 1)

# Title, category, legal nature, usual years, yuan a year at least.
_KINDS = (
    ("荒山承包", "资源类", "其他方式承包", 50, 600),
    ("房屋租赁", "资产类", "租赁", 20, 3_000),
    ("未发包耕地承包", "资源类", "其他方式承包", 30, 900),
    ("林地承包", "资源类", "其他方式承包", 40, 500),
    ("场地租赁", "资产类", "租赁", 20, 5_000),
)


def add_contracts(
    book: Book, villages: Sequence[Village], count: int, register: Register, chance: random.Random
) -> None:
    """`count` contracts over these villages, at least one in each, each with its disposition."""
    shared = counts(count - len(villages), [village.weight for village in villages])
    for village, more in zip(villages, shared, strict=True):
        for serial in range(1, more + 2):
            row = _contract(village, serial, register, chance)
            _spoil(row, serial, chance)
            book.add("contracts", **row)
            book.add(
                "dispositions",
                kind="合同",
                target_number=row["number"],
                village=village.code,
                dated=_put_right_on(serial, chance),
                method=_method(chance),
            )


def _contract(
    village: Village, serial: int, register: Register, chance: random.Random
) -> dict[str, Any]:
    title, category, nature, years, fee = _KINDS[serial % len(_KINDS)]
    signed_on = date(chance.randint(2005, 2019), chance.randint(1, 12), 10)
    yearly = Decimal(fee + 50 * chance.randint(0, 60))
    is_land = category == "资源类"
    return {
        "number": f"HT-{serial:03d}",
        "village": village.code,
        "title": title,
        "category": category,
        "legal_nature": nature,
        "written": "书面",
        "issuer": f"{village.name}经济合作社",
        "contractor": register.name(),
        "location": village.name,
        "contract_area_mu": Decimal(chance.randint(20, 900)) / 10 if is_land else None,
        "agreed_use": "种植" if is_land else None,
        "signed_on": signed_on,
        "ends_on": years_after(signed_on, years),
        "yearly_amount": yearly,
        "procedure": "村民代表会议",
        "archive_number": f"D{signed_on.year}-{serial:03d}",
    }


def _oral(row: dict[str, Any], chance: random.Random) -> None:
    row |= {"written": "口头", "archive_number": None}


def _no_end(row: dict[str, Any], chance: random.Random) -> None:
    row["ends_on"] = None


def _too_long(row: dict[str, Any], chance: random.Random) -> None:
    row["ends_on"] = years_after(row["signed_on"], 70)


def _expired(row: dict[str, Any], chance: random.Random) -> None:
    row["ends_on"] = date(2021, 12, 31)


def _no_vote(row: dict[str, Any], chance: random.Random) -> None:
    row["procedure"] = chance.choice(("无", "两委会"))


def _no_price(row: dict[str, Any], chance: random.Random) -> None:
    row["yearly_amount"] = None


def _unfiled(row: dict[str, Any], chance: random.Random) -> None:
    row["archive_number"] = None


_DEFECTS: tuple[Callable[[dict[str, Any], random.Random], None], ...] = (
    *(_unfiled, _no_vote, _oral, _unfiled, _no_price, _too_long, _no_vote, _no_end, _unfiled),
    _expired,
)


def _spoil(row: dict[str, Any], serial: int, chance: random.Random) -> None:
    first = chance.randrange(len(_DEFECTS))
    _DEFECTS[first](row, chance)
    if serial % 5 == 0:
        _DEFECTS[first - 1](row, chance)


def _method(chance: random.Random) -> str:
    roll = chance.random()
    return "解除撤销" if roll < 0.02 else "司法诉讼" if roll < 0.03 else "完善修订"


def _put_right_on(serial: int, chance: random.Random) -> date:
    """The first of each village on the first day, the others through the year."""
    if serial == 1:
        return _BEGUN_ON
    return _BEGUN_ON + timedelta(days=chance.randint(50, 330))


def shared_out(total: int, villages: Sequence[Sequence[Village]]) -> Iterator[int]:
    """How many of `total` each group of villages has."""
    weights = [sum(village.weight for village in group) for group in villages]
    return iter(counts(total, weights))
