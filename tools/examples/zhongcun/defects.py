"""Twelve ways to spoil a sound contract, and how many of the example are spoilt in each."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from sanzi.kernel.calendar import years_after

from .sound import Draft, reckon

# 243 contracts, beside the five large ones: the codes each is meant to show.
PLAN: dict[tuple[str, ...], int] = {
    ("P01",): 14,
    ("P02",): 18,
    ("P03",): 10,
    ("P04",): 14,
    ("P05",): 16,
    ("P06",): 24,
    ("P09",): 10,
    ("P10",): 22,
    ("P11",): 22,
    ("P12",): 9,
    ("P14",): 6,
    ("P22",): 28,
    ("P01", "P06"): 8,
    ("P06", "P22"): 10,
    ("P10", "P22"): 6,
    ("P02", "P10"): 4,
    ("P05", "P11"): 4,
    ("P03", "P22"): 4,
    ("P01", "P03", "P06"): 4,
    ("P06", "P11", "P22"): 5,
    ("P02", "P06", "P22"): 3,
    ("P04", "P05", "P06"): 2,
}

# These need a measured area or a price per mu.
NEEDS_LAND = frozenset({"P04", "P05"})

_SOURCES = {
    "P01": "走访历任干部",
    "P06": "查会议记录",
    "P09": "查合同文本",
    "P10": "查会计账簿",
    "P14": "走访历任干部",
}


def spoil(draft: Draft, codes: tuple[str, ...], chance: random.Random) -> None:
    """Make the contract show exactly these codes, and say how that was found out."""
    for code in codes:
        _DEFECTS[code](draft, chance)
    draft.codes = codes
    sources = {_SOURCES.get(code, "查合同文本") for code in codes}
    draft.row["discovered_by"] = "、".join(sorted(sources))


def _oral(draft: Draft, chance: random.Random) -> None:
    draft.row |= {"written": "口头", "signed_on": None, "filed_on": None, "archive_number": None}


def _too_long(draft: Draft, chance: random.Random) -> None:
    years = 70 if draft.row["legal_nature"] == "其他方式承包" else chance.choice((30, 40, 50))
    draft.row["ends_on"] = years_after(draft.row["starts_on"], years) - timedelta(days=1)
    reckon(draft.row)


def _no_end(draft: Draft, chance: random.Random) -> None:
    draft.row |= {"ends_on": None, "total_amount": None}


def _cheap(draft: Draft, chance: random.Random) -> None:
    part = Decimal(chance.randint(20, 45)) / 100
    draft.row["unit_price"] = (draft.row["unit_price"] * part).quantize(Decimal("0.1"))
    reckon(draft.row)


def _other_area(draft: Draft, chance: random.Random) -> None:
    factor = Decimal(chance.choice((82, 88, 112, 118, 127, 141))) / 100
    area = draft.row["contract_area_mu"] * factor
    draft.row["measured_area_mu"] = area.quantize(Decimal("0.01"))


def _no_vote(draft: Draft, chance: random.Random) -> None:
    counts = ("expected_count", "present_count", "approval_count")
    if chance.random() < 0.6:
        draft.row |= dict.fromkeys((*counts, "met_on")) | {"procedure": "无"}
    elif chance.random() < 0.5 or draft.row["signed_on"] is None:
        draft.row |= dict.fromkeys(counts) | {"procedure": "两委会"}
    else:
        draft.row["met_on"] = draft.row["signed_on"] + timedelta(days=chance.randint(3, 40))


def _expired(draft: Draft, chance: random.Random) -> None:
    starts_on = draft.row["starts_on"]
    years = chance.randint(2017, 2020) - starts_on.year
    draft.row["ends_on"] = years_after(starts_on, years) - timedelta(days=1)
    reckon(draft.row)


def _arrears(draft: Draft, chance: random.Random) -> None:
    row = draft.row
    years_owed = chance.randint(1, 4)
    row["paid_amount"] = max(Decimal(0), row["due_amount"] - row["yearly_amount"] * years_owed)


def _incomplete(draft: Draft, chance: random.Random) -> None:
    blanks: list[tuple[str, ...]] = [("location", "object_number")]
    if draft.kind and draft.kind.is_land:
        blanks.append(("agreed_use", "actual_use"))
    if chance.random() < 0.4:
        blanks.append(
            ("unit_price", "yearly_amount", "total_amount", "due_amount", "paid_amount", "pricing")
        )
    draft.row |= dict.fromkeys(chance.choice(blanks))


def _wrong_issuer(draft: Draft, chance: random.Random) -> None:
    if chance.random() < 0.6:
        draft.row |= {"issuer": f"{draft.village.name}党支部", "issuer_kind": "村党组织"}
    else:
        draft.row |= {"issuer": "中村镇人民政府", "issuer_kind": "乡镇政府"}


def _sublet(draft: Draft, chance: random.Random) -> None:
    known_on = date(chance.randint(2019, 2021), chance.randint(1, 12), chance.randint(1, 28))
    draft.row |= {"sublet": "未经同意", "sublet_known_on": known_on}


def _unfiled(draft: Draft, chance: random.Random) -> None:
    draft.row |= {"filed_on": None, "archive_number": None}


_DEFECTS: dict[str, Callable[[Draft, random.Random], None]] = {
    "P01": _oral,
    "P02": _too_long,
    "P03": _no_end,
    "P04": _cheap,
    "P05": _other_area,
    "P06": _no_vote,
    "P09": _expired,
    "P10": _arrears,
    "P11": _incomplete,
    "P12": _wrong_issuer,
    "P14": _sublet,
    "P22": _unfiled,
}
