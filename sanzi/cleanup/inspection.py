"""Inspecting many contracts at once: what rules need from beyond a contract, gathered once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sanzi.contracts.overlaps import Common, Held, by_number, by_outline, holds
from sanzi.contracts.prices import references
from sanzi.contracts.terms import (
    DEFAULT_POLICY,
    HOUSEHOLD,
    Policy,
    Rival,
    Site,
    Terms,
    terms_of,
)

from .checking.comparing import Learnt

Values = Mapping[str, Any]
Key = tuple[str, str]

# Who ends a contract early by this method has no rival afterwards.
ENDED = "解除撤销"
_TOWN_DIGITS = 9
_CROPLAND, _RESERVE = "耕地", "机动地"


@dataclass(frozen=True, slots=True)
class VillageFacts:
    """What a village's profile says that decides how its contracts are judged."""

    has_collective: bool = False
    second_round_ends_on: date | None = None


@dataclass(frozen=True)
class Surroundings:
    """All that lies around contracts: villages, ground, each other, what people found out."""

    villages: Mapping[str, VillageFacts] = field(default_factory=dict)
    reserve_shares: Mapping[str, Decimal] = field(default_factory=dict)
    sites: Mapping[tuple[str, str | None], Site] = field(default_factory=dict)  # by object
    rivals: Mapping[Key, Sequence[Rival]] = field(default_factory=dict)
    learnt: Mapping[Key, Learnt] = field(default_factory=dict)
    policies: Mapping[str, Policy] = field(default_factory=dict)  # by town


def village_facts(profiles: Iterable[Values]) -> dict[str, VillageFacts]:
    """By village code, from rows of the 村情 sheet."""
    return {
        profile["village"]: VillageFacts(
            has_collective=bool(profile.get("collective_name") or profile.get("credit_code")),
            second_round_ends_on=profile.get("second_round_ends_on"),
        )
        for profile in profiles
    }


def sites_of(resources: Iterable[Values]) -> dict[tuple[str, str | None], Site]:
    """What is out of the ordinary with resources, by (village, number)."""
    found: dict[tuple[str, str | None], Site] = {}
    for row in resources:
        site = Site(
            row["use_status"] or "",
            bool(row.get("is_basic_farmland")),
            bool(row.get("is_ecological_redline")),
        )
        if site.use_status != "对外发包" or site.is_basic_farmland or site.is_ecological_redline:
            found[row["village"], row["number"]] = site
    return found


def reserve_shares(resources: Iterable[Values]) -> dict[str, Decimal]:
    """The share of 机动地 in each village's cropland; only where households' own is on record.

    Without the households' land the register holds no village's whole cropland, and tells nothing.
    """
    crop: dict[str, Decimal] = defaultdict(Decimal)
    reserve: dict[str, Decimal] = defaultdict(Decimal)
    whole = set()
    for row in resources:
        area = row["area_mu"] or Decimal(0)
        if row["kind"] == _RESERVE:
            reserve[row["village"]] += area
        elif row["kind"] == _CROPLAND:
            crop[row["village"]] += area
            if row["use_status"] == HOUSEHOLD:
                whole.add(row["village"])
    return {v: reserve[v] / (crop[v] + reserve[v]) for v in whole if reserve[v]}


def ended_on(acts: Iterable[Values]) -> dict[Key, date]:
    """The day each contract was ended early, from rows of the 处置记录 sheet about contracts."""
    return {
        (act["village"], act["target_number"]): act["dated"]
        for act in acts
        if act["kind"] == "合同" and act["method"] == ENDED
    }


def rivals_among(
    contracts: Iterable[Values],
    resources: Sequence[Values],
    ended: Mapping[Key, date],
    policies: Mapping[str, Policy],
) -> dict[Key, list[Rival]]:
    """Contracts on the same ground at the same time, by number and where outlines are on file."""
    held = holds(contracts, ended)
    areas = {(r["village"], r["number"]): r["area_mu"] for r in resources if r["area_mu"]}
    rivals = by_number(held, areas)
    if outlined := [row for row in resources if row.get("geometry")]:
        by_outline(held, _common_ground(outlined, held, policies), rivals)
    return rivals


def _common_ground(
    outlined: Sequence[Values], held: Sequence[Held], policies: Mapping[str, Policy]
) -> Iterator[Common]:
    """Shared ground of objects that are let, village by village.

    A finding names the other contract, and what lies in the village next door is not for this one
    to read: ground across a border is no finding of either.
    """
    let = {one.object_key for one in held}
    villages: dict[str, list[tuple[Key, str]]] = defaultdict(list)
    for row in outlined:
        key = (row["village"], row["number"])
        if key in let:
            villages[key[0]].append((key, row["geometry"]))
    for village, written in villages.items():
        if len(written) < 2:
            continue
        # Geometry takes a fifth of a second to load, and most workbooks hold none.
        from sanzi.holdings.parcels import readable, shared_ground

        policy = policies.get(village[:_TOWN_DIGITS], DEFAULT_POLICY)
        for shared in shared_ground(
            readable(written), policy.overlap_share, policy.overlap_floor_mu
        ):
            yield Common(*shared)


def surroundings(
    contracts: Sequence[Values],
    profiles: Iterable[Values],
    resources: Sequence[Values],
    acts: Iterable[Values],
    learnt: Mapping[Key, Learnt] | None = None,
    policies: Mapping[str, Policy] | None = None,
) -> Surroundings:
    """Everything around these contracts, from rows of the sheets. Hand in whole towns."""
    towns = policies or {}
    return Surroundings(
        villages=village_facts(profiles),
        reserve_shares=reserve_shares(resources),
        sites=sites_of(resources),
        rivals=rivals_among(contracts, resources, ended_on(acts), towns),
        learnt=learnt or {},
        policies=towns,
    )


def _filled(values: Values, fills: Values) -> Values:
    """The row with its blanks filled; what it says itself stands."""
    blank = {name: told for name, told in fills.items() if values.get(name) in (None, "")}
    return {**values, **blank} if blank else values


def terms_of_all(contracts: Sequence[Values], around: Surroundings) -> Iterator[Terms]:
    """The terms of each contract, in order, with its village's facts and its neighbours' prices.

    Prices are compared among the contracts handed in, so hand in whole towns.
    """
    prices = references(contracts)
    for values in contracts:
        village = values["village"]
        key = (village, values["number"])
        # Only what is out of the ordinary is handed over: rules pass over the rest unasked.
        beyond: dict[str, Any] = {}
        if facts := around.villages.get(village):
            beyond["has_collective"] = facts.has_collective
            beyond["second_round_ends_on"] = facts.second_round_ends_on
        if policy := around.policies.get(village[:_TOWN_DIGITS]):
            beyond["policy"] = policy
        if reference := prices.get(key):
            beyond["reference"] = reference
        if rivals := around.rivals.get(key):
            beyond["rivals"] = tuple(rivals)
        if learnt := around.learnt.get(key):
            beyond["answers"] = learnt.answers
            values = _filled(values, learnt.fills)
        if (share := around.reserve_shares.get(village)) is not None:
            beyond["reserve_share"] = share
        if around.sites and (site := around.sites.get((village, values.get("object_number")))):
            beyond["site"] = site
        yield terms_of(values, **beyond)
