"""Contracts on one ground at one time: by the object's number, or by outlines that share ground.

A day on which one ends and the next begins is no overlap, and parts of one object that together
are no larger than it are let side by side.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any, NamedTuple

from .terms import UNCONTRACTED, Rival

# A number more contracts than this share names no object (“无”, “见附件”): nothing is told by it.
SHARED_MAX = 50
_NEVER_LET = frozenset({"工程类", "采购服务类", "借贷类", "投资类"})

Key = tuple[str, str]
Rivals = dict[Key, list[Rival]]


class Held(NamedTuple):
    """One contract's hold on its object: its days, and what a rival's evidence says of it."""

    key: Key
    object_key: Key
    starts_on: date
    stops_on: date
    area_mu: Decimal | None
    contractor: str
    legal_nature: str
    made_on: date | None


class Common(NamedTuple):
    """Ground two objects share."""

    one: Key
    other: Key
    shared_mu: Decimal


def holds(rows: Iterable[Mapping[str, Any]], ended: Mapping[Key, date]) -> list[Held]:
    """The holds of rows of the 合同 sheet that name an object and a first day.

    `ended`: the day a contract was ended early, by (village, number).
    """
    found = []
    for row in rows:
        number = row.get("object_number")
        if number and (held := _held(row, str(number), ended)):
            found.append(held)
    return found


def _held(row: Mapping[str, Any], number: str, ended: Mapping[Key, date]) -> Held | None:
    get = row.get
    starts_on = get("starts_on") or get("signed_on")
    if starts_on is None or row["category"] in _NEVER_LET or get("written") == UNCONTRACTED:
        return None
    key = (row["village"], row["number"])
    stops_on = get("ends_on") or date.max
    if early := ended.get(key):
        stops_on = min(stops_on, early)
    return Held(
        key, (row["village"], number), starts_on, stops_on, get("contract_area_mu"),
        get("contractor") or "", row["legal_nature"], get("signed_on") or starts_on,
    )  # fmt: skip


def by_number(held: Iterable[Held], areas: Mapping[Key, Decimal]) -> Rivals:
    """Rivals of each contract on an object of the same number in the same village.

    `areas`: the objects' own areas in mu, by (village, number).
    """
    groups: dict[Key, list[Held]] = defaultdict(list)
    for one in held:
        groups[one.object_key].append(one)
    rivals: Rivals = defaultdict(list)
    for key, group in groups.items():
        if 1 < len(group) <= SHARED_MAX:
            for one, other in combinations(group, 2):
                if not _are_parts(one, other, areas.get(key)):
                    _meet(rivals, one, other, None)
    return rivals


def by_outline(held: Iterable[Held], common: Iterable[Common], rivals: Rivals) -> Rivals:
    """Adds to `rivals` those on other objects whose outlines share ground."""
    on: dict[Key, list[Held]] = defaultdict(list)
    for one in held:
        on[one.object_key].append(one)
    for ground in common:
        for one in on.get(ground.one, ()):
            for other in on.get(ground.other, ()):
                if one.key != other.key:
                    _meet(rivals, one, other, ground.shared_mu)
    return rivals


def _are_parts(one: Held, other: Held, area: Decimal | None) -> bool:
    if area is None or not one.area_mu or not other.area_mu:
        return False
    return one.area_mu + other.area_mu <= area


def _meet(rivals: Rivals, one: Held, other: Held, shared_mu: Decimal | None) -> None:
    since, stop = max(one.starts_on, other.starts_on), min(one.stops_on, other.stops_on)
    if stop <= since:
        return
    until = None if stop == date.max else stop
    rivals[one.key].append(_rival(other, since, until, shared_mu))
    rivals[other.key].append(_rival(one, since, until, shared_mu))


def _rival(held: Held, since: date, until: date | None, shared_mu: Decimal | None) -> Rival:
    return Rival(
        held.key[1], held.contractor, held.legal_nature, held.made_on, since, until, shared_mu
    )
