"""What the city's villages were owed and owed, and what came of it in 2022."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from tools.examples.book import Book
from tools.examples.people import Register
from tools.examples.places import Village
from tools.examples.shares import money, uneven

RECOVERED = money("10,265,600.00")
RESOLVED = money("126,655,700.00")
CLAIMS_LEFT = money("21,480,300.00")
DEBTS_LEFT = money("118,204,600.00")

_NATURES = ("承包费租金", "往来借款", "股份分红上交款", "征占地补偿")
_KINDS = ("工程款", "金融借款", "垫付", "工资", "民间借款", "往来")
_METHODS = ("现金偿还", "抵顶", "减免", "剔除水分", "现金偿还", "核销")


class Balances:
    """Each village has two claims, one collected in part and one not yet, and two such debts."""

    def __init__(self, villages: int, chance: random.Random) -> None:
        self._chance = chance
        # In tens of yuan for claims, hundreds for debts, shared over all villages of the city.
        self._collected = iter(uneven(RECOVERED, villages, chance))
        self._owed = iter(uneven(CLAIMS_LEFT, 2 * villages, chance))
        self._resolved = iter(uneven(RESOLVED, villages, chance, unit=100))
        self._owing = iter(uneven(DEBTS_LEFT, 2 * villages, chance, unit=100))

    def add(self, book: Book, villages: Sequence[Village], register: Register) -> None:
        for place, village in enumerate(villages):
            self._add_claims(book, village, place, register)
            self._add_debts(book, village, place, register)

    def _add_claims(self, book: Book, village: Village, place: int, register: Register) -> None:
        for serial in (1, 2):
            collected = next(self._collected) if serial == 1 else Decimal(0)
            principal = collected + next(self._owed)
            book.add(
                "receivables",
                number=f"ZQ-{serial:03d}",
                village=village.code,
                debtor=register.name(),
                nature=_NATURES[(place + serial) % len(_NATURES)],
                book="账内",
                formed_on=self._formed_on(),
                principal=principal,
                balance=principal,
            )
            self._act(book, "债权", f"ZQ-{serial:03d}", village, "专人清收", collected)

    def _add_debts(self, book: Book, village: Village, place: int, register: Register) -> None:
        for serial in (1, 2):
            resolved = next(self._resolved) if serial == 1 else Decimal(0)
            principal = resolved + next(self._owing)
            book.add(
                "debts",
                number=f"ZW-{serial:03d}",
                village=village.code,
                creditor=register.name(),
                kind=_KINDS[(place + serial) % len(_KINDS)],
                formed_on=self._formed_on(),
                principal=principal,
                balance=principal,
            )
            method = _METHODS[place % len(_METHODS)]
            self._act(book, "债务", f"ZW-{serial:03d}", village, method, resolved)

    def _act(
        self, book: Book, kind: str, number: str, village: Village, method: str, amount: Decimal
    ) -> None:
        if amount:
            book.add(
                "dispositions",
                kind=kind,
                target_number=number,
                village=village.code,
                dated=date(2022, 3, 1) + timedelta(days=self._chance.randint(0, 270)),
                method=method,
                amount=amount,
            )

    def _formed_on(self) -> date:
        return date(self._chance.randint(2004, 2020), self._chance.randint(1, 12), 20)
