"""Where book, text, minutes and site say different things; and what a rule may take from them.

Pure: the register's row and the answers as texts in, sentences and values out.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sanzi.contracts.terms import SPOKEN, UNSIGNED, WRITTEN, Answers, Terms
from sanzi.kernel.money import grouped

from .questions import UNKNOWN

# Two areas this close say the same: a hundredth is how forms are rounded.
AREA_SAME = Decimal("0.01")
Said = Mapping[str, str]
_SUBLET = {"是": "已书面同意", "否": "未经同意"}


@dataclass(frozen=True)
class Discrepancy:
    """Two sources that contradict each other, and the rule that asks about it, if one does."""

    code: str  # Written into the register for good.
    sentence: str
    rule: str = ""


@dataclass(frozen=True)
class Learnt:
    """What a sheet adds for the rules: answers no column has, and values for blank columns."""

    answers: Answers
    fills: Mapping[str, Any]


def day(text: str | None) -> date | None:
    """A stored day; None when not answered."""
    return date.fromisoformat(text) if text else None


def number(text: str | None) -> Decimal | None:
    """A stored amount or area; None when not answered."""
    return Decimal(text) if text else None


def discrepancies(terms: Terms, said: Said) -> list[Discrepancy]:
    """Every contradiction, in the order of the sheet."""
    return [found for check in _CHECKS if (found := check(terms, said))]


def _vote(terms: Terms, said: Said) -> Discrepancy | None:
    claims = terms.procedure not in (None, "无")
    if claims and said.get("minutes_found") == "没有":
        return Discrepancy("vote", f"台账登记为“{terms.procedure}”通过，会议记录里没有查到", "P06")
    body = said.get("minutes_body")
    if claims and body and body not in (UNKNOWN, terms.procedure):
        return Discrepancy("vote", f"台账登记为“{terms.procedure}”，会议记录是“{body}”", "P06")
    if not claims and said.get("minutes_found") == "有":
        return Discrepancy("vote", "台账没有登记民主程序，会议记录里查到了，请补登记", "P06")
    return None


def _met(terms: Terms, said: Said) -> Discrepancy | None:
    told = day(said.get("minutes_on"))
    if not told or not terms.met_on or told == terms.met_on:
        return None
    return Discrepancy("met_on", f"台账登记的会议日期{terms.met_on}，会议记录是{told}", "P06")


def _paid(terms: Terms, said: Said) -> Discrepancy | None:
    told = number(said.get("paid_amount"))
    if told is None or terms.paid_amount is None or told == terms.paid_amount:
        return None
    return Discrepancy(
        "paid",
        f"台账累计已交{grouped(terms.paid_amount)}元，账簿记载{grouped(told)}元，"
        f"相差{grouped(abs(told - terms.paid_amount))}元",
        "P10",
    )


def _unbooked(terms: Terms, said: Said) -> Discrepancy | None:
    if said.get("is_booked") == "没有收过钱" and terms.paid_amount:
        return Discrepancy(
            "booked", f"台账登记已交{grouped(terms.paid_amount)}元，账簿没有收过钱", "P22"
        )
    return None


def _paper(terms: Terms, said: Said) -> Discrepancy | None:
    kept = said.get("text_kept")
    if kept == "没有书面合同" and terms.written in (WRITTEN, "", None):
        return Discrepancy("paper", "台账登记为书面合同，没有找到书面合同", "P01")
    if kept in ("原件", "复印件") and terms.written in (SPOKEN, UNSIGNED):
        return Discrepancy("paper", f"台账登记为{terms.written}，找到了合同{kept}，请补登记", "P01")
    return None


def _end(terms: Terms, said: Said) -> Discrepancy | None:
    told = day(said.get("text_ends_on"))
    if not told or told == terms.ends_on:
        return None
    registered = f"终止日期{terms.ends_on}" if terms.ends_on else "没有终止日期"
    return Discrepancy("ends_on", f"台账{registered}，合同文本写到{told}", "P02")


def _area(terms: Terms, said: Said) -> Discrepancy | None:
    text, site = number(said.get("text_area_mu")), number(said.get("site_area_mu"))
    areas = [
        (name, area)
        for name, area in (("台账", terms.contract_area_mu), ("合同文本", text), ("现场实测", site))
        if area is not None
    ]
    if len(areas) < 2:
        return None
    values = [area for _, area in areas]
    if max(values) - min(values) <= AREA_SAME:
        return None
    return Discrepancy("area", "、".join(f"{name}{area}亩" for name, area in areas), "P05")


def _rent(terms: Terms, said: Said) -> Discrepancy | None:
    told = number(said.get("text_yearly"))
    if told is None or terms.yearly_amount is None or told == terms.yearly_amount:
        return None
    return Discrepancy(
        "yearly",
        f"台账年应交{grouped(terms.yearly_amount)}元，合同文本写的{grouped(told)}元",
    )


def _use(terms: Terms, said: Said) -> Discrepancy | None:
    agreed, actual = said.get("text_use") or terms.agreed_use, said.get("site_use")
    if not agreed or not actual or actual in agreed or agreed in actual:
        return None
    return Discrepancy("use", f"约定用于“{agreed}”，现场用于“{actual}”", "P15")


def _user(terms: Terms, said: Said) -> Discrepancy | None:
    if said.get("who_uses") != "别人" or terms.sublet not in (None, "", "无"):
        return None
    who = said.get("user_name") or "别人"
    return Discrepancy("user", f"承包方是{terms.contractor}，现场是{who}在用", "P14")


def _returned(terms: Terms, said: Said) -> Discrepancy | None:
    if said.get("who_uses") != "没人用，闲着" or terms.idle_since_on:
        return None
    return Discrepancy("idle", "台账没有登记弃耕闲置，现场没人用", "P16")


_CHECKS: tuple[Callable[[Terms, Said], Discrepancy | None], ...] = (
    _vote, _met, _paid, _unbooked, _paper, _end, _area, _rent, _use, _user, _returned,
)  # fmt: skip


def learnt(said: Said, found_on: date) -> Learnt:
    """What an accepted sheet hands to the rules. `found_on`: the day it was accepted."""
    yes_no: dict[str, bool | None] = {
        "是": True,
        "否": False,
        "写了": True,
        "没写": False,
        "没有收过钱": None,
    }
    flags: dict[str, Any] = {
        name: yes_no.get(said.get(name, ""))
        for name in (
            "is_booked", "is_reviewed", "guarantees", "is_collusive", "is_one_sided",
            "is_tendered", "has_final_account", "is_invoiced", "names_compensation",
            "household_agreed",
        )
    }  # fmt: skip
    occupied = {"已经收回": False, "承包方本人": True, "别人": True}.get(said.get("who_uses", ""))
    return Learnt(Answers(is_occupied=occupied, **flags), dict(_fills(said, found_on)))


def _fills(said: Said, found_on: date) -> Iterator[tuple[str, Any]]:
    """Values for columns the register left blank; what it does say is never overwritten."""
    if said.get("site_use"):
        yield "actual_use", said["site_use"]
    if area := number(said.get("site_area_mu")):
        yield "measured_area_mu", area
    if said.get("who_uses") == "没人用，闲着" and (since := day(said.get("idle_since_on"))):
        yield "idle_since_on", since
    if said.get("who_uses") == "别人" and (agreed := _SUBLET.get(said.get("sublet_agreed", ""))):
        yield "sublet", agreed
        yield "sublet_known_on", found_on
    if ends_on := day(said.get("text_ends_on")):
        yield "ends_on", ends_on
    if (yearly := number(said.get("text_yearly"))) is not None:
        yield "yearly_amount", yearly
    if use := said.get("text_use"):
        yield "agreed_use", use
