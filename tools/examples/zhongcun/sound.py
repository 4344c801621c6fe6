"""Contracts with nothing wrong in them: in writing, decided, in time, paid, filed."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sanzi.kernel.calendar import months_after, years_after
from tools.examples.people import Party, Register
from tools.examples.places import Village

from .kinds import SERVICES, Kind

# What has fallen due is counted to the end of the year before the clean-up.
_COUNTED_TO = 2021
_PLACES = (
    *("东坡", "西洼", "南岭", "北沟", "后山", "前滩"),
    *("石板坪", "杨树湾", "老井沟", "大圪梁", "小窑坡", "河西畔"),
)
_EDGES = ("地埂", "沟底", "山梁", "村道", "河岸", "林边", "石坎", "水渠")
_DAY = timedelta(days=1)


@dataclass
class Draft:
    """A contract being written: its row, and what the row alone does not say."""

    village: Village
    kind: Kind | None
    row: dict[str, Any]
    party: Party
    codes: tuple[str, ...] = ()
    method: str | None = None  # How the clean-up ended it.


@dataclass
class Writer:
    """Writes contracts of a town; numbers run per village and year."""

    register: Register
    chance: random.Random
    pools: dict[str, list[Party]]
    _sequence: dict[str, int] = field(default_factory=dict)

    def let(self, village: Village, kind: Kind, signed_on: date) -> Draft:
        """A letting of this kind that every rule passes."""
        party, is_member = self._tenant(village, kind)
        starts_on = months_after(signed_on.replace(day=1), 1)
        ends_on = years_after(starts_on, kind.years) - _DAY
        row = self._head(village, kind.title, kind.category, kind.nature, signed_on, party)
        row |= {
            "is_member": is_member,
            "is_cadre_kin": self.chance.random() < 0.05,
            "agreed_use": (use := self.chance.choice(kind.uses)),
            "actual_use": use,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "payment_mode": "按年",
            "sublet": "无",
            **self._vote(signed_on),
            "is_open_bid": signed_on.year >= 2015,
            "location": f"{village.name}{self.chance.choice(_PLACES)}",
        }
        if not is_member:
            row["township_approval"] = f"中政农〔{signed_on.year}〕{self.chance.randint(1, 60)}号"
        if kind.is_land:
            self._price_land(row, kind, signed_on.year)
        else:
            rent = Decimal(kind.price * self.chance.randint(*kind.size))
            row |= {"pricing": "年租金", "yearly_amount": rent}
        reckon(row)
        return Draft(village, kind, row, party)

    def serve(self, village: Village, turn: int, signed_on: date) -> Draft:
        """A contract for works or services, carried out and paid."""
        title, category, amount = SERVICES[turn % len(SERVICES)]
        party = self.register.firm("建设工程" if category == "工程类" else "商贸")
        row = self._head(village, title, category, "其他", signed_on, party)
        total = Decimal(amount + 500 * self.chance.randint(0, 40))
        row |= {
            "starts_on": signed_on + 7 * _DAY,
            "ends_on": months_after(signed_on, 4),
            "location": village.name,
            "pricing": "总额",
            "total_amount": total,
            "payment_mode": "其他",
            "due_amount": total,
            "paid_amount": total,
            **self._vote(signed_on),
        }
        return Draft(village, None, row, party)

    def _head(
        self, village: Village, title: str, category: str, nature: str, on: date, party: Party
    ) -> dict[str, Any]:
        letter = {"资源类": 1, "资产类": 2}.get(category, 3)
        serial = self._sequence[village.code] = self._sequence.get(village.code, 0) + 1
        return {
            "number": f"{village.code}{on:%y}{letter}{serial:03d}",
            "village": village.code,
            "title": f"{village.name}{title}合同",
            "category": category,
            "legal_nature": nature,
            "written": "书面",
            "issuer": f"{village.name}股份经济合作社",
            "issuer_kind": "村集体经济组织",
            "contractor": party.name,
            "contractor_kind": party.kind,
            "contractor_id": party.number,
            "contractor_phone": party.phone,
            "contractor_status": "存续",
            "signed_on": on,
            "filed_on": on + self.chance.randint(5, 40) * _DAY,
            "archive_number": f"{village.name[:2]}HT-{on.year}-{serial:03d}",
        }

    def _tenant(self, village: Village, kind: Kind) -> tuple[Party, bool]:
        roll = self.chance.random()
        if roll < (0.75 if kind.is_land else 0.55):
            return self.pools[village.code].pop(), True
        if kind.is_land and roll < 0.9:
            return self.register.firm("种养", "合作社"), False
        return self.register.firm("农业开发" if kind.is_land else "商贸"), False

    def _vote(self, signed_on: date) -> dict[str, Any]:
        """Minutes that pass under every law since 1998: two thirds of all said yes."""
        expected = self.chance.randint(33, 60)
        present = expected - self.chance.randint(0, expected // 9)
        body = "成员代表大会" if signed_on.year >= 2020 else "村民代表会议"
        return {
            "procedure": body,
            "met_on": signed_on - self.chance.randint(6, 25) * _DAY,
            "expected_count": expected,
            "present_count": present,
            "approval_count": present - self.chance.randint(0, expected // 9),
        }

    def _price_land(self, row: dict[str, Any], kind: Kind, year: int) -> None:
        area = Decimal(self.chance.randint(kind.size[0] * 10, kind.size[1] * 10)) / 10
        # Prices rose over the years and differ little between neighbours of one year.
        level = Decimal(30 + 70 * (year - 1995) // 26) / 100
        wobble = Decimal(self.chance.randint(94, 106)) / 100
        price = (kind.price * level * wobble).quantize(Decimal("0.1"), ROUND_HALF_UP)
        edges = [self.chance.choice(_EDGES) for _ in range(4)]
        row |= {
            "land_class": kind.land_class,
            "contract_area_mu": area,
            "measured_area_mu": area,
            "boundaries": "、".join(map("至".join, zip("东南西北", edges, strict=True))),
            "pricing": "亩年",
            "unit_price": price,
        }


def reckon(row: dict[str, Any]) -> None:
    """Yearly fee, total, and what fell due and was paid, from price, area and term."""
    if row.get("unit_price") is not None:
        row["yearly_amount"] = _fen(row["unit_price"] * row["contract_area_mu"])
    starts_on, ends_on, yearly = row["starts_on"], row.get("ends_on"), row["yearly_amount"]
    begun = max(1, _COUNTED_TO - starts_on.year + 1)  # Each year's fee is due when it begins.
    term = ends_on.year - starts_on.year if ends_on else None
    row["due_amount"] = row["paid_amount"] = yearly * min(begun, term or begun)
    row["total_amount"] = yearly * term if term else None


def _fen(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
