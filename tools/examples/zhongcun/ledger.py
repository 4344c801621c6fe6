"""Claims as they stood when the clean-up began, and what was done to each."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle
from typing import Any

from tools.examples.book import Book
from tools.examples.people import Party, Register
from tools.examples.places import Village

# Every act of the example lies in the year of the clean-up, so that its base is the day before.
BEGUN_ON = date(2022, 1, 1)


@dataclass
class Claim:
    """A claim: its row and the village it belongs to."""

    village: Village
    row: dict[str, Any]

    @property
    def balance(self) -> Decimal:
        balance: Decimal = self.row["balance"]
        return balance


@dataclass
class People:
    """The households of each village; some of them owe more than once."""

    register: Register
    chance: random.Random
    _known: dict[str, list[Party]] = field(default_factory=dict)

    def of(self, village: Village) -> Party:
        known = self._known.setdefault(village.code, [])
        if len(known) > 20 and self.chance.random() < 0.15:
            return self.chance.choice(known)
        known.append(self.register.person())
        return known[-1]


@dataclass
class Ledger:
    """Writes claims and acts into the book; numbers run per village."""

    book: Book
    people: People
    chance: random.Random
    turns: Iterator[Village]
    _serials: dict[str, int] = field(default_factory=dict)
    _notices: dict[str, int] = field(default_factory=dict)
    _receipts: int = 0

    def claim(
        self,
        principal: Decimal,
        nature: str,
        *,
        village: Village | None = None,
        debtor: Party | None = None,
        **more: Any,
    ) -> Claim:
        """A claim of `principal` still owed in full when the clean-up began."""
        village = village or next(self.turns)
        debtor = debtor or self.people.of(village)
        serial = self._serials[village.code] = self._serials.get(village.code, 0) + 1
        is_household = debtor.kind == "农户"
        formed_on = more.pop("formed_on", None) or self._formed()
        row = {
            "number": f"ZQ-{serial:04d}",
            "village": village.code,
            "debtor": debtor.name,
            "debtor_kind": debtor.kind,
            "debtor_id": debtor.number,
            "debtor_phone": debtor.phone,
            "debtor_status": "存续",
            "debtor_standing": self._standing() if is_household else None,
            "nature": nature,
            "book": "账内",
            "account_code": "113" if is_household else "112",
            "formed_on": formed_on,
            "due_on": formed_on + timedelta(days=365),
            "claimed_by": "无",
            "principal": principal,
            "received_amount": Decimal(0),
            "balance": principal,
            "yearly_rate": Decimal("0.06") if nature == "往来借款" else None,
            "evidence": "有" if self.chance.random() < 0.8 else "无",
            "handled_by": f"{village.name}报账员",
            "cause": _CAUSES.get(nature),
            **more,
        }
        self.book.add("receivables", **row)
        return Claim(village, self.book.rows["receivables"][-1])

    def act(
        self,
        claim: Claim,
        dated: date,
        method: str,
        amount: Decimal | None = None,
        *,
        document: str | None = None,
        remark: str | None = None,
    ) -> None:
        assert BEGUN_ON <= dated <= date(2022, 12, 31), dated
        self.book.add(
            "dispositions",
            kind="债权",
            target_number=claim.row["number"],
            village=claim.village.code,
            dated=dated,
            method=method,
            amount=amount,
            document_number=document,
            handled_by=f"{claim.village.name}工作专班",
            remark=remark,
        )

    def notify(self, claim: Claim) -> None:
        """A written notice; the first of each village goes out on the first day."""
        code = claim.village.code
        serial = self._notices[code] = self._notices.get(code, 0) + 1
        day = BEGUN_ON if serial == 1 else date(2022, 2, 8) + timedelta(days=serial // 3)
        document = f"{code}-2022-CJ-{serial:04d}"
        self.act(claim, day, "下函对账", document=document, remark="下达书面清缴通知")

    def pay(self, claim: Claim, amount: Decimal) -> None:
        """Cash received, sometimes in two instalments."""
        day = date(2022, 4, 25) + timedelta(days=self.chance.randint(0, 60))
        first = amount
        if amount >= 2_000 and self.chance.random() < 0.2:
            first = amount // 2
            later = day + timedelta(days=self.chance.randint(60, 150))
            self.act(claim, later, "专人清收", amount - first, document=self._receipt())
        self.act(claim, day, "专人清收", first, document=self._receipt())

    def _receipt(self) -> str:
        self._receipts += 1
        return f"收据-2022-{self._receipts:05d}"

    def _formed(self) -> date:
        return date(self.chance.randint(2006, 2020), self.chance.randint(1, 12), 15)

    def _standing(self) -> str | None:
        roll = self.chance.random()
        if roll < 0.10:
            return "党员、村干部" if roll < 0.03 else "党员"
        return "脱贫户" if roll > 0.94 else None


_CAUSES = {
    "承包费租金": "承包费、租金到期未交",
    "往来借款": "历年借用集体资金",
    "股份分红上交款": "应上交集体的分红款未交",
    "征占地补偿": "征占地补偿款未拨付到位",
    "在建工程虚拟债权": "工程已完工，未取得发票，预付工程款挂账",
    "税费尾欠": "“三提五统”和农业税尾欠",
    "其他": "水电费等垫付款",
}


def in_turn(villages: list[Village]) -> Iterator[Village]:
    """Villages one after another, the larger ones more often, without end."""
    rounds = range(1, max(village.weight for village in villages) + 1)
    return cycle([village for turn in rounds for village in villages if village.weight >= turn])
