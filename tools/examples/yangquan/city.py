"""阳泉, the example of a city: 620 villages in 31 towns, one workbook per county."""

import random

from tools.examples.book import Book
from tools.examples.people import Register
from tools.examples.places import COUNTIES, Village, town_villages, towns

from .balances import Balances
from .contracts import CLEANED, add_contracts, shared_out
from .incomes import add_income, yearly_incomes

SEED = 1403


def villages_of(county: str) -> list[Village]:
    return [village for town in towns(county) for village in town_villages(town)]


def yangquan() -> dict[str, Book]:
    """The county's workbook by its code; the same every time."""
    chance = random.Random(SEED)
    groups = [villages_of(county) for county in COUNTIES]
    count = sum(map(len, groups))
    contracts = shared_out(CLEANED, groups)
    balances = Balances(count, chance)
    incomes = yearly_incomes(count, chance)
    books: dict[str, Book] = {}
    for county, villages in zip(COUNTIES, groups, strict=True):
        book = books[county] = Book()
        register = Register(int(county), COUNTIES[county])
        for village in villages:
            _add_profile(book, village, chance)
            add_income(book, village, next(incomes), chance)
        add_contracts(book, villages, next(contracts), register, chance)
        balances.add(book, villages, register)
    return books


def _add_profile(book: Book, village: Village, chance: random.Random) -> None:
    households = village.weight * 30 + chance.randint(0, 60)
    book.add(
        "villages",
        village=village.code,
        name=village.name,
        collective_name=f"{village.name}经济合作社",
        households=households,
        people=households * 26 // 10,
        party_members=households // 8,
    )
